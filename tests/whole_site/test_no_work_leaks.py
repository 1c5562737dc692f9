"""A work that is not public appears nowhere: not on shelves, in feeds, in files, on the pages of other works."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from publishing.publish import publish
from publishing.retiring import retire
from resources import file_store
from resources.models import Publication
from tests.library import draft_work, person, publish_work, topic
from tests.resources.pdfs import pdf

SECRET = "Zanzibarnik"  # stands in every word of the hidden work
PLACE = "/resources/publications/"
JSON = "/resources/publications.json"
OWN = [f"{PLACE}hidden/", f"{PLACE}hidden/export/ris/", f"{PLACE}hidden/files/hidden.pdf", f"{PLACE}hidden/cover.webp",
       f"{PLACE}hidden.json"]  # fmt: skip
SHOW_IT = [
    "/",
    "/sitemap.xml",
    PLACE,
    f"{PLACE}?order=title",
    f"{PLACE}known/",
    f"{PLACE}topic/shared/",
    f"{PLACE}author/",
    f"{PLACE}author/secret-author/",
    f"{PLACE}tag/",
    f"{PLACE}tag/zanzibarnik-tag/",
    f"{PLACE}year/1987/",
    f"{PLACE}kind/toolkit/",
    f"{PLACE}level/school/",
    f"{PLACE}a-z/z/",
    f"{PLACE}feed/atom/",
    f"{PLACE}topic/shared/feed/rss/",
    f"{PLACE}export/ris/",
    f"{PLACE}export/csv/",
    f"{PLACE}topic/shared/export/bibtex/",
    f"{PLACE}chosen/?work=hidden",
    f"{PLACE}chosen/export/csl/?work=hidden",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=topic:shared",
    f"/search/?q={SECRET}",
    f"/es{PLACE}",
    f"/es{PLACE}known/",
    JSON,
    f"{JSON}?topic=shared",
    f"{JSON}?tag=zanzibarnik-tag",
    f"{JSON}?author=secret-author",
    f"{JSON}?updated_since=2026-01-01",
    f"{PLACE}known.json",
]
COUNT_IT = {f"{PLACE}{shelf}/": f">{word}</a>" for shelf, word in
            [("year", "1987"), ("kind", "Toolkit"), ("level", "School"), ("a-z", "Z")]} | {
                JSON: '"count": 2,', f"{JSON}?year=1987": '"count": 1,', f"{JSON}?kind=toolkit": '"count": 1,',
                f"{JSON}?topic=shared": '"count": 2,'}  # fmt: skip


@pytest.fixture
def hidden(home):
    """A draft of a work that stands in relations to a public one, and names words that no other work names."""
    shared = topic("Shared")
    known = publish_work("Known", topics=[shared], issued_year=2000)
    stored = file_store.take(SimpleUploadedFile("report.pdf", pdf([f"{SECRET} on a page"])))
    return draft_work(
        f"{SECRET} title",
        slug="hidden",
        summary=f"{SECRET} summary",
        abstract=f"{SECRET} abstract",
        work_kind="toolkit",
        issued_year=1987,
        levels=["school"],
        topics=[shared],
        tags=[f"{SECRET} tag"],
        authors=[person(SECRET, "Secret", slug="secret-author")],
        relations=[("companion", known)],
        files=[stored],
    )


def body(response):
    return (response.getvalue() if response.streaming else response.content).decode(errors="replace")


def status(client, address):
    response = client.get(address)
    body(response)  # to its end, so that its file is closed
    return response.status_code


def where_it_shows(client):
    return {address for address in SHOW_IT if SECRET in body(client.get(address))}


def where_it_counts(client):
    return {address for address, words in COUNT_IT.items() if words in body(client.get(address))}


def assert_hidden(client):
    assert where_it_shows(client) == {f"/search/?q={SECRET}"}  # which repeats what the reader typed
    assert not where_it_counts(client)


def test_a_draft_shows_nowhere(client, hidden):
    assert_hidden(client)
    assert [status(client, address) for address in OWN] == [404] * len(OWN)


def test_a_scheduled_work_shows_nowhere_until_its_moment(client, hidden, monkeypatch):
    moment = timezone.now() + timedelta(days=1)
    publish(hidden, at=moment)
    assert_hidden(client)
    assert [status(client, address) for address in OWN] == [404] * len(OWN)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert where_it_counts(client) == set(COUNT_IT)
    assert [status(client, address) for address in OWN] == [200] * len(OWN)


def test_a_public_work_shows_wherever_the_others_must_not(client, hidden):
    """The proof that the other tests look in the right places."""
    publish(hidden)
    assert where_it_shows(client) == set(SHOW_IT) - {"/sitemap.xml"}
    assert where_it_counts(client) == set(COUNT_IT)
    assert f"{PLACE}hidden/</loc>" in body(client.get("/sitemap.xml"))


def test_a_retired_work_shows_nowhere_but_on_its_tombstone(client, hidden):
    publish(hidden)
    retire(Publication.objects.get(pk=hidden.object_id))
    assert_hidden(client)
    assert [status(client, address) for address in OWN] == [410] * len(OWN)
    stone = body(client.get(OWN[0]))
    assert f"{SECRET} title" in stone and f"{SECRET} abstract" not in stone
    assert SECRET not in body(client.get(f"{PLACE}hidden.json"))
    assert "hidden/</loc>" not in body(client.get("/sitemap.xml"))


def test_a_change_of_a_public_work_shows_nowhere(client, hidden):
    known = Publication.objects.get(slug="known")
    newest = draft_work(work=known, **hidden.data["item"] | {"slug": "known"})
    assert newest.data["item"]["summary"] == f"{SECRET} summary"
    assert_hidden(client)
