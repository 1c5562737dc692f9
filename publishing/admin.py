"""The base of every admin page of ours, and the library of pictures."""

from content_editor.admin import ContentEditor, ContentEditorInline
from django import forms
from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from publishing.models import Picture, State


class SiteModelAdmin(admin.ModelAdmin):
    """Stock admin whose scripts carry the request's nonce and whose dates are one labeled field each."""

    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    }

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        media = Media.from_media(response.context_data["media"])
        response.context_data["media"] = media.with_nonce(str(request.csp_nonce))
        return response


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(State(self.value())) if self.value() in State.values else queryset


class BlockInline(ContentEditorInline):
    """A kind of block in the editor: title and icon on its button."""


def block_inline(model, icon, **options):
    """The inline of a block model; `icon` is a name of the Material Icons that content-editor carries."""
    return BlockInline.create(model, icon=icon, **options)


class PublishableAdmin(SiteModelAdmin, ContentEditor):
    """Fields in the order of the work; lists with state and dates.

    Inherit it, set `inlines` by `block_inline`, and add the fields of the kind by `text_fields` and `place_fields`.
    """

    text_fields = ("title", "summary")
    place_fields = ("slug", "language", "translation_of")
    list_display = ("title", "state_shown", "language", "updated_at")
    list_filter = (StateFilter, "language")
    search_fields = ("title", "summary", "slug")
    autocomplete_fields = ("translation_of",)
    raw_id_fields = ()
    prepopulated_fields = {"slug": ("title",)}
    list_per_page = 50

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": self.text_fields}),
            (_("Place"), {"fields": self.place_fields}),
            (
                _("Publishing"),
                {"fields": ("published_at", "retired_at", "reviewed_on", "review_by", "owner")},
            ),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("translation_of")

    @admin.display(description=_("state"), ordering="published_at")
    def state_shown(self, item):
        return format_html('<span class="state state--{}">{}</span>', item.state.value, item.state.label)

    def view_on_site(self, item):
        return item.get_absolute_url() if item.is_public else None


@admin.register(Picture)
class PictureAdmin(SiteModelAdmin):
    fields = ("image", "title", "credit")
    list_display = ("title", "width", "height", "created_at")
    search_fields = ("title", "credit")
    readonly_fields = ()
