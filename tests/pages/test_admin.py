"""Pages edited through the real admin form."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import Heading, Page, RichText

KINDS = ("heading", "richtext", "statement", "pictureblock")


def form_data(page=None, blocks=(), **fields):
    """What the browser posts: the fields of the page and its blocks as (kind, fields)."""
    data = {"title": "", "summary": "", "slug": "", "language": "en", "position": "0", "addition": ""}
    for kind in KINDS:
        rows = [block for name, block in blocks if name == kind]
        prefix = f"pages_{kind}_set"
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": sum("id" in row for row in rows)}
        for number, row in enumerate(rows):
            row = {"region": "main", "ordering": 10 * number, "parent": page.pk if page else ""} | row
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | fields


def test_a_new_page_is_not_public_until_somebody_says_so(staff_client, client):
    data = form_data(title="Partners", slug="partners", blocks=[("richtext", {"text": "<p>Words</p>", "size": ""})])
    response = staff_client.post("/admin/pages/page/add/", data)
    assert response.status_code == 302, response.context["errors"]
    assert client.get("/partners/").status_code == 404
    page = Page.objects.get()
    data = form_data(page, title="Partners", slug="partners", summary="Who joins in.")
    data["published_at"] = timezone.localtime(timezone.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    assert staff_client.post(f"/admin/pages/page/{page.pk}/change/", data).status_code == 302
    assert "Words" in client.get("/partners/").content.decode()


def test_blocks_are_changed_and_deleted_in_the_form(staff_client, client, make_page):
    page = make_page("Partners")
    text = RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Old words</p>")
    heading = Heading.objects.create(parent=page, region="main", ordering=20, text="Old heading")
    data = form_data(
        page,
        title="Partners",
        slug="partners",
        summary="Who joins in.",
        published_at="2026-01-01T10:00",
        blocks=[
            ("richtext", {"id": text.pk, "text": "<p>New <script>x()</script>words</p>", "size": ""}),
            ("heading", {"id": heading.pk, "text": "Old heading", "level": 2, "DELETE": "on"}),
        ],
    )
    response = staff_client.post(f"/admin/pages/page/{page.pk}/change/", data)
    assert response.status_code == 302, response.context["errors"]
    html = client.get("/partners/").content.decode()
    assert "<p>New words</p>" in html
    assert "Old heading" not in html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slug": "policy"}, "already has the address /policy/"),
        ({"slug": "admin"}, "belongs to another part of the site"),
        ({"slug": "Not a slug!"}, "valid “slug”"),
        ({"summary": ""}, "Search results show it"),
        ({"retired_at": "2020-01-01T10:00"}, "Choose a later moment"),
        ({"published_at": "yesterday"}, "Enter a valid date/time"),
        ({"title": "x" * 300}, "at most 200 characters"),
        ({"title": "NUL \x00"}, "Null characters are not allowed"),
    ],
)
def test_a_wrong_value_is_told_in_words_and_nothing_typed_is_lost(staff_client, make_page, fields, sentence):
    make_page("Policy")
    page = make_page("Partners")
    given = {"title": "Partners", "slug": "partners", "summary": "Who.", "published_at": "2026-01-01T10:00"} | fields
    blocks = [("richtext", {"text": "<p>A long text that took an hour</p>", "size": ""})]
    response = staff_client.post(f"/admin/pages/page/{page.pk}/change/", form_data(page, blocks=blocks, **given))
    html = response.content.decode()
    assert response.status_code == 200
    assert sentence in html
    assert "A long text that took an hour" in html


def test_a_page_under_itself_is_a_form_error(staff_client, make_page):
    page = make_page("About")
    child = make_page("Networks", parent=page)
    given = form_data(
        page, title="About", slug="about", summary="Us.", parent=child.pk, published_at="2026-01-01T10:00"
    )
    response = staff_client.post(f"/admin/pages/page/{page.pk}/change/", given)
    assert "cannot stand under itself" in response.content.decode()


def test_the_lists_tell_the_state_of_each_page(staff_client, make_page):
    make_page("Live page")
    make_page("New page", published_at=None)
    html = staff_client.get("/admin/pages/page/?state=new").content.decode()
    assert "New page" in html
    assert "Live page" not in html
    assert staff_client.get("/admin/pages/page/?state=nonsense").status_code == 200


def test_the_scripts_of_the_form_carry_the_nonce_of_the_policy(staff_client):
    response = staff_client.get("/admin/pages/page/add/")
    policy = response["Content-Security-Policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    html = response.content.decode()
    import_map = re.search(r'<script[^>]*type="importmap"[^>]*>', html)
    assert f'nonce="{nonce}"' in import_map[0]
    assert "unsafe" not in policy


def test_pages_of_readers_know_no_nonce(make_page, client):
    policy = client.get(make_page("Partners").get_absolute_url())["Content-Security-Policy"]
    assert "nonce" not in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
