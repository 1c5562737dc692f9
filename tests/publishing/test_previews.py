"""A draft on its real page, for staff and for whoever was given its address; kept by nobody, seen by nobody else."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Page
from publishing import preview
from publishing.models import Revision
from publishing.publish import publish
from publishing.retiring import retire
from tests.drafts import block, change_url, edit, live_tables, save_draft, take_step

WORD = "quetzalword"


@pytest.fixture
def draft(make_page):
    page = make_page("Partners")

    def change(data):
        data["item"] |= {"title": f"{WORD} title", "summary": f"{WORD} summary."}
        data["parts"]["pages.richtext"] = [block(text=f"<p>{WORD} text</p>")]
        data["parts"]["pages.heading"] = [block("heading", text=f"{WORD} heading", ordering=5)]

    return save_draft(page, change)


def staff_path(draft):
    return f"/admin/pages/page/{draft.object_id}/preview/{draft.pk}/"


def test_staff_see_a_draft_on_its_real_page_with_a_banner(staff_client, draft):
    response = staff_client.get(staff_path(draft))
    html = response.content.decode()
    assert "Preview of a draft. Not public." in html
    assert f"<h1>{WORD} title</h1>" in html
    assert f"<p>{WORD} text</p>" in html
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_a_preview_writes_nothing(staff_client, draft):
    tables = live_tables()
    path = preview.signed_path(draft)
    for address in (staff_path(draft), path):
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(address)
        written = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE", "("))]
        assert written == []
    assert live_tables() == tables


def test_after_a_preview_the_public_page_is_the_old_one(client, draft):
    before = client.get("/partners/").content
    assert WORD.encode() in client.get(preview.signed_path(draft)).content
    assert client.get("/partners/").content == before


def test_the_words_of_a_draft_are_in_no_public_answer(client, draft, home):
    addresses = ["/", "/partners/", "/search/?q=" + WORD, f"/{WORD}/", "/sitemap.xml", "/robots.txt", "/es/partners/"]
    asked = [f"?q={WORD}", f'value="{WORD}"', f"<em>{WORD}</em>", f"<title>{WORD} -", f'content="{WORD} -', f"/{WORD}/"]
    for address in addresses:
        html = client.get(address).content.decode()
        for said_again in asked:  # what the visitor has typed
            html = html.replace(said_again, "")
        assert WORD not in html, address


def test_an_outsider_sees_the_draft_by_its_address_and_nothing_else(client, draft):
    response = client.get(preview.signed_path(draft))
    assert WORD in response.content.decode()
    assert "Back to editing" not in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert client.get(staff_path(draft)).status_code == 302


@pytest.mark.parametrize("token", ["x", "a:b:c", "%F0%9F%98%80", "a" * 3000])
def test_a_forged_preview_address_is_a_404(client, db, token):
    assert client.get(f"/preview/{token}/").status_code == 404


def test_an_address_with_another_signature_is_a_404(client, draft):
    path = preview.signed_path(draft)
    assert client.get(path[:-4] + "AAA/").status_code == 404


def test_a_preview_address_ends_after_its_days(client, draft, monkeypatch):
    path = preview.signed_path(draft)
    later = time.time() + preview.DAYS * 86400 + 60
    monkeypatch.setattr(time, "time", lambda: later)
    response = client.get(path)
    assert response.status_code == 410
    assert "This preview has ended" in response.content.decode()
    assert WORD not in response.content.decode()


def test_a_preview_address_can_be_revoked_and_a_new_one_given(staff_client, client, draft):
    old = preview.signed_path(draft)
    staff_client.post(f"/admin/pages/page/{draft.object_id}/revoke/", {"note": ""})
    assert client.get(old).status_code == 410
    assert client.get(preview.signed_path(Revision.objects.get(pk=draft.pk))).status_code == 200


def test_ending_previews_ends_those_of_earlier_versions_too(staff_client, client, draft):
    old = preview.signed_path(draft)
    newer = save_draft(Page.objects.get(pk=draft.object_id), title="Another title")
    assert client.get(old).status_code == 200
    staff_client.post(f"/admin/pages/page/{draft.object_id}/revoke/", {"note": ""})
    assert client.get(old).status_code == 410
    assert client.get(preview.signed_path(newer)).status_code == 410


def test_what_was_public_and_is_offline_is_shown_by_no_address_given_out_before(staff_client, client, draft):
    path, page = preview.signed_path(draft), Page.objects.get(pk=draft.object_id)
    publish(draft)
    assert client.get(path).status_code == 200
    retire(page)
    response = client.get(path)
    assert response.status_code == 410
    assert WORD not in response.content.decode()
    assert "people without an account" not in staff_client.get(change_url(page)).content.decode()
    again = save_draft(page, summary="To be public again.")
    assert client.get(preview.signed_path(again)).status_code == 200
    assert "people without an account" in staff_client.get(change_url(page)).content.decode()


def test_a_preview_of_a_deleted_page_has_ended(staff_client, client, draft):
    path = preview.signed_path(draft)
    staff_client.post(f"/admin/pages/page/{draft.object_id}/delete/", {"post": "yes"})
    assert client.get(path).status_code == 410


def test_a_page_that_was_never_public_has_a_preview(client, make_page):
    page = make_page("New idea", published_at=None)
    html = client.get(preview.signed_path(save_draft(page, title="New idea, draft"))).content.decode()
    assert "New idea, draft" in html
    assert client.get("/new-idea/").status_code == 404


def test_an_unfinished_draft_has_a_preview(client, make_page):
    page = Page.create_stub()
    from publishing.publish import ensured_revision

    ensured_revision(page)
    empty = save_draft(page, title="", summary="", slug="", position=None)
    assert client.get(preview.signed_path(empty)).status_code == 200


def test_a_draft_of_a_live_page_without_an_address_has_a_preview_that_leads_to_the_live_one(client, draft):
    for slug in ("", "elsewhere"):
        unfinished = save_draft(Page.objects.get(pk=draft.object_id), slug=slug)
        html = client.get(preview.signed_path(unfinished)).content.decode()
        assert '<a href="/partners/">See what is public now</a>' in html


def test_the_front_page_is_previewed_as_the_front_page(client, home):
    def change(data):
        data["parts"]["pages.statement"] = [block("statement", region="sentence", heading="A | b", text=f"{WORD} | d")]

    html = client.get(preview.signed_path(save_draft(home, change))).content.decode()
    assert f"<b>{WORD}</b>" in html
    assert WORD not in client.get("/").content.decode()


def test_old_versions_and_parked_ones_have_previews_too(staff_client, draft):
    publish(draft)
    first = Revision.objects.get(object_id=draft.object_id, number=1)
    html = staff_client.get(f"/admin/pages/page/{draft.object_id}/preview/{first.pk}/").content.decode()
    assert "<h1>Partners</h1>" in html


def test_the_history_names_every_version_and_compares_any_two(staff_client, draft):
    publish(draft)
    last = save_draft(Page.objects.get(), title=f"{WORD} last")
    html = staff_client.get(f"/admin/pages/page/{draft.object_id}/history/").content.decode()
    for version in (1, 2, 3):
        assert f'<th scope="row">{version}</th>' in html
    first = Revision.objects.get(object_id=draft.object_id, number=1)
    html = staff_client.get(f"/admin/pages/page/{draft.object_id}/compare/{first.pk}/{last.pk}/").content.decode()
    assert "<del>Partners</del>" in html
    assert f"<ins>{WORD} last</ins>" in html
    assert f"<ins>{WORD} text</ins>" in html


def test_a_revision_of_another_page_is_not_reached_through_this_one(staff_client, draft, make_page):
    other = make_page("Policy")
    for name in ("preview", "restore", "conflict"):
        assert staff_client.get(f"/admin/pages/page/{other.pk}/{name}/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("moved", [{"slug": "allies"}, {"language": "es"}])
def test_a_draft_that_moves_a_page_leads_to_where_readers_find_it_now(client, make_page, moved):
    html = client.get(preview.signed_path(save_draft(make_page("Partners"), **moved))).content.decode()
    banner = re.search(r'class="draft-banner".*?</div>', html)[0]
    assert re.findall(r'href="([^"]*)"', banner) == ["/partners/"]


def test_a_draft_of_a_live_page_whose_address_was_emptied_has_a_preview(client, make_page):
    assert client.get(preview.signed_path(save_draft(make_page("Partners"), slug=""))).status_code == 200


@pytest.mark.parametrize("field", ["parent", "translation_of"])
def test_a_draft_outlives_what_it_stood_under_or_translates(staff_client, client, make_page, field):
    page, other = make_page("Partners"), make_page("Other")
    draft = save_draft(page, title="Kept words", **{f"{field}_id": other.pk})
    other.delete()
    assert b"Kept words" in client.get(preview.signed_path(draft)).content
    assert edit(staff_client, page, button="_publish").headers["Location"] == change_url(page)
    assert b"Kept words" in client.get("/partners/").content


@pytest.mark.parametrize("field", ["parent", "translation_of"])
def test_publishing_says_that_what_a_draft_names_was_deleted(staff_client, make_page, field):
    page, other = make_page("Partners"), make_page("Other")
    save_draft(page, title="New", **{f"{field}_id": other.pk})
    other.delete()
    assert "What was chosen here has been deleted" in take_step(staff_client, page, "publish").content.decode()
    assert Page.objects.get(pk=page.pk).title == "Partners"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "java\tscript:alert(1)", "\x01data:text/html,x"]
)
def test_a_program_in_place_of_an_address_is_in_no_preview(client, make_page, address):
    def change(data):
        data["parts"]["pages.statement"] = [block("statement", heading="A value", address=address)]

    html = client.get(preview.signed_path(save_draft(make_page("Partners"), change))).content.decode()
    assert "<dt>A value</dt>" in html


@pytest.mark.parametrize("address", ["guide", "www.example.org:8080", "mailto:ccs@iel.org"])
def test_an_unfinished_address_is_kept(make_page, address):
    def change(data):
        data["parts"]["pages.statement"] = [block("statement", heading="A value", address=address)]

    assert save_draft(make_page("Partners"), change).data["parts"]["pages.statement"][0]["address"] == address
