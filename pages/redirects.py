"""Old addresses and where they lead now."""

import re
import unicodedata
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from publishing.checks.links import dead_paths, fault_of_address
from publishing.models import PublicRecord
from publishing.validators import validate_address

LONGEST_PATH = 800  # characters
_PATH = re.compile(r"/(?!/)[^?#]*")
# Decoded. What stands for bytes that are no text in UTF-8 is not in any address.
_PATH_OF_TEXT = re.compile(r"/(?!/)[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]*")


def normal_path(address):
    """A path as it is stored and compared, from one that was typed or copied: “/About%20Us/” → “/about us/”."""
    return as_compared(unquote(address))


def as_compared(path):
    """A decoded path without regard to case, and to how accents are written."""
    return unicodedata.normalize("NFC", path.lower())


def validate_old_path(value):
    """A path of this site as people type it or programs write it, without query and fragment."""
    path = normal_path(value)
    if not _PATH.fullmatch(value) or not _PATH_OF_TEXT.fullmatch(path) or len(path) > LONGEST_PATH:
        raise ValidationError(_("Write a path that begins with one slash, such as /about/mission.aspx"))


class RedirectQuerySet(models.QuerySet):
    def at(self, path):
        """The redirect of a decoded path, or None."""
        if "\0" in path:  # no column holds one
            return None
        return self.filter(old_path=as_compared(path)).select_related("page").first()

    def leave_behind(self, old_urls):
        """Let old addresses lead to their pages: `old_urls` is a dict from a page's key to the path it had."""
        paths = {pk: normal_path(url) for pk, url in old_urls.items()}
        self.filter(old_path__in=paths.values()).delete()
        self.bulk_create(Redirect(old_path=path, page_id=pk) for pk, path in paths.items())


class Redirect(PublicRecord):
    """An address that once was, and the page or address that a reader gets instead."""

    old_path = models.CharField(
        _("old address"),
        max_length=LONGEST_PATH,
        unique=True,
        validators=[validate_old_path],
        help_text=_("The path after the name of the site, such as /about/mission.aspx"),
    )
    page = models.ForeignKey(
        "pages.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="redirects",
        help_text=_("The redirect follows this page if it moves."),
    )
    new_address = models.CharField(
        _("other address"),
        max_length=LONGEST_PATH,
        blank=True,
        validators=[validate_address],
        help_text=_("Only where the target is not a page: /search/ or https://www.example.org/"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["old_path"]
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.CheckConstraint(
                condition=(Q(page=None) & ~Q(new_address="")) | (Q(page__isnull=False) & Q(new_address="")),
                name="pages_redirect_one_target",
            )
        ]

    def __str__(self):
        return self.old_path

    def clean(self):
        self.old_path = normal_path(self.old_path)
        if bool(self.page) == bool(self.new_address):
            raise ValidationError(_("Choose a page, or write another address: one of the two."))
        if not _PATH_OF_TEXT.fullmatch(self.old_path):
            return  # its field has said so
        self._check_for_a_loop()
        if self._is_answered():
            sentence = _("Readers find something at %(path)s: a redirect would never be seen there.")
            raise ValidationError({"old_path": sentence % {"path": self.old_path}})
        if fault := fault_of_address(self.new_address):
            raise ValidationError({"new_address": fault})

    def _is_answered(self):
        """Whether something else than redirects answers at the old address."""
        from pages.models import Page

        if self.pk and Redirect.objects.filter(pk=self.pk, old_path=self.old_path).exists():
            return False  # its address was looked at when it was made, and answers by now
        try:
            if resolve(self.old_path).view_name != "pages:page":
                return not dead_paths({self.old_path})
        except Resolver404:
            return False
        language = get_language_from_path(self.old_path) or settings.LANGUAGE_CODE
        path = self.old_path.removeprefix(f"/{language}" if language != settings.LANGUAGE_CODE else "")
        return Page.objects.public().in_language(language).filter(path=path).exists()

    def _check_for_a_loop(self):
        seen, target = {self.old_path}, self.target
        while target:
            path = normal_path(target.partition("#")[0].partition("?")[0])
            if path in seen:
                raise ValidationError(_("This would lead in a circle: %(path)s comes back to itself.") % {"path": path})
            seen.add(path)
            onward = Redirect.objects.exclude(pk=self.pk).at(path)
            target = onward.target if onward else None

    @property
    def target(self):
        """The address that a reader is sent to; None while the page is not public."""
        if not self.page:
            return self.new_address
        return self.page.get_absolute_url() if self.page.is_public else None
