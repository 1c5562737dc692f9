"""One work as JSON: what it says, and what its address says when there is none."""

import pytest
from django.db import OperationalError

from publishing.publish import publish
from publishing.retiring import retire
from resources.models import Publication
from tests.library import draft_work, organization, person, publish_a_full_work, publish_work, saved, topic
from vocabulary.models import Place

PLACE = "/resources/publications/"
SITE = "https://www.example.org"


@pytest.fixture(scope="module")
def published(kept_for_the_module):
    """A work with much to say, written once for all tests: its key."""
    work = publish_work(
        "Making the Difference",
        subtitle="Research and Practice in Community Schools",
        summary="A report that sets research beside practice.",
        issued_year=2003,
        issued_month=5,
        page_count=153,
        work_kind="case_study",
        work_language="en",
        topics=[topic("Research", label_es="Investigación")],
        tags=["Mott"],
        authors=[person("Blank", "Martin J.")],
        publishers=[organization("Coalition for Community Schools")],
        identifiers=[("eric", "ED477535"), ("isbn", "0-937846-11-2")],
        links=[("record", "https://eric.ed.gov/?id=ED477535")],
    )
    return work.pk


@pytest.fixture
def making(published, db):
    return Publication.objects.get(pk=published)


def publication(client, slug="making-the-difference"):
    response = client.get(f"{PLACE}{slug}.json")
    assert response.status_code == 200
    return response.json()["publication"]


def test_a_work_says_what_its_page_says(client, making):
    work = publication(client)
    assert (work["title"], work["subtitle"], work["issued"]) == (making.title, making.subtitle, "2003-05")
    assert work["full_title"] == "Making the Difference: Research and Practice in Community Schools"
    assert (work["url"], work["json_url"]) == (
        f"{SITE}{PLACE}making-the-difference/",
        f"{SITE}{PLACE}making-the-difference.json",
    )
    assert work["kind"] == {
        "slug": "case-study",
        "labels": {"en": "Case study", "es": "Estudio de caso"},
        "url": f"{SITE}{PLACE}kind/case-study/",
    }
    assert work["topics"] == [
        {
            "slug": "research",
            "labels": {"en": "Research", "es": "Investigación"},
            "url": f"{SITE}{PLACE}topic/research/",
        }
    ]
    assert sorted(work["identifiers"], key=lambda one: one["scheme"]) == [
        {"scheme": "eric", "value": "ED477535", "url": "https://eric.ed.gov/?id=ED477535"},
        {"scheme": "isbn", "value": "0937846112", "url": None},
    ]
    assert work["citations"]["apa"].startswith("Blank, M. J. (2003, May). Making the difference: Research and practice")
    assert work["exports"]["ris"] == f"{SITE}{PLACE}making-the-difference/export/ris/"


def test_contributors_are_people_and_organizations_with_what_they_did(client, making):
    author, publisher = publication(client)["contributors"]
    assert (author["role"], author["type"], author["name"]) == ("author", "person", "Martin J. Blank")
    assert (author["family"], author["given"], author["suffix"]) == ("Blank", "Martin J.", None)
    assert author["url"] == f"{SITE}{PLACE}author/{author['slug']}/"
    assert (publisher["role"], publisher["type"]) == ("publisher", "organization")
    assert (publisher["name"], publisher["family"]) == ("Coalition for Community Schools", None)
    assert publisher["url"] == f"{SITE}{PLACE}organization/coalition-for-community-schools/"


def test_every_address_of_ours_in_a_work_answers(client, db):
    work = publication(client, publish_a_full_work().slug)
    ours = {address for address in addresses_in(work) if address.startswith(SITE)}
    assert len(ours) > 15
    for address in ours:
        response = client.get(address.removeprefix(SITE))
        assert response.status_code == 200, address
        if response.streaming:
            response.getvalue()  # to its end, so that its file is closed


def addresses_in(data):
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else [data]
    for value in values:
        if isinstance(value, dict | list):
            yield from addresses_in(value)
        elif isinstance(value, str) and value.startswith("http"):
            yield value


def test_a_file_is_told_with_its_size_and_where_it_is_downloaded(client, db):
    work = publish_a_full_work()
    stored = work.files.get().file
    (file,) = publication(client, work.slug)["files"]
    assert file == {
        "name": f"{work.slug}.pdf",
        "url": f"{SITE}{PLACE}{work.slug}/files/{work.slug}.pdf",
        "label": None,
        "language": "en",
        "media_type": "application/pdf",
        "bytes": stored.size,
        "pages": stored.page_count,
        "is_tagged": stored.is_tagged,
    }


