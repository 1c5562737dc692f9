"""From a parsed query and what is known of its words to the conditions of the statements.

A plain word is a wish: an item holds at least one. What stands in quotes, after a field or after a minus is a
condition. Items are found by the words of their own texts and of all pages of their files (`Item.everything`).
"""

import re
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, Func, IntegerField, OuterRef, Q
from django.db.models.lookups import Exact

from publishing.sorting import ARTICLES, sorting_title
from search.engine.expressions import Matches, all_of, any_of, both, only_field, phrase, quoted
from search.languages import folded, words
from search.models import Item, PageText

_YEAR = re.compile(r"(?:1[6-9]|2[01])\d\d", re.ASCII)


@dataclass
class Term:
    """One word in all its stems, as tsquery notation knows them.

    `items` and `pages`: how many public ones hold it. `times`: how often it was typed.
    """

    lexemes: tuple[str, ...]
    items: int
    pages: int
    times: int = 1

    @property
    def tsquery(self):
        return any_of(quoted(lexeme) for lexeme in self.lexemes)

    @property
    def year(self):
        """The year that the word is; None for other words."""
        return int(self.lexemes[0]) if _YEAR.fullmatch(self.lexemes[0]) else None


@dataclass
class OtherPhrase:
    """A phrase that is searched for beside what was typed, of which a text holds all words or does not count."""

    typed: str
    terms: list[Term]

    @property
    def items(self):
        """At most so many public items hold it."""
        return min(term.items for term in self.terms)

    @property
    def pages(self):
        return min(term.pages for term in self.terms)

    @property
    def tsquery(self):
        return all_of(term.tsquery for term in self.terms)


@dataclass
class Plan:
    """What the statements need.

    `terms` and `synonyms` are scored. `found` says what is found and counted, and `all_words` what of it holds each
    word; None is nothing. `conditions` hold besides. `page_conditions` hold for the pages that are shown under an item.
    `titles`: what was typed, as titles of each language are sorted; the item that is called just so stands first, as do
    those with an identifier.
    """

    terms: list[Term] = field(default_factory=list)
    synonyms: list[OtherPhrase] = field(default_factory=list)
    found: Q | None = None
    all_words: Q | None = None
    conditions: list[Q] = field(default_factory=list)
    page_conditions: list[Q] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    titles: frozenset[str] = frozenset()

    def named(self):
        """The items that the text names: by the whole title, or by an identifier."""
        named = Q(identifiers__overlap=self.identifiers) if self.identifiers else Q()
        return named | Q(sort_title__in=self.titles) if self.titles else named

    def matching(self):
        """The public items that are found, before the reader's filters."""
        return Item.objects.none() if self.found is None else Item.objects.public().filter(self.found, *self.conditions)

    @property
    def years(self):
        """The years among the words."""
        return [term.year for term in self.terms if term.year]

    @property
    def wishes(self):
        """What an item holds one of, unless there are conditions."""
        return [*self.terms, *self.synonyms]


def make_plan(parsed, lexicon, synonyms, identifiers):
    """The `Plan` for a `parsing.Parsed`; `synonyms` are `SynonymsUsed` of which every phrase is held by some text."""
    titles = frozenset(sorting_title(parsed.text, language) for language in ARTICLES) - {""}
    plan = Plan(terms=terms_of(parsed, lexicon), identifiers=identifiers, titles=titles)
    plan.synonyms = [*_other_phrases(synonyms, lexicon), *_joined(parsed, lexicon)]
    plan.conditions = [~_holds(unit, lexicon) for unit in parsed.excluded if _tsquery(unit, lexicon)]
    for group in _telling_groups(parsed, lexicon):
        if _is_condition(group):
            plan.conditions.append(_any(_holds(unit, lexicon) for unit in group))
            if all(unit.is_quoted and not unit.field for unit in group):
                plan.page_conditions.append(_any(Q(Matches("own", _phrase(unit, lexicon))) for unit in group))
    plan.found, plan.all_words = _found(parsed, plan, lexicon), _all_words(parsed, lexicon)
    return plan


def _found(parsed, plan, lexicon):
    if parsed.asks_for_everything:
        return Q()
    if not parsed.groups:
        return None
    telling = _telling_groups(parsed, lexicon)
    if not telling:
        return _all_words(parsed, lexicon)
    if any(map(_is_condition, telling)):
        return Q()  # the conditions say it all
    found = plan.named()
    if plan.wishes:
        found |= Q(Matches("everything", any_of(wish.tsquery for wish in plan.wishes)))
    return found or None


def conditions_on_a_page(parsed, lexicon):
    """What holds for a page on which all words of a text stand; nothing where there are only small words."""
    wanted = [_any(_on_a_page(unit, lexicon) for unit in group) for group in _telling_groups(parsed, lexicon)]
    return wanted and [*wanted, *(~_on_a_page(unit, lexicon) for unit in parsed.excluded)]


