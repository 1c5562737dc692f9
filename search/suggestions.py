"""What somebody may mean by what has been typed so far: words that go on so, topics and the like, titles.

The last word is taken for unfinished, those before it for whole; accents and capitals do not count. Only what a public
item holds at this moment is suggested, and the statements are the same whatever hidden items hold.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext

from search.engine import TooMuch, planned_for_search
from search.engine.completion import completions, without_slips
from search.engine.expressions import Matches, all_of, quoted
from search.facets import RecordFacet
from search.forms import LONGEST_QUERY
from search.languages import base, folded, plain, words
from search.models import Item, TitleStart
from search.registry import kind_name, registered_facets

MOST = 8  # suggestions
MOST_WORDS = 3  # of them, where titles enough are found
MOST_RECORDS = 2  # of them are topics, roles or results
MOST_TYPED = 16  # words of a text by which a title is found
MOST_NAMED = 6  # of them, whose public items are asked for
MOST_TITLES = 40  # that are compared, of each sort: of very many the first ones
MOST_WITH_WORDS = 1_000  # of which some may hold the unfinished word too, elsewhere than after the others
SECONDS = 1  # after which nobody waits for them any more
SHORTEST = 2  # letters of a word that is completed: with one of them too many begin


@dataclass(frozen=True)
class Suggestion:
    """`kind` says in words what it is. Words to search for have no address."""

    text: str
    kind: str
    language: str
    address: str = ""


def suggestions(text, language, limit=MOST):
    """The best `Suggestion`s for a text that somebody is typing on a page of a language; none for an endless text."""
    typed = words(text.replace("\0", " ")) if len(text) <= LONGEST_QUERY else []
    if not typed:
        return []
    try:
        with planned_for_search(SECONDS):
            found = _found(typed, typed, language, limit)
            if not found and (meant := without_slips(typed)) != typed:
                found = _found(meant, typed, language, limit)
    except TooMuch:
        return []
    return found


def _found(meant, typed, language, limit):
    """Words first, then topics, then titles; each makes room for the others."""
    others = [*_records(meant, language), *_titles(meant, language)]
    of_words = _words(meant, typed, language, max(min(MOST_WORDS, limit), limit - len(others)))
    return [*of_words, *others][:limit]


def _words(meant, typed, language, limit):
    *before, last = meant
    if len(last) < SHORTEST:
        return []
    goes_on = completions(before, last, typed[-1], language, limit)
    texts = {" ".join([*before, word]): its_language for word, its_language in goes_on}
    return [Suggestion(text, gettext("Search"), its_language) for text, its_language in texts.items()]


def _records(typed, language):
    """Topics, roles and results by their names, each leading to what public items it has; a statement a vocabulary."""
    *whole, last = folded(" ".join(typed)).split()
    named = {}
    for facet in registered_facets():
        if isinstance(facet, RecordFacet):
            for key, value in facet.values().items():
                if _holds(folded(plain(value.label)), whole, last):
                    named[f"{facet.name}:{key}"] = facet, value
    likely = sorted(named, key=lambda name: len(named[name][1].label))[:MOST_NAMED]
    held = [Item.objects.public().filter(facets__contains=[name]).values_list(Value(name))[:1] for name in likely]
    public = {name for (name,) in held[0].union(*held[1:])} if held else set()
    return [_record(*named[name], language) for name in likely if name in public][:MOST_RECORDS]


def _record(facet, value, language):
    address = f"{reverse('search:results')}?{urlencode({facet.name: value.slug})}"
    return Suggestion(value.label, str(facet.label), base(language), address)


def _titles(typed, language):
    """Public items with all words in the title, the last one as the beginning of a word; one statement."""
    text, own = folded(" ".join(typed)), base(language)
    *whole, last = text.split()[:MOST_TYPED]
    public = Item.objects.public().values_list("title", "title_words", "owner_label", "language", "address")
    others = [code for code, _ in settings.LANGUAGES if code != own]
    found = []
    for languages, is_inside in (([own], [False]), ([own], [True]), (others, [False, True])):
        start = {"language__in": languages, "is_inside__in": is_inside, "text__startswith": text[: TitleStart.LONGEST]}
        starts = {f"title_starts__{name}": value for name, value in start.items()}
        found.append(public.filter(**starts)[:MOST_TITLES])
    if whole:
        has_words = Matches(SearchVector("title_words", config="simple"), all_of(map(quoted, whole)))
        has_last = Q(title_words__startswith=last) | Q(title_words__contains=f" {last}")
        with_words = Item.objects.public().filter(has_words).values("pk")[:MOST_WITH_WORDS]
        found.append(public.filter(has_last, pk__in=with_words)[:MOST_TITLES])
    rows = [row for row in found[0].union(*found[1:]) if _holds(row[1], whole, last)]
    rows.sort(key=lambda row: _distance(row, text, own))
    return [Suggestion(title, kind_name(owner), its, address) for title, _, owner, its, address in rows]


def _holds(text, whole, last):
    """Whether a folded text has some words, and one that begins with the last."""
    padded = f" {text} "
    return f" {last}" in padded and all(f" {word} " in padded for word in whole)


def _distance(row, text, language):
    """How far a title is from what was typed: another language, not at its beginning, not in one piece, longer."""
    title, title_words, _, its_language, _ = row
    place = f" {title_words}".find(f" {text}")
    return its_language != language, place != 0, place < 0, len(title_words), title
