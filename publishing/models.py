"""What all content shares: its moments, its languages, its owner."""

import secrets
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from publishing import hooks
from publishing.activity import Activity
from publishing.content_version import ContentVersion, PublicRecord
from publishing.former import FormerSlug
from publishing.heartbeat import Heartbeat
from publishing.pictures import Picture
from publishing.presence import Presence
from publishing.revisions import Revision
from publishing.standing import PublishableQuerySet, State
from publishing.translations import fault_of_translation
from publishing.validators import validate_address

__all__ = [
    "Activity",
    "ContentVersion",
    "FormerSlug",
    "Heartbeat",
    "Picture",
    "Presence",
    "PublicRecord",
    "Publishable",
    "PublishableQuerySet",
    "Revision",
    "State",
]


def complete_when_published(*fields):
    """The constraint that an item which the public sees, now or at a moment to come, has words in these columns."""
    empty = reduce(or_, (Q(**{field: ""}) for field in fields))
    return models.CheckConstraint(
        condition=Q(published_at=None) | ~empty, name="%(app_label)s_%(class)s_unpublished_or_complete"
    )


LIFE_CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(retired_at=None) | Q(retired_at__gte=F("published_at")),
        name="%(app_label)s_%(class)s_retired_after_published",
    ),
    models.UniqueConstraint(
        fields=["translation_of", "language"], name="%(app_label)s_%(class)s_one_translation_a_language"
    ),
]


class Publishable(PublicRecord):
    """Content that is published: a text with a title, a language, an owner and a place in time.

    Live tables hold what is live or scheduled. `published_at` empty means never live, in the future
    scheduled, in the past live; `retired_at` ends it. Nothing has to run for either to happen.
    """

    title = models.CharField(
        _("title"), max_length=200, help_text=_("Stands on the page, in menus and in search results.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        help_text=_("The last part of the address: small letters, digits and hyphens, such as “vision-and-mission”."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        default="",
        help_text=_(
            "One sentence, best up to 160 characters. At most 200 characters fit. It opens the page; lists and search "
            "results show it."
        ),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        help_text=_("The text in the other language that this one translates."),
    )
    published_at = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_("Empty: not public. A moment to come: appears by itself then."),
    )
    retired_at = models.DateTimeField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("Empty: stays. From this moment on it is gone for readers."),
    )
    replacement_address = models.CharField(
        _("replaced by"),
        max_length=500,
        blank=True,
        default="",
        validators=[validate_address],
        help_text=_("Where readers of a text that was taken offline find what replaces it, such as /guide/"),
    )
    reviewed_on = models.DateField(
        _("last reviewed on"),
        null=True,
        blank=True,
        help_text=_("The day on which a person last checked this text."),
    )
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("The day by which somebody should check it again.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who looks after this text. Readers do not see it."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    makers_in_words = about_in_words = ""  # for a line of a list, beside title and summary
    names_of_authors = ()  # for programs, one by one
    list_view = ""  # the view of the list that holds all of a kind in a language, where there is one
    addition = ""  # what the site adds by itself below the text, where a kind has such

    needs_summary = True
    summary_length = 160  # characters of it that lists and search results show well

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            complete_when_published("title", "slug", "summary"),
            *LIFE_CONSTRAINTS,
        ]

    def __str__(self):
        # A list of the admin knows the title of the draft of what was never public.
        title = self.title or getattr(self, "newest_title", "")
        return title or _("(new %(kind)s %(pk)s)") % {"kind": self._meta.verbose_name, "pk": self.pk}

    def delete(self, *args, **kwargs):
        """Delete it; refused, as PROTECT does, while it has to stay."""
        if sentence := self.stays_because():
            raise ProtectedError(sentence, {self})
        with transaction.atomic():
            hooks.run_deleting(self)
            return super().delete(*args, **kwargs)

    def clean(self):
        errors = {}
        if self.published_at and self.needs_summary and not self.summary:
            errors["summary"] = _("Write one sentence, up to 160 characters. Search results show it.")
        if self.retired_at and not (self.published_at and self.retired_at >= self.published_at):
            errors["retired_at"] = _(
                "An item can end only after it has begun. Choose a later moment, or leave this empty."
            )
        if sentence := fault_of_translation(self):
            errors["translation_of"] = sentence
        if errors:
            raise ValidationError(errors)

    @classmethod
    def create_stub(cls, **values):
        """An empty row for a new item. It holds a key and no words; those are in its revisions until publishing."""
        stub = cls(slug=f"new-{secrets.token_hex(8)}", **values)
        return cls._base_manager.bulk_create([stub])[0]  # past save(): nothing public has changed

    @property
    def state(self):
        now = timezone.now()
        if self.published_at is None:
            return State.NEW
        if self.retired_at and self.retired_at <= now:
            return State.RETIRED
        return State.SCHEDULED if self.published_at > now else State.LIVE

    @property
    def is_public(self):
        return self.state == State.LIVE

    @property
    def was_public(self):
        """Whether readers see it, or saw it before."""
        return self.state in (State.LIVE, State.RETIRED)

    @property
    def last_changed_at(self):
        """Since when readers see it as it is: nothing changes for them before it appears. For what has a moment."""
        return max(self.updated_at, self.published_at)

    @property
    def kind(self):
        """What a reader calls this kind of item, in the language at hand: “Page”."""
        return self._meta.verbose_name.capitalize()

    @property
    def shown_on(self):
        """The day that lists of all kinds show beside a public item, and go by. Kinds with a date of their own override
        it, together with `newest()`.
        """
        return timezone.localdate(self.published_at)

    def prepare_preview(self):
        """Set what a live row has and a draft in memory lacks, so that templates can show it."""

    def addresses(self):
        """The paths at which readers find it; none while it has no address. Kinds with several override it."""
        url = self.get_absolute_url()
        return [url] if url else []

    def used_in(self):
        """What would miss this item if it were gone: a list of `usage.Use`. Kinds that more leads to add to it."""
        from publishing import usage  # it looks through all kinds, which are made of this class

        urls = self.addresses()
        return [usage.Use.by(item) for item in usage.linking_to(*urls) if item != self] if urls else []

    def stays_because(self):
        """Why readers cannot be without it, as a sentence; empty for what may go. Kinds with such items override it."""
        return ""

    def public_below(self):
        """What stands below it, and stays public when it goes: a list of `usage.Use`. Kinds with a tree override it."""
        return []

    def public_translations(self):
        """Language code → item, for this item and its public counterparts in other languages."""
        from publishing.translated import translations_of  # it watches all kinds, which are made of this class

        return translations_of(self)

    def absolute_url_in(self, language):
        """The path of this item as the pages of `language` write it."""
        with translation.override(language):
            return self.get_absolute_url()
