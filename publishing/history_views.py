"""The history of an item as views of the admin: its versions, two of them side by side, the way back.

And what was deleted, with a way back too.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from publishing.compare import changes
from publishing.models import Activity, Revision
from publishing.publish import ensured_revision, recover, restore
from publishing.revisions import Stale
from publishing.versions import with_standing

ROWS = 50  # a page


class VersionsForm(forms.Form):
    """Two versions of one item, by their numbers."""

    old = forms.IntegerField(label=_("Version"), min_value=1)
    new = forms.IntegerField(label=_("with version"), min_value=1)


def page_of(request, rows, name):
    """A page of many rows, the newest first, chosen by the parameter `name`; it knows the addresses beside it."""
    page = Paginator(rows, ROWS).get_page(request.GET.get(name))
    page.newer = _address(request, name, page.number - 1) if page.has_previous() else ""
    page.older = _address(request, name, page.number + 1) if page.has_next() else ""
    return page


def _address(request, name, number):
    query = request.GET.copy()
    query[name] = number
    return f"?{query.urlencode()}"


class HistoryViews:
    """Mixin of the admin of a kind: the addresses of these views, and the views."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        compare = "<path:object_id>/compare/"
        return [
            path("<path:object_id>/restore/<int:revision_id>/", wrap(self.restore_view), name=f"{name}_restore"),
            path(compare, wrap(self.compare_numbers_view), name=f"{name}_compare_numbers"),
            path(f"{compare}<int:old_id>/<int:new_id>/", wrap(self.compare_view), name=f"{name}_compare"),
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("<int:object_id>/recover/", wrap(self.recover_view), name=f"{name}_recover"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        item = self._item(request, object_id)
        newest = ensured_revision(item)
        revisions = Revision.objects.of(item).select_related("author").defer("data").order_by("-created_at", "-pk")
        activities = Activity.objects.of(item).select_related("author")
        last = revisions.last_published()
        context = {
            "item": item,
            "last": last,
            "newest": newest,
            "revisions": with_standing(page_of(request, revisions, "versions"), item, last=last, newest=newest),
            "activities": page_of(request, activities, "events"),
            "numbers": VersionsForm(initial={"old": self._number_before(newest, last), "new": newest.number}),
        }
        return self._page(request, "admin/publishing/history.html", _("History"), **context)

    def _number_before(self, newest, last):
        """The version that one would look back at first: what was published last, else the one before the newest."""
        return last.number if last and last != newest else max(1, newest.number - 1)

    def compare_numbers_view(self, request, object_id):
        """Lead to the comparison of two versions that were named by their numbers."""
        item = self._item(request, object_id)
        form = VersionsForm(request.GET)
        if form.is_valid():
            keys = dict(Revision.objects.of(item).in_line().values_list("number", "pk"))
            chosen = [keys.get(form.cleaned_data[name]) for name in ("old", "new")]
            if all(chosen):
                return HttpResponseRedirect(self.url_for("compare", item.pk, *chosen))
        messages.error(request, _("There are no two versions with these numbers. Choose two of the list."))
        return HttpResponseRedirect(self.url_for("history", item.pk))

    def compare_view(self, request, object_id, old_id, new_id):
        item = self._item(request, object_id)
        old, new = self._revision(item, old_id), self._revision(item, new_id)
        found = changes(self.model, old.data, new.data)
        return self._page(
            request, "admin/publishing/compare.html", _("Compare"), item=item, old=old, new=new, changes=found
        )

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
        return self._page(
            request, "admin/publishing/restore.html", _("Bring an old text back"), item=item, revision=revision
        )

    def deleted_view(self, request):
        """Items that were deleted, each with a way back, for those who may delete."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        deleted = Revision.objects.ends_of_deleted(self.model).select_related("author").defer("data")
        return self._page(
            request, "admin/publishing/deleted.html", _("Deleted"), deleted=page_of(request, deleted, "page")
        )

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
