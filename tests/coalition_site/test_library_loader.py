"""The library as it stands on the first day: what is in it, and the work of editors that a later load leaves alone."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from coalition_site import library_loader
from coalition_site.content_loader import FOLDER
from coalition_site.library_loader import SECTIONS
from coalition_site.loading import Loader
from publishing.parts import part_models
from publishing.publish import NotReady, publish
from resources.identifiers import normal
from resources.kinds import Kind
from resources.models import FactNote, Publication, Relation, StoredFile
from resources.shelves import SHELVES
from tests.drafts import save_draft
from tests.loaded import load_once
from vocabulary.models import Person, Topic

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


@pytest.fixture(scope="module")
def library(kept_for_the_module):
    """The library among the starting content, and what loading all of that took."""
    return load_once()


@pytest.fixture
def folder(tmp_path):
    """A copy of the library’s files that a test may change."""
    for name in ("vocabulary.toml", "publications.csv", "publications.toml"):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copytree(FOLDER / "files", tmp_path / "files")
    return tmp_path


def load(folder=FOLDER):
    with transaction.atomic():
        loader = Loader()
        library_loader.load_library(loader, folder)
    return loader.number_written


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def work(slug):
    return Publication.objects.for_record().get(slug=slug)


def known_as(title):
    """The title of the table of facts, as our records have it: without the series."""
    return re.sub(r"\. Occasional Paper #2$", "", title)


def everything():
    from coalition_site.models import LoadedContent
    from publishing.models import ContentVersion, Revision

    models = (Publication, *part_models(Publication), *SECTIONS.values(), Revision, LoadedContent, ContentVersion)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_all_works_are_public_after_loading(library):
    assert Publication.objects.public().count() == len(KNOWN) + len(OURS) == 62


def test_a_second_load_writes_nothing(library):
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        assert load() == 0
    assert everything() == before
    assert len(queries) < 50


def test_loading_costs_a_bounded_number_of_queries_an_item(library):
    assert library.queries / library.items < 30


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


def test_a_changed_row_is_written_again_where_nobody_edited_the_work(library, folder):
    change(folder / "publications.csv", "Findings to Date", "Findings Until Now")
    before = work("evaluation-findings-to-date").pk
    assert load(folder) == 1
    changed = work("evaluation-findings-to-date")
    assert (changed.pk, changed.subtitle) == (before, "Findings Until Now")
    assert load(folder) == 0


def test_an_edited_work_is_left_alone_though_its_row_changed(library, folder):
    publish(save_draft(work("evaluation-findings-to-date"), subtitle="An editor’s subtitle"), check_links=False)
    change(folder / "publications.csv", "Findings to Date", "Findings Until Now")
    assert load(folder) == 0
    assert work("evaluation-findings-to-date").subtitle == "An editor’s subtitle"


def test_a_deleted_work_does_not_come_back(library, folder):
    work("results-2013").delete()
    change(folder / "publications.csv", '"Community Schools Results, 2013"', '"Community Schools Results of 2013"')
    assert load(folder) == 0
    assert not Publication.objects.filter(slug="results-2013").exists()


def test_a_changed_file_is_read_anew(library, folder):
    shutil.copy(FOLDER / "files" / "vision-and-mission.pdf", folder / "files" / "your-leadership-role.pdf")
    assert load(folder) == 1
    [one] = work("your-leadership-role").files.all()
    assert one.file == work("vision-and-mission").files.get().file


def test_a_renamed_or_merged_word_stays_with_its_works(library, folder):
    from vocabulary.merging import merge

    topic = Topic.objects.get(slug="evaluation")
    topic.label = "How well it works"
    topic.save()
    merge(Topic.objects.get(slug="results"), Topic.objects.get(slug="research"))
    change(folder / "publications.csv", "Findings to Date", "Findings Until Now")
    assert load(folder) == 1
    labels = {term.label for term in work("evaluation-findings-to-date").topics.all()}
    assert labels == {"How well it works", "Research"}


def test_a_changed_word_follows_its_file_unless_an_editor_changed_it(library, folder):
    Topic.objects.filter(slug="health").update(label_es="La salud")
    change(folder / "vocabulary.toml", 'label_es = "Salud"', 'label_es = "Salud escolar"')
    change(folder / "vocabulary.toml", 'label_es = "Investigación"', 'label_es = "Investigaciones"')
    assert load(folder) == 1
    spanish = Topic.objects.filter(slug__in=["health", "research"]).order_by("slug").values_list("label_es", flat=True)
    assert list(spanish) == ["La salud", "Investigaciones"]


FAULTS = {
    "a topic without a record": ("publications.csv", "Evaluation; Results", "Evaluation; Zeppelins", "row 4"),
    "a wrong check digit": ("publications.csv", "ISBN 0937846112", "ISBN 0937846113", "row 6"),
    "a month without a name": ("publications.csv", "2003,5,", "2003,Mayo de,", "row 6"),
    "a relation to nothing": ("publications.toml", '["learning-together"]', '["learning"]', "row 3"),
    "a word of no meaning": ("publications.toml", 'certainty = "A"', 'certain = "A"', "row 2"),
    "an unknown certainty": ("publications.toml", 'certainty = "A"', 'certainty = "C"', "row 2"),
    "facts of no work": ("publications.toml", "[making-the-difference]", "[making-a-difference]", "publications.toml"),
    "a larger place that is none": ("vocabulary.toml", 'within = "maryland"', 'within = "delaware"', "baltimore"),
    "an unknown field": ("vocabulary.toml", 'label_es = "Salud"', 'labels_es = "Salud"', "health"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_writes_nothing_at_all_and_the_error_names_its_place(library, folder, fault):
    file, old, new, place = FAULTS[fault]
    change(folder / file, old, new)
    before = everything()
    with pytest.raises((ValidationError, FieldDoesNotExist, NotReady)) as refusal:
        load(folder)
    assert everything() == before
    assert place in "\n".join([str(refusal.value), *refusal.value.__notes__])
