"""The form of a message of the inbox. Two people of the office may have it open at once: nothing of either is lost."""

from operator import attrgetter

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.choices import KeySelect
from publishing.meanwhile import RecordForm


class MessageSelect(KeySelect):
    """The choice of a message that says the same as the one at hand, which is `left_out`."""

    left_out = None

    def get_url(self):
        return f"{super().get_url()}?left_out={self.left_out}"


class InboxForm(RecordForm):
    """What the office does with a message. The answer is no field of the message: it goes out as mail."""

    reply = forms.CharField(
        label=_("Answer"),
        required=False,
        widget=forms.Textarea({"class": "vLargeTextField", "rows": 8}),
        help_text=_("Goes to the reader by email, with what the reader wrote below it."),
    )
    last_answer = forms.CharField(required=False, widget=forms.HiddenInput)  # key of the one that this form shows

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "merged_into" in self.fields:
            self.fields["merged_into"].label_from_instance = attrgetter("in_short")
            widget = self.fields["merged_into"].widget
            widget.widget.left_out = self.instance.pk
            widget.can_change_related = widget.can_delete_related = False  # one would do it to the wrong message
        if self.instance.email:
            self.fields["last_answer"].initial = getattr(self.instance.replies.last(), "pk", "")
        else:
            del self.fields["reply"], self.fields["last_answer"]

    def clean(self):
        cleaned = super().clean()
        if "reply" not in self.fields:
            return cleaned
        sends, reply = "_answer" in self.data, cleaned.get("reply")
        if sends and reply:
            self._tell_of_another_answer(reply, self.instance.replies.last())
        if sends and not reply:
            self.add_error("reply", _("Write the answer first."))
        if reply and not sends:
            self.add_error("reply", _("This answer was not sent. Press “Send the answer”, or empty this field."))
        return cleaned

    def _tell_of_another_answer(self, reply, last):
        if last is None or str(last.pk) == self.cleaned_data.get("last_answer") or last.text == reply:
            return
        sentence = _(
            "Somebody else has answered meanwhile; you find it above. Yours was not sent. "
            "Press “Send the answer” again if it should go out too."
        )
        self.add_error("reply", sentence)
        self.data = self.data.copy()
        self.data["last_answer"] = last.pk  # the next press knows of it
