"""The steps of a draft after it is saved, as views of the admin: publish, retire, review, history, conflict."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import preview, workflow
from publishing.compare import changes, merge
from publishing.models import Activity, Revision
from publishing.publish import NotReady, newest_revision, recover, restore, retire, undo_publish
from publishing.revisions import Stale, add_revision
from publishing.validators import validate_address


class StepForm(forms.Form):
    """`note`: why; `moment`: when, empty for now."""

    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=AdminTextareaWidget({"rows": 3}))


class MomentForm(StepForm):
    moment = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Eastern Time. Empty: now."),
    )
    field_order = ["moment", "note"]

    def clean_moment(self):
        moment = self.cleaned_data["moment"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one, or leave it empty for now."))
        return moment


class RetireForm(MomentForm):
    replacement = forms.CharField(
        label=_("What replaces it"),
        required=False,
        max_length=500,
        validators=[validate_address],
        help_text=_("Where readers find it now, such as /guide/. They are told so at the old address."),
    )
    field_order = ["moment", "replacement", "note"]


class SendBackForm(StepForm):
    note = forms.CharField(label=_("What is missing"), max_length=2000, widget=AdminTextareaWidget({"rows": 4}))


class Step:
    """One step: its words, its form, who may take it, and what it does to an item and its newest revision.

    `judges_words`: nobody publishes or judges words that she has not seen, so it is asked again after a newer save.
    """

    def __init__(self, name, title, form, act, done, *, needs_publish=True, judges_words=False):
        self.name, self.title, self.form, self.act, self.done = name, title, form, act, done
        self.needs_publish, self.judges_words = needs_publish, judges_words

    def has_seen(self, data, revision):
        """Whether the form in `data` was opened when `revision` was the newest already."""
        return not self.judges_words or data.get("_revision") == str(revision.pk)


def _publish(item, revision, by, note, moment=None):
    if moment:
        workflow.approve(revision, at=moment, by=by, note=note)
    else:
        workflow.publish_now(revision, by=by, note=note)


def _retire(item, revision, by, note, moment=None, replacement=""):
    retire(item, by=by, at=moment, note=note, replacement=replacement)


def _comment(item, revision, by, note):
    if note.strip():
        Activity.log(item, Activity.Kind.COMMENTED, by=by, revision=revision, text=note)


STEPS = [
    Step(
        "publish",
        _("Publish"),
        MomentForm,
        _publish,
        _("Done. It is public, or will be at its moment."),
        judges_words=True,
    ),
    Step("retire", _("Take offline"), RetireForm, _retire, _("Done. It is offline, or will be at its moment.")),
    Step(
        "submit",
        _("Send for review"),
        StepForm,
        lambda item, revision, by, note: workflow.submit(revision, by=by, note=note),
        _("Sent for review."),
        needs_publish=False,
        judges_words=True,
    ),
    Step(
        "send_back",
        _("Send back"),
        SendBackForm,
        lambda item, revision, by, note: workflow.send_back(revision, by=by, note=note),
        _("Sent back with your note."),
        judges_words=True,
    ),
    Step(
        "withdraw",
        _("Take the approval back"),
        StepForm,
        lambda item, revision, by, note: workflow.withdraw(item, by=by, note=note),
        _("The approval is taken back; the text is a draft again."),
    ),
    Step(
        "undo",
        _("Undo the last publishing"),
        StepForm,
        lambda item, revision, by, note: undo_publish(item, by=by, note=note),
        _("What was public before is public again. The newer text is in the history."),
    ),
    Step(
        "revoke",
        _("End the preview addresses given out"),
        forms.Form,
        lambda item, revision, by: preview.revoke(revision),
        _("Addresses of this version that were given out do not work any more."),
        needs_publish=False,
    ),
    Step("comment", _("Comment"), StepForm, _comment, _("Comment added."), needs_publish=False),
]


class DraftViews:
    """Mixin of the admin of a kind: the addresses and views of the steps."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        steps = [
            path(f"<path:object_id>/{step.name}/", wrap(self.step_view), {"step": step}, name=f"{name}_{step.name}")
            for step in STEPS
        ]
        return [
            *steps,
            path("<path:object_id>/preview/<int:revision_id>/", wrap(self.preview_view), name=f"{name}_preview"),
            path("<path:object_id>/restore/<int:revision_id>/", wrap(self.restore_view), name=f"{name}_restore"),
            path(
                "<path:object_id>/compare/<int:old_id>/<int:new_id>/", wrap(self.compare_view), name=f"{name}_compare"
            ),
            path("<path:object_id>/conflict/<int:revision_id>/", wrap(self.conflict_view), name=f"{name}_conflict"),
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("<int:object_id>/recover/", wrap(self.recover_view), name=f"{name}_recover"),
            *super().get_urls(),
        ]

    def _item(self, request, object_id, *, publish=False):
        """The live row, for somebody who may change it (and publish it); else 404 or 403."""
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        if publish and not workflow.may_publish(request.user, self.model):
            raise PermissionDenied
        return item

    def _revision(self, item, pk):
        return get_object_or_404(Revision.objects.of(item), pk=pk)

    def _page(self, request, template, title, **context):
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": title} | context
        return TemplateResponse(request, f"admin/publishing/{template}", context)

    def step_view(self, request, object_id, step):
        """Ask for note and moment (GET), take the step (POST)."""
        item = self._item(request, object_id, publish=step.needs_publish)
        revision = newest_revision(item)
        form = step.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            if step.has_seen(request.POST, revision):
                return self._take(request, step, item, revision, form)
            messages.error(request, _("Nothing was done yet: a newer text was saved. Look at it, then decide again."))
        used_in = item.used_in() if step.name == "retire" else []
        return self._page(
            request, "step.html", step.title, step=step, form=form, item=item, revision=revision, used_in=used_in
        )

    def _take(self, request, step, item, revision, form):
        """Take a step, say what came of it, and go back to the form."""
        url = self.url_for("change", item.pk)
        try:
            step.act(item, revision, request.user, **form.cleaned_data)
        except NotReady as error:
            messages.error(request, _("This cannot be done yet: ") + " ".join(error.sentences()))
            url += "?check"
        except Stale:
            messages.error(request, _("Nothing was done: somebody else was quicker. Here is the newest text."))
        else:
            messages.success(request, step.done)
        return HttpResponseRedirect(url)

    def preview_view(self, request, object_id, revision_id):
        item = self._item(request, object_id)
        return preview.show(request, self._revision(item, revision_id), edit_url=self.url_for("change", item.pk))

    def history_view(self, request, object_id, extra_context=None):
        item = self._item(request, object_id)
        revisions = Revision.objects.of(item).select_related("author").defer("data").order_by("-created_at", "-pk")
        activities = Activity.objects.of(item).select_related("author")
        live = revisions.live()
        return self._page(
            request, "history.html", _("History"), item=item, revisions=revisions, activities=activities, live=live
        )

    def compare_view(self, request, object_id, old_id, new_id):
        item = self._item(request, object_id)
        old, new = self._revision(item, old_id), self._revision(item, new_id)
        found = changes(self.model, old.data, new.data)
        return self._page(request, "compare.html", _("Compare"), item=item, old=old, new=new, changes=found)

    def restore_view(self, request, object_id, revision_id):
        item = self._item(request, object_id)
        revision = self._revision(item, revision_id)
        if request.method == "POST":
            try:
                restore(revision, by=request.user)
            except Stale:
                messages.error(request, _("Nothing was done: somebody else saved in this moment. Try again."))
            else:
                messages.success(request, _("The old text is the draft now. Readers see no change yet."))
            return HttpResponseRedirect(self.url_for("change", item.pk))
        return self._page(request, "restore.html", _("Bring an old text back"), item=item, revision=revision)

    def deleted_view(self, request):
        """Items that were deleted, each with a way back, for those who may delete."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        deleted = Revision.objects.ends_of_deleted(self.model).select_related("author").defer("data")[:200]
        return self._page(request, "deleted.html", _("Deleted"), deleted=deleted)

    def recover_view(self, request, object_id):
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(self.url_for("deleted"))
        try:
            item = recover(self.model, object_id, by=request.user)
        except Stale:
            messages.error(request, _("There is nothing to bring back under this number."))
            return HttpResponseRedirect(self.url_for("deleted"))
        messages.success(request, _("It is back as a draft. Readers see it when somebody publishes it."))
        return HttpResponseRedirect(self.url_for("change", item.pk))

    def conflict_view(self, request, object_id, revision_id):
        """Both texts side by side: the one that was saved first and the one kept beside it. She chooses, and saves."""
        item = self._item(request, object_id)
        mine = self._revision(item, revision_id)
        theirs = newest_revision(item)
        found = changes(self.model, theirs.data, mine.data)
        if request.method == "POST":
            chosen = {
                change.key for number, change in enumerate(found) if request.POST.get(f"choice-{number}") == "mine"
            }
            fresh = request.POST.get("_theirs") == str(theirs.pk)
            try:
                if not fresh:
                    raise Stale
                merged = merge(theirs.data, mine.data, chosen)
                add_revision(self.model, item.pk, merged, base=theirs, author=request.user, note=mine.note)
            except Stale:
                messages.error(request, _("Somebody saved once more while you chose. Please look again."))
                return HttpResponseRedirect(request.path)
            messages.success(request, _("Saved as the draft. Look it over."))
            return HttpResponseRedirect(self.url_for("change", item.pk))
        # Where she changed nothing, the other text stands, so that saving without a look undoes nobody's work.
        hers = {change.key for change in changes(self.model, mine.base.data, mine.data)} if mine.base else None
        for change in found:
            change.is_hers = hers is None or change.key in hers
        title = _("Somebody else saved first")
        return self._page(request, "conflict.html", title, item=item, mine=mine, theirs=theirs, changes=found)
