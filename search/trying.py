"""What readers find for a query now, and what they would find after a change that is not saved yet."""

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.best import best_results, best_results_with
from search.engine import Query, search
from search.engine.answers import Answer
from search.engine.synonyms import group_of, groups_in_use
from search.registry import kind_name

SHOWN = 10
RANKED = 30  # so that one can say where something went that fell off the first page


@dataclass(frozen=True)
class Found:
    """One line of a ranking; `place` counts from 1."""

    owner: tuple[str, str]
    title: str
    address: str
    language: str
    is_chosen: bool
    place: int

    @property
    def kind(self):
        return kind_name(self.owner[0])


@dataclass(frozen=True)
class Line:
    """A line with what a change does to it, in words; `place` is None for what falls out."""

    found: Found
    place: int | None
    change: str = ""
    is_changed: bool = False


@dataclass(frozen=True)
class Trial:
    """A ranking; `is_comparison` where its lines say what a change did to them."""

    answer: Answer
    lines: list[Line]
    is_comparison: bool = False
    total_before: int = 0


def try_now(text, language):
    """What readers find at this moment."""
    answer, ranking = _ranking(text, language)
    return Trial(answer, [Line(found, found.place) for found in ranking[:SHOWN]])


def try_synonym(changed, text, language):
    """What readers would find if a `Synonym` were saved as it stands in the form."""
    groups = [group_of(changed.words, changed.words_es), *groups_in_use(without=changed)]
    return _compared(_ranking(text, language), _ranking(text, language, synonyms=groups))


def try_best_result(changed, text, language):
    """What readers would find if a `BestResult` were saved as it stands in the form."""
    return _compared(_ranking(text, language), _ranking(text, language, best=partial(best_results_with, changed)))


def _ranking(text, language, synonyms=None, best=best_results):
    """The `Answer` and the `Found`s of a query: those that the staff chose, then the others."""
    answer = search(Query(text, language=language, size=RANKED, with_snippets=False), synonyms)
    chosen = {one.owner: one for one in best(answer.text, language)}
    others = [hit for hit in answer.hits if hit.owner not in chosen]
    ranking = [
        Found(one.owner, one.title, one.address, one.language, one.owner in chosen, place)
        for place, one in enumerate([*chosen.values(), *others], start=1)
    ]
    return answer, ranking


def _compared(before, after):
    (answer_before, ranking_before), (answer, ranking) = before, after
    places_before = {found.owner: found.place for found in ranking_before}
    places = {found.owner: found.place for found in ranking}
    lines = [_line(found, places_before.get(found.owner)) for found in ranking[:SHOWN]]
    shown = {line.found.owner for line in lines}
    fallen = [found for found in ranking_before[:SHOWN] if found.owner not in shown]
    lines += [_fallen(found, places.get(found.owner)) for found in fallen]
    return Trial(answer, lines, is_comparison=True, total_before=answer_before.total)


def _line(found, before):
    if before is None:
        return Line(found, found.place, _("new here"), is_changed=True)
    by = before - found.place
    if not by:
        return Line(found, found.place, _("as before"))
    up = ngettext("up %(number)s place", "up %(number)s places", by)
    down = ngettext("down %(number)s place", "down %(number)s places", -by)
    return Line(found, found.place, (up if by > 0 else down) % {"number": abs(by)}, is_changed=True)


def _fallen(found, place):
    if place is None:
        sentence = _("was in place %(before)s, not among the first %(most)s now")
    else:
        sentence = _("was in place %(before)s, is in place %(place)s")
    values = {"before": found.place, "most": RANKED, "place": place}
    return Line(found, place, sentence % values, is_changed=True)
