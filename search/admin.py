"""What the staff do for the search: synonyms, best results, a look at what people did not find."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin import ReadOnlyAdmin
from search.dashboard import state_of
from search.misses import SHOWN_FROM
from search.models import BestResult, Miss, Synonym
from search.models.staff import lines_of
from search.staff_forms import BestResultForm, TryForm
from search.trial_admin import TrialAdmin
from search.trying import try_best_result, try_now, try_synonym


@admin.register(Synonym)
class SynonymAdmin(TrialAdmin):
    change_list_template = "admin/search/record_list.html"
    fields = ("words", "words_es")
    list_display = ("english_shown", "spanish_shown")
    search_fields = ("words", "words_es")
    list_per_page = 50

    @admin.display(description=_("in English"), ordering="words")
    def english_shown(self, synonym):
        return ", ".join(lines_of(synonym.words)) or "–"

    @admin.display(description=_("in Spanish"), ordering="words_es")
    def spanish_shown(self, synonym):
        return ", ".join(lines_of(synonym.words_es)) or "–"

    def trial(self, record, text, language):
        return try_synonym(record, text, language)

    def first_query(self, record):
        return next(iter(record.phrases), "")


@admin.register(BestResult)
class BestResultAdmin(TrialAdmin):
    change_list_template = "admin/search/record_list.html"
    form = BestResultForm
    list_display = ("__str__", "item_shown", "state_shown", "language", "position", "until")
    list_filter = ("language",)
    search_fields = ("queries", "last_title", "note")
    list_per_page = 50

    def get_fields(self, request, obj=None):
        fields = list(BestResultForm.Meta.fields)
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if not may_save:
            fields[fields.index("item")] = "item_shown"
        return fields

    def get_queryset(self, request):
        return super().get_queryset(request).with_items()

    @admin.display(description=_("stands on top"))
    def item_shown(self, best):
        if not best.address:
            return best.last_title
        return format_html('<a href="{}">{}</a>', best.address, best.title)

    @admin.display(description=_("state"))
    def state_shown(self, best):
        state = state_of(best)
        return format_html('<span class="state state--{}">{}</span> {}', state.look, state.label, state.advice)

    def trial(self, record, text, language):
        return try_best_result(record, text, language)

    def first_query(self, record):
        return next(iter(lines_of(record.queries)), "")

    def get_urls(self):
        return [path("try/", self.admin_site.admin_view(self.try_search_view), name="search_try"), *super().get_urls()]

    def try_search_view(self, request):
        """A search as readers get it now, with what was done to it; for all who may see the staff's side of it."""
        if not any(request.user.has_perm(f"search.view_{name}") for name in ("bestresult", "synonym", "miss")):
            raise PermissionDenied
        asked = TryForm(request.GET) if "q" in request.GET else TryForm()
        trial = None
        if asked.is_valid():
            trial = try_now(asked.cleaned_data["q"], asked.cleaned_data["language"])
        context = self.admin_site.each_context(request) | {
            "title": gettext("Try the search"),
            "opts": self.opts,
            "asked": asked,
            "trial": trial,
            "links": links_for(request.user, asked.cleaned_data["q"], asked.cleaned_data["language"]) if trial else [],
        }
        return TemplateResponse(request, "admin/search/try.html", context)


class LanguageFilter(admin.SimpleListFilter):
    """By the language of the pages on which people searched."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(Miss)
class MissAdmin(ReadOnlyAdmin):
    """Only a list: nobody writes or changes what readers searched for."""

    change_list_template = "admin/search/miss_list.html"
    list_display_links = None
    list_filter = (LanguageFilter,)
    date_hierarchy = "month"
    search_fields = ("words",)
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).shown()

    def get_list_display(self, request):
        @admin.display(description=_("what to do"))
        def links(miss):
            to_try = (
                f"{reverse('admin:search_try')}?{urlencode({'q': miss.words, 'language': miss.language})}",
                _("Try it"),
            )
            return format_html_join(
                "",
                '<div class="to-do"><a href="{}">{}</a></div>',
                [to_try, *links_for(request.user, miss.words, miss.language)],
            )

        return ("words", "times", "times_corrected", "language_shown", "month_shown", links)

    @admin.display(description=_("language"), ordering="language")
    def language_shown(self, miss):
        return dict(settings.LANGUAGES).get(miss.language, miss.language)

    @admin.display(description=_("month"), ordering="month")
    def month_shown(self, miss):
        return date_format(miss.month, "F Y")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"shown_from": SHOWN_FROM} | (extra_context or {}))


def links_for(user, words, language):
    """What somebody may do about a search: pairs of address and words."""
    field = "words_es" if language == "es" else "words"
    offers = [
        ("bestresult", {"queries": words, "language": language}, gettext("Add a best result")),
        ("synonym", {field: words}, gettext("Add synonyms")),
    ]
    return [
        (f"{reverse(f'admin:search_{name}_add')}?{urlencode(values)}", sentence)
        for name, values, sentence in offers
        if user.has_perm(f"search.add_{name}")
    ]
