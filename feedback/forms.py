"""The forms that readers fill in, and the form that reads their addresses."""

import unicodedata
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feedback.models import LONGEST_PATH, LONGEST_TEXT, Kind, Message, State
from feedback.subjects import subject_at
from publishing.checks.links import path_of

INVISIBLE = ("Cc", "Cs")  # control characters, and halves of characters
# They turn the direction of what stands behind them, in the inbox and below a text too.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
EMPTY_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their category, and nothing to see


class PlainText(forms.CharField):
    """Text over several lines, without control characters; empty where nothing of it can be seen."""

    def to_python(self, value):
        lines = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(c for c in lines if c in "\n\t" or _may_stand(c)).strip()
        return kept if any(map(_is_seen, kept)) else ""


def _may_stand(character):
    return character not in TURNING and unicodedata.category(character) not in INVISIBLE


def _is_seen(character):
    """Whether a character is a letter, a digit, a sign: no space, no mark on another one, no joiner."""
    return unicodedata.category(character)[0] in "LNPS" and character not in EMPTY_LETTERS


class PlainLine(PlainText):
    """Text in one line, whatever was sent."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class About:
    """The page of this site that a message is about: `path`, `subject`, `url` to lead there, `language` of title."""

    def __init__(self, path, subject):
        self.path, self.subject, self.url = path, subject, quote(path)
        self.language = subject.language or get_language()

    def __str__(self):
        return self.subject.title or self.path


class AddressForm(forms.Form):
    """`about`: the path of a page; `field`: one of its facts; `answer`: what was pressed there.

    Wrong values are ignored, and `ignored` says so to the reader. A wrong `answer` needs no sentence: the page that
    takes it shows its buttons again.
    """

    about = forms.CharField(required=False, max_length=LONGEST_PATH)
    field = forms.CharField(required=False, max_length=60)
    answer = forms.ChoiceField(required=False, choices=[("yes", "yes"), ("no", "no")])

    def clean_about(self):
        path = path_of(self.cleaned_data["about"])
        subject = subject_at(path) if path else None
        if self.cleaned_data["about"] and not subject:
            raise ValidationError("no page that a reader finds")
        return About(path, subject) if subject else None

    def clean_field(self):
        about, field = self.cleaned_data.get("about"), self.cleaned_data["field"]
        if field and not (about and about.subject.label_of(field)):
            raise ValidationError("no field of that page")
        return field

    @cached_property
    def values(self):
        self.is_valid()
        return self.cleaned_data

    @property
    def page(self):
        """The About of the page, or None."""
        return self.values.get("about")

    @property
    def field_name(self):
        return self.values.get("field", "")

    @property
    def field_label(self):
        return self.page.subject.label_of(self.field_name) if self.field_name else ""

    @property
    def pressed(self):
        return self.values.get("answer", "")

    @property
    def ignored(self):
        """Sentences about the values that were left out."""
        sentences = {
            "about": _("The page for which this form was opened was not found. Say in your words which one you mean."),
            "field": _("The part of the page for which this form was opened was not found. Say which one you mean."),
        }
        return [sentences[name] for name in self.errors if name in sentences]


class MessageForm(forms.ModelForm):
    """What all the forms have in common; those below say what is asked, and why."""

    kind = None
    is_for_readers = False  # whether others than the office may read what is written
    title = lead = button = ""
    text_label = text_help = ""
    email_help = _("So that we can answer. We use it for nothing else.")

    text = PlainText(
        validators=[
            MaxLengthValidator(
                LONGEST_TEXT, _("Shorten this to %(limit_value)d characters. It has %(show_value)d now.")
            )
        ],
        error_messages={"required": _("Write what you want to tell us.")},
        widget=forms.Textarea({"class": "input", "rows": 7}),
    )
    name = PlainLine(
        label=_("Your name (optional)"),
        required=False,
        validators=[MaxLengthValidator(100, _("Shorten the name to %(limit_value)d characters."))],
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your email address (optional)"),
        required=False,
        error_messages={"invalid": _("Write an address such as name@example.org, or leave this empty.")},
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
    )

    class Meta:
        model = Message
        fields = ["text", "name", "email"]

    def __init__(self, data=None, *, address):
        super().__init__(data)
        self.address = address
        self.fields["text"].label, self.fields["text"].help_text = self.text_label, self.text_help
        self.fields["email"].help_text = self.email_help

    def message(self):
        """The message of a valid form, with the page that it is about; not stored yet."""
        return message_about(self.address, self.kind, **self.cleaned_data)


class ContactForm(MessageForm):
    kind = Kind.CONTACT
    title = _("Send a message")
    lead = _("A person at the Coalition’s office reads what you write.")
    text_label = _("Your message")
    button = _("Send the message")


class WrongForm(MessageForm):
    kind = Kind.WRONG
    title = _("Something wrong?")
    lead = _("A mistake, a link that leads nowhere, a page that you cannot use: tell us what you found.")
    text_label = _("What is wrong?")
    button = _("Send")


class CorrectionForm(MessageForm):
    kind = Kind.CORRECTION
    title = _("Suggest a correction")
    lead = _("A person at the Coalition’s office reads what you write.")
    text_label = _("What is wrong, and what would be right?")
    text_help = _("Say where you know it from, if you can.")
    button = _("Send the correction")


class ResponseForm(MessageForm):
    kind = Kind.RESPONSE
    is_for_readers = True
    title = _("Respond to this text")
    lead = _("A person at the Coalition’s office reads it first. What they let stand is shown below the text.")
    text_label = _("Your response")
    text_help = _("Readers see it with the name that you give. They never see your address.")
    button = _("Send the response")


class FormatForm(MessageForm):
    kind = Kind.FORMAT
    title = _("Ask for another format")
    lead = _("If you cannot use a page or a file as it is, tell us what would help.")
    text_label = _("What do you need?")
    text_help = _("Such as large print, a text for a screen reader, or somebody to talk to. Name the file you mean.")
    email_help = _("So that we can send you what you need. If you prefer the telephone, write your number above.")
    button = _("Send the request")


def message_about(address, kind, **values):
    """A message with the page that an AddressForm names; not stored yet."""
    message = Message(kind=kind, language=get_language(), created_at=timezone.now(), **values)
    if address.page:
        subject = address.page.subject
        message.about, message.about_title = address.page.path, subject.title[:500]
        message.content_type, message.object_id = subject.content_type, subject.pk
        message.field = address.field_name if kind == Kind.CORRECTION else ""
    if Kind(kind).is_vote:
        message.state = State.CLOSED
    return message
