"""How works stand to each other, said from both sides."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Value

from publishing.statements import IsAnyOf, Keys, execute
from resources.kinds import RelationKind
from resources.models import Publication

SHOWN_NEIGHBORS = 5
LOOKED_AT = 20  # works on the same topics, of which the neighbors are chosen
LOOKS = 5  # where so many of them are not public
LINE = ("title", "subtitle", "slug", "language", "issued_year")  # what is shown of another work


@dataclass(frozen=True)
class Related:
    """One line: “Summary of”, and the work. `name` is for programs: “summary_of”, or “summarized_by” from its side."""

    name: str
    label: str
    work: Publication


@dataclass(frozen=True)
class Neighbor:
    """Another work on the same topics; `topics` are those that both have, in words."""

    work: Publication
    topics: str


def neighbors_of(work, relations=()):
    """The public works that share the most topics with this one, a few of them, the newer ones first; two queries
    as a rule.

    Without those in `relations`, which the page shows already. On a topic of thousands of works not all are looked at:
    of those that share as many topics, the ones that came into the library last.
    """
    names = {topic.pk: topic.name for topic in work.topics.all()}
    if not names:
        return []
    keys = {"topics": list(names), "without": [work.pk, *(one.work.pk for one in relations)]}
    for _again in range(LOOKS):
        shared = dict(execute(_sharing(), keys))
        works = Publication.objects.public().filter(pk__in=shared).only(*LINE)
        if len(works) >= SHOWN_NEIGHBORS or len(shared) < LOOKED_AT:
            break
        keys["without"] += shared.keys() - {one.pk for one in works}  # those that were taken offline
    nearest = sorted(works, key=lambda other: (-len(shared[other.pk]), -(other.issued_year or 0), other.pk))
    return [
        Neighbor(other, "; ".join(name for key, name in names.items() if key in shared[other.pk]))
        for other in nearest[:SHOWN_NEIGHBORS]
    ]


@cache
def _sharing():
    """The keys of works with some of these topics, and those topics; first the works that have the most of them."""
    links = Publication.topics.through.objects.filter(IsAnyOf(F("topic"), Value(Keys("topics"))))
    links = links.exclude(IsAnyOf(F("publication"), Value(Keys("without")))).values("publication")
    sharing = links.annotate(number=Count("topic"), shared=ArrayAgg("topic")).order_by("-number", "-publication")
    return sharing.values_list("publication", "shared")[:LOOKED_AT].query.sql_with_params()


def related_to(work):
    """The public works that stand in a relation to this one, those that it names first; one query at most where its
    relations from both sides were fetched before.
    """
    return related_to_each([work])[work.pk]


def related_to_each(works):
    """Key of a work → its lines, in the same query for any number of works that came with `for_record()`."""
    named = defaultdict(list)
    for work in works:
        for relation in work.relations.all():
            if relation.kind not in RelationKind.values:
                continue  # an unfinished line of a draft
            kind = RelationKind(relation.kind)
            named[work.pk].append((kind.value, kind.label, relation.other_id))
        for relation in work.reverse_relations.all():
            kind = RelationKind(relation.kind)
            named[work.pk].append((kind.reverse_name, kind.reverse_label, relation.publication_id))
    wanted = {pk for lines in named.values() for _name, _label, pk in lines}
    public = Publication.objects.public().only(*LINE).in_bulk(wanted) if wanted else {}
    # Companions name each other: each line once.
    return {
        work.pk: list(
            dict.fromkeys(Related(name, label, public[pk]) for name, label, pk in named[work.pk] if pk in public)
        )
        for work in works
    }
