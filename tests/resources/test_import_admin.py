"""Importing and exporting in the admin: upload, dry run, choice, result; and who may."""

import re

import pytest
from django.core.files.storage import storages

from publishing.models import Revision
from resources.formats import FORMATS
from resources.kinds import Scheme
from resources.models import Publication
from tests.drafts import live_tables
from tests.library import draft_work, person, publish_work
from tests.resources.formats.samples import ARTICLE, REPORT, read, written
from tests.resources.importing_in_admin import LIST, UPLOAD, dry_run, fields_on, import_these, upload, words_of
from tests.resources.records import person as name
from tests.resources.records import record
from vocabulary.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


@pytest.fixture
def librarian(client, django_user_model):
    """A client that may add and change publications, and what else it is given."""
    from django.contrib.auth.models import Permission

    def signed_in(*more):
        user = django_user_model.objects.create_user("librarian", password="a password for tests", is_staff=True)
        names = {"add_publication", "change_publication", "view_publication", *more}
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client.force_login(user)
        return client

    return signed_in


def test_the_list_leads_to_the_import(staff_client):
    assert f'href="{UPLOAD}"' in staff_client.get(LIST).content.decode()
    assert staff_client.get(UPLOAD).status_code == 200


def test_the_dry_run_says_totals_rows_and_fields_and_writes_nothing(staff_client):
    before = live_tables()
    _address, html = dry_run(staff_client, ARTICLE, REPORT)
    words = words_of(html)
    assert "2 works are new." in words
    assert "New in the vocabularies: 4 people, 3 organizations and 1 series or journal." in words
    assert "Row 2: Where It All Comes Together" in words
    assert "Journal or book American Educator" in words
    assert "“partnerships” is not known as a topic. It becomes a tag." in words
    assert live_tables() == before


def test_one_press_imports_what_was_shown_as_drafts(staff_client, editor):
    address, html = dry_run(staff_client, ARTICLE, REPORT)
    answer = import_these(staff_client, address, html)
    words = words_of(answer.content.decode())
    assert "Imported: 2 new, 0 updated; 0 of them public now." in words
    work = Publication.objects.order_by("pk").first()
    assert f'href="{LIST}{work.pk}/change/">{ARTICLE.title}</a> (draft)' in answer.content.decode()
    assert {(one.author, one.note) for one in Revision.objects.all()} == {(editor, "Imported from works.csv")}
    assert Publication.objects.public().count() == 0


def test_the_same_file_again_changes_nothing(staff_client):
    address, html = dry_run(staff_client, ARTICLE, REPORT)
    import_these(staff_client, address, html, publish="on")
    before, revisions = live_tables(), Revision.objects.count()
    address, html = dry_run(staff_client, ARTICLE, REPORT)
    assert "2 rows say what is known already and change nothing." in words_of(html)
    import_these(staff_client, address, html, publish="on")
    assert (live_tables(), Revision.objects.count()) == (before, revisions)


def test_works_are_published_where_it_is_asked_for(staff_client):
    address, html = dry_run(staff_client, ARTICLE)
    import_these(staff_client, address, html, publish="on")
    assert [work.title for work in Publication.objects.public()] == [ARTICLE.title]


def test_a_choice_is_shown_before_it_is_done(staff_client):
    work = publish_work("Making the Difference", issued_year=2003, authors=[person("Blank", "Martin")])
    address, html = dry_run(staff_client, record("Making the Diference", authors=[name("Blank")], issued=(2003,)))
    assert "Perhaps known already: please choose (1)" in words_of(html)
    page = import_these(staff_client, address, html, **{"choice-2": f"update-{work.pk}"})
    words = words_of(page.content.decode())
    assert "Nothing was imported yet: this differs from what you saw." in words
    assert "Title Making the Difference Making the Diference" in words
    done = import_these(staff_client, address, page.content.decode(), publish="on")
    assert "0 new, 1 updated; 1 of them public now." in words_of(done.content.decode())
    work.refresh_from_db()
    assert work.title == "Making the Diference"


def test_two_equal_rows_are_asked_about(staff_client):
    address, html = dry_run(staff_client, content=b"title,year\nSame work two,2001\nSame work two,2001\n")
    words = words_of(html)
    assert "Perhaps known already: please choose (1)" in words
    assert "Title, year and authors are close to those of row 2." in words
    done = import_these(staff_client, address, html)
    assert "Imported: 1 new, 0 updated" in words_of(done.content.decode())


def test_a_change_of_the_library_in_between_is_noticed(staff_client):
    work = publish_work("One", identifiers=[("eric", "ED477535")])
    address, html = dry_run(staff_client, record("One", identifiers=[(Scheme.ERIC, "ED477535")], edition="2nd ed."))
    draft_work("One of ours", work=work, identifiers=[("eric", "ED477535")])
    page = import_these(staff_client, address, html)
    assert "Nothing was imported yet" in words_of(page.content.decode())
    assert "Title One of ours One" in words_of(page.content.decode())
    assert Revision.objects.of(work).newest().data["item"]["edition"] == ""


