"""What stands at the addresses of works, for the checks of links and for readers' messages."""

import re

from feedback.subjects import Subject
from publishing.models import FormerSlug
from resources.models import Identifier, Publication

_RECORD = re.compile(r"(?:/[a-z]{2})?/resources/publications/(?P<slug>[-\w]+)/?")


def answering_paths(paths):
    """Those of some paths at which readers find a work or are sent on to one, in two queries for all of them."""
    slugs = {path: found["slug"] for path in paths if (found := _RECORD.fullmatch(path))}
    public = Publication.objects.public()
    former = FormerSlug.objects.filter(kind=Publication._meta.label_lower, slug__in=slugs.values())
    moved = dict(former.values_list("slug", "object_id"))
    known = public.filter(slug__in=slugs.values()) | public.filter(pk__in=moved.values())
    now, keys = set(), set()
    for slug, pk in known.values_list("slug", "pk"):
        now.add(slug)
        keys.add(pk)
    return {path for path, slug in slugs.items() if slug in now or moved.get(slug) in keys}


def subject_at(path):
    """The public work that a message may be about; None where no reader finds one."""
    found = _RECORD.fullmatch(path)
    work = Publication.objects.public().filter(slug=found["slug"]).first() if found else None
    return Subject.of(work) if work else None


def outward_addresses():
    """For `links.register_source`: where the identifiers of public works lead, such as https://doi.org/…"""
    public = Publication.objects.public()
    for identifier in Identifier.objects.filter(publication__in=public).order_by().iterator():
        if identifier.address:
            yield identifier.address, Publication, identifier.publication_id
