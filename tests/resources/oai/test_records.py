"""The record of a work: its header, and its facts in Dublin Core."""

import pytest

from publishing.publish import publish
from resources.models import Publication
from tests.library import draft_work, publish_a_full_work, publish_work

ID = "oai:www.example.org:publications/"
SITE = "https://www.example.org/resources/publications/"


@pytest.fixture
def record(ask):
    """A function that gets the record of a work."""
    return lambda work: ask("GetRecord", identifier=f"{ID}{work.pk}", metadataPrefix="oai_dc")


def test_a_record_says_all_that_is_known_of_a_work(record):
    work = publish_a_full_work()
    reply = record(work)
    assert reply.texts("setSpec") == ["topic:everything"]
    facts = {name: reply.dc(name) for name in (
        "title", "creator", "publisher", "date", "type", "format", "identifier", "language", "rights", "relation",
        "coverage", "subject", "description",
    )}  # fmt: skip
    facts["identifier"].sort()
    assert facts == {
        "title": ["Everything That a Work Can Have: A Work for Tests"],
        "creator": ["Doe, Jane", "An organization"],
        "publisher": ["A publisher"],
        "date": ["2003-05"],
        "type": ["Text", "Report"],
        "format": ["application/pdf"],
        "identifier": [
            "https://doi.org/10.5555/everything",
            "https://eric.ed.gov/?id=ED999999",
            f"{SITE}{work.slug}/",
        ],
        "language": ["en"],
        "rights": ["Copy freely.", "https://creativecommons.org/licenses/by/4.0/"],
        "relation": ["Occasional papers 2", f"{SITE}a-companion/"],
        "coverage": ["A place"],
        "subject": ["Everything", "A tag"],
        "description": ["First paragraph.\n\nSecond paragraph.", "It has a file, terms, tags and relations."],
    }


def test_a_relation_is_said_from_both_sides(record):
    publish_a_full_work()
    companion = Publication.objects.get(slug="a-companion")
    assert record(companion).dc("relation") == [f"{SITE}everything-that-a-work-can-have/"]


def test_what_is_not_known_is_not_said(record, db):
    work = publish_work("Bare")
    facts = {element.tag.rpartition("}")[2]: element.text for element in record(work).all("dc")[0]}
    assert facts == {"title": "Bare", "type": "Text", "identifier": f"{SITE}bare/"}


def test_other_roles_an_isbn_and_a_place_elsewhere_are_said(record, db):
    work = publish_work(
        "Bare", identifiers=[("isbn", "0-937846-11-2")], links=[("full_text", "https://example.com/a?b=1&c")]
    )
    reply = record(work)
    assert reply.dc("identifier") == [f"{SITE}bare/", "urn:ISBN:0937846112"]
    assert reply.dc("relation") == ["https://example.com/a?b=1&c"]


def test_the_identifier_stays_when_title_and_address_change(record, db):
    work = publish_work("Old Title")
    publish(draft_work("New Title", work=work))
    reply = record(work)
    assert reply.texts("identifier")[0] == f"{ID}{work.pk}"
    assert reply.dc("identifier") == [f"{SITE}new-title/"]


def test_markup_in_facts_is_text_and_characters_that_xml_cannot_hold_are_left_out(record, db):
    work = publish_work("A")
    # The store takes them out already; this is the last door.
    Publication.objects.filter(pk=work.pk).update(title="A <b>&amp; ]]> B\x0bC\x1f", summary="One\x01\ufffe 😀")
    reply = record(work)
    assert reply.dc("title") == ["A <b>&amp; ]]> B C"]
    assert reply.dc("description") == ["One 😀"]


def test_a_half_of_a_character_cannot_break_a_response(ask):
    """No database keeps one; but the words of a library may come from elsewhere one day."""
    from resources.oai.xml import Document

    xml = Document()
    xml.line("a", "x\ud800y", {"b": "\x00c"})
    assert xml.bytes.endswith(b'<a b="c">xy</a>')
