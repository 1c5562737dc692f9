"""Actions of the list of publications in the admin: the chosen works as a file, in each format."""

from django.contrib import admin, messages
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from resources import exports
from resources.formats import FORMATS


def export_action(form):
    """The action for one format. It gives the public text; what stands in drafts alone is not in the file."""

    @admin.action(
        description=format_lazy(_("Export the public text as {format}"), format=form.label), permissions=["view"]
    )
    def export(model_admin, request, queryset):
        works = model_admin.model.objects.filter(pk__in=queryset.values("pk")).with_public_text()
        if not works.exists():
            model_admin.message_user(
                request, _("None of these was ever published, so there is no text to export."), messages.WARNING
            )
            return None
        return exports.response(works.by_title(), form.name, "publications")

    export.__name__ = f"export_{form.name}"
    return export


EXPORT_ACTIONS = [export_action(form) for form in FORMATS.values()]
