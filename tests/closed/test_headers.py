"""Every kind of answer carries the table of headers, in production: pages, errors, redirects, files, feeds, the admin.

The walk through the whole site looks at the same table on every reader's address (tests/whole_site).
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from pages.models import Redirect
from resources import file_store
from tests.closed.headers import IN_PRODUCTION, faults
from tests.library import publish_work
from tests.resources import containers, pdfs


@pytest.fixture
def in_production(settings, tmp_path, db):
    """A browser that came by https to a site with production's settings and one static file."""
    settings.SITE_ENV = "production"
    settings.SECURE_SSL_REDIRECT = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "site.css").write_text("p { margin: 0 }")
    return Client(raise_request_exception=False)


def read(browser, address, secure=True, **options):
    response = browser.get(address, secure=secure, **options)
    if response.streaming:
        b"".join(response)
    return response


READERS = [
    ("/", 200),
    ("/partners/", 200),
    ("/partners", 301),
    ("/old.aspx", 301),
    ("/retired/", 410),
    ("/no-such-page/", 404),
    ("/es/no-such-page/", 404),
    ("/static/site.css", 200),
    ("/static/no.css", 404),
    ("/media/originals/x.png", 404),
    ("/styleguide/", 302),
    ("/preview/forged/", 404),
    ("/robots.txt", 200),
    ("/sitemap.xml", 200),
    ("/favicon.ico", 302),
    ("/.well-known/security.txt", 200),
    ("/oai?verb=Identify", 200),
    ("/resources/publications.json", 200),
    ("/resources/publications.json?limit=x", 200),
    ("/resources/publications/none.json", 404),
    ("/resources/publications/feed/atom/", 200),
    ("/blog/feed/json/", 200),
    ("/search/?q=school", 200),
    ("/search/suggestions.json?q=school", 200),
    ("/feedback/contact/", 200),
    ("/?q=%00", 400),
    ("/search/?q=" + "x" * 5000, 400),
]


def test_what_readers_get_carries_the_headers(in_production, make_page, home):
    page = make_page("Partners")
    make_page("Retired", published_at=page.published_at, retired_at=page.published_at)
    Redirect.objects.create(old_path="/old.aspx", page=page)
    wrong = {}
    for address, status in READERS:
        response = read(in_production, address)
        found = faults(response, more=IN_PRODUCTION)
        if response.status_code != status or found or "Set-Cookie" in response:
            wrong[address] = response.status_code, found
    assert not wrong


def test_what_is_refused_before_any_view_carries_the_headers(in_production):
    to_https = read(in_production, "/", secure=False)
    forged = read(in_production, "/", headers={"Host": "evil.example"})
    method = in_production.delete("/", secure=True)
    assert [one.status_code for one in (to_https, forged, method)] == [301, 400, 405]
    assert faults(to_https) == []  # browsers heed the header of https only when it comes by https
    assert faults(forged, more=IN_PRODUCTION) == faults(method, more=IN_PRODUCTION) == []


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("broken"), 500), (OperationalError("away"), 503)])
def test_an_answer_to_what_broke_carries_the_headers(in_production, monkeypatch, error, status):
    def broken(*args, **kwargs):
        raise error

    monkeypatch.setattr("coalition_site.sitemaps.whole_site", broken)
    response = read(in_production, "/sitemap.xml")
    assert (response.status_code, faults(response, more=IN_PRODUCTION)) == (status, [])


def test_a_forged_form_is_refused_with_the_headers(in_production, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    response = strict.post("/admin/pages/page/add/", secure=True)
    assert (response.status_code, faults(response, more=IN_PRODUCTION)) == (403, [])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/", 200),
        ("/admin/pages/page/", 200),
        ("/admin/pages/page/add/", 200),
        ("/admin/handbook/", 200),
        ("/admin/health/", 200),
        ("/admin/pages/page/999/change/", 302),
    ],
)
def test_the_staffs_pages_carry_them_with_a_nonce_of_their_own(in_production, editor, address, status):
    in_production.force_login(editor)
    first, second = read(in_production, address), read(in_production, address)
    assert first.status_code == status
    if status == 200:
        assert faults(first, "staff", more=IN_PRODUCTION) == []
        assert first["Content-Security-Policy"] != second["Content-Security-Policy"]
    assert "unsafe" not in first["Content-Security-Policy"]


def test_files_that_somebody_uploaded_can_do_nothing(in_production, make_picture):
    files = [("report.pdf", pdfs.pdf()), ("report.docx", containers.office()), ("table.csv", b"a,b\n1,2\n")]
    stored = [file_store.take(SimpleUploadedFile(name, content)) for name, content in files]
    work = publish_work(files=stored)
    names = {file.file.extension: file.get_absolute_url() for file in work.files.all()}
    pdf, docx, csv = (read(in_production, names[ending]) for ending in ("pdf", "docx", "csv"))
    assert faults(pdf, "a PDF", more=IN_PRODUCTION) == []
    assert pdf["Content-Disposition"].startswith("inline")
    for file in (docx, csv):
        assert faults(file, "a file", more=IN_PRODUCTION) == []
        assert file["Content-Disposition"].startswith("attachment")
    cover = read(in_production, f"{work.get_absolute_url()}cover.webp")
    picture = read(in_production, make_picture().image.url)
    assert faults(cover, "a file", more=IN_PRODUCTION) == []
    assert faults(picture, "a file", sharing="cross-origin", more=IN_PRODUCTION) == []


def test_security_txt_names_a_way_to_tell_us_and_is_good_for_half_a_year(client, settings):
    settings.SECURITY_MAIL = "security@example.org"
    response = client.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert [value for name, value in fields if name == "Contact"] == [
        "mailto:security@example.org",
        f"{settings.SITE_URL}/feedback/contact/",
    ]
    (expires,) = (value for name, value in fields if name == "Expires")
    left = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(days=180) < left < timedelta(days=366)
    assert ["Canonical", f"{settings.SITE_URL}/.well-known/security.txt"] in fields


def test_security_txt_without_an_address_of_its_own_names_the_contact_page(client, settings):
    assert (
        client.get("/.well-known/security.txt")
        .content.decode()
        .startswith(f"Contact: {settings.SITE_URL}/feedback/contact/\nExpires: ")
    )
