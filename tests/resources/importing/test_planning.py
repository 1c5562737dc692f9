"""What a dry run says before anything is written."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Revision
from resources.kinds import Kind, Scheme
from resources.models import Publication
from resources.records import PartialDate, Record
from tests.drafts import live_tables
from tests.library import draft_work, organization, person, publish_work, row, topic
from tests.resources.conftest import take
from tests.resources.formats.samples import ARTICLE, REPORT
from tests.resources.importing.imports import changes, exported, faults, imported, outcomes, plan_of
from tests.resources.pdfs import pdf
from tests.resources.records import person as name
from tests.resources.records import record

pytestmark = pytest.mark.django_db


def test_a_plan_writes_nothing():
    before, revisions = live_tables(), Revision.objects.count()
    assert outcomes(plan_of(ARTICLE, REPORT)) == ["new", "new"]
    assert (live_tables(), Revision.objects.count()) == (before, revisions)


def test_a_new_work_shows_every_field_that_it_brings():
    (row,) = plan_of(ARTICLE).rows
    assert changes(row)["container"] == ("", "American Educator")
    assert changes(row)["issued"] == ("", "2015-09")
    assert changes(row)["contributors"] == (
        "",
        "Blank, Martin J. (Author); Villarreal, Lisa (Author); American Federation of Teachers (Publisher)",
    )
    assert changes(row)["tags"] == ("", "partnerships; movement history")
    assert "subtitle" in changes(row)
    assert "edition" not in changes(row)


def test_the_same_file_twice_changes_nothing():
    imported(ARTICLE, REPORT)
    plan = plan_of(ARTICLE, REPORT)
    assert outcomes(plan) == ["same", "same"]
    assert plan.made == []


def test_the_same_file_twice_as_drafts_changes_nothing():
    imported(ARTICLE, REPORT, with_publishing=False)
    assert Publication.objects.public().count() == 0
    assert outcomes(plan_of(ARTICLE, REPORT)) == ["same", "same"]


def test_an_update_names_the_field_that_changes_with_old_and_new():
    imported(REPORT)
    (row,) = plan_of(replace(REPORT, issued=PartialDate(2024), page_count=50)).rows
    assert row.outcome == "update"
    assert changes(row) == {"issued": ("2025-03-14", "2024"), "page_count": ("48", "50")}


def test_what_the_file_leaves_empty_is_not_erased():
    imported(REPORT)
    (row,) = plan_of(Record(REPORT.title, identifiers=REPORT.identifiers, edition="2nd ed.")).rows
    assert changes(row) == {"edition": ("", "2nd ed.")}


def test_people_and_organizations_are_known_by_their_other_names():
    person("Blank", "Martin J.", other_names="Blank, Marty\nM. J. Blank")
    organization("Institute for Educational Leadership", abbreviation="IEL")
    plan = plan_of(record("One", authors=[name("Blank", "Marty")], publishers=["IEL"]))
    assert plan.made == []
    assert changes(plan.rows[0])["contributors"][1] == (
        "Blank, Martin J. (Author); Institute for Educational Leadership (Publisher)"
    )


def test_one_new_person_of_many_rows_is_made_once():
    plan = plan_of(*(record(f"Work {n}", authors=[name("Blank", "Martin")], publishers=["IEL"]) for n in range(5)))
    assert sorted(str(one) for one in plan.made) == ["Blank, Martin", "IEL"]


def test_a_known_topic_is_taken_by_any_of_its_names_and_an_unknown_one_becomes_a_tag():
    topic("Family engagement", label_es="Participación familiar", other_names="parents")
    (row,) = plan_of(Record("One", topics=("PARENTS", "participación familiar", "school gardens"))).rows
    assert changes(row)["topics"] == ("", "Family engagement")
    assert changes(row)["tags"] == ("", "school gardens")
    assert row.notes == ("“school gardens” is not known as a topic. It becomes a tag.",)


def test_an_unknown_topic_joins_the_tags_of_a_known_work():
    publish_work("One", tags=["gardens"], identifiers=[("eric", "ED477535")])
    (row,) = plan_of(record("One", identifiers=[(Scheme.ERIC, "ED477535")], topics=("kitchens",))).rows
    assert changes(row) == {"tags": ("gardens", "gardens; kitchens")}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Record("One", volume="3"), "A volume belongs to a series, a journal or a book: name it."),
        (Record("One", issued=PartialDate(1599)), "The field “year” is 1599; it must lie between 1600 and 2200."),
        (
            Record("One", page_count=20_001),
            "The field “number of pages” is 20001; it must lie between 1 and 20000.",
        ),
        (Record("One", summary="a" * 601), "The field “summary in plain words” has 601 characters; at most 600 fit."),
        (Record("One", page_range="all of it"), "Write pages such as 4-9 or 4-9, 43. “all of it” is none."),
        (Record("One", tags=("a" * 61,)), f"The tag “{'a' * 30}…” is longer than 60 characters."),
        (Record("One", language="xx"), "Value 'xx' is not a valid choice."),
        (record("One", authors=[name("a" * 101)]), f"{'a' * 101}: The field “family name” has 101 characters; at most"),
        (record("One", authors=["a" * 201]), f"{'a' * 201}: The field “name” has 201 characters; at most 200 fit."),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_tables_is_told_before_anything_is_written(wrong, sentence):
    (fault,) = faults(plan_of(wrong))
    assert fault.startswith(sentence)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Record("One", issued=PartialDate(1599)), "year"),
        (Record("One", volume="3"), "series or journal"),
        (record("One", authors=[name("a" * 101)]), "family name"),
        (Record("One", tags=("a" * 61,)), "tags"),
    ],
)
def test_a_fault_names_its_field_as_the_form_does(wrong, field):
    (row,) = plan_of(wrong, name="csl").rows
    assert [fault.field for fault in row.faults] == [field]


def test_a_shortened_range_of_pages_is_taken():
    imported(replace(ARTICLE, page_range="288-93"))
    assert exported()[0].page_range == "288-93"


def test_an_article_is_in_a_journal_and_a_chapter_in_a_book():
    imported(ARTICLE, Record("A Chapter", kind=Kind.CHAPTER, container="A Book"))
    article, chapter = Publication.objects.public().order_by("-pk")[::-1]
    assert (article.series.label, article.series.is_journal, article.series.issn, article.book) == (
        "American Educator",
        True,
        "0148-432X",
        "",
    )
    assert (chapter.series, chapter.book) == (None, "A Book")


def test_a_plan_of_a_thousand_rows_asks_as_little_as_one_of_three(django_assert_max_num_queries):
    rows = [replace(REPORT, title=f"Report {n}", key="", identifiers=()) for n in range(60)]
    imported(*rows, with_publishing=False)
    for some in (rows[:3], rows):
        with django_assert_max_num_queries(15):
            assert outcomes(plan_of(*some)) == ["same"] * len(some)


def test_works_with_many_files_are_judged_with_as_few_questions_as_one_with_two():
    files = [take(pdf([f"Page of {n}."]), f"{n}.pdf") for n in range(6)]
    draft_work("Two files", identifiers=[("eric", "ED477531")], files=files[:2])
    draft_work("Four files", identifiers=[("eric", "ED477532")], files=files[2:])
    rows = [
        record(title, identifiers=[(Scheme.ERIC, number)], edition="2nd ed.")
        for title, number in (("Two files", "ED477531"), ("Four files", "ED477532"))
    ]
    asked = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            plan = plan_of(*some)
        asked.append(len(queries))
        assert "Two files would have the same name, two-files.pdf" in " ".join(faults(plan))
    assert asked[0] == asked[1]


def test_a_file_of_a_draft_that_is_gone_stops_no_import():
    draft = draft_work("One", identifiers=[("eric", "ED477535")])
    data = draft.data
    data["parts"]["resources.workfile"] = [row(file_id=99_999_999, name="", label="", language="")]
    Revision.objects.filter(pk=draft.pk).update(data=data)
    (planned,) = plan_of(record("One", identifiers=[(Scheme.ERIC, "ED477535")], edition="2nd ed.")).rows
    assert planned.outcome == "update"


def test_a_title_without_anything_to_see_is_a_fault_before_anything_is_written():
    plan = plan_of(Record("\u200b\u00ad"))
    assert faults(plan) == ["“Title” is empty. Fill it in."]
    assert not plan.is_good
