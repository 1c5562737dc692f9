"""What comes after a draft is saved, as views of the admin: the steps, and the choice between two texts."""

from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from publishing import workflow
from publishing.compare import changes, merge
from publishing.deadlocks import twice_at_most
from publishing.draft_steps import STEPS
from publishing.models import Revision
from publishing.publish import ensured_revision
from publishing.readiness import NotReady, faults_of
from publishing.revisions import Stale, add_revision


class DraftViews:
    """Mixin of the admin of a kind: the addresses of these views, and the views."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        steps = [
            path(f"<path:object_id>/{step.name}/", wrap(self.step_view), {"step": step}, name=f"{name}_{step.name}")
            for step in STEPS
        ]
        return [
            *steps,
            path("<path:object_id>/conflict/<int:revision_id>/", wrap(self.conflict_view), name=f"{name}_conflict"),
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
        if item := context.get("item"):
            context["item_title"] = ensured_revision(item).title or item  # an item that never was public has no other
        return TemplateResponse(request, template, context)

    def step_view(self, request, object_id, step):
        """Ask for note and moment (GET), take the step (POST)."""
        item = self._item(request, object_id, publish=step.needs_publish)
        revision = ensured_revision(item)
        known = {"replacement": item.replacement_address}
        form = step.form(request.POST if request.method == "POST" else None, initial=known)
        refusal = item.stays_because() if step.takes_away else ""
        if request.method == "POST" and not refusal and form.is_valid():
            if step.has_seen(request.POST, revision):
                return self._take(request, step, item, revision, form)
            messages.error(request, _("Nothing was done yet: a newer text was saved. Look at it, then decide again."))
        context = {
            "step": step,
            "form": form,
            "item": item,
            "revision": revision,
            "refusal": refusal,
            "used_in": item.used_in() if step.takes_away and not refusal else [],
            "below": item.public_below() if step.takes_away and not refusal else [],
            "faults": faults_of(revision) if step.names_faults else [],
        }
        return self._page(request, "admin/publishing/step.html", step.title, **context)

    def _take(self, request, step, item, revision, form):
        """Take a step, say what came of it, and go back to the form."""
        url = self.url_for("change", item.pk)
        try:
            done = twice_at_most(partial(step.act, item, revision, request.user, **form.cleaned_data))
        except NotReady as error:
            messages.error(request, _("This cannot be done yet: ") + error.in_short())
            url += "?check"
        except Stale:
            messages.error(request, _("Nothing was done: somebody else was quicker. Here is the newest text."))
        else:
            messages.success(request, step.said_after(form, done))
        return HttpResponseRedirect(url)

    def conflict_view(self, request, object_id, revision_id):
        """Both texts side by side: the one that was saved first and the one kept beside it. She chooses, and saves."""
        item = self._item(request, object_id)
        mine = self._revision(item, revision_id)
        theirs = ensured_revision(item)
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
        return self._page(
            request, "admin/publishing/conflict.html", title, item=item, mine=mine, theirs=theirs, changes=found
        )
