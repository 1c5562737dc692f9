from itertools import islice

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.admin import Tag  # by way of its admin, which registers a page of its own that ours replaces

from publishing import usage
from publishing.characters import fit_for_xml
from publishing.content_version import ContentVersion
from publishing.meanwhile import RecordForm
from publishing.sorting import alphabetical
from publishing.tags import fault_of_tag
from publishing.used_records import UsedRecordAdmin
from vocabulary.merging import AlreadyGone, locked, merge
from vocabulary.models import Organization, Person, Place, Result, Role, Topic
from vocabulary.tags import items_bearing, merge_tags, save_tag

LINKS_AT_ONCE = 1_000


@admin.action(description=_("Merge into one"), permissions=["merge"])
def merge_into_one(model_admin, request, queryset):
    """Ask which of the chosen records stays, then let the others become it."""
    records = list(queryset)
    if len(records) < 2:
        model_admin.message_user(request, _("Choose two or more that mean the same."), messages.WARNING)
        return None
    form = MergeForm(request.POST if "keep" in request.POST else None, records=queryset)
    if form.is_valid():
        keep = form.cleaned_data["keep"]
        try:
            with ContentVersion.raised_at_the_end():
                locked(*records, naming=model_admin.naming)
                changed = sum(model_admin.merge(gone, keep) for gone in records if gone.pk != keep.pk)
        except AlreadyGone as error:
            words = _("Nothing was merged: somebody has merged or deleted “%(record)s” a moment ago. Choose again.")
            model_admin.message_user(request, words % {"record": error}, messages.ERROR)
            return None
        words = ngettext(
            "Merged into “%(keep)s”: %(count)s item links to it now.",
            "Merged into “%(keep)s”: %(count)s items link to it now.",
            changed,
        )
        model_admin.message_user(request, words % {"keep": keep, "count": changed}, messages.SUCCESS)
        return None
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Merge into one"),
        "opts": model_admin.opts,
        "form": form,
        "records": [(record, model_admin.uses_in_lines(record)) for record in records],
    }
    return TemplateResponse(request, "admin/vocabulary/merge.html", context)


class MergeForm(forms.Form):
    keep = forms.ModelChoiceField(
        label=_("Which one stays?"), queryset=None, empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keep"].queryset = records


class VocabularyAdmin(UsedRecordAdmin):
    """A vocabulary: search, merge, and no deletion of what something links to."""

    handbook_chapter = "publications"
    actions = (merge_into_one,)
    list_per_page = 100
    merge, naming = staticmethod(merge), staticmethod(usage.items_naming)
    refusal = _("Something links to it. Choose another one there, or merge it into the one that stays.")

    def has_merge_permission(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)


class TermAdmin(VocabularyAdmin):
    fields = ("label", "label_es", "slug", "other_names", "description", "description_es", "position", "used_in_shown")
    list_display = ("label", "label_es", "position")
    list_editable = ("position",)
    search_fields = ("label", "label_es", "other_names")
    prepopulated_fields = {"slug": ("label",)}


admin.site.register([Topic, Role, Result], TermAdmin)


@admin.register(Place)
class PlaceAdmin(TermAdmin):
    fields = ("label", "label_es", "slug", "within", *TermAdmin.fields[3:])
    list_display = ("label", "within", "label_es", "position")
    list_select_related = ("within",)
    autocomplete_fields = ("within",)


@admin.register(Person)
class PersonAdmin(VocabularyAdmin):
    fields = ("family", "given", "particle", "suffix", "slug", "other_names", "orcid", "used_in_shown")
    list_display = ("sort_name", "orcid")
    search_fields = ("family", "given", "other_names")
    prepopulated_fields = {"slug": ("given", "family")}


@admin.register(Organization)
class OrganizationAdmin(VocabularyAdmin):
    fields = (
        "label", "label_es", "abbreviation", "slug", "part_of", "other_names", "web_address", "is_ours",
        "used_in_shown",
    )  # fmt: skip
    list_display = ("label", "abbreviation", "part_of")
    list_select_related = ("part_of",)
    autocomplete_fields = ("part_of",)
    search_fields = ("label", "label_es", "abbreviation", "other_names")
    prepopulated_fields = {"slug": ("label",)}


class TagForm(RecordForm):
    """A tag by the same rules as one that comes in with a text."""

    def clean_name(self):
        name = fit_for_xml(self.cleaned_data["name"]).strip()
        if fault := fault_of_tag(name):
            raise ValidationError(fault)
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a tag of this name already. Merge the two in the list of tags."))
        return name


admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(VocabularyAdmin):
    """Free tags. They come in with the texts that bear them."""

    form = TagForm
    fields = ("name", "slug", "used_in_shown")
    list_display = ("name", "slug")
    search_fields = ("name",)
    ordering = (alphabetical("name"),)
    merge, naming = staticmethod(merge_tags), staticmethod(items_bearing)

    @staticmethod
    def uses_of(tag, most=None):
        links = tag.taggit_taggeditem_items.prefetch_related("content_object").iterator(LINKS_AT_ONCE)
        named = (link.content_object for link in links if link.content_object)
        return [usage.Use.by(item) for item in islice(named, most)]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            save_tag(obj, form.initial["name"])
