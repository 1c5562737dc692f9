"""What a page of results shows: the answer of the engine with the items themselves, in words and links."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from publishing.paging import Paginator
from publishing.remembered import remembered_each
from publishing.toolbars import FeedLink, Group, Link
from search import misses
from search.best import best_results
from search.engine import Sort, search
from search.engine.parsing import without_quotes
from search.engine.spelling import near
from search.forms import LONGEST_QUERY
from search.languages import words
from search.registry import registered_models, ways_to_take_along

SHOWN_VALUES = 8  # of a facet, before the rest is opened


@dataclass(frozen=True)
class Choice:
    """A value of a facet that a reader may choose; `count`: how many would be found."""

    slug: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """A facet with its choices, the most common first; those that are chosen are never among `others`."""

    name: str
    label: str
    choices: list
    others: list
    is_open: bool


class Results:
    """The results of a `SearchForm`. `answer` is the engine's; `hits` have their items as `hit.item`.

    What the staff chose for these words is `best`, on the first page of a search that nothing narrows; it does not
    stand among the hits a second time.
    """

    def __init__(self, form):
        self.form = form
        self.answer = search(form.to_query())
        if not self.answer.hits and form.page_number > 1:
            self.is_beyond_last = True
            self.answer = search(form.to_query(page=1))
        chosen = [one.owner for one in best_results(self.answer.text, get_language())] if self._is_plain else []
        self.best = list(items_of(chosen).values())
        self.hits = with_items([hit for hit in self.answer.hits if hit.owner not in chosen])

    is_beyond_last = False

    def note_miss(self):
        """Let the staff know what was searched for and found under other words only, or not at all.

        Gives whether it was such a search.
        """
        is_miss = self._is_plain and not self.best and bool(self.answer.corrections or not self.answer.total)
        if is_miss:
            misses.note(self.form.query, get_language(), self.answer.total)
        return is_miss

    @property
    def _is_plain(self):
        """Whether this is the first page for words that nothing narrows: what the staff chose for and are told of."""
        form = self.form
        return bool(form.query) and not (form.is_narrowed or form.fixed) and form.page_number == 1

    @property
    def page(self):
        """The page of Django's paginator that stands for these hits."""
        number = 1 if self.is_beyond_last else self.form.page_number
        return Paginator(range(self.answer.reachable), self.form.size_chosen).get_page(number)

    @property
    def is_cut(self):
        """Whether the least similar of very many cannot be paged to."""
        return self.answer.reachable < self.answer.total

    @property
    def corrected(self):
        """What was searched for instead of what was typed; empty where they are the same."""
        return self.answer.text if self.answer.corrections else ""

    @property
    def offer(self):
        """A link to a search for near words in the place of those that are right and stand in no text; or None."""
        text = self.answer.offered_text
        return Link(text, self.form.url(q=text)) if 0 < len(text) <= LONGEST_QUERY else None

    @property
    def others(self):
        """Sentences on what was searched for besides, in this language and in others."""
        lines = defaultdict(list)
        for used in self.answer.synonyms:
            lines[used.language] += used.others
        return [_also_searched(language) % {"words": ", ".join(phrases)} for language, phrases in lines.items()]

    @cached_property
    def facets(self):
        """The facets that have something to choose."""
        groups = [self._group(facet) for facet in self.form.facets]
        return [group for group in groups if group.is_open or len(group.choices) > 1]

    def _group(self, facet):
        values = self.form.values_of_facets[facet.name]
        chosen = self.form.chosen.get(facet.name, [])
        counts = {one.value: one.count for one in self.answer.facets.get(facet.name, ()) if one.value in values}
        counts |= {key: counts.get(key, 0) for key in chosen}
        ordered = sorted(counts, key=lambda key: (-counts[key], values[key].label.casefold()))
        shown = [key for place, key in enumerate(ordered) if place < SHOWN_VALUES or key in chosen]
        choices = {key: Choice(values[key].slug, values[key].label, counts[key], key in chosen) for key in ordered}
        return FacetGroup(
            facet.name,
            facet.label,
            [choices[key] for key in shown],
            [choices[key] for key in ordered if key not in shown],
            bool(chosen),
        )

    @property
    def without(self):
        """For each condition that keeps something away: the `Condition` and how many would be found without it."""
        kept, conditions = self.answer.kept_away, self.form.whole_conditions
        return [(condition, kept[condition.name]) for condition in conditions if kept.get(condition.name)]

    @property
    def holds_all_words(self):
        """A sentence on how many hold every word, where not all do."""
        number, total = self.answer.total_with_all_words, self.answer.total
        if number == total or len(words(self.answer.text)) < 2:
            return ""
        if not number:
            return _("None of them has all of the words; those with most of them stand first.")
        return ngettext("%(count)s has all of the words.", "%(count)s have all of the words.", number) % {
            "count": number
        }

    @cached_property
    def without_quotes(self):
        """The way to a search for the words of the phrases, each by itself, as a `Link`, and how many that finds; None
        where there is no phrase, or nothing is found so either.
        """
        text = without_quotes(self.answer.text)
        if text == self.answer.text or len(text) > LONGEST_QUERY:
            return None
        number = search(self.form.to_query(text=text, page=1, size=1, with_snippets=False)).total
        return (Link(text, self.form.url(q=text)), number) if number else None

    @cached_property
    def near_words(self):
        """Links to searches for words that are written like those typed."""
        offered = [one.offered for one in self.answer.offers]
        return [Link(word, self.form.url(q=word)) for word in near(self.answer.text) if word not in offered]

    @property
    def toolbar(self):
        return [Group(_("Order"), self._orders, is_said=True), *self._ways_to_take_along]

    @property
    def _orders(self):
        orders = self.form.ORDERS if self.form.query else self.form.ORDERS[1:]
        return [Link(label, self.form.url(order=name.value), name == self.form.order_chosen) for name, label in orders]

    @property
    def order_in_words(self):
        return {
            Sort.RELEVANCE: _("best match first"),
            Sort.NEWEST: _("newest first"),
            Sort.TITLE: _("by title"),
        }[self.form.order_chosen]

    @property
    def feeds(self):
        """Feeds of this search, Atom first."""
        query = self.query_string
        return [
            FeedLink(label, f"{reverse('search:feed', args=[kind])}?{query}", media_type=f"application/{kind}+xml")
            for kind, label in (("atom", _("Atom feed")), ("rss", _("RSS feed")))
        ]

    @property
    def _ways_to_take_along(self):
        """The files and feeds of this search. Where it finds other kinds of content too, what files hold is said."""
        files = ways_to_take_along(self.query_string)
        if "content" in self.form.fixed:
            links = [link for kind in self.form.fixed["content"] for link in files.get(kind, ())]
            return [Group(_("Take along"), [*links, *self.feeds], is_said=True)]
        kinds = [group for kind, links in files.items() for group in self._as_files(kind, links)]
        return [Group(_("Take along"), self.feeds, is_said=True), *kinds]

    def _as_files(self, kind, links):
        chosen = self.form.chosen.get("content")
        counts = {
            one.value: one.count for one in self.answer.facets.get("content", ()) if not chosen or one.value in chosen
        }
        if not counts.get(kind):
            return []
        label = self.form.values_of_facets["content"][kind].label
        return [Group(f"{label} ({counts[kind]})", links, is_said=True)]

    @property
    def query_string(self):
        """This search on the page for everything, whichever page it was asked on."""
        fixed = "&".join(f"{name}={value}" for name, values in self.form.fixed.items() for value in values)
        return "&".join(filter(None, (self.form.query_string, fixed)))

    @property
    def url_everywhere(self):
        """The same words on the whole site."""
        return f"{reverse('search:results')}?{self.form.words_only}"


def _also_searched(language):
    return {
        "en": _("Also searched in English: %(words)s."),
        "es": _("Also searched in Spanish: %(words)s."),
    }.get(language, _("Also searched: %(words)s."))


def with_items(hits):
    """The hits with their items, as results show them: one query for each kind of content that was found.

    What was taken away a moment ago is left out.
    """
    items = items_of([hit.owner for hit in hits])
    for hit in hits:
        hit.item = items.get(hit.owner)
    return [hit for hit in hits if hit.item]


@remembered_each
def items_of(owners):
    """Owner → its public item, as results show it, in the given order. Nobody may change an item: others get it too."""
    models = {model._meta.label_lower: model for model in registered_models()}
    keys = defaultdict(list)
    for label, key in owners:
        keys[label].append(key)
    items = {
        (label, str(item.pk)): item
        for label, its_keys in keys.items()
        if label in models
        for item in models[label].objects.public().filter(pk__in=its_keys).for_results()
    }
    return {owner: items[owner] for owner in owners if owner in items}
