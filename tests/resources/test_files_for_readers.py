"""Files of works as readers get them: whole or in parts, with the work they belong to, and away with it again."""

import pytest
from django.test import Client

from publishing.publish import publish
from publishing.retiring import retire
from resources.models import DownloadCount, StoredFile
from tests.library import draft_work
from tests.resources.conftest import PAGES, take
from tests.resources.pdfs import pdf

PLACE = "/resources/publications/"


@pytest.fixture
def work(kept_work):
    return kept_work


def test_a_record_whose_cover_is_lost_is_shown_all_the_same(work, client):
    """Its size stands in its row, so that no page opens the file."""
    cover = StoredFile.objects.get().cover
    StoredFile.objects.update(cover=f"{cover.name}.lost")
    assert cover.width and not cover.storage.exists(f"{cover.name}.lost")
    assert client.get(work.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(("field", "name"), [("file", "files/evaluation-toolkit.pdf"), ("cover", "cover.webp")])
def test_a_file_that_is_lost_is_not_found_and_those_who_look_after_the_site_are_told(work, client, caplog, field, name):
    lost = f"{getattr(StoredFile.objects.get(), field).name}.lost"
    StoredFile.objects.update(**{field: lost})
    assert client.get(f"{PLACE}evaluation-toolkit/{name}").status_code == 404
    assert [record.levelname for record in caplog.records if lost in record.getMessage()] == ["ERROR"]


def test_readers_get_the_file_with_what_they_need_to_know(client, work):
    html = client.get(work.get_absolute_url()).content.decode()
    assert f'href="{PLACE}evaluation-toolkit/files/evaluation-toolkit.pdf"' in html
    assert "3 pages" in html
    response = client.get(f"{PLACE}evaluation-toolkit/files/evaluation-toolkit.pdf")
    assert response.getvalue() == pdf(PAGES)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="evaluation-toolkit.pdf"'
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response


ADDRESS = f"{PLACE}evaluation-toolkit/files/evaluation-toolkit.pdf"


def fetched(client, **options):
    """The response for the file, read to its end."""
    response = client.get(ADDRESS, **options)
    response.getvalue()
    return response


def test_a_copy_that_is_still_good_is_not_sent_again(client, work):
    etag = fetched(client)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (again.status_code, again["ETag"]) == (304, etag)


@pytest.mark.parametrize("part", ["bytes=0-9", f"bytes={len(pdf(PAGES))}-"])
def test_a_copy_that_is_still_good_is_not_sent_again_in_parts(client, work, part):
    etag = fetched(client)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag, "Range": part})
    assert (again.status_code, again["ETag"]) == (304, etag)
    old = client.get(ADDRESS, headers={"If-Match": '"old"', "Range": part})
    assert old.status_code == 412, "what was asked for is asked about first"


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-9", 206, 0, 9),
        ("bytes=100-", 206, 100, None),
        ("bytes=-10", 206, -10, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-4,8-9", 200, 0, None),
        ("bytes=x", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_a_part_of_a_file_can_be_asked_for(client, work, asked, status, first, last):
    response = client.get(ADDRESS, headers={"Range": asked})
    whole = pdf(PAGES)
    assert response.status_code == status
    assert response.getvalue() == whole[first : last + 1 if last else None]
    assert int(response["Content-Length"]) == len(whole[first : last + 1 if last else None])


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, work, asked):
    response = client.get(ADDRESS, headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(pdf(PAGES))}")


def test_a_part_of_a_file_that_has_changed_is_sent_whole(client, work):
    response = fetched(client, headers={"Range": "bytes=0-9", "If-Range": '"old"'})
    assert response.status_code == 200


def test_head_tells_the_size_and_sends_nothing(client, work):
    response = client.head(ADDRESS)
    assert (response.getvalue(), response["Content-Length"]) == (b"", str(len(pdf(PAGES))))


def test_downloads_are_counted_by_day_and_nothing_else(client, work, staff_client):
    for _ in range(3):
        fetched(client)
    client.head(ADDRESS)
    fetched(client, headers={"Range": "bytes=0-9"})
    fetched(staff_client)
    assert [count.number for count in DownloadCount.objects.all()] == [3]


def test_the_first_page_is_the_cover(client, work):
    response = client.get(f"{PLACE}evaluation-toolkit/cover.webp")
    assert response["Content-Type"] == "image/webp"
    assert response.content[8:12] == b"WEBP"


def test_the_cover_is_found_by_the_work_and_its_files_alone(client, work, django_assert_num_queries):
    client.get(f"{PLACE}evaluation-toolkit/cover.webp")  # what is remembered is asked for once
    with django_assert_num_queries(2):
        client.get(f"{PLACE}evaluation-toolkit/cover.webp")


def test_a_file_of_a_draft_has_no_address(client, work):
    draft_work("Unheard of", files=[StoredFile.objects.get()])
    assert client.get(f"{PLACE}unheard-of/files/unheard-of.pdf").status_code == 404


def test_a_file_that_a_draft_adds_is_not_public_yet(client, work):
    second = take(pdf(["Second edition"]))
    draft_work("Evaluation Toolkit", work=work, files=[second])
    assert client.get(ADDRESS).getvalue() == pdf(PAGES)


def test_a_retired_work_takes_its_files_along_at_once(client, work):
    etag = fetched(client)["ETag"]
    retire(work)
    for headers in ({"Range": "bytes=0-9"}, {}, {"If-None-Match": etag}):
        assert client.get(ADDRESS, headers=headers).status_code == 410
    assert client.get(f"{PLACE}evaluation-toolkit/cover.webp").status_code == 410


def test_a_moved_work_takes_its_files_along(client, work):
    publish(draft_work("Evaluation Toolkit", work=work, slug="toolkit", files=[StoredFile.objects.get()]))
    response = client.get(ADDRESS)
    assert (response.status_code, response["Location"]) == (301, f"{PLACE}toolkit/files/toolkit.pdf")


def test_stored_files_have_no_address_of_their_own(client, work):
    stored = StoredFile.objects.get()
    for path in (f"/media/{stored.file.name}", f"/media/private/{stored.file.name}", f"/media/{stored.cover.name}"):
        assert Client().get(path).status_code == 404


def test_two_files_with_one_name_are_not_published(work):
    from publishing.publish import NotReady

    second = take(pdf(["Second"]))
    revision = draft_work("Evaluation Toolkit", work=work, files=[StoredFile.objects.first(), second])
    with pytest.raises(NotReady) as refused:
        publish(revision)
    assert "Two files would have the same name, evaluation-toolkit.pdf" in " ".join(refused.value.sentences())
