"""The library as it stands on the first day: every work with its facts, every word with its meaning."""

import csv
import re
from pathlib import Path

import pytest

from coalition_site.library_loader import SECTIONS
from resources.identifiers import normal
from resources.kinds import Kind
from resources.models import FactNote, Publication, Relation, StoredFile
from resources.shelves import SHELVES
from tests.coalition_site.starting import work
from vocabulary.models import Person

pytestmark = pytest.mark.django_db

KNOWN = list(csv.DictReader((Path(__file__).parent / "known_works.csv").read_text(encoding="utf-8").splitlines()))
OURS = {"about-community-schools", "vision-and-mission", "your-leadership-role"}
# Words for a form of works among the topics of the table that ours was made from; the record says them elsewhere.
FORMS = {"summary", "book"}
# Kinds that the title does not say but the record does.
SAID_BY_THE_RECORD = {
    "making-the-difference": "the report’s own copyright page",
    "community-based-learning": "the report’s copyright page",
    "scaling-up": "The guide’s title page",
    "struggling-schools-into-thriving-schools": "The report’s acknowledgments",
    "review-of-the-evidence": "The report’s own citation",
    "evidence-based-strategy": "The brief’s suggested citation",
}
SAID_BY_AN_ADDRESS = {"new-york-city-impact": "research_reports", "california-outcomes": "-report"}
ELSEWHERE = {  # the words of the table of facts that the record does not repeat
    "full-service-schools": Kind.BOOK,  # its topics: “book”
    "community-schools-revolution": Kind.BOOK,
    "new-york-city-impact-brief": Kind.BRIEF,  # its topics: “research brief”
    "place-based-initiatives": Kind.REPORT,  # “The report also describes PolicyLink”
}
SERIES_OF_A_KIND = {"RAND RR": Kind.REPORT, "EdWorkingPaper": Kind.WORKING_PAPER}


def known_as(title):
    """The title of the table of facts, as our records have it: without the series."""
    return re.sub(r"\. Occasional Paper #2$", "", title)


def test_all_works_are_public_after_loading(library):
    assert Publication.objects.public().count() == len(KNOWN) + len(OURS) == 62


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row["title"][:40])
def test_every_known_work_is_there_with_its_year_and_its_identifiers(library, row):
    found = [one for one in Publication.objects.public() if one.full_title == known_as(row["title"])]
    assert [one.issued_year for one in found] == [int(row["year"])]
    expected = {part for word in row["identifiers"].split("; ") if word for part in re.split(r" \(|\)", word) if part}
    assert {written(one) for one in found[0].identifiers.all()} == {as_stored(text) for text in expected}


def written(identifier):
    return identifier.scheme, identifier.value


def as_stored(text):
    scheme, _space, number = text.partition(" ")
    if scheme.lower() in {"eric", "isbn", "doi"}:
        return scheme.lower(), normal(scheme.lower(), number)
    return "report_number", text


def test_every_topic_of_the_known_works_is_a_word_of_the_vocabularies(library):
    names = {
        name.casefold()
        for section in ("topics", "roles", "results", "places")
        for record in SECTIONS[section].objects.all()
        for name in record.names
    }
    words = {word.casefold() for row in KNOWN for word in row["topics"].split("; ")}
    assert words - names == FORMS


@pytest.mark.parametrize("section", ["topics", "roles", "results", "places"])
def test_every_term_has_a_spanish_name(library, section):
    assert not SECTIONS[section].objects.filter(label_es="").exists()


def test_every_topic_role_and_result_says_in_both_languages_what_belongs_there(library):
    for section in ("topics", "roles", "results"):
        texts = SECTIONS[section].objects.values_list("description", "description_es")
        assert all(english.endswith(".") and spanish.endswith(".") for english, spanish in texts)


def test_no_work_has_a_kind_that_neither_its_title_nor_its_record_says(library):
    guessed = [one.slug for one in Publication.objects.for_record() if one.work_kind and not is_said(one)]
    assert not guessed


def is_said(one):
    words = one.get_work_kind_display().lower()
    said = f"{one.full_title} {SAID_BY_THE_RECORD.get(one.slug, '')}".lower()
    links = " ".join(link.address for link in one.links.all())
    return (
        words in said
        or one.slug in OURS  # we made them ourselves, as reports
        or (one.work_kind == Kind.ARTICLE and one.series.is_journal)
        or SAID_BY_AN_ADDRESS.get(one.slug, "-") in links
        or ELSEWHERE.get(one.slug) == one.work_kind
        or (one.series and SERIES_OF_A_KIND.get(one.series.label) == one.work_kind)
    )


@pytest.mark.parametrize("slug", SAID_BY_THE_RECORD)
def test_the_source_of_a_kind_stands_in_the_record(library, slug):
    assert SAID_BY_THE_RECORD[slug] in work(slug).facts_source


def test_a_person_has_one_record_whatever_forms_of_the_name_are_printed(library):
    [london] = Person.objects.filter(family="London")
    slugs = {one.publication.slug for one in london.contributions.all()}
    assert slugs == {"evaluation-toolkit", "positive-student-outcomes"}
    assert london.other_names == "London, Rebecca"


def test_the_two_publishers_of_a_joint_work_are_two(library):
    publishers = [one.maker.name for one in work("making-the-difference").makers("publisher")]
    assert publishers == ["Coalition for Community Schools", "Institute for Educational Leadership"]


def test_the_authors_stand_in_the_order_of_the_title_page(library):
    authors = [one.maker.name for one in work("making-the-difference").authors]
    assert authors == ["Martin J. Blank", "Atelia Melaville", "Bela P. Shah"]


def test_an_article_stands_in_its_journal(library):
    article = work("where-it-all-comes-together")
    facts = (article.series.label, article.volume, article.number, article.page_range, article.page_count)
    assert facts == ("American Educator", "39", "3", "4-9, 43", None)


def test_relations_and_certainty_come_with_the_works(library):
    relations = {(one.publication.slug, one.kind, one.other.slug) for one in Relation.objects.all()}
    assert relations == {
        ("learning-together-summary", "summary_of", "learning-together"),
        ("social-return-case-study", "companion", "social-return-guide"),
        ("new-york-city-impact-brief", "drawn_from", "new-york-city-impact"),
    }
    certainty = FactNote.objects.filter(fact="all").values_list("certainty", flat=True)
    assert sorted(certainty) == ["A"] * 42 + ["B"] * 17


def test_three_works_state_an_open_license(library):
    licensed = Publication.objects.exclude(license="").values_list("slug", "license")
    assert sorted(slug for slug, _license in licensed) == ["california-outcomes", "playbook", "review-of-the-evidence"]
    assert {license for _slug, license in licensed} == {"CC-BY-NC-4.0"}


def test_our_own_reports_come_with_their_files_and_nothing_else_does(library):
    with_files = Publication.objects.filter(files__isnull=False)
    assert {one.slug for one in with_files} == OURS
    assert StoredFile.objects.count() == len(OURS)
    assert all(one.files.get().file.page_count == one.page_count and one.work_language == "en" for one in with_files)


def test_every_shelf_of_the_library_shows_works(library, client):
    filled = {name for name, shelf in SHELVES.items() if shelf.compartments()}
    assert filled == SHELVES.keys() - {"tag"}
    html = client.get("/resources/publications/place/new-york-city/").content.decode()
    assert "Leading Indicators of Long-Term Success" in html
