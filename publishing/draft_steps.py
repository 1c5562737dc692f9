"""The steps of a draft after it is saved: what each asks for, who may take it, what it does and says.

`publishing.draft_views` shows and takes them; `publishing.draft_panel` offers those that make sense.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import preview, workflow
from publishing.checks.links import fault_of_address
from publishing.models import Activity
from publishing.publish import undo_publish
from publishing.retiring import change_replacement, keep_online, retire
from publishing.validators import validate_address, validate_moment


class StepForm(forms.Form):
    """`note`: why. The forms of single steps ask for more."""

    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=AdminTextareaWidget({"rows": 3}))


class MomentForm(StepForm):
    moment = forms.DateTimeField(
        label=_("When"),
        required=False,
        validators=[validate_moment],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Eastern Time. Empty: now."),
    )
    field_order = ["moment", "note"]

    def clean_moment(self):
        moment = self.cleaned_data["moment"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one, or leave it empty for now."))
        # Whoever writes a zone beside it may mean one that the database does not know, such as +20:00.
        return moment and moment.astimezone(UTC)


class ReplacementForm(StepForm):
    replacement = forms.CharField(
        label=_("What replaces it"),
        required=False,
        max_length=500,
        validators=[validate_address],
        widget=AdminTextInputWidget,
        help_text=_("Where readers find it now, such as /guide/. They are told so at the old address."),
    )
    field_order = ["replacement", "note"]

    def clean_replacement(self):
        replacement = self.cleaned_data["replacement"]
        if fault := fault_of_address(replacement):
            raise forms.ValidationError(fault)
        return replacement


class RetireForm(ReplacementForm, MomentForm):
    field_order = ["moment", "replacement", "note"]


class SendBackForm(StepForm):
    note = forms.CharField(label=_("What is missing"), max_length=2000, widget=AdminTextareaWidget({"rows": 4}))


class CommentForm(StepForm):
    note = forms.CharField(label=_("Note"), max_length=2000, widget=AdminTextareaWidget({"rows": 3}))


@dataclass(frozen=True, eq=False)
class Step:
    """One step: its words, its form, who may take it, and what it does to an item and its newest revision.

    `done`, `done_later`: what is said after it, where it was meant for now and for later. `done_unseen`: where that was
    for an item which readers never saw, and which is a draft again. `chapter`: of the handbook.
    `judges_words`: nobody publishes or judges words that she has not seen, so it is asked again after a newer save.
    `takes_away`: what leads to the item is said before it is taken.
    `names_faults`: what keeps the text from being public is said before it is taken.
    """

    name: str
    title: str
    form: type[forms.Form]
    act: Callable
    done: str
    done_later: str = ""
    done_unseen: str = ""
    chapter: str = ""
    needs_publish: bool = True
    judges_words: bool = False
    names_faults: bool = False
    takes_away: bool = False

    def has_seen(self, data, revision):
        """Whether the form in `data` was opened when `revision` was the newest already."""
        return not self.judges_words or data.get("_revision") == str(revision.pk)

    def said_after(self, form, item):
        """The sentence after it was taken with a valid form; `item`: what `act` returned."""
        if self.done_unseen and item.published_at is None:
            return self.done_unseen
        return self.done_later if form.cleaned_data.get("moment") else self.done


def _publish(item, revision, by, note, moment=None):
    if moment:
        workflow.approve(revision, at=moment, by=by, note=note)
    else:
        workflow.publish_now(revision, by=by, note=note)


def _retire(item, revision, by, note, moment=None, replacement=""):
    return retire(item, by=by, at=moment, note=note, replacement=replacement)


def _comment(item, revision, by, note):
    Activity.log(item, Activity.Kind.COMMENTED, by=by, revision=revision, text=note)


STEPS = [
    Step(
        "publish",
        _("Publish"),
        MomentForm,
        _publish,
        _("Published. Readers see it now."),
        _("Approved. Readers see it from its moment on."),
        chapter="at-a-moment",
        judges_words=True,
        names_faults=True,
    ),
    Step(
        "retire",
        _("Take offline"),
        RetireForm,
        _retire,
        _("It is offline. Readers do not see it any more."),
        _("It goes offline at its moment. Until then readers see it."),
        _("It was not public yet: it is a draft again, and does not appear."),
        chapter="at-a-moment",
        takes_away=True,
    ),
    Step(
        "keep_online",
        _("Keep it online"),
        StepForm,
        lambda item, revision, by, note: keep_online(item, by=by, note=note),
        _("It stays online."),
        chapter="at-a-moment",
    ),
    Step(
        "replacement",
        _("Change what replaces it"),
        ReplacementForm,
        lambda item, revision, by, note, replacement: change_replacement(
            item, by=by, note=note, replacement=replacement
        ),
        _("Readers are told so at the old address."),
        chapter="at-a-moment",
    ),
    Step(
        "submit",
        _("Send for review"),
        StepForm,
        lambda item, revision, by, note: workflow.submit(revision, by=by, note=note),
        _("Sent for review."),
        chapter="send-for-review",
        needs_publish=False,
        judges_words=True,
        names_faults=True,
    ),
    Step(
        "send_back",
        _("Send back"),
        SendBackForm,
        lambda item, revision, by, note: workflow.send_back(revision, by=by, note=note),
        _("Sent back with your note."),
        chapter="review-and-publish",
        judges_words=True,
    ),
    Step(
        "withdraw",
        _("Take the approval back"),
        StepForm,
        lambda item, revision, by, note: workflow.withdraw(item, by=by, note=note),
        _("The approval is taken back; the text is a draft again."),
        chapter="at-a-moment",
    ),
    Step(
        "undo",
        _("Undo the last publishing"),
        StepForm,
        lambda item, revision, by, note: undo_publish(item, by=by, note=note),
        _("What was public before is public again. The newer text is in the history."),
        chapter="old-texts",
    ),
    Step(
        "revoke",
        _("End the preview addresses given out"),
        forms.Form,
        lambda item, revision, by: preview.revoke(item),
        _("The addresses that were given out do not work any more."),
        chapter="see-it-before-others",
        needs_publish=False,
    ),
    Step("comment", _("Comment"), CommentForm, _comment, _("Comment added."), needs_publish=False),
]
