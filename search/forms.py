"""The one reader of the addresses of searches."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from search.engine import Query, Sort
from search.registry import registered_facets

LONGEST_QUERY = 200  # characters
MOST_VALUES = 20  # of one facet
SIZES = (10, 20, 50)
EARLIEST_YEAR, LATEST_YEAR = 1600, 2200
WITHOUT_YEARS = {"from": None, "to": None}


@dataclass(frozen=True)
class Condition:
    """One condition of a search in words, “Language: English”, and the address of the same search without it.

    `name` is that of its facet, or “year”.
    """

    text: str
    url: str
    name: str


class SearchForm(forms.Form):
    """`q`: the words; the names of the facets, many times: their values; `from`, `to`: years; `order`, `size`, `page`;
    `as_typed`: neither corrections nor other words. Wrong values are ignored, and `ignored` says so to the reader.

    `fixed` gives filters that the page itself sets, {"content": ["publication"]}; their facets are not offered.
    """

    ORDERS = [(Sort.RELEVANCE, _("best match")), (Sort.NEWEST, _("newest")), (Sort.TITLE, _("title"))]

    q = forms.CharField(required=False, max_length=LONGEST_QUERY)
    order = forms.ChoiceField(choices=ORDERS, required=False)
    size = forms.TypedChoiceField(choices=[(size, size) for size in SIZES], coerce=int, required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    as_typed = forms.BooleanField(required=False)

    def __init__(self, data, fixed=None):
        super().__init__(data)
        self.fixed = fixed or {}
        self.facets = [facet for facet in registered_facets() if facet.name not in self.fixed]
        for name in ("from", "to"):  # the one is no name for an attribute
            self.fields[name] = forms.IntegerField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)

    @property
    def query(self):
        return self.value("q", default="")

    @property
    def page_number(self):
        return self.value("page", default=1)

    @property
    def size_chosen(self):
        return self.value("size", default=SIZES[0])

    @property
    def order_chosen(self):
        """Without words nothing is a better match than the rest: the newest stand first."""
        order = self.value("order", default=Sort.RELEVANCE)
        return Sort.NEWEST if order == Sort.RELEVANCE and not self.query else Sort(order)

    @property
    def years(self):
        """The first and the last year that are asked for; those in the wrong order are turned round."""
        first, last = self.value("from", None), self.value("to", None)
        return (last, first) if first and last and first > last else (first, last)

    @cached_property
    def values_of_facets(self):
        """For each facet its values, asked for once: name → {index value: Value}."""
        return {facet.name: facet.values() for facet in self.facets}

    @property
    def chosen(self):
        """Name of a facet → the index values that the address names, each once."""
        return self._chosen_and_unknown[0]

    @cached_property
    def _chosen_and_unknown(self):
        """What the address names of the facets, and the labels of those of which it names a value that is none."""
        chosen, unknown = defaultdict(list), []
        for facet in self.facets:
            if facet.name not in self.data:
                continue
            by_slug = {value.slug: key for key, value in self.values_of_facets[facet.name].items()}
            for slug in list(dict.fromkeys(self.data.getlist(facet.name)))[:MOST_VALUES]:
                key = by_slug.get(slug)
                if key is None and slug and not unknown:
                    key = facet.former(slug)
                if key is not None and key not in chosen[facet.name]:
                    chosen[facet.name].append(key)
                elif key is None and slug:
                    unknown.append(facet.label)
        return dict(chosen), unknown

    @property
    def is_narrowed(self):
        return bool(self.chosen or any(self.years))

    @property
    def asks(self):
        """Whether the address asks for something at all."""
        return bool(self.query or self.is_narrowed)

    def to_query(self, **values):
        """The `Query` that the address asks; `values` say otherwise."""
        first, last = self.years
        asked = {
            "text": self.query,
            "language": get_language(),
            "filters": self.chosen,
            "within": self.fixed,
            "year_from": first,
            "year_to": last,
            "sort": self.order_chosen,
            "page": self.page_number,
            "size": self.size_chosen,
            "corrects": not self.value("as_typed", default=False),
        }
        return Query(**asked | values)

    @property
    def conditions(self):
        """What narrows the search besides its words, each with the way to take it off."""
        found = []
        for facet in self.facets:
            values, chosen = self.values_of_facets[facet.name], self.chosen.get(facet.name, ())
            for key in chosen:
                others = [values[other].slug for other in chosen if other != key]
                url = self.url(**{facet.name: others})
                found.append(Condition(f"{facet.label}: {values[key].label}", url, facet.name))
        if any(self.years):
            found.append(Condition(self._years_in_words(), self.url(**WITHOUT_YEARS), "year"))
        return found

    def _years_in_words(self):
        first, last = self.years
        if first and last:
            return _t("from %(first)s to %(last)s") % {"first": first, "last": last}
        return _t("from %(year)s on") % {"year": first} if first else _t("up to %(year)s") % {"year": last}

    @property
    def whole_conditions(self):
        """The conditions with all values of a facet as one, which takes all of them off."""
        together = defaultdict(list)
        for condition in self.conditions:
            together[condition.name].append(condition.text)
        return [
            Condition(", ".join(texts), self.url(**(WITHOUT_YEARS if name == "year" else {name: None})), name)
            for name, texts in together.items()
        ]

    def url(self, **changes):
        """This search with other values: a query string. A new search begins on its first page."""
        parameters = self.data.copy()
        for name, value in ({"page": None} | changes).items():
            if value is None:
                parameters.pop(name, None)
            elif isinstance(value, list):
                parameters.setlist(name, value)
            else:
                parameters[name] = value
        return f"?{parameters.urlencode()}"

    @property
    def query_string(self):
        """What is searched for, without what is only how it is shown."""
        parameters = self.data.copy()
        for name in ("page", "size", "order", *self.fixed):
            parameters.pop(name, None)
        return parameters.urlencode()

    @property
    def hidden(self):
        """What the form of the filters keeps of the address: pairs of name and value."""
        names = ("q", "order", "size", "as_typed")
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    @property
    def words_only(self):
        """The words alone, for another page."""
        return urlencode({"q": self.query})

    @property
    def url_as_typed(self):
        return self.url(as_typed="on")

    @property
    def ignored(self):
        """Sentences about the values that were left out."""
        sentences = {
            "q": _("The search was longer than %(limit)s characters and was left out.") % {"limit": LONGEST_QUERY},
            "page": _("The page number was not understood; this is the first page."),
            "order": _("This order is not known; the usual one is used."),
            "size": _("A page holds 10, 20 or 50 results; this one holds 10."),
            "from": _("The first year was not understood and was left out."),
            "to": _("The last year was not understood and was left out."),
        }
        _chosen, unknown = self._chosen_and_unknown
        unknown = [
            _t("A filter was not known and was left out: %(name)s.") % {"name": name} for name in dict.fromkeys(unknown)
        ]
        return [sentences[name] for name in self.errors if name in sentences] + unknown

    def value(self, name, default):
        self.is_valid()
        value = self.cleaned_data.get(name)
        return default if value in (None, "") else value


def names_of_parameters():
    """All that the address of a search may hold."""
    return [*SearchForm.base_fields, *WITHOUT_YEARS, *(facet.name for facet in registered_facets())]
