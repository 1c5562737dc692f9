"""The way from the front page to the lists and records of the library."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.crumbs import Crumb
from publishing.languages import path_in


def above_list():
    return [Crumb(_("Resources"), path_in(get_language(), "/resources/"))]


def above_record():
    return [*above_list(), Crumb(_("Publications"), reverse("resources:publication_list"))]
