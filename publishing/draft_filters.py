"""The filters of the lists of what is published: by the state that readers see, and by the draft behind it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.models import Revision, State


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(State(self.value())) if self.value() in State.values else queryset


class DraftFilter(admin.SimpleListFilter):
    """Items by what is not public of them yet."""

    title = _("draft")
    parameter_name = "draft"
    MINE = "mine"

    def lookups(self, request, model_admin):
        return [(self.MINE, _("My drafts")), *Revision.State.choices]

    def queryset(self, request, queryset):
        revisions = self._revisions(request.user)
        if revisions is None:
            return queryset
        return queryset.filter(pk__in=revisions.of_kind(queryset.model).values("object_id"))

    def _revisions(self, user):
        if self.value() == Revision.State.APPROVED:
            return Revision.objects.approved()  # whatever was saved on top of it since
        if self.value() == self.MINE:
            return Revision.objects.open_drafts().filter(author=user)
        if self.value() in Revision.State.values:
            return Revision.objects.open_drafts().filter(state=self.value())
        return None
