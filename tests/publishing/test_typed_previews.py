"""The preview beside the form: what is typed and not saved, on its real page, stored by nobody."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_save, pre_save
from django.test.utils import CaptureQueriesContext

from pages.models import RichText
from publishing.models import Activity, Presence, Revision
from tests.drafts import edit, live_tables, open_form, save_draft
from tests.pages_as_sent import StrictClient

WORD = "quetzalword"
TEXT = "pages_richtext_set-0-text"


@pytest.fixture
def page(make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>First</p>")
    return page


@pytest.fixture
def join(db, django_user_model):
    """A function that signs in one more member of the staff: join("maria", "view_page", …)."""

    def sign_in(username, *rights):
        person = django_user_model.objects.create_user(username, password="x", is_staff=True)
        person.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client = StrictClient()
        client.force_login(person)
        return client

    return sign_in


def address(page):
    return f"/admin/pages/page/{page.pk}/typed/"


def typed(client, page, data=None, **fields):
    data = open_form(client, page) if data is None else data
    return client.post(address(page), data | fields)


def stored():
    """All rows that a draft consists of, and those around it."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Revision, Activity, Presence)]
    return live_tables(), rows


def test_words_that_are_not_saved_are_shown_on_the_real_page(staff_client, page):
    response = typed(staff_client, page, title=f"{WORD} title", **{TEXT: f"<p>{WORD} text</p>"})
    html = response.content.decode()
    assert response.status_code == 200
    assert f"<h1>{WORD} title</h1>" in html
    assert f"<p>{WORD} text</p>" in html
    assert "Preview of what is typed. Not saved yet." in html


def test_a_form_as_it_was_opened_shows_the_draft_and_says_that_it_is_saved(staff_client, page):
    save_draft(page, title=f"{WORD} title")
    html = typed(staff_client, page).content.decode()
    assert f"<h1>{WORD} title</h1>" in html
    assert "Preview of a draft. Not public." in html
    assert "Not saved yet" not in html


def test_nothing_is_written_and_no_signal_is_sent(staff_client, page):
    data = open_form(staff_client, page)
    before = stored()
    sent = []

    def note(sender, **_):
        sent.append(sender)

    for signal in (pre_save, post_save):
        signal.connect(note)
    try:
        with CaptureQueriesContext(connection) as queries:
            response = typed(staff_client, page, data, title=WORD, **{TEXT: f"<p>{WORD}</p>"})
    finally:
        for signal in (pre_save, post_save):
            signal.disconnect(note)
    assert response.status_code == 200
    assert [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "(", "SAVEPOINT", "RELEASE"))] == []
    assert sent == []
    assert stored() == before


def test_even_the_first_revision_of_an_old_row_is_not_made(staff_client, page):
    data = open_form(staff_client, page)
    Revision.objects.all().delete()
    assert WORD in typed(staff_client, page, data, title=WORD).content.decode()
    assert not Revision.objects.exists()


def test_no_cache_keeps_it_and_no_search_engine(staff_client, page):
    response = typed(staff_client, page)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_policy_lets_no_page_stand_in_a_frame(staff_client, page):
    for response in (typed(staff_client, page), staff_client.get(f"/admin/pages/page/{page.pk}/change/")):
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "frame-src" not in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_readers_see_nothing_of_it(staff_client, client, page):
    before = client.get("/partners/").content
    typed(staff_client, page, title=WORD)
    assert client.get("/partners/").content == before


def test_a_stranger_is_sent_to_sign_in(staff_client, client, page):
    response = typed(client, page, open_form(staff_client, page), title=WORD)
    assert response.status_code == 302
    assert WORD not in response.content.decode()


@pytest.mark.parametrize("rights", [(), ("view_page",), ("add_picture", "change_picture")])
def test_whoever_may_not_change_the_page_gets_none(staff_client, join, page, rights):
    response = typed(join("librarian", *rights), page, open_form(staff_client, page), title=WORD)
    assert response.status_code == 403
    assert WORD not in response.content.decode()


def test_a_writer_who_may_change_it_sees_it(join, page):
    writer = join("writer", "view_page", "change_page")
    assert WORD in typed(writer, page, title=WORD).content.decode()


def test_without_the_token_of_the_form_there_is_none(editor, staff_client, page):
    data = open_form(staff_client, page)
    strict = StrictClient(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(address(page), data).status_code == 403


def test_only_a_posted_form_is_shown(staff_client, page):
    assert staff_client.get(address(page)).status_code == 405
    assert staff_client.post("/admin/pages/page/99999/typed/").status_code == 404


def test_a_pasted_script_does_not_come_out(staff_client, page):
    pasted = "<p onclick='x()'>Hello<script>alert(1)</script><a href='javascript:x()'>there</a></p>"
    html = typed(staff_client, page, title="<script>x</script>", **{TEXT: pasted}).content.decode()
    assert "Hello" in html
    for part in ("<script>", "onclick", "javascript:", "alert(1)"):
        assert part not in html.lower()


def test_after_somebody_else_saved_it_still_shows_what_is_typed_here(staff_client, page):
    data = open_form(staff_client, page)
    edit(staff_client, page, title="Of another tab", summary="Of another tab.")
    html = typed(staff_client, page, data, title=WORD).content.decode()
    assert f"<h1>{WORD}</h1>" in html
    assert "Of another tab" not in html


def test_a_removed_block_is_gone_and_a_new_one_is_there(staff_client, page):
    data = open_form(staff_client, page)
    new = {"text": f"<p>{WORD}</p>", "region": "main", "ordering": "20", "parent": page.pk}
    data |= {f"pages_richtext_set-1-{name}": value for name, value in new.items()}
    data |= {"pages_richtext_set-TOTAL_FORMS": "2", "pages_richtext_set-0-DELETE": "on"}
    html = typed(staff_client, page, data).content.decode()
    assert f"<p>{WORD}</p>" in html
    assert "<p>First</p>" not in html


@pytest.mark.parametrize(
    "faults",
    [
        {"title": "x" * 300},
        {"title": "", "summary": "", "slug": "", "position": "many", "language": "xx"},
        {"pages_richtext_set-TOTAL_FORMS": "x"},
        {"_base": "999999999"},
        {"pages_richtext_set-0-id": "not a key"},
    ],
)
def test_wrong_input_gives_the_page_all_the_same(staff_client, page, faults):
    data = open_form(staff_client, page) | {"summary": f"{WORD} summary."} | faults
    response = typed(staff_client, page, data)
    assert response.status_code == 200
    if "summary" not in faults:
        assert WORD in response.content.decode()


def test_files_are_refused_because_a_form_would_store_them(staff_client, page):
    data = open_form(staff_client, page) | {"file": SimpleUploadedFile("a.txt", b"a")}
    assert staff_client.post(address(page), data).status_code == 400


def test_it_costs_the_same_number_of_queries_for_few_texts_and_for_many(staff_client, make_page):
    numbers = []
    for times in (2, 20):
        page = make_page(f"With {times}")
        for number in range(times):
            RichText.objects.create(parent=page, region="main", ordering=number, text="<p>Text</p>")
        data = open_form(staff_client, page)
        typed(staff_client, page, data)
        with CaptureQueriesContext(connection) as queries:
            typed(staff_client, page, data, title=WORD)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1], "\n".join(q["sql"][:150] for q in queries)
