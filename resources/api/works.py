"""A work as JSON, version 1. What a field means stands in docs/json.md, and nowhere else twice.

Fields are never taken away and never change their meaning: tests/resources/api/version_1.txt holds them.
What is not known is null; a list without entries is empty.
"""

from datetime import UTC
from functools import cache

from django.urls import reverse
from django.utils import translation

from links.models import OutwardLink
from publishing.feeds import whole
from resources.citations import STYLES, cite
from resources.citations.tags import license_url
from resources.describing import address_of, record_of
from resources.exports import FOR_ONE_WORK
from resources.kinds import Kind, Level
from resources.relating import related_to_each

LANGUAGES = ("en", "es")


def described(works):
    """Dicts for works with `changed_at` that came with `for_record()`; two queries more, however many they are."""
    works = list(works)
    related = related_to_each(works)
    addresses = {link.address for work in works for link in work.links.all()}
    sightings = OutwardLink.objects.filter(address__in=addresses) if addresses else []
    seen = {sighting.address: sighting.seen_on for sighting in sightings}
    return [_work(work, related[work.pk], seen) for work in works]


def url_of_work(work):
    """The path of a work's JSON."""
    return reverse("resources_api:publication_detail", args=[work.slug])


def url_of_list(compartment=None):
    """The path of the JSON of all works, or of those of one compartment of a shelf."""
    path = reverse("resources_api:publication_list")
    return f"{path}?{compartment.shelf.name}={compartment.slug}" if compartment else path


def _work(work, related, seen):
    record = record_of(work)
    return {
        "id": work.pk,
        "slug": work.slug,
        "url": record.url,
        "json_url": whole(url_of_work(work)),
        "title": record.title,
        "subtitle": record.subtitle or None,
        "full_title": record.full_title,
        "kind": _choice(Kind, "kind", work.work_kind) if work.work_kind else None,
        "contributors": [_contributor(one) for one in work.contributors.all()],
        "issued": record.issued.iso if record.issued else None,
        "language": record.language or None,
        "page_count": record.page_count,
        "edition": record.edition or None,
        "series": _series(work.series) if work.series else None,
        "book": work.book or None,
        "volume": record.volume or None,
        "number": record.number or None,
        "page_range": record.page_range or None,
        "identifiers": [
            {"scheme": one.scheme.value, "value": one.value, "url": one.scheme.address_of(one.value) or None}
            for one in record.identifiers
        ],
        "links": [_link(link, seen) for link in work.links.all()],
        "summary": record.summary or None,
        "abstract": record.abstract or None,
        "topics": [_term(term, "topic") for term in work.topics.all()],
        "roles": [_term(term, "role") for term in work.roles.all()],
        "results": [_term(term, "result") for term in work.results.all()],
        "places": [_term(term, "place") for term in work.places.all()],
        "levels": [_choice(Level, "level", level) for level in record.levels],
        "tags": [{"slug": tag.slug, "name": tag.name, "url": _on_shelf("tag", tag.slug)} for tag in work.tags.all()],
        "access": record.access or None,
        "license": {"name": record.license, "url": license_url(record) or None} if record.license else None,
        "rights": record.rights or None,
        "facts_source": record.source or None,
        "files": [_file(work, one) for one in work.files.all()],
        "cover_url": whole(reverse("resources:cover", args=[work.slug])) if work.cover_file else None,
        "relations": [_relation(one) for one in related],
        "citations": {style.name.replace("-", "_"): cite(record, style.name).text for style in STYLES},
        "exports": {name: whole(reverse("resources:work_export", args=[work.slug, name])) for name in FOR_ONE_WORK},
        "record_language": work.language,
        "published_at": _moment(work.published_at),
        "updated_at": _moment(work.changed_at),
    }


def _contributor(one):
    name, maker = one.name, one.maker
    is_organization = name.is_organization
    return {
        "role": one.role,
        "type": "organization" if is_organization else "person",
        "name": name.direct,
        "family": name.family or None,
        "given": name.given or None,
        "particle": name.particle or None,
        "suffix": name.suffix or None,
        "orcid": None if is_organization else maker.orcid or None,
        "slug": maker.slug,
        "url": _on_shelf("organization" if is_organization else "author", maker.slug),
    }


def _series(series):
    return {
        "slug": series.slug,
        "name": series.label,
        "is_journal": series.is_journal,
        "issn": series.issn or None,
        "url": _on_shelf("series", series.slug),
    }


def _link(link, seen):
    day = seen.get(link.address)
    return {
        "kind": link.kind,
        "url": link.address,
        "label": link.label or None,
        "last_seen_on": day.isoformat() if day else None,
    }


def _term(term, shelf):
    labels = {"en": term.label, "es": term.label_es or None}
    return {"slug": term.slug, "labels": labels, "url": _on_shelf(shelf, term.slug)}


def _choice(choices, shelf, value):
    slug = value.replace("_", "-")
    labels = {language: _label(choices, value, language) for language in LANGUAGES}
    return {"slug": slug, "labels": labels, "url": _on_shelf(shelf, slug)}


@cache
def _label(choices, value, language):
    with translation.override(language):
        return str(choices(value).label)


def _file(work, one):
    stored = one.file
    return {
        "name": one.public_name,
        "url": whole(one.get_absolute_url()),
        "label": one.label or None,
        "language": one.language or work.work_language or None,
        "media_type": stored.media_type,
        "bytes": stored.size,
        "pages": stored.page_count,
        "is_tagged": stored.is_tagged,
    }


def _relation(related):
    other = related.work
    return {
        "kind": related.name,
        "title": other.full_title,
        "url": address_of(other),
        "json_url": whole(url_of_work(other)),
    }


def _on_shelf(shelf, slug):
    return whole(reverse("resources:shelf", args=[shelf, slug]))


def _moment(moment):
    """“2026-11-03T15:04:05.678901Z”."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
