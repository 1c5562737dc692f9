"""Importing and exporting in the admin: upload, dry run, result; who may, and what is refused."""

import io
import re
import zipfile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from publishing.models import Revision
from resources import import_admin
from resources.formats import FORMATS, reading
from resources.kinds import Scheme
from resources.models import Publication
from tests.drafts import fields_of, live_tables
from tests.library import draft_work, person, publish_work
from tests.resources.formats.samples import ARTICLE, REPORT, read, written
from tests.resources.records import person as name
from tests.resources.records import record
from vocabulary.models import Person

pytestmark = pytest.mark.django_db
LIST = "/admin/resources/publication/"
UPLOAD = f"{LIST}import/"


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    options = {"allow_overwrite": True, "location": tmp_path, "base_url": None}
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": private}


def upload(client, content, file_name="works.csv", **fields):
    content = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(file_name, content)} | fields)


def dry_run(client, *records, content=None, file_name="works.csv"):
    """The address of the dry run of a file, and its page."""
    answer = upload(client, content or written("csv", *records), file_name)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def fields_on(html):
    return fields_of(html.replace('class="import"', 'id="import_form"'))


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def import_these(client, address, html, **fields):
    return client.post(address, fields_on(html) | fields, follow=True)


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


def test_a_row_that_cannot_be_public_is_told_and_nothing_is_saved(staff_client, monkeypatch):
    monkeypatch.setattr("resources.importing.applying.RESERVED_SLUGS", frozenset())
    address, html = dry_run(staff_client, REPORT, record("Author"))
    page = import_these(staff_client, address, html, publish="on")
    assert "Row 3, “Author”: “author” has another meaning here." in words_of(page.content.decode())
    assert Revision.objects.count() == Person.objects.count() == 0


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


def bomb():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written("xlsx", ARTICLE))) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, b" " * 61_000_000 if "sheet1" in part else source.read(part))
    return file.getvalue()


# Its rows are judged up to the limit; with a lower one, test_more_rows_than_are_taken… finds the same in a moment.
LONG = "a hundred thousand rows"
BAD = {
    "numbers in two rows": ("title,identifiers\nOne,ED477535\nTwo,ED477535\n", "stands in row 2 too"),
    "an impossible date": ("title,year,month,day\nOne,2011,2,30\n", "There is no day 2011-02-30 in the calendar."),
    "an impossible range": ("title,page range\nOne,43-12\n", "The page range 43-12 ends before it begins."),
    "an ISBN of a wrong check digit": ("title,identifiers\nOne,ISBN 0-937846-11-3\n", "has a wrong check digit"),
    "no title column": ("name\nOne\n", "There is no column “title”."),
    "a doubled column": ("title,year,year\nOne,2011,2011\n", "Columns stand twice in the file: “year”."),
    "a formula": ("title,year\nOne,=2000+11\n", "The cell holds a formula."),
    "a file cut off": (written("xlsx", ARTICLE)[:900], "The workbook is damaged or was cut off."),
    "RIS cut off": (written("ris", ARTICLE)[:-10], "Perhaps the file was cut off."),
    "a zip bomb": (bomb(), "megabytes when it is unpacked"),
    "an empty file of spaces": ("   ", "The file is empty."),
    LONG: ("title\n" + "One\n" * 100_000, "The file holds more than 10,000 records."),
}  # fmt: skip


@pytest.mark.parametrize("fault", [pytest.param(one, marks=pytest.mark.deep) if one == LONG else one for one in BAD])
def test_what_is_wrong_is_told_in_words_and_nothing_is_saved(staff_client, fault):
    content, sentence = BAD[fault]
    before = live_tables()
    address, html = dry_run(staff_client, content=content)
    assert sentence in words_of(html)
    assert "Import these" not in html
    assert "Nothing can be imported while there are faults" in html
    page = import_these(staff_client, address, html, publish="on")
    assert "Imported:" not in words_of(page.content.decode())
    assert (live_tables(), Revision.objects.count()) == (before, 0)


def test_more_rows_than_are_taken_are_refused_and_nothing_is_saved(staff_client, monkeypatch):
    monkeypatch.setattr(reading, "RECORDS_MAX", 100)
    address, html = dry_run(staff_client, content="title\n" + "One\n" * 1_000)
    assert "The file holds more than 100 records." in words_of(html)
    page = import_these(staff_client, address, html, publish="on")
    assert "Imported:" not in words_of(page.content.decode())
    assert not Publication.objects.exists() and not Revision.objects.exists()


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


def test_too_many_rows_for_a_browser_are_refused_with_a_sentence(staff_client, monkeypatch):
    monkeypatch.setattr(import_admin, "ROWS_MAX", 1)
    _address, html = dry_run(staff_client, ARTICLE, REPORT)
    assert "The file holds 2 records; at most 1 can be imported here at once. Split it." in words_of(html)


def test_a_file_of_more_than_the_most_bytes_is_refused_in_the_form(staff_client, monkeypatch):
    monkeypatch.setattr("resources.import_forms.FILE_BYTES_MAX", 10)
    assert "At most 10\xa0bytes can be imported" in upload(staff_client, "title\nOne and two\n").content.decode()


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


@pytest.mark.parametrize("form", FORMATS)
def test_the_commands_write_and_read_all_works(form, tmp_path, capsys):
    publish_work("One", issued_year=2011, authors=[person("Doe", "Jane")])
    draft_work("A Draft")
    file = tmp_path / f"works.{FORMATS[form].extension}"
    call_command("export_publications", form, str(file))
    assert "1 publications written" in capsys.readouterr().out
    revisions = Revision.objects.count()
    call_command("import_publications", str(file), publish=True)
    assert "0 works added, 0 updated; 0 of them are public now." in capsys.readouterr().out
    assert Revision.objects.count() == revisions


def test_the_command_tells_first_and_writes_only_when_asked(tmp_path, capsys):
    file = tmp_path / "works.csv"
    file.write_bytes(written("csv", ARTICLE))
    call_command("import_publications", str(file), dry_run=True)
    told = capsys.readouterr().out
    assert "2: Where It All Comes Together (new)" in told
    assert "journal or book: “” → “American Educator”" in told
    assert Publication.objects.count() == 0
    call_command("import_publications", str(file), publish=True)
    assert Publication.objects.public().count() == 1
    assert Revision.objects.get().note == "Imported from works.csv"


def test_the_command_leaves_alone_or_updates_what_is_known(tmp_path):
    publish_work("One", identifiers=[("eric", "ED477535")])
    file = tmp_path / "works.csv"
    file.write_text("title,identifiers,edition\nOne,ED477535,2nd ed.\n")
    call_command("import_publications", str(file), "--skip-known", "--publish", verbosity=0)
    assert Publication.objects.get().edition == ""
    call_command("import_publications", str(file), "--update", "--publish", verbosity=0)
    assert Publication.objects.get().edition == "2nd ed."


def test_the_command_ends_with_a_fault_and_writes_nothing(tmp_path):
    file = tmp_path / "works.csv"
    file.write_text("title,year\nOne,2011\nTwo,soon\n")
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_publications", str(file))
    with pytest.raises(CommandError, match="The file cannot be read"):
        call_command("import_publications", str(tmp_path / "none.csv"))
    assert Publication.objects.count() == 0
