"""How works stand to each other, said from both sides."""

from dataclasses import dataclass

from resources.kinds import RelationKind
from resources.models import Publication, Relation

SHOWN_NEIGHBORS = 5


@dataclass(frozen=True)
class Related:
    """One line: “Summary of”, and the work."""

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
    own = [(relation.kind, relation.other_id) for relation in work.relations.all()]
    others = list(Relation.objects.filter(other_id=work.pk).values_list("kind", "publication_id"))
    wanted = {pk for _kind, pk in [*own, *others]}
    works = Publication.objects.public().in_bulk(wanted) if wanted else {}
    lines = [Related(RelationKind(kind).label, works[pk]) for kind, pk in own if pk in works]
    lines += [Related(RelationKind(kind).reverse_label, works[pk]) for kind, pk in others if pk in works]
    return list(dict.fromkeys(lines))  # companions name each other