def _on_a_page(unit, lexicon):
    tsquery = _tsquery(unit, lexicon)
    return Q(pk=None) if tsquery is None else Q(Matches("own", _exact(unit, tsquery, lexicon)))


def _all_words(parsed, lexicon):
    """None where a word is held by no item. Small words count only where there are no others: “Who we are”."""
    telling = _telling_groups(parsed, lexicon)
    if not telling:
        small = [word for group in parsed.groups for unit in group for word in unit.words]
        return _title_of_small_words(small) if small else Q()
    groups = [[tsquery for unit in group if (tsquery := _tsquery(unit, lexicon))] for group in telling]
    return Q(Matches("everything", all_of(map(any_of, groups)))) if all(groups) else None


def _title_of_small_words(small):
    """The condition that a title holds some small words, and only such in its own language.

    What the index holds of small words besides comes from texts of other languages, as “the” in a Spanish one.
    """
    tsquery = all_of(quoted(folded(word)) for word in small)
    other_words = Func(only_field("own", "A"), function="length", output_field=IntegerField())
    in_title = Matches(SearchVector("title_words", config="simple"), tsquery)
    return Q(Matches("everything", tsquery), in_title, Exact(other_words, 0))


def _telling_groups(parsed, lexicon):
    """The groups without those of small words only, which no index keeps, whether they stand in quotes or not."""
    return [
        group for group in parsed.groups if any(word not in lexicon.stopped for unit in group for word in unit.words)
    ]


def _is_condition(group):
    return any(unit.is_condition for unit in group)


def terms_of(parsed, lexicon):
    """The `Term`s of all words that are wished for."""
    return _terms_of((word for group in parsed.groups for unit in group for word in unit.words), lexicon)


def _terms_of(words, lexicon):
    """The `Term`s for words, without those that no item holds."""
    terms = {}
    for word in words:
        known = lexicon.by_word[word]
        lexemes = tuple(lexeme.text for lexeme in known)
        if lexemes in terms:
            terms[lexemes].times += 1
        elif lexemes:
            items, pages = sum(lexeme.items for lexeme in known), sum(lexeme.pages for lexeme in known)
            terms[lexemes] = Term(lexemes, items, pages)
    return list(terms.values())


def _tsquery(unit, lexicon):
    """All words of a unit in any of their stems; None where one is held by no item."""
    telling = [word for word in unit.words if word not in lexicon.stopped]
    stems = [[quoted(lexeme.text) for lexeme in lexicon.by_word[word]] for word in telling]
    return all_of(map(any_of, stems)) if stems and all(stems) else None


def _holds(unit, lexicon):
    """The condition that an item holds a unit: in its own texts, in one of its fields, or on a page."""
    tsquery = _tsquery(unit, lexicon)
    if tsquery is None:
        return Q(pk=None)
    has_words = Q(Matches("everything", tsquery))
    if tied := _with_its_letter(unit, lexicon):
        has_words &= Q(Matches("everything", tied))
    if unit.field:
        return has_words & Q(Matches(only_field("own", unit.field), _exact(unit, tsquery, lexicon)))
    if len(unit.words) == 1:
        return has_words
    is_held = Matches("own", _phrase(unit, lexicon))
    on_a_page = PageText.objects.filter(is_held, item=OuterRef("pk"))
    return has_words & (Q(is_held) | Q(Exists(on_a_page)))


def _exact(unit, tsquery, lexicon):
    return _phrase(unit, lexicon) if len(unit.words) > 1 else tsquery


def _phrase(unit, lexicon):
    """The tsquery for the words of a unit one after the other."""
    its_words, tied = phrase(unit.words), _with_its_letter(unit, lexicon)
    return both(its_words, tied) if tied else its_words


def _with_its_letter(unit, lexicon):
    """The tsquery for the last word of a phrase as one with the small letter behind it, which no vector keeps alone:
    “Title I”. None for other units. Between two words the vectors keep the room of small ones.
    """
    *before, last = unit.words
    is_tied = unit.is_quoted and before and len(last) == 1 and last in lexicon.stopped
    return phrase([before[-1] + last]) if is_tied else None


def _any(conditions):
    return reduce(or_, conditions)


def _other_phrases(synonyms, lexicon):
    for used in synonyms:
        for text in used.others:
            yield OtherPhrase(used.typed, _terms_of(_telling(text, lexicon), lexicon))


def _joined(parsed, lexicon):
    """The words with a hyphen as one, of those that any text holds so: “wraparound” beside “wrap-around”."""
    return [OtherPhrase(word, terms) for word in parsed.joined if (terms := _terms_of([word], lexicon))]


def only_held(synonyms, lexicon):
    """`SynonymsUsed` without the phrases of which a word stands in no public text: they are not searched for."""
    for used in synonyms:
        others = tuple(text for text in used.others if _is_held(_telling(text, lexicon), lexicon))
        if others:
            yield replace(used, others=others)


def _telling(text, lexicon):
    return [word for word in words(text) if word not in lexicon.small]


def _is_held(words, lexicon):
    return bool(words) and all(lexicon.by_word[word] for word in words)
