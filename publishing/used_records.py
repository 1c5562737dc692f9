"""The admin of records that texts link to: it says where, and deletes none of those."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from publishing import usage
from publishing.admin import SiteModelAdmin


class UsedRecordAdmin(SiteModelAdmin):
    """Name `used_in_shown` as the last of the fields. `refusal` says what to do instead of deleting."""

    refusal = _("Something links to it. Choose another one there first.")
    uses_of = staticmethod(usage.of_record)
    readonly_fields = ("used_in_shown",)
    delete_confirmation_template = "admin/publishing/delete_confirmation.html"

    def get_fields(self, request, obj=None):
        shown = super().get_fields(request, obj)
        return shown if obj else [name for name in shown if name not in self.readonly_fields]

    @admin.display(description=_("used in"))
    def used_in_shown(self, record):
        uses = self.uses_of(record)
        return format_html_join("", "<div>{}</div>", ((use.link,) for use in uses)) or _("Nothing links to it.")

    def get_deleted_objects(self, objs, request):
        """What links to a record, in public or in a draft, keeps it from being deleted."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        uses = [use.link for record in objs for use in self.uses_of(record)]
        return deleted, counts, permissions, [*protected, *uses] if uses else protected

    def delete_view(self, request, object_id, extra_context=None):
        return super().delete_view(request, object_id, {"refusal": self.refusal} | (extra_context or {}))
