"""A draft of a publication is shown whatever is unfinished in it: what cannot be shown is left out, nothing is lost."""

import copy

import pytest

from publishing import preview
from publishing.models import Revision
from publishing.publish import ensured_revision
from publishing.revisions import add_revision
from resources.importing.current import current_works
from resources.importing.naming import Register
from resources.models import Publication
from tests.drafts import edit, open_form
from tests.library import draft_work, organization, person, publish_work, row

CONTRIBUTOR, FILE = "resources.contributor", "resources.workfile"
LINK, IDENTIFIER, RELATION = "resources.worklink", "resources.identifier", "resources.relation"
NOWHERE = 99_999_999  # the key of what was deleted


def maker(**values):
    return row(**({"role": "author", "person_id": None, "organization_id": None} | values))


def file(**values):
    return row(**({"file_id": None, "name": "", "label": "", "language": ""} | values))


def link(kind="record", address="http://[", label=""):
    return row(kind=kind, address=address, label=label)


def date(year, month=None, day=None):
    return {"issued_year": year, "issued_month": month, "issued_day": day}


PARTS = {
    "nobody": {CONTRIBUTOR: [maker()]},
    "somebody who is gone": {CONTRIBUTOR: [maker(person_id=NOWHERE)]},
    "an organization that is gone": {CONTRIBUTOR: [maker(organization_id=NOWHERE, role="publisher")]},
    "two who are gone": {CONTRIBUTOR: [maker(person_id=NOWHERE, organization_id=NOWHERE)]},
    "no role": {CONTRIBUTOR: [maker(role="")]},
    "no file": {FILE: [file()]},
    "a file that is gone": {FILE: [file(file_id=NOWHERE)]},
    "a full text at no address": {LINK: [link("full_text")]},
    "a page at no address": {LINK: [link("record")]},
    "a notice at no address": {LINK: [link("notice"), link("notice", "")]},
    "a link of no kind": {LINK: [link("", "https://example.org/")]},
    "a link without an address": {LINK: [link("full_text", "")]},
    "an identifier without a number": {IDENTIFIER: [row(scheme="doi", value="")]},
    "a number of no kind": {IDENTIFIER: [row(scheme="", value="ED477535")]},
    "wrong numbers": {IDENTIFIER: [row(scheme=scheme, value="]5") for scheme in ("isbn", "doi", "eric", "url")]},
    "no address as a number": {IDENTIFIER: [row(scheme="url", value="http://[")]},
    "half a relation": {RELATION: [row(kind="", other_id=None), row(kind="companion", other_id=None)]},
}
FIELDS = {
    "no title": {"title": ""},
    "no address": {"slug": ""},
    "no word as an address": {"slug": "Who & what/"},
    "February 31": date(2003, 2, 31),
    "the month 13": date(2003, 13),
    "a day of the month 13": date(2003, 13, 1),
    "the year 99999": date(99999),
    "a year of thirty digits": date(10**30),
    "the year -5": date(-5, 1),
    "the year 0": date(0, 1, 1),
    "a month of no year": date(None, 5),
    "a day of no month": date(2003, None, 5),
    "pages from the last to the first": {"page_range": "9-4,", "work_kind": "article"},
    "a series that is gone": {"series_id": NOWHERE},
}
UNFINISHED = [
    *(pytest.param({"item": fields}, id=name) for name, fields in FIELDS.items()),
    *(pytest.param({"parts": rows}, id=name) for name, rows in PARTS.items()),
    pytest.param({"m2m": {"tags": ["🙂", "a/b"]}}, id="tags without an address"),
    pytest.param({"item": {"title": "", "slug": ""} | date(1, 40, 40), "parts": {
        label: rows for states in PARTS.values() for label, rows in states.items()
    }}, id="all at once"),
]  # fmt: skip


def new_and_public():
    """Each of them in a new work, and in one that is public: there all at once, and in `make test-deep` each alone."""
    for case in UNFINISHED:
        often = case.id == "all at once"
        yield pytest.param(*case.values, False, id=f"{case.id}, new")
        yield pytest.param(*case.values, True, id=f"{case.id}, public", marks=() if often else pytest.mark.deep)


