"""How works stand to each other, said from both sides."""

from collections import defaultdict
from dataclasses import dataclass

from resources.kinds import RelationKind
from resources.models import Publication, Relation

SHOWN_NEIGHBORS = 5


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
    """The public works that share the most topics with this one, a few of them; two queries.

    Without those in `relations`, which the page shows already.
    """
    own = {topic.pk for topic in work.topics.all()}
    others = Publication.objects.public().like(work).exclude(pk__in=[one.work.pk for one in relations])
    others = others.prefetch_related("topics")[:SHOWN_NEIGHBORS]
    shared = [[topic.name for topic in other.topics.all() if topic.pk in own] for other in others]
    return [Neighbor(other, "; ".join(names)) for other, names in zip(others, shared, strict=True)]


def related_to(work):
    """The public works that stand in a relation to this one, those that it names first; two queries at most."""
    return related_to_each([work])[work.pk]


def related_to_each(works):
    """Key of a work → its lines, in the same two queries for any number of works."""
    named = defaultdict(list)
    for work in works:
        for relation in work.relations.all():
            if relation.kind not in RelationKind.values:
                continue  # an unfinished line of a draft
            kind = RelationKind(relation.kind)
            named[work.pk].append((kind.value, kind.label, relation.other_id))
    for kind, pk, other in Relation.objects.filter(other__in=works).values_list("kind", "publication_id", "other_id"):
        kind = RelationKind(kind)
        named[other].append((kind.reverse_name, kind.reverse_label, pk))
    wanted = {pk for lines in named.values() for _name, _label, pk in lines}
    public = Publication.objects.public().in_bulk(wanted) if wanted else {}
    # Companions name each other: each line once.
    return {
        work.pk: list(
            dict.fromkeys(Related(name, label, public[pk]) for name, label, pk in named[work.pk] if pk in public)
        )
        for work in works
    }
