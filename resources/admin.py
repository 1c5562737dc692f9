from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing import usage
from publishing.admin import ReadOnlyAdmin
from publishing.draft_admin import PublishableAdmin, holds_all
from publishing.draft_inlines import PartInline
from resources import identifiers
from resources.export_actions import EXPORT_ACTIONS
from resources.file_forms import WorkFileForm, state_in_words
from resources.import_admin import ImportViews
from resources.kinds import Level
from resources.models import (
    Contributor,
    FactNote,
    Identifier,
    Publication,
    Relation,
    Series,
    StoredFile,
    WorkFile,
    WorkLink,
)
from resources.views.files import send
from vocabulary.admin import VocabularyAdmin
from vocabulary.models import Organization, Person


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
    fields = ("ordering", "upload", "file_shown", "label", "language", "name")
    readonly_fields = ("file_shown",)

    @admin.display(description=_("what is there"))
    def file_shown(self, row):
        if row.file_id is None:
            return ""
        address = reverse("admin:resources_storedfile_open", args=[row.file_id])
        return format_html('<a href="{}">{}</a>', address, state_in_words(row.file))


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
class PublicationAdmin(ImportViews, PublishableAdmin):
    handbook_chapter = "publications"
    actions = EXPORT_ACTIONS
    change_list_template = "admin/resources/publication_list.html"
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
    list_display = ("title_shown", "state_shown", "work_kind", "issued_year", "saved_shown")
    list_filter = (*PublishableAdmin.list_filter, "work_kind")
    search_fields = ("title", "subtitle", "summary", "slug")
    order_offered = ("sort_title", "pk")

    def keys_found(self, words):
        """By an identifier too, and by the name of somebody who took part."""
        numbers = Identifier.objects.filter(holds_all("value", words) | _same_identifier(" ".join(words)))
        persons = Person.objects.filter(holds_all("sort_name", words))
        organizations = Organization.objects.filter(holds_all("label", words))
        contributors = [Contributor.objects.filter(person__in=persons),
                        Contributor.objects.filter(organization__in=organizations)]  # fmt: skip
        return [*super().keys_found(words), *(rows.values("publication_id") for rows in (numbers, *contributors))]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("summary", "rights"):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        if db_field.name == "levels":
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name), choices=Level.choices, widget=forms.CheckboxSelectMultiple
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _same_identifier(text):
    """The condition that an identifier is the one that a text names in any form; of ordinary words, that it is none."""
    try:
        found = identifiers.parse(text)
    except ValidationError:
        found = None
    if found is None:
        return Q(pk__in=[])
    return Q(scheme=found.scheme, value__in={found.value, identifiers.comparable(found).value})


@admin.register(Series)
class SeriesAdmin(VocabularyAdmin):
    fields = ("label", "slug", "is_journal", "issn", "other_names", "used_in_shown")
    list_display = ("label", "is_journal", "issn")
    list_filter = ("is_journal",)
    search_fields = ("label", "issn", "other_names")
    prepopulated_fields = {"slug": ("label",)}


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """What was uploaded, and how far it is read. Files come and go with the publications that hold them."""

    list_display = ("name", "format", "size_shown", "page_count", "state", "pages_read", "created_at")
    list_filter = ("state", "extension")
    search_fields = ("name", "title")
    fields = (
        "name", "open_link", "format", "size_shown", "title", "language", "is_tagged",
        "page_count", "state", "pages_read", "fault", "cleaning", "used_in_shown", "created_at",
    )  # fmt: skip
    readonly_fields = fields

    def get_urls(self):
        opened = self.admin_site.admin_view(self.open_view)
        return [path("<int:pk>/open/", opened, name="resources_storedfile_open"), *super().get_urls()]

    def open_view(self, request, pk):
        """The file itself for staff, whatever the state of its work."""
        stored = get_object_or_404(StoredFile, pk=pk)
        if not self.has_view_permission(request, stored):
            raise PermissionDenied
        return send(request, stored, stored.name)

    @admin.display(description=_("size"), ordering="size")
    def size_shown(self, stored):
        return filesizeformat(stored.size)

    @admin.display(description=_("file"))
    def open_link(self, stored):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:resources_storedfile_open", args=[stored.pk]), _("Open")
        )

    @admin.display(description=_("used in"))
    def used_in_shown(self, stored):
        uses = usage.of_record(stored)
        return format_html_join("", "<div>{}</div>", ((use.link,) for use in uses)) or _("Nothing shows it.")
