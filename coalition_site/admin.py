"""Accounts: managers look after them without being able to raise themselves above a manager."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from publishing.admin import SiteModelAdmin

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(SiteModelAdmin, UserAdmin):
    """Django's own, less what would let somebody give herself more rights than she has."""

    handbook_chapter = "accounts"

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ("username", "password")}),
            (_("Person"), {"fields": ("first_name", "last_name", "email")}),
            (_("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
        ]

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        own = obj is not None and obj == request.user and not request.user.is_superuser
        return ("is_active", "is_staff", "groups") if own else super().get_readonly_fields(request, obj)
