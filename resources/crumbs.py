"""The way from the front page to the lists and records of the library."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Crumb:
    title: str
    get_absolute_url: str


def above_list():
    return [Crumb(_("Resources"), reverse("pages:page", args=["resources/"]))]


def above_record():
    return [*above_list(), Crumb(_("Publications"), reverse("resources:publication_list"))]
