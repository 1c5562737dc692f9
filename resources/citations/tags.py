"""What a record page says to machines in `<meta>` tags: pairs of name and content, in the order in which they stand.

Highwire tags are what Google Scholar asks for (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) and
Zotero reads; Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/) is what libraries read.
"""

import re

from resources.citations.works import BOOKS, Form, form_of
from resources.kinds import ContributorRole, Kind, License, Scheme

# DCMI types of kinds; the rest is text.
DCMI_TYPES = {
    Kind.DATA: "Dataset",
    Kind.VIDEO: "MovingImage",
    Kind.WEBINAR: "MovingImage",
    Kind.AUDIO: "Sound",
    Kind.PAGE: "InteractiveResource",
}


def highwire(record, pdf_urls=()):
    """Pairs of `citation_*` tags; `pdf_urls` are the whole addresses of the work as a PDF, and of nothing else."""
    return _filled(
        ("citation_title", record.full_title),
        *(("citation_author", name.inverted) for name in record.authors),
        *(("citation_editor", name.inverted) for name in record.editors),
        ("citation_publication_date", record.issued.iso.replace("-", "/") if record.issued else ""),
        *_highwire_source(record),
        ("citation_doi", record.identifier(Scheme.DOI)),
        ("citation_isbn", record.identifier(Scheme.ISBN)),
        ("citation_issn", record.identifier(Scheme.ISSN)),
        ("citation_language", record.language),
        *(("citation_keywords", word) for word in (*record.topics, *record.tags)),
        ("citation_abstract_html_url", record.url),
        *(("citation_pdf_url", url) for url in pdf_urls),
    )


def _highwire_source(record):
    """The journal, the book, or for a report the institution behind it and its number."""
    form = form_of(record)
    publishers = [name.direct for name in record.publishers]
    if form in {Form.ARTICLE, Form.CHAPTER}:
        first, last = page_ends(record.page_range)
        container = "citation_journal_title" if form is Form.ARTICLE else "citation_inbook_title"
        yield container, record.container
        yield "citation_volume", record.volume
        yield "citation_issue", record.number if form is Form.ARTICLE else ""
        yield "citation_firstpage", first
        yield "citation_lastpage", last
    is_report = form is Form.WHOLE and record.kind not in BOOKS
    name = "citation_technical_report_institution" if is_report else "citation_publisher"
    yield from ((name, publisher) for publisher in publishers)
    if is_report:
        yield "citation_technical_report_number", record.identifier(Scheme.REPORT_NUMBER) or record.number
    if form is not Form.ARTICLE:
        yield "citation_series_title", record.series


def page_ends(page_range):
    """First and last page: “4-9, 43” gives “4” and “43”; one page alone has no last."""
    numbers = re.findall(r"\w+", page_range)
    return (numbers[0], numbers[-1] if len(numbers) > 1 else "") if numbers else ("", "")


def dublin_core(record):
    """Pairs of `DC.*` tags."""
    helpers = record.names(
        ContributorRole.EDITOR, ContributorRole.TRANSLATOR, ContributorRole.PREPARER, ContributorRole.SPONSOR
    )
    return _filled(
        ("DC.title", record.full_title),
        *(("DC.creator", name.inverted) for name in record.authors),
        *(("DC.contributor", name.inverted) for name in helpers),
        *(("DC.publisher", name.direct) for name in record.publishers),
        ("DC.date", record.issued.iso if record.issued else ""),
        ("DC.type", DCMI_TYPES.get(record.kind, "Text")),
        ("DC.language", record.language),
        *(("DC.identifier", text) for text in (record.url, *identifier_addresses(record))),
        ("DC.source", record.container),
        *(("DC.subject", word) for word in (*record.topics, *record.tags)),
        ("DC.description", record.abstract or record.summary),
        *(("DC.coverage", place) for place in record.places),
        ("DC.rights", record.rights),
        ("DC.rights", license_url(record)),
    )


def identifier_addresses(record):
    """Identifiers as addresses where they have one: DOI, ERIC, ISBN. An ISSN is the journal's, not the work's."""
    own = [one for one in record.identifiers if one.scheme != Scheme.ISSN]
    addresses = [
        f"urn:ISBN:{one.value}" if one.scheme == Scheme.ISBN else one.scheme.address_of(one.value) for one in own
    ]
    return [address for address in addresses if address]


def license_url(record):
    """The deed of an open license; empty for other terms."""
    return License(record.license).url if record.license in License.values else ""


def _filled(*pairs):
    return tuple((name, content) for name, content in pairs if content)
