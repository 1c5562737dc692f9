from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.draft_admin import PartInline, PublishableAdmin
from resources.file_forms import WorkFileForm
from resources.kinds import Level
from resources.models import Contributor, FactNote, Identifier, Publication, Relation, Series, WorkFile, WorkLink
from vocabulary.admin import VocabularyAdmin


class ContributorInline(PartInline):
    model = Contributor
    fields = ("ordering", "role", "person", "organization")
    autocomplete_fields = ("person", "organization")


class IdentifierInline(PartInline):
    model = Identifier
    fields = ("ordering", "scheme", "value")


class FileInline(PartInline):
    model = WorkFile
    form = WorkFileForm
    fields = ("ordering", "upload", "label", "language", "name")


class LinkInline(PartInline):
    model = WorkLink
    fields = ("ordering", "kind", "address", "label")


class RelationInline(PartInline):
    model = Relation
    fk_name = "publication"
    fields = ("ordering", "kind", "other")
    autocomplete_fields = ("other",)


class FactNoteInline(PartInline):
    model = FactNote
    fields = ("ordering", "fact", "note", "certainty")


@admin.register(Publication)
class PublicationAdmin(PublishableAdmin):
    inlines = [ContributorInline, IdentifierInline, FileInline, LinkInline, RelationInline, FactNoteInline]
    text_fields = ("title", "subtitle", "summary", "abstract")
    more_fieldsets = (
        (
            _("Facts"),
            {
                "fields": (
                    "work_kind",
                    ("issued_year", "issued_month", "issued_day"),
                    ("work_language", "page_count"),
                    ("series", "edition"),
                    ("volume", "number", "page_range"),
                    "book",
                )
            },
        ),
        (_("Subjects"), {"fields": ("topics", "roles", "results", "places", "levels", "tags")}),
        (_("Rights"), {"fields": ("access", "license", "rights", "picture")}),
    )
    review_fields = ("reviewed_on", "review_by", "facts_source")
    autocomplete_fields = ("translation_of", "series", "topics", "roles", "results", "places", "picture")
    list_display = ("title_shown", "state_shown", "work_kind", "issued_year", "updated_at")
    list_filter = (*PublishableAdmin.list_filter, "work_kind")
    search_fields = ("title", "subtitle", "summary", "slug", "identifiers__value")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "levels":
            return forms.MultipleChoiceField(
                label=db_field.verbose_name, choices=Level.choices, widget=forms.CheckboxSelectMultiple
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Series)
class SeriesAdmin(VocabularyAdmin):
    fields = ("label", "slug", "is_journal", "issn", "other_names", "used_in_shown")
    list_display = ("label", "is_journal", "issn")
    list_filter = ("is_journal",)
    search_fields = ("label", "issn", "other_names")
    prepopulated_fields = {"slug": ("label",)}
