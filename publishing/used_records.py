"""The admin of records that texts link to: it says where, and deletes none of those."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from publishing import usage
from publishing.admin import SiteModelAdmin

USES_SHOWN = 100


class UsedRecordAdmin(SiteModelAdmin):
    """Name `used_in_shown` as the last of the fields. `refusal` says what to do instead of deleting.

    `uses_of(record, most)` gives what names a record, as `usage.of_record` does.
    """

    refusal = _("Something links to it. Choose another one there first.")
    uses_of = staticmethod(usage.of_record)
    readonly_fields = ("used_in_shown",)

    def get_fields(self, request, obj=None):
        shown = super().get_fields(request, obj)
        return shown if obj else [name for name in shown if name not in self.readonly_fields]

    @admin.display(description=_("used in"))
    def used_in_shown(self, record):
        return format_html_join("", "<div>{}</div>", ((line,) for line in self.uses_in_lines(record))) or _(
            "Nothing links to it."
        )

    def uses_in_lines(self, record):
        """Links to what names a record; of very many the first, and a sentence."""
        uses = self.uses_of(record, USES_SHOWN + 1)
        lines = [use.link for use in uses[:USES_SHOWN]]
        if len(uses) > USES_SHOWN:
            lines.append(_("%(number)s are shown here; there are more.") % {"number": USES_SHOWN})
        return lines

    def get_deleted_objects(self, objs, request):
        """What links to a record, in public or in a draft, keeps it from being deleted."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        uses = [line for record in objs for line in self.uses_in_lines(record)]
        return deleted, counts, permissions, [*protected, *uses] if uses else protected

    def delete_view(self, request, object_id, extra_context=None):
        return super().delete_view(request, object_id, {"refusal": self.refusal} | (extra_context or {}))
