from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from faq.models import (
    Group,
    Question,
    QuestionRelation,
)
from publishing.draft_admin import BlocksAdmin
from publishing.draft_inlines import PartInline, block_inlines
from publishing.used_records import UsedRecordAdmin


class RelationInline(PartInline):
    model = QuestionRelation
    fields = ("ordering", "address")


@admin.register(Question)
class QuestionAdmin(BlocksAdmin):
    handbook_chapter = "questions"
    inlines = [*block_inlines(Question), RelationInline]
    more_fieldsets = ((_("Subjects"), {"fields": ("topics", "roles"), "classes": ["after-parts"]}),)
    place_fields = ("group", "position", "slug", "language", "translation_of")
    autocomplete_fields = ("translation_of", "topics", "roles")
    list_display = ("title_shown", "group", "state_shown", "language", "saved_shown")
    list_select_related = ("group",)
    list_filter = (*BlocksAdmin.list_filter, "group")
    ordering = ("group__position", "position")


@admin.register(Group)
class GroupAdmin(UsedRecordAdmin):
    handbook_chapter = "questions"
    fields = ("label", "label_es", "slug", "position", "used_in_shown")
    list_display = ("label", "label_es", "position")
    list_editable = ("position",)
    search_fields = ("label", "label_es")
    prepopulated_fields = {"slug": ("label",)}