def test_a_relation_is_told_from_both_sides(client, making):
    publish_work("A Summary", relations=[("summary_of", making)])
    companion = publish_work("A Companion", relations=[("companion", making)])
    publish(draft_work(work=making, relations=[("companion", companion)]))
    told = [(one["kind"], one["title"]) for one in publication(client)["relations"]]
    assert told == [("companion", "A Companion"), ("summarized_by", "A Summary")]
    (back,) = publication(client, "a-summary")["relations"]
    assert (back["kind"], back["json_url"]) == ("summary_of", f"{SITE}{PLACE}making-the-difference.json")


def test_a_term_without_a_spanish_name_says_so(client, making):
    making.places.add(saved(Place(label="Ohio")))
    assert publication(client)["places"][0]["labels"] == {"en": "Ohio", "es": None}


def test_a_record_in_spanish_leads_to_its_spanish_page(client, db):
    publish_work("Escuelas comunitarias", language="es")
    work = publication(client, "escuelas-comunitarias")
    assert (work["record_language"], work["url"]) == ("es", f"{SITE}/es{PLACE}escuelas-comunitarias/")


def test_programs_of_any_site_may_read_and_nobody_may_write(client, making):
    address = f"{PLACE}making-the-difference.json"
    response = client.get(address)
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(address)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert refused.json()["error"]["status"] == 405


def test_a_browser_that_asks_before_it_reads_is_told_that_it_may(client, making):
    for address in (f"{PLACE}making-the-difference.json", "/resources/publications.json"):
        asked = client.options(address, HTTP_ORIGIN="https://elsewhere.org", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")
        assert (asked.status_code, asked.content) == (204, b"")
        assert asked["Access-Control-Allow-Origin"] == "*"
        assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert asked["Access-Control-Allow-Headers"] == "If-None-Match"


def test_head_has_the_headers_and_no_body(client, making):
    address = f"{PLACE}making-the-difference.json"
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Type"]) == (get["ETag"], "application/json")


def test_what_has_not_changed_is_not_sent_again(client, making):
    address = f"{PLACE}making-the-difference.json"
    etag = client.get(address)["ETag"]
    again = client.get(address, HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Access-Control-Allow-Origin"] == "*"
    publish_work("A Summary", relations=[("summary_of", making)])  # changes what the work says, and not its row
    assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 200
    assert client.get(address, HTTP_IF_MATCH='"other"').json()["error"]["status"] == 412


def test_a_former_address_leads_to_the_json_at_the_new_one(client, making):
    publish(draft_work(work=making, slug="difference"))
    response = client.get(f"{PLACE}making-the-difference.json")
    assert (response.status_code, response["Location"]) == (301, f"{PLACE}difference.json")
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("replacement", "address"),
    [("/resources/", f"{SITE}/resources/"), ("https://eric.ed.gov/", "https://eric.ed.gov/"), ("", None)],
)
def test_a_work_that_was_taken_offline_says_what_replaces_it_and_no_more(client, making, replacement, address):
    retire(making, replacement=replacement)
    response = client.get(f"{PLACE}making-the-difference.json")
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    error = {"status": 410, "message": "This publication was taken offline.", "replacement": address}
    assert response.json() == {"version": 1, "error": error}
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("slug", ["nothing", "unheard-of", "Not%20a%20slug!", "%F0%9F%98%80", "a" * 300, "topic", "-"])
def test_where_nothing_public_stands_the_refusal_is_json(client, db, slug):
    draft_work("Unheard of")
    response = client.get(f"{PLACE}{slug}.json")
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert response.json()["error"]["message"] == "There is no publication at this address."
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/resources/publications.json?topic=%00", f"{PLACE}%00.json", f"{PLACE}%FF.json"])
def test_malformed_bytes_are_refused_in_json(client, db, address):
    response = client.get(address)
    assert (response.status_code, response.json()["error"]["status"]) == (400, 400)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_fault_of_ours_is_told_in_json(client, making, monkeypatch):
    client.raise_request_exception = False
    for error, status in ((RuntimeError("broken"), 500), (OperationalError("away"), 503)):
        monkeypatch.setattr(Publication.objects, "at", raising(error))
        response = client.get(f"{PLACE}making-the-difference.json")
        assert (response.status_code, response.json()["error"]["status"]) == (status, status)
        assert b"broken" not in response.content and b"away" not in response.content
    assert response["Retry-After"] == "30"


def raising(error):
    def fail(*args, **kwargs):
        raise error

    return fail


def test_the_page_of_a_work_names_its_json_in_both_languages(client, making):
    link = f'<link rel="alternate" type="application/json" href="{PLACE}making-the-difference.json">'
    for prefix in ("", "/es"):
        assert link in client.get(f"{prefix}{PLACE}making-the-difference/").content.decode()


def test_there_is_no_second_copy_below_the_prefix_of_a_language(client, making):
    assert client.get(f"/es{PLACE}making-the-difference.json").status_code == 404
    assert client.get("/es/resources/publications.json").status_code == 404
