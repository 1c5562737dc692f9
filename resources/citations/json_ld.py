"""A record as JSON-LD in the words of https://schema.org, for search engines and reference managers."""

from resources.citations.tags import identifier_addresses, license_url, page_ends
from resources.citations.works import BOOKS, Form, form_of
from resources.kinds import Access, ContributorRole, Scheme

# The contributors that schema.org has a word for; one without a word is a contributor.
PROPERTIES = {
    "author": ContributorRole.AUTHOR,
    "editor": ContributorRole.EDITOR,
    "translator": ContributorRole.TRANSLATOR,
    "contributor": ContributorRole.PREPARER,
    "publisher": ContributorRole.PUBLISHER,
    "sponsor": ContributorRole.SPONSOR,
}


def json_ld(record, file_urls=()):
    """A dict for `json.dumps` without unknown facts; `file_urls` are the whole addresses of the files to download."""
    return _known(
        {
            "@context": "https://schema.org",
            "@type": record.kind.schema if record.kind else "CreativeWork",
            "@id": record.url,
            "url": record.url,
            "name": record.full_title,
            **{word: [_agent(name) for name in record.names(role)] for word, role in PROPERTIES.items()},
            "datePublished": record.issued.iso if record.issued else "",
            "inLanguage": record.language,
            "description": record.summary,
            "abstract": record.abstract,
            "keywords": [*record.topics, *record.tags],
            "spatialCoverage": [{"@type": "Place", "name": place} for place in record.places],
            "identifier": [_identifier(one) for one in record.identifiers if one.scheme != Scheme.ISSN],
            "sameAs": _elsewhere(record),
            "isPartOf": _whole_around(record),
            "license": license_url(record),
            "copyrightNotice": record.rights,
            "isAccessibleForFree": {Access.OPEN: True, Access.PURCHASE: False}.get(record.access),
            "encoding": [{"@type": "MediaObject", "contentUrl": url} for url in file_urls],
            **_details(record),
        }
    )


def _details(record):
    """What only some types have: pages, edition, ISBN, number of a report."""
    form = form_of(record)
    if form in {Form.ARTICLE, Form.CHAPTER}:
        first, last = page_ends(record.page_range)
        return {"pageStart": first, "pageEnd": last or first, "pagination": record.page_range}
    if form is Form.POSTED:
        return {}
    if record.kind in BOOKS:
        return {
            "numberOfPages": record.page_count,
            "bookEdition": record.edition,
            "isbn": record.identifier(Scheme.ISBN),
        }
    is_report = bool(record.kind) and record.kind.schema == "Report"
    number = record.identifier(Scheme.REPORT_NUMBER) or record.number
    return {"version": record.edition, "reportNumber": number if is_report else ""}


def _whole_around(record):
    """The issue of the volume of a journal; the book; the site; or the series."""
    form = form_of(record)
    if form is Form.ARTICLE:
        return _issue(record)
    if record.container:
        return {"@type": "Book" if form is Form.CHAPTER else "WebSite", "name": record.container}
    return {"@type": "CreativeWorkSeries", "name": record.series} if record.series else {}


def _issue(record):
    """From the outside in: Periodical, PublicationVolume, PublicationIssue, as many as are known."""
    issn = record.identifier(Scheme.ISSN)
    around = _known({"@type": "Periodical", "name": record.container, "issn": issn})
    if record.volume:
        around = {"@type": "PublicationVolume", "volumeNumber": record.volume, "isPartOf": around}
    if record.number:
        around = {"@type": "PublicationIssue", "issueNumber": record.number, "isPartOf": around}
    return around


def _agent(name):
    if name.is_organization:
        return {"@type": "Organization", "name": name.literal}
    family = f"{name.particle} {name.family}".strip()
    parts = {"name": name.direct, "givenName": name.given, "familyName": family, "honorificSuffix": name.suffix}
    return _known({"@type": "Person", **parts})


def _identifier(one):
    return {"@type": "PropertyValue", "propertyID": one.scheme.value, "value": one.value}


def _elsewhere(record):
    """Addresses of the same work on other sites, each once."""
    addresses = (*identifier_addresses(record), *record.found_at)
    return list(dict.fromkeys(text for text in addresses if text.startswith("http") and text != record.url))


def _known(facts):
    """Without what is empty; False and 0 are facts."""
    return {word: fact for word, fact in facts.items() if fact not in ("", None, [], {})}
