"""The messages of readers, and what the office answered."""

import calendar
import hashlib
import json
from textwrap import shorten

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin_urls import change_url
from publishing.models import PublicRecord

LONGEST_TEXT = 5_000  # characters
LENGTH_IN_SHORT = 60  # characters
LONGEST_PATH = 850  # characters: the longest of a page, and its language


class Kind(models.TextChoices):
    CONTACT = "contact", _("message")
    CORRECTION = "correction", _("correction")
    FORMAT = "format", _("another format")
    WRONG = "wrong", _("something wrong")
    RESPONSE = "response", _("response to show")
    USEFUL = "useful", _("useful: yes")
    NOT_USEFUL = "not_useful", _("useful: no")

    @property
    def is_vote(self):
        """Whether it is a press of a button: counted, and waiting for nobody."""
        return self in (self.USEFUL, self.NOT_USEFUL)

    @property
    def seconds_apart(self):
        """For how long the same content counts as the same message sent twice.

        Votes of two readers are alike to the letter, so they are told apart by time alone: two that come within this
        time are taken for one double click, even where they are not.
        """
        return 10 if self.is_vote else 24 * 60 * 60


class State(models.TextChoices):
    NEW = "new", _("new")
    IN_HAND = "in_hand", _("in hand")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
    JUNK = "junk", _("junk")


class MessageQuerySet(models.QuerySet):
    def standing_for_others(self):
        """Those with which others can be dealt with: they say something, and are not dealt with by another one."""
        return self.filter(merged_into=None).exclude(kind__in=[kind for kind in Kind if kind.is_vote])

    def unread(self):
        return self.filter(state=State.NEW)

    def waiting(self):
        """Those with which somebody still has to do something."""
        return self.filter(state__in=(State.NEW, State.IN_HAND))

    def past_their_time(self):
        """Those that the site has promised to have deleted by now."""
        return self.filter(created_at__lt=months_ago(settings.FEEDBACK_MONTHS))

    def receive(self, message):
        """Store a message once, however often it is sent; give whether it is new."""
        this_window, window_before = message.fingerprints()
        if self.filter(fingerprint=window_before).exists():
            return False
        values = {
            field.attname: getattr(message, field.attname)
            for field in self.model._meta.concrete_fields
            if not field.primary_key and field.name != "fingerprint"
        }
        stored, is_new = self.get_or_create(fingerprint=this_window, defaults=values)
        message.pk = stored.pk
        return is_new


def months_ago(months):
    """The moment so many calendar months ago; on the last day of a month that is shorter."""
    now = timezone.now()
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, calendar.monthrange(year, month + 1)[1]))


class Message(models.Model):
    """What a reader sent by one of the forms. Nobody but the staff ever sees it, and it is deleted after a time."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    about = models.CharField(_("sent from"), max_length=LONGEST_PATH, blank=True)
    about_title = models.CharField(_("about"), max_length=500, blank=True)
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("text"), blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("email"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    note = models.TextField(_("note for the office"), blank=True, help_text=_("Readers never see it."))
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("says the same as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        help_text=_("Another message with which this one is dealt with. This one is closed."),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["state", "created_at"], name="feedback_message_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(kind__in=("useful", "not_useful")), name="feedback_message_has_words"
            ),
            models.CheckConstraint(
                condition=Q(content_type=None, object_id=None) | Q(content_type__isnull=False, object_id__isnull=False),
                name="feedback_message_whole_subject",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="feedback_message_not_into_itself"
            ),
        ]

    def __str__(self):
        """Kind and page, nothing of what the reader typed: the admin's log keeps this longer than the message."""
        about = self.about_title or self.about
        return f"{self.get_kind_display().capitalize()} {self.pk}{': ' if about else ''}{about}"

    def clean(self):
        if not self.merged_into:
            return
        if self.merged_into_id == self.pk:
            raise ValidationError({"merged_into": _("Choose another message, not this one.")})
        if self.merged_into.merged_into_id:
            raise ValidationError({"merged_into": _("That message says the same as another one. Choose that one.")})
        if self.pk and self.merged.exists():
            sentence = _(
                "Other messages are dealt with by this one. Choose it in the form of the message that you chose here."
            )
            raise ValidationError({"merged_into": sentence})

    def fingerprints(self):
        """Hashes of what was sent, with the window of time at hand and with the one before.

        The first is unique in the table. Asking for the second as well keeps twins together over the turn of windows.
        """
        content = [self.kind, self.about, self.field, self.text, self.name, self.email, self.language]
        window = int(self.created_at.timestamp()) // Kind(self.kind).seconds_apart
        return [hashlib.sha256(json.dumps([*content, number]).encode()).hexdigest() for number in (window, window - 1)]

    @property
    def in_short(self):
        """The first words, from whom, of which kind and when: for the eyes of the staff, and not to be kept elsewhere.

        “The link to the guide …”, Ana Pérez, something wrong, November 28, 2026
        """
        words = shorten(self.text, LENGTH_IN_SHORT, placeholder=" …")
        day = date_format(localtime(self.created_at), "DATE_FORMAT")
        return ", ".join(filter(None, (f"“{words}”" if words else "", self.name, self.get_kind_display(), day)))

    @property
    def field_label(self):
        """The name of the field in words, as far as the site still knows it."""
        from feedback.subjects import Subject

        return (self.field and Subject("", self.content_type).label_of(self.field)) or self.field

    @property
    def admin_url(self):
        """The form in the admin of what the message is about; "" where there is none."""
        model = self.content_type and self.content_type.model_class()
        if not model:
            return ""
        try:
            return change_url(model, self.object_id)
        except NoReverseMatch:
            return ""


class Reply(models.Model):
    """An answer that went out by mail."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.message_id}.{self.pk}"


class ResponseQuerySet(models.QuerySet):
    def below(self, item):
        """Those that readers see below an item, the oldest first."""
        kind = ContentType.objects.get_for_model(type(item))
        return self.filter(content_type=kind, object_id=item.pk).order_by("sent_at", "pk")


class Response(PublicRecord):
    """A reader's words below a text. It is there because somebody said yes, and gone when somebody deletes it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    about_title = models.CharField(_("below"), max_length=500, editable=False)
    text = models.TextField(_("text"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    sent_at = models.DateTimeField(_("sent"))
    message = models.OneToOneField(
        Message, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="response"
    )
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("response shown to readers")
        verbose_name_plural = _("responses shown to readers")
        indexes = [models.Index(fields=["content_type", "object_id"], name="feedback_response_below")]

    def __str__(self):
        """Nothing of what the reader typed: the admin's log keeps this longer than the response."""
        return gettext("Response %(number)s: %(about)s") % {"number": self.pk, "about": self.about_title}
