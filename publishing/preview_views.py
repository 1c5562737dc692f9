"""Previews in the admin: a stored revision on a page of its own, and beside the form what is typed and not saved."""

from copy import copy

from django.forms import all_valid
from django.http import HttpResponseBadRequest, HttpResponseNotAllowed
from django.urls import path

from publishing import preview, row_limits
from publishing.draft_forms import data_from_forms
from publishing.models import Revision
from publishing.snapshots import capture, clean, materialize


class PreviewViews:
    """Mixin of the admin of a kind."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/preview/<int:revision_id>/", wrap(self.preview_view), name=f"{name}_preview"),
            path("<path:object_id>/typed/", wrap(self.typed_view), name=f"{name}_typed"),
            *super().get_urls(),
        ]

    def preview_view(self, request, object_id, revision_id):
        item = self._item(request, object_id)
        return preview.show(request, self._revision(item, revision_id), edit_url=self.url_for("change", item.pk))

    def typed_view(self, request, object_id):
        """What a posted form would save, on the real template. Nothing is written; faulty fields stay as they were.

        Files are refused, because a form stores them on its way to a snapshot.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if request.FILES:
            return HttpResponseBadRequest()
        if refusal := row_limits.refusal_of(request):
            return refusal
        item = self._item(request, object_id)
        newest = Revision.objects.of(item).newest()  # not `ensured_revision`, which stores one where there is none
        base = self._posted_base(request, item, newest) or newest
        stored = base.data if base else capture(item)
        typed = clean(self.model, self._typed_data(request, item, stored))
        return preview.show_data(request, item, typed, is_saved=typed == stored)

    def _typed_data(self, request, live, stored):
        """The snapshot that the posted form stands for, made as saving makes it."""
        item = materialize(self.model, live.pk, stored, live=copy(live))  # the form writes into it
        form = self.get_form(request, item, change=True)(request.POST, instance=item)
        formsets, _inlines = self._create_formsets(request, item, change=True)
        form.is_valid()
        all_valid(formsets)
        return data_from_forms(self.model, form, formsets, stored)
