"""The base of every admin page of ours, and the library of pictures."""

from django import forms
from django.contrib import admin
from django.db import models
from js_asset import Media

from publishing.models import Picture


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


@admin.register(Picture)
class PictureAdmin(SiteModelAdmin):
    fields = ("image", "title", "credit")
    list_display = ("title", "width", "height", "created_at")
    search_fields = ("title", "credit")
    readonly_fields = ()
