"""What a dry run takes for one work, in the library or in two rows of a file, and where it asks."""

from dataclasses import replace

import pytest

from resources.kinds import Scheme
from tests.library import draft_work, person, publish_work
from tests.resources.formats.samples import ARTICLE, REPORT
from tests.resources.importing.imports import changes, faults, imported, outcomes, plan_of
from tests.resources.records import person as name
from tests.resources.records import record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("number", "shown"), [("0937846112", "0-937846-11-2"), ("9780937846117", "978-0-937846-11-7")])
def test_an_isbn_of_ten_digits_is_known_by_its_thirteen(number, shown):
    work = publish_work("A Book", identifiers=[("isbn", "0937846112")])
    (row,) = plan_of(record("Another title", identifiers=[(Scheme.ISBN, number)])).rows
    assert [(match.pk, match.reason) for match in row.matches] == [(work.pk, f"It has the same number: ISBN {shown}.")]
    assert row.options == (f"update-{work.pk}", "skip"), "a second work with this number is not offered"


def test_a_number_in_an_open_draft_is_known():
    draft = draft_work("A Draft", identifiers=[("eric", "ED477535")])
    (row,) = plan_of(record("Another title", identifiers=[(Scheme.ERIC, "ED477535")])).rows
    assert [match.pk for match in row.matches] == [draft.object_id]


def test_a_close_title_is_offered_and_skipped_until_somebody_chooses():
    work = publish_work("Making the Difference", issued_year=2003, authors=[person("Blank", "Martin")])
    close = record("Making The Diference", authors=[name("Blank", "M. J.")], issued=(2004,))
    (row,) = plan_of(close).rows
    assert (row.outcome, row.options) == ("skip", (f"update-{work.pk}", "new", "skip"))
    assert row.matches[0].reason == "Title, year and authors are close."
    assert outcomes(plan_of(close, choices={2: "new"})) == ["new"]
    (row,) = plan_of(close, choices={2: f"update-{work.pk}"}).rows
    assert changes(row)["title"] == ("Making the Difference", "Making The Diference")
    assert outcomes(plan_of(close, choices={2: "update-999999"})) == ["skip"], "that work was not offered"


@pytest.mark.parametrize(
    "other",
    [
        record("Making the Difference", authors=[name("Blank")], issued=(2006,)),
        record("Making the Difference", authors=[name("Melaville")], issued=(2003,)),
        record("Making the Difference 2", authors=[name("Blank")], issued=(2003,)),
        record("Making the Grade", authors=[name("Blank")], issued=(2003,)),
    ],
)
def test_another_year_author_number_or_title_is_another_work(other):
    publish_work("Making the Difference", issued_year=2003, authors=[person("Blank", "Martin")])
    assert outcomes(plan_of(other)) == ["new"]


def test_the_same_number_in_two_rows_is_told():
    plan = plan_of(*(record(f"Work {n}", identifiers=[(Scheme.DOI, "10.1234/abc")]) for n in (1, 2)))
    assert faults(plan) == ["DOI 10.1234/abc stands in row 2 too. Keep one of the two rows, or correct the number."]
    assert plan.rows[1].number == 3


def test_the_same_isbn_in_both_forms_in_two_rows_is_told():
    forms = ("0937846112", "9780937846117")
    plan = plan_of(*(record(f"Work {n}", identifiers=[(Scheme.ISBN, n)]) for n in forms))
    assert outcomes(plan) == ["new", "fault"]


def test_two_rows_of_one_work_are_imported_once_unless_somebody_says_otherwise():
    one = record("Making the Difference", authors=[name("Blank", "Martin")], issued=(2003,))
    plan = plan_of(one, replace(one, page_count=3))
    assert outcomes(plan) == ["new", "skip"]
    assert plan.rows[1].notes == ("Row 2 has the same title, year and authors.",)
    assert outcomes(plan_of(one, one, choices={3: "new"})) == ["new", "new"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (record("Same work", issued=(2001,)), record("Same work", issued=(2001,))),
        (record("Same work"), record("Same work", issued=(2001,))),
        (record("Making the Difference", issued=(2003,)), record("Making The Diference", issued=(2004,))),
        (replace(record("Same work", issued=(2001,)), key="a-work"), record("Same work", issued=(2001,))),
    ],
)
def test_a_row_that_is_close_to_an_earlier_one_is_skipped_until_somebody_chooses(first, second):
    plan = plan_of(first, record("Another work altogether"), second)
    assert outcomes(plan) == ["new", "new", "skip"]
    assert plan.rows[2].notes == ("Title, year and authors are close to those of row 2.",)
    assert (plan.rows[2].options, plan.rows[2].is_unsure) == (("new", "skip"), True)
    assert outcomes(plan_of(first, second, choices={3: "new"})) == ["new", "new"]


@pytest.mark.parametrize(
    "other",
    [
        record("Same work", issued=(2003,)),
        record("Same work 2", issued=(2001,)),
        record("Same play", issued=(2001,)),
        replace(record("Same work", issued=(2001,)), key="another-work"),
    ],
)
def test_rows_of_another_year_number_title_or_key_are_two_works(other):
    assert outcomes(plan_of(replace(record("Same work", issued=(2001,)), key="a-work"), other)) == ["new", "new"]


def test_of_several_rows_that_are_alike_the_surest_is_named():
    one = record("Making the Difference", authors=[name("Blank")], issued=(2003,))
    plan = plan_of(replace(one, title="Making the Diference"), one, one)
    assert plan.rows[2].notes == ("Row 3 has the same title, year and authors.",)


def test_a_draft_without_an_address_is_no_match_for_a_row_without_a_key():
    draft_work("Not finished", slug="")
    assert outcomes(plan_of(replace(record("A new work"), key=""))) == ["new"]


def test_a_number_of_another_work_than_the_one_updated_is_told():
    imported(replace(ARTICLE, key="one"), replace(REPORT, key="two"))
    plan = plan_of(replace(ARTICLE, key="one", identifiers=REPORT.identifiers))
    assert faults(plan)[0] == f"DOI 10.1234/abc is the number of another publication, “{REPORT.title}”."


def test_two_rows_that_update_one_work_are_told():
    work = publish_work("One", identifiers=[("eric", "ED477535"), ("doi", "10.1234/abc")])
    plan = plan_of(
        record("One", identifiers=[(Scheme.ERIC, "ED477535")], edition="1st ed."),
        record("One", identifiers=[(Scheme.DOI, "10.1234/abc")], edition="2nd ed."),
    )
    assert plan.rows[0].current.pk == work.pk
    assert faults(plan) == ["Row 2 updates the same publication. Keep one of the two."]
