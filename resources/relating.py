"""How works stand to each other, said from both sides."""

from collections import defaultdict
from dataclasses import dataclass

from resources.kinds import RelationKind
from resources.models import Publication

SHOWN_NEIGHBORS = 5
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
    """The public works that share the most topics with this one, a few of them; one query.

    Without those in `relations`, which the page shows already.
    """
    own = work.topics.all()
    if not own:
        return []
    others = Publication.objects.public().like(work).exclude(pk__in=[one.work.pk for one in relations])
    return [
        Neighbor(other, "; ".join(topic.name for topic in own if topic.pk in other.shared_topics))
        for other in others.only(*LINE)[:SHOWN_NEIGHBORS]
    ]


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
