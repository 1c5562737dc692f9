"""What programs of others read of the record pages of the starting content: `extruct` reads JSON-LD and Dublin Core,
html5lib the Highwire tags that Google Scholar asks for (https://scholar.google.com/intl/en/scholar/inclusion.html).
"""

import re

import pytest
from django.db import transaction
from extruct import extract

from resources.describing import record_of
from resources.models import Publication
from tests.library import person, publish_work
from tests.loaded import load_once
from tests.pages_as_sent import StrictClient
from tests.whole_site.reading import Reading

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
PLACE = f"{SITE}/resources/publications/"
TERMS = "http://purl.org/dc/elements/1.1/"


class Page:
    """The three descriptions of one work, as others read them from its page."""

    def __init__(self, html):
        found = extract(html, syntaxes=["json-ld", "dublincore"])
        self.schema, self.way_to_it = found["json-ld"]
        (core,) = found["dublincore"]
        self.core = [(one["URI"].removeprefix(TERMS), one["content"]) for one in core["elements"]]
        self.reading = Reading(html.encode())

    def dublin_core(self, term):
        return [content for name, content in self.core if name == term]

    def scholar(self, name):
        return self.reading.meta(f"citation_{name}")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Slug of every starting work → its record and its Page, and those of a chapter, of which there is none yet."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_once()
        publish_work(
            "Partners and Neighbors",
            work_kind="chapter",
            book="A Book of Schools",
            issued_year=2019,
            page_range="17-32",
            authors=[person("Doe", "Jane")],
            identifiers=[("isbn", "978-0-226-82336-2"), ("doi", "10.5555/chapter")],
        )
        client = StrictClient()
        found = {}
        for work in Publication.objects.public().for_record():
            html = client.get(work.get_absolute_url()).content.decode()
            found[work.slug] = record_of(work), Page(html)
        transaction.set_rollback(True)
    return found


def page(pages, slug):
    return pages[slug][1]


def test_every_work_says_title_authors_and_date_in_all_three_descriptions(pages):
    assert len(pages) == 63
    for record, read in pages.values():
        authors = [name.inverted for name in record.authors]
        assert read.schema["name"] == record.full_title
        assert read.dublin_core("title") == read.scholar("title") == [record.full_title]
        assert [one["name"] for one in read.schema.get("author", [])] == [name.direct for name in record.authors]
        assert read.dublin_core("creator") == read.scholar("author") == authors
        issued = [record.issued.iso] if record.issued else []
        assert read.dublin_core("date") == issued
        assert ([read.schema["datePublished"]] if "datePublished" in read.schema else []) == issued
        assert [day.replace("/", "-") for day in read.scholar("publication_date")] == issued
        assert read.schema["url"] in read.dublin_core("identifier")
        assert read.scholar("abstract_html_url") == [record.url]


def test_scholar_finds_in_every_page_what_it_demands(pages):
    """Title, at least one author, a date that begins with the year, and of articles where they stand."""
    for record, read in pages.values():
        if not (record.authors and record.issued):
            continue  # which Scholar leaves out: who wrote it, or when, is not known
        assert read.scholar("title") and read.scholar("author")
        assert all(re.fullmatch(r"\d{4}(/\d\d(/\d\d)?)?", day) for day in read.scholar("publication_date"))
        if record.container:
            assert read.scholar("journal_title") + read.scholar("inbook_title") == [record.container]
            assert read.scholar("volume") == ([record.volume] if record.volume else [])
            assert read.scholar("firstpage") == re.findall(r"^\w+", record.page_range)
        elif record.kind and record.kind.schema == "Report":
            publishers = [name.direct for name in record.publishers]
            assert read.scholar("technical_report_institution") == publishers


def test_scholar_is_sent_to_files_of_our_own_below_the_record_and_nowhere_else(pages):
    sent = {slug: read.scholar("pdf_url") for slug, (_record, read) in pages.items() if read.scholar("pdf_url")}
    assert sent == {
        slug: [f"{PLACE}{slug}/files/{slug}.pdf"]
        for slug in ("about-community-schools", "vision-and-mission", "your-leadership-role")
    }


def test_a_report_is_read(pages):
    read = page(pages, "making-the-difference")
    assert (read.schema["@type"], read.schema["datePublished"]) == ("Report", "2003-05")
    assert read.schema["author"][0] == {
        "@type": "Person", "name": "Martin J. Blank", "givenName": "Martin J.", "familyName": "Blank",
    }  # fmt: skip
    numbers = {one["propertyID"]: one["value"] for one in read.schema["identifier"]}
    assert numbers == {"eric": "ED477535", "isbn": "0937846112"}
    assert read.dublin_core("creator") == ["Blank, Martin J.", "Melaville, Atelia", "Shah, Bela P."]
    assert set(read.dublin_core("identifier")) == {
        f"{PLACE}making-the-difference/", "https://eric.ed.gov/?id=ED477535", "urn:ISBN:0937846112",
    }  # fmt: skip
    assert read.scholar("isbn") == ["0937846112"]
    assert "Institute for Educational Leadership" in read.scholar("technical_report_institution")


def test_the_doi_of_a_report_is_read(pages):
    read = page(pages, "review-of-the-evidence")
    assert read.scholar("doi") == ["10.26300/qwhr-xq20"]
    assert "https://doi.org/10.26300/qwhr-xq20" in read.schema["sameAs"]
    assert "https://doi.org/10.26300/qwhr-xq20" in read.dublin_core("identifier")
    assert read.scholar("technical_report_number") == ["EdWorkingPaper 19-173"]
    assert read.schema["license"] == "https://creativecommons.org/licenses/by-nc/4.0/"


def test_a_journal_article_is_read(pages):
    read = page(pages, "where-it-all-comes-together")
    assert read.schema["@type"] == "ScholarlyArticle"
    issue = read.schema["isPartOf"]
    assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("3", "39")
    assert issue["isPartOf"]["isPartOf"]["name"] == "American Educator"
    assert (read.schema["pageStart"], read.schema["pageEnd"]) == ("4", "43")
    assert read.scholar("journal_title") == ["American Educator"]
    assert {name: read.scholar(name) for name in ("volume", "issue", "firstpage", "lastpage")} == {
        "volume": ["39"], "issue": ["3"], "firstpage": ["4"], "lastpage": ["43"],
    }  # fmt: skip
    assert read.dublin_core("source") == ["American Educator"]


def test_a_book_is_read(pages):
    read = page(pages, "full-service-schools")
    assert (read.schema["@type"], read.schema["numberOfPages"]) == ("Book", 330)
    assert [one["name"] for one in read.schema["publisher"]] == ["Jossey-Bass"]
    assert (read.scholar("publisher"), read.scholar("publication_date")) == (["Jossey-Bass"], ["1998"])
    assert read.dublin_core("publisher") == ["Jossey-Bass"]


def test_a_chapter_is_read(pages):
    read = page(pages, "partners-and-neighbors")
    assert (read.schema["@type"], read.schema["isPartOf"]) == (
        "Chapter",
        {"@type": "Book", "name": "A Book of Schools"},
    )
    assert (read.schema["pageStart"], read.schema["pageEnd"]) == ("17", "32")
    assert (read.scholar("inbook_title"), read.scholar("firstpage")) == (["A Book of Schools"], ["17"])
    assert (read.scholar("isbn"), read.scholar("doi")) == (["9780226823362"], ["10.5555/chapter"])
