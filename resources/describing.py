"""From the tables to a Record: one work as citations, exports and machines read it."""

from django.conf import settings

from resources.kinds import ContributorRole, Kind, LinkKind, Scheme
from resources.records import Contributor, Identifier, Link, Record


def record_of(work):
    """The Record of a publication. Asks nothing more where the work came with `for_record()`."""
    series = work.series
    return Record(
        title=work.title,
        subtitle=work.subtitle,
        kind=Kind(work.work_kind) if work.work_kind else None,
        contributors=tuple(Contributor(one.name, ContributorRole(one.role)) for one in work.contributors.all()),
        issued=work.issued,
        language=work.work_language,
        page_count=work.page_count,
        page_range=work.page_range,
        edition=work.edition,
        container=work.book or (series.label if series and series.is_journal else ""),
        series=series.label if series and not series.is_journal else "",
        volume=work.volume,
        number=work.number,
        identifiers=tuple(_identifiers(work)),
        links=tuple(Link(link.address, LinkKind(link.kind)) for link in work.links.all()),
        summary=work.summary,
        abstract=work.abstract,
        topics=tuple(term.label for term in work.topics.all()),
        roles=tuple(term.label for term in work.roles.all()),
        results=tuple(term.label for term in work.results.all()),
        places=tuple(term.label for term in work.places.all()),
        levels=tuple(work.levels),
        tags=tuple(tag.name for tag in work.tags.all()),
        rights=work.rights,
        license=work.license,
        access=work.access,
        key=work.slug,
        url=address_of(work),
        is_held=bool(work.files.all()),
        source=work.facts_source,
    )


def address_of(work):
    """The whole address of the page of a work, in the language of its record."""
    return f"{settings.SITE_URL}{work.absolute_url_in(work.language)}"


def _identifiers(work):
    for one in work.identifiers.all():
        yield Identifier(Scheme(one.scheme), one.value)
    if work.series and work.series.issn:
        yield Identifier(Scheme.ISSN, work.series.issn)