def saved(unfinished, work=None):
    """A draft with a text in which some things are unfinished, of a work that is public or of a new one."""
    base = draft_work("Half Written", work=work, authors=[person("Blank", "Martin")], issued_year=2003)
    data = copy.deepcopy(base.data)
    for name, values in unfinished.items():
        data[name] |= values
    return add_revision(Publication, base.object_id, data, base=base)


@pytest.mark.parametrize(("unfinished", "is_public"), list(new_and_public()))
def test_an_unfinished_publication_is_shown_to_staff_beside_its_form_and_at_its_signed_address(
    staff_client, client, db, unfinished, is_public
):
    draft = saved(unfinished, publish_work("Half Written") if is_public else None)
    work = Publication.objects.get(pk=draft.object_id)
    stored = copy.deepcopy(draft.data)
    staff = f"/admin/resources/publication/{work.pk}"
    form = open_form(staff_client, work)
    for response in (
        staff_client.get(f"{staff}/preview/{draft.pk}/"),
        staff_client.get(f"{staff}/preview/{draft.pk}/", {"print": "y", "in": "words"}),
        staff_client.post(f"{staff}/typed/", form),
        client.get(preview.signed_path(draft)),
    ):
        assert response.status_code == 200
        assert stored["item"]["title"] in response.content.decode()
    assert Revision.objects.get(pk=draft.pk).data == stored
    assert ensured_revision(work) == draft


@pytest.mark.parametrize("unfinished", UNFINISHED)
def test_an_unfinished_publication_can_be_compared_with_an_import(db, unfinished):
    draft = saved(unfinished)
    current = current_works([draft.object_id], Register())[draft.object_id]
    assert current.record.title == draft.data["item"]["title"]


def test_what_is_finished_is_shown_beside_what_is_not(client, db):
    blank, coalition = person("Blank", "Martin"), organization("The Coalition")
    draft = saved({
        "parts": {
            CONTRIBUTOR: [maker(), maker(person_id=blank.pk), maker(organization_id=coalition.pk, role="publisher")],
            LINK: [link("full_text", "https://www.example.org/paper"), link("record")],
        },
        "item": date(2003, 2, 31),
    })  # fmt: skip
    html = client.get(preview.signed_path(draft)).content.decode()
    for words in ("Martin Blank", "The Coalition", "Read at example.org", "Page about this work (http://[)"):
        assert words in html
    assert "2003" not in html


def test_a_program_in_place_of_a_web_address_is_in_no_preview(client, db):
    program = "javascript:alert(1)"
    draft = saved({"parts": {LINK: [link("full_text", program)], IDENTIFIER: [row(scheme="url", value=program)]}})
    assert program not in client.get(preview.signed_path(draft)).content.decode()


def test_a_file_with_a_name_that_is_no_part_of_an_address_is_shown_under_one_made_from_the_title(client, db):
    from tests.resources.conftest import take

    stored = take(b"Year,Schools\n2009,25\n", "schools.csv")
    draft = saved({"parts": {FILE: [file(file_id=stored.pk, name="a/b.csv")]}})
    assert "/half-written/files/half-written.csv" in client.get(preview.signed_path(draft)).content.decode()


def test_what_a_preview_leaves_out_stays_in_the_form(staff_client, db):
    draft = saved({"item": date(2003, 13), "parts": {CONTRIBUTOR: [maker()], LINK: [link("", "https://example.org/")]}})
    work = Publication.objects.get(pk=draft.object_id)
    edit(staff_client, work, title="Written")
    data = ensured_revision(work).data
    assert (data["item"]["title"], data["item"]["issued_month"]) == ("Written", 13)
    assert (len(data["parts"][CONTRIBUTOR]), data["parts"][LINK][0]["address"]) == (1, "https://example.org/")


def test_a_draft_with_many_people_and_files_is_shown_with_as_few_questions_as_one_with_two(
    staff_client, db, django_assert_max_num_queries
):
    for number in (2, 30):
        people = [maker(person_id=person(f"Family {number}", f"Given {n}").pk) for n in range(number)]
        draft = saved({"parts": {CONTRIBUTOR: people}})
        address = f"/admin/resources/publication/{draft.object_id}/preview/{draft.pk}/"
        staff_client.get(address)
        with django_assert_max_num_queries(25):
            assert f"Given {number - 1}" in staff_client.get(address).content.decode()
