"""Pages in Django's own admin, without any base class of ours: what our form is measured against.

The same models, fields and inlines. It saves straight into the live tables, so each side edits a page of its own.
"""

from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin

from pages.admin import PageAdmin
from pages.models import Page
from publishing import handbook
from publishing.models import Picture


class StockSite(admin.AdminSite):
    """Django's own. Our template around every page leads to the handbook, so that has to be here too."""

    def get_urls(self):
        return [*handbook.urls(self), *super().get_urls()]


stock_site = StockSite(name="stock")


@admin.register(Picture, site=stock_site)
class StockPictureAdmin(admin.ModelAdmin):
    """Needed for the choice of a picture in a block."""

    search_fields = ("title",)


@admin.register(Page, site=stock_site)
class StockPageAdmin(ContentEditor):
    fields = (*PageAdmin.text_fields, *PageAdmin.place_fields, *PageAdmin.review_fields)
    inlines = [
        ContentEditorInline.create(inline.model, icon=inline.icon, autocomplete_fields=inline.autocomplete_fields)
        for inline in PageAdmin.inlines
    ]
    autocomplete_fields = PageAdmin.autocomplete_fields
    prepopulated_fields = PageAdmin.prepopulated_fields
    search_fields = PageAdmin.search_fields
