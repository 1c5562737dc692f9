from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blog.models import (
    Byline,
    Entry,
    EntryRelation,
    Series,
)
from publishing.draft_admin import BlocksAdmin
from publishing.draft_inlines import PartInline, block_inlines
from vocabulary.admin import VocabularyAdmin


class BylineInline(PartInline):
    model = Byline
    fields = ("ordering", "person", "organization")
    autocomplete_fields = ("person", "organization")


class RelationInline(PartInline):
    model = EntryRelation
    fields = ("ordering", "address")


@admin.register(Entry)
class EntryAdmin(BlocksAdmin):
    handbook_chapter = "blog"
    inlines = [*block_inlines(Entry), BylineInline, RelationInline]
    text_fields = ("title", "summary", "picture", "picture_text")
    more_fieldsets = (
        (_("Subjects"), {"fields": ("topics", "roles", "tags"), "classes": ["after-parts"]}),
        (_("Series and dates"), {
            "fields": (("series", "series_position"), "dated_on", ("corrected_on", "correction"), "takes_responses"),
            "classes": ["after-parts"],
        }),
    )  # fmt: skip
    autocomplete_fields = ("translation_of", "series", "topics", "roles", "picture")
    list_display = ("title_shown", "dated_on", "series", "state_shown", "language", "saved_shown")
    list_select_related = ("series",)
    list_filter = (*BlocksAdmin.list_filter, "series")
    ordering = ("-dated_on", "-pk")


@admin.register(Series)
class SeriesAdmin(VocabularyAdmin):
    handbook_chapter = "blog"
    fields = ("label", "label_es", "description", "description_es", "position", "slug", "other_names", "used_in_shown")
    list_display = ("label", "label_es", "position")
    search_fields = ("label", "label_es", "other_names")
    prepopulated_fields = {"slug": ("label",)}
