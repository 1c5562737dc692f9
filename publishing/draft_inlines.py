"""The parts of an item in its form: its blocks, and rows that are not blocks."""

from content_editor.admin import ContentEditorInline
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import fields_for_model

from publishing import blocks
from publishing.choices import RowChoiceField, RowSelect
from publishing.draft_forms import DraftFormSet, LenientForm, RowFormSet


class DraftInline:
    """Mixin of an inline: the rows of a draft. Who may write an item may write its rows; they have no rights apart."""

    form = LenientForm
    formset = DraftFormSet
    view_on_site = False  # a row of a draft may be nowhere yet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"form_class": RowChoiceField, "widget": RowSelect(db_field, self.admin_site)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @property
    def _item_admin(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None):
        return self._item_admin.has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        if obj is None or obj.pk is None:
            return self._item_admin.has_add_permission(request)
        return self._item_admin.has_change_permission(request, obj)

    has_add_permission = has_delete_permission = has_change_permission


class BlockInline(DraftInline, ContentEditorInline):
    """A kind of block in the form of a draft."""


# The kinds in the order in which they are offered, each with its picture: a name of the Material Icons that
# content-editor carries.
ICONS = {
    blocks.Heading: "title",
    blocks.RichText: "notes",
    blocks.Statement: "list",
    blocks.PictureBlock: "image",
    blocks.LinkBlock: "link",
    blocks.Download: "download",
    blocks.Quote: "format_quote",
    blocks.CallOut: "info",
    blocks.Table: "table_chart",
    blocks.Video: "movie",
}


def block_inlines(model):
    """The inlines of all kinds of blocks that items of a model are written in."""
    own = {kind: next((one for one in blocks.block_models(model) if issubclass(one, kind)), None) for kind in ICONS}
    return [_block_inline(own[kind], icon) for kind, icon in ICONS.items() if own[kind]]


def _block_inline(model, icon):
    options = {"autocomplete_fields": ("picture",)} if issubclass(model, blocks.PictureBlock) else {}
    fields = [*fields_for_model(model)]  # to find them, the admin would make the form twice more in each request
    return BlockInline.create(model, icon=icon, fields=fields, **options)


class PartInline(DraftInline, admin.TabularInline):
    """Rows of a draft that are not blocks, such as the contributors of a publication."""

    formset = RowFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # A cell of a table has room for one button: that which makes a new record.
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return field
