"""The list of links to other sites: nobody writes it, the worker does."""

from collections import defaultdict

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from links.looking import State
from links.models import OutwardLink
from publishing.admin import ReadOnlyAdmin
from publishing.usage import Use


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("dead", _("dead: failed on three days or more")), *State.choices]

    def queryset(self, request, queryset):
        if self.value() == "dead":
            return queryset.dead()
        return queryset.filter(state=self.value()) if self.value() else queryset


class LinkList(ChangeList):
    """Its rows know by name what shows them: one query for each kind."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        keys = defaultdict(set)
        for link in self.result_list:
            for label, key in link.used_in:
                keys[label].add(key)
        rows = {label: apps.get_model(label)._base_manager.in_bulk(found) for label, found in keys.items()}
        for link in self.result_list:
            there = (rows[label].get(key) for label, key in link.used_in)
            link.uses = [Use.by(row) for row in there if row is not None]


@admin.register(OutwardLink)
class OutwardLinkAdmin(ReadOnlyAdmin):
    handbook_chapter = "links"
    list_display = ("address_shown", "state_shown", "seen_on", "checked_at", "used_in_shown")
    list_display_links = None
    list_filter = (StateFilter,)
    search_fields = ("address",)
    list_per_page = 50
    fields = (
        "address_shown", "state_shown", "seen_on", "checked_at", "next_look_at", "failures", "first_failed_on",
    )  # fmt: skip
    readonly_fields = ("address_shown", "state_shown")

    def get_changelist(self, request, **kwargs):
        return LinkList

    @admin.display(description=_("web address"), ordering="address")
    def address_shown(self, link):
        return format_html('<a href="{}" rel="noreferrer">{}</a>', link.address, link.address)

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, link):
        words = gettext("dead") if link.is_dead else link.get_state_display()
        if link.moved_to:
            return format_html("{}: {}", words, link.moved_to)
        if not link.fault:
            return words
        status = f" ({link.status})" if link.status else ""
        since = ""
        if link.first_failed_on:
            since = gettext("; since %(day)s") % {"day": date_format(link.first_failed_on, "DATE_FORMAT")}
        return format_html("{}: {}{}{}", words, link.get_fault_display(), status, since)

    @admin.display(description=_("used in"))
    def used_in_shown(self, link):
        return format_html_join("", "<div>{}</div>", ((use.link,) for use in link.uses))