def test_who_may_not_add_and_change_is_refused(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("staff", password="a password for tests", is_staff=True))
    assert client.get(UPLOAD).status_code == 403
    assert client.get(f"{UPLOAD}anything/").status_code == 403
    assert client.post(f"{UPLOAD}anything/").status_code == 403
    assert client.get(f"{UPLOAD}done/anything/").status_code == 403


def test_who_may_not_publish_is_not_offered_it_and_a_forged_request_is_refused(librarian):
    client = librarian("add_person", "add_organization", "add_series")
    address, html = dry_run(client, ARTICLE)
    assert 'name="publish"' not in html
    assert import_these(client, address, html, publish="on").status_code == 403
    assert Revision.objects.count() == 0
    assert "1 new" in words_of(import_these(client, address, html).content.decode())


def test_who_may_not_add_people_cannot_add_them_by_a_file(librarian):
    client = librarian()
    address, html = dry_run(client, ARTICLE)
    page = import_these(client, address, html)
    assert "The file names new people, which you may not add. Nothing was imported." in words_of(page.content.decode())
    assert Person.objects.count() == 0


def test_the_reference_of_somebody_else_or_a_forged_one_leads_back_to_the_upload(staff_client, librarian):
    address, html = dry_run(staff_client, ARTICLE)
    data = fields_on(html)
    other = librarian("add_person", "add_organization", "add_series")
    for wrong in (address, f"{UPLOAD}forged:reference/"):
        answer = other.post(wrong, data)
        assert (answer.status_code, answer["Location"]) == (302, UPLOAD)
    assert other.get(f"{UPLOAD}done/forged/").status_code == 404
    assert Revision.objects.count() == 0


def test_a_request_from_elsewhere_is_refused(editor):
    from tests.pages_as_sent import StrictClient

    client = StrictClient(enforce_csrf_checks=True)
    client.force_login(editor)
    assert upload(client, "title\nOne\n").status_code == 403


def test_an_upload_is_kept_at_a_private_place_and_swept_after_a_day(staff_client, monkeypatch):
    from datetime import timedelta

    from resources.importing import kept

    dry_run(staff_client, ARTICLE)
    storage = storages["private"]
    (first,) = storage.listdir("imports")[1]
    assert re.fullmatch("[0-9a-f]{64}", first)
    monkeypatch.setattr(kept, "LIFE", timedelta(seconds=-1))
    upload(staff_client, written("csv", REPORT))
    assert first not in storage.listdir("imports")[1]


@pytest.mark.parametrize("form", FORMATS)
def test_the_format_is_found_out_from_the_file(staff_client, form):
    _address, html = dry_run(staff_client, content=written(form, ARTICLE), file_name="works.txt")
    assert f"read as {FORMATS[form].label}" in words_of(html)
    assert "1 work is new." in words_of(html)


@pytest.mark.parametrize(("encoding", "note"), [("cp1252", "not in UTF-8"), ("utf-8-sig", None), ("utf-16", None)])
def test_letters_with_accents_arrive_from_any_encoding(staff_client, encoding, note):
    address, html = dry_run(
        staff_client,
        content="title,authors\nEl año,“Peña, José”\n".replace("“", '"').replace("”", '"').encode(encoding),
    )
    assert (note or "") in words_of(html)
    import_these(staff_client, address, html, publish="on")
    assert Publication.objects.public().get().title == "El año"
    assert str(Person.objects.get()) == "Peña, José"


def test_the_dry_run_asks_as_little_for_many_rows_as_for_few(staff_client, django_assert_max_num_queries):
    for number in (3, 60):
        address, _html = dry_run(staff_client, *(record(f"Report {n}", edition="2nd ed.") for n in range(number)))
        with django_assert_max_num_queries(25):
            staff_client.get(address)


@pytest.mark.parametrize("form", FORMATS)
def test_chosen_works_are_exported_from_the_list(staff_client, form):
    publish_work("One")
    two = publish_work("Two")
    draft_work("Two, unfinished", work=two)
    action = {"action": f"export_{form}", "_selected_action": [two.pk]}
    answer = staff_client.post(LIST, action)
    assert answer["Content-Disposition"] == f'attachment; filename="publications.{FORMATS[form].extension}"'
    assert [one.title for one in read(form, b"".join(answer)).records] == ["Two"]


def test_what_was_never_public_has_nothing_to_export(staff_client):
    draft = draft_work("A Draft")
    answer = staff_client.post(LIST, {"action": "export_csv", "_selected_action": [draft.object_id]}, follow=True)
    assert "None of these was ever published" in answer.content.decode()
