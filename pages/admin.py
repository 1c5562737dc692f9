from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.models import (
    ContactFacts,
    MenuItem,
    Page,
    Promotion,
    Redirect,
)
from publishing.admin import SiteModelAdmin
from publishing.draft_admin import BlocksAdmin
from publishing.draft_inlines import block_inlines


@admin.register(Page)
class PageAdmin(BlocksAdmin):
    inlines = block_inlines(Page)
    text_fields = ("title", "summary", "addition")
    place_fields = ("parent", "slug", "position", "margin_label", "language", "translation_of")
    autocomplete_fields = ("parent", "translation_of")
    list_display = ("title_shown", "path", "state_shown", "language", "saved_shown")
    search_fields = ("title", "summary", "path")
    ordering = ("path",)


@admin.register(MenuItem)
class MenuItemAdmin(SiteModelAdmin):
    handbook_chapter = "menus-redirects-contact"
    fields = ("menu", "label", "label_es", "page", "address", "position")
    list_display = ("label", "menu", "target", "position")
    list_editable = ("position",)
    list_filter = ("menu",)
    list_select_related = ("page",)
    autocomplete_fields = ("page",)
    search_fields = ("label", "label_es", "address")

    @admin.display(description=_("leads to"))
    def target(self, item):
        if not item.page:
            return item.address
        return item.page.path if item.page.is_public else _("%(path)s (hidden: not public)") % {"path": item.page.path}


@admin.register(Promotion)
class PromotionAdmin(SiteModelAdmin):
    handbook_chapter = "promotions"
    fields = ("title", "text", "address", "language", "begins_at", "ends_at")
    list_display = ("title", "language", "begins_at", "ends_at")
    list_filter = ("language",)
    search_fields = ("title", "text", "address")


@admin.register(Redirect)
class RedirectAdmin(SiteModelAdmin):
    handbook_chapter = "menus-redirects-contact"
    fields = ("old_path", "page", "new_address")
    list_display = ("old_path", "target", "created_at")
    list_select_related = ("page",)
    autocomplete_fields = ("page",)
    search_fields = ("old_path", "new_address", "page__title", "page__path")

    @admin.display(description=_("leads to"), empty_value=_("nowhere: the page is not public"))
    def target(self, redirect):
        return redirect.target


@admin.register(ContactFacts)
class ContactFactsAdmin(SiteModelAdmin):
    handbook_chapter = "menus-redirects-contact"
    fieldsets = [
        (None, {"fields": ("organization", "parent_organization")}),
        (_("Address"), {"fields": ("street", "suite", "city", "state", "postal_code")}),
        (_("Reach"), {"fields": ("telephone", "extension", "fax", "email")}),
        (_("Small print"), {"fields": ("copyright", "confirmed_on")}),
    ]
    list_display = ("organization", "city", "telephone", "email", "confirmed_shown")

    @admin.display(description=_("confirmed"), empty_value=_("Confirm that all of this is right"))
    def confirmed_shown(self, facts):
        return facts.confirmed_on

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not ContactFacts.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
