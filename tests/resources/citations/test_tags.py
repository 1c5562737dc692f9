"""What machines read about a work: Highwire tags, Dublin Core, JSON-LD."""

from dataclasses import replace

from resources.citations import cite
from resources.citations.json_ld import json_ld
from resources.citations.tags import dublin_core, highwire
from resources.kinds import Access, Kind, License, Scheme
from resources.records import Identifier
from tests.resources.records import person, record

URL = "https://www.example.org/resources/publications/where-it-all-comes-together/"
PDF = URL + "files/where.pdf"

ARTICLE = record(
    "Where It All Comes Together",
    subtitle="How Partnerships Connect Communities and Schools",
    kind=Kind.ARTICLE,
    authors=[person("Blank", "Martin J."), "Coalition for Community Schools"],
    publishers=["American Federation of Teachers"],
    container="American Educator",
    volume="39",
    number="3",
    page_range="4-9, 43",
    issued=(2015, 9, 5),
    language="en",
    identifiers=[(Scheme.ERIC, "EJ1076382"), (Scheme.ISSN, "0148-432X"), (Scheme.DOI, "10.1000/x")],
    links=("https://eric.ed.gov/?id=EJ1076382",),
    topics=("Partnerships",),
    places=("Ohio",),
    summary="In short.",
    license=License.CC_BY,
    access=Access.OPEN,
    url=URL,
)
REPORT = record(
    "A Framework",
    kind=Kind.REPORT,
    editors=[person("Berg", "Jan", particle="van der", suffix="Jr.")],
    publishers=["Institute for Educational Leadership"],
    series="Occasional Paper",
    number="2",
    identifiers=[(Scheme.ISBN, "9781933493046"), (Scheme.REPORT_NUMBER, "RR-2100")],
    edition="Revised edition",
    issued=(2015,),
    url=URL,
)


def test_highwire_tags_of_an_article_name_journal_issue_pages_and_file():
    assert highwire(ARTICLE, [PDF]) == (
        ("citation_title", "Where It All Comes Together: How Partnerships Connect Communities and Schools"),
        ("citation_author", "Blank, Martin J."),
        ("citation_author", "Coalition for Community Schools"),
        ("citation_publication_date", "2015/09/05"),
        ("citation_journal_title", "American Educator"),
        ("citation_volume", "39"),
        ("citation_issue", "3"),
        ("citation_firstpage", "4"),
        ("citation_lastpage", "43"),
        ("citation_publisher", "American Federation of Teachers"),
        ("citation_doi", "10.1000/x"),
        ("citation_issn", "0148-432X"),
        ("citation_language", "en"),
        ("citation_keywords", "Partnerships"),
        ("citation_abstract_html_url", URL),
        ("citation_pdf_url", PDF),
    )


def test_highwire_tags_of_a_report_name_the_institution_and_the_number():
    assert highwire(REPORT) == (
        ("citation_title", "A Framework"),
        ("citation_editor", "van der Berg, Jan, Jr."),
        ("citation_publication_date", "2015"),
        ("citation_technical_report_institution", "Institute for Educational Leadership"),
        ("citation_technical_report_number", "RR-2100"),
        ("citation_series_title", "Occasional Paper"),
        ("citation_isbn", "9781933493046"),
        ("citation_abstract_html_url", URL),
    )


def test_highwire_tags_of_a_chapter_name_its_book():
    chapter = record("Walking", kind=Kind.CHAPTER, container="Essays", page_range="167", publishers=["Graywolf Press"])
    assert highwire(chapter) == (
        ("citation_title", "Walking"),
        ("citation_inbook_title", "Essays"),
        ("citation_firstpage", "167"),
        ("citation_publisher", "Graywolf Press"),
    )


def test_dublin_core_tags_hold_the_facts_of_a_library_record():
    assert dublin_core(ARTICLE) == (
        ("DC.title", "Where It All Comes Together: How Partnerships Connect Communities and Schools"),
        ("DC.creator", "Blank, Martin J."),
        ("DC.creator", "Coalition for Community Schools"),
        ("DC.publisher", "American Federation of Teachers"),
        ("DC.date", "2015-09-05"),
        ("DC.type", "Text"),
        ("DC.language", "en"),
        ("DC.identifier", URL),
        ("DC.identifier", "https://eric.ed.gov/?id=EJ1076382"),
        ("DC.identifier", "https://doi.org/10.1000/x"),
        ("DC.source", "American Educator"),
        ("DC.subject", "Partnerships"),
        ("DC.description", "In short."),
        ("DC.coverage", "Ohio"),
        ("DC.rights", "https://creativecommons.org/licenses/by/4.0/"),
    )


def test_a_doi_has_one_address_wherever_it_is_said():
    value = "10.1002/(sici)1520-6807(199707)34:3<243::aid-pits6>3.0.co;2-k"
    address = "https://doi.org/10.1002/(sici)1520-6807(199707)34:3%3C243::aid-pits6%3E3.0.co;2-k"
    work = replace(ARTICLE, identifiers=(Identifier(Scheme.DOI, value),), links=())
    assert json_ld(work)["sameAs"] == [address]
    assert ("DC.identifier", address) in dublin_core(work)
    assert address in cite(work, "apa").text
    assert ("citation_doi", value) in highwire(work)


def test_json_ld_of_an_article_stands_in_its_issue_volume_and_journal():
    assert json_ld(ARTICLE, [PDF]) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": URL,
        "url": URL,
        "name": "Where It All Comes Together: How Partnerships Connect Communities and Schools",
        "author": [
            {"@type": "Person", "name": "Martin J. Blank", "givenName": "Martin J.", "familyName": "Blank"},
            {"@type": "Organization", "name": "Coalition for Community Schools"},
        ],
        "publisher": [{"@type": "Organization", "name": "American Federation of Teachers"}],
        "datePublished": "2015-09-05",
        "inLanguage": "en",
        "description": "In short.",
        "keywords": ["Partnerships"],
        "spatialCoverage": [{"@type": "Place", "name": "Ohio"}],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "eric", "value": "EJ1076382"},
            {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/x"},
        ],
        "sameAs": ["https://eric.ed.gov/?id=EJ1076382", "https://doi.org/10.1000/x"],
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "3",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "39",
                "isPartOf": {"@type": "Periodical", "name": "American Educator", "issn": "0148-432X"},
            },
        },
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "encoding": [{"@type": "MediaObject", "contentUrl": PDF}],
        "pageStart": "4",
        "pageEnd": "43",
        "pagination": "4-9, 43",
    }


def test_json_ld_of_a_report_has_its_number_edition_and_series():
    assert json_ld(REPORT) == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": URL,
        "url": URL,
        "name": "A Framework",
        "editor": [
            {
                "@type": "Person",
                "name": "Jan van der Berg Jr.",
                "givenName": "Jan",
                "familyName": "van der Berg",
                "honorificSuffix": "Jr.",
            }
        ],
        "publisher": [{"@type": "Organization", "name": "Institute for Educational Leadership"}],
        "datePublished": "2015",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "isbn", "value": "9781933493046"},
            {"@type": "PropertyValue", "propertyID": "report_number", "value": "RR-2100"},
        ],
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Occasional Paper"},
        "version": "Revised edition",
        "reportNumber": "RR-2100",
    }


def test_every_kind_has_its_own_type():
    assert {json_ld(record("It", kind=kind))["@type"] for kind in Kind} == {kind.schema for kind in Kind}
    assert json_ld(record("It"))["@type"] == "CreativeWork"
