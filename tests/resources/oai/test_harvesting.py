"""What a harvester finds in lists: the public works and the traces of those that are gone, each at its moment."""

import pytest
from django.utils import timezone

from publishing.publish import publish, recover
from publishing.retiring import retire
from resources.models import DeletedWork, Publication
from tests.library import draft_work, organization, person, publish_work, saved
from tests.resources.oai.conftest import DAY, FIRST, ID


@pytest.fixture
def stamp(ask):
    """A function that tells the datestamp of a work, and whether it is a deleted record."""

    def of(pk):
        reply = ask("GetRecord", identifier=f"{ID}{pk}", metadataPrefix="oai_dc")
        return reply.error or (reply.texts("datestamp")[0], reply.keys[0] < 0)

    return of


@pytest.fixture(scope="module")
def published(kept_for_the_module):
    """Three public works, one a day, written once for all tests: their keys."""
    with pytest.MonkeyPatch.context() as patch:
        return [published_at(patch, FIRST + number * DAY, f"Work {number}") for number in range(3)]


def published_at(patch, moment, title):
    patch.setattr(timezone, "now", lambda: moment)
    return publish_work(title).pk


@pytest.fixture
def works(published, db, at):
    at(10)
    return [Publication.objects.get(pk=pk) for pk in published]


def test_works_stand_in_the_order_of_their_changes(works, at, keys):
    one, two, three = works
    publish(draft_work("Work 0, revised", work=one))
    assert keys() == [two.pk, three.pk, one.pk]


def test_the_datestamp_is_the_moment_of_publishing(works, at, stamp):
    one = works[0]
    assert stamp(one.pk) == ("2026-03-01T12:00:00Z", False)
    draft_work("Work 0, a draft", work=one)
    assert stamp(one.pk) == ("2026-03-01T12:00:00Z", False)
    publish(draft_work("Work 0, revised", work=one))
    assert stamp(one.pk) == ("2026-03-11T12:00:00Z", False)


def test_what_was_never_public_is_not_there(works, at, ask, keys, stamp):
    draft = draft_work("A draft")
    scheduled = draft_work("Of tomorrow")
    publish(scheduled, at=FIRST + 11 * DAY)
    assert keys() == [work.pk for work in works]
    assert [stamp(revision.object_id) for revision in (draft, scheduled)] == ["idDoesNotExist"] * 2
    assert ask("ListMetadataFormats", identifier=f"{ID}{draft.object_id}").error == "idDoesNotExist"


def test_a_scheduled_work_appears_by_itself_with_the_datestamp_of_its_moment(works, at, keys, stamp):
    revision = draft_work("Of tomorrow")
    publish(revision, at=FIRST + 11 * DAY)
    at(12)
    assert keys()[-1] == revision.object_id
    assert stamp(revision.object_id) == ("2026-03-12T12:00:00Z", False)


def test_a_retired_work_is_a_deleted_record_from_its_moment_on(works, at, keys, stamp):
    one, two, three = works
    retire(one, at=FIRST + 11 * DAY)
    assert keys() == [two.pk, three.pk, one.pk]
    at(12)
    assert keys() == [two.pk, three.pk, -one.pk]
    assert stamp(one.pk) == ("2026-03-12T12:00:00Z", True)


def test_a_retired_work_that_is_published_again_is_a_record_again(works, at, keys, stamp):
    one = works[0]
    retire(one)
    at(11)
    publish(draft_work("Work 0 is back", work=one))
    assert keys()[-1] == one.pk
    assert stamp(one.pk) == ("2026-03-12T12:00:00Z", False)


def test_a_work_that_was_deleted_in_the_admin_is_a_deleted_record_for_ever(works, at, ask, keys, stamp, staff_client):
    one, two, three = works
    staff_client.post(f"/admin/resources/publication/{one.pk}/delete/", {"post": "yes"})
    assert not Publication.objects.filter(pk=one.pk).exists()
    at(400)
    assert keys() == [two.pk, three.pk, -one.pk]
    assert stamp(one.pk) == ("2026-03-11T12:00:00Z", True)
    assert ask("ListRecords", metadataPrefix="oai_dc").dc("title") == ["Work 1", "Work 2"]


def test_several_works_deleted_at_once_are_all_deleted_records(works, keys, staff_client):
    chosen = {"action": "delete_selected", "_selected_action": [work.pk for work in works[:2]], "post": "yes"}
    staff_client.post("/admin/resources/publication/", chosen)
    assert sorted(keys()) == sorted([works[2].pk, *(-work.pk for work in works[:2])])


def test_a_deleted_draft_leaves_no_trace(works, keys, stamp):
    draft, scheduled = draft_work("A draft"), draft_work("Of tomorrow")
    publish(scheduled, at=FIRST + 11 * DAY)
    for revision in (draft, scheduled):
        Publication.objects.get(pk=revision.object_id).delete()
    assert not DeletedWork.objects.exists()
    assert keys() == [work.pk for work in works]


def test_a_recovered_work_stays_deleted_until_it_is_public_again(works, at, keys, stamp):
    one = works[0]
    pk = one.pk
    one.delete()
    at(11)
    recover(Publication, pk)
    assert stamp(pk) == ("2026-03-11T12:00:00Z", True)
    work = Publication.objects.get(pk=pk)
    publish(draft_work("Work 0 is back", work=work), at=FIRST + 12 * DAY)
    assert stamp(pk) == ("2026-03-11T12:00:00Z", True)
    at(13)
    assert stamp(pk) == ("2026-03-13T12:00:00Z", False)
    assert sorted(keys()) == sorted([pk, works[1].pk, works[2].pk])
    Publication.objects.get(pk=pk).delete()
    assert stamp(pk) == ("2026-03-14T12:00:00Z", True)


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ({"since": "2026-03-02"}, [1, 2]),
        ({"until": "2026-03-02"}, [0, 1]),
        ({"since": "2026-03-02", "until": "2026-03-02"}, [1]),
        ({"since": "2026-03-02T12:00:00Z"}, [1, 2]),
        ({"since": "2026-03-02T12:00:01Z"}, [2]),
        ({"until": "2026-03-02T12:00:00Z"}, [0, 1]),
        ({"until": "2026-03-02T11:59:59Z"}, [0]),
        ({"since": "2026-03-02T12:00:00Z", "until": "2026-03-02T12:00:00Z"}, [1]),
        ({"since": "0001-01-01", "until": "9999-12-31"}, [0, 1, 2]),
    ],
)
def test_a_span_holds_what_changed_in_it_with_both_its_ends(works, keys, span, found):
    assert keys(**span) == [works[number].pk for number in found]


def test_a_span_holds_the_works_that_went_in_it(works, keys):
    retired, deleted = works[0].pk, works[1].pk
    retire(works[0])
    works[1].delete()
    assert sorted(keys(since="2026-03-11")) == sorted([-retired, -deleted])
    assert keys(until="2026-03-10") == [works[2].pk]


@pytest.mark.parametrize("kind", ["author", "publisher", "series", "tag"])
def test_a_work_is_sent_again_when_a_name_in_it_changes(db, at, keys, ask, kind, staff_client):
    from taggit.models import Tag

    from resources.models import Series

    at(0)
    names = {"author": person("Old"), "publisher": organization("Old"), "series": saved(Series(label="Old"))}
    works = {
        "author": publish_work("Of an author", authors=[names["author"]]),
        "publisher": publish_work("Of a publisher", publishers=[names["publisher"]]),
        "series": publish_work("Of a series", series_id=names["series"].pk),
        "tag": publish_work("Of a tag", tags=["Old"]),
    }
    at(5)
    if kind == "tag":
        tag = Tag.objects.get()
        staff_client.post(f"/admin/taggit/tag/{tag.pk}/change/", {"name": "New", "slug": tag.slug})
    else:
        field = "family" if kind == "author" else "label"
        setattr(names[kind], field, "New")
        saved(names[kind])
    assert keys(since="2026-03-06") == [works[kind].pk]
    assert "New" in ask("ListRecords", metadataPrefix="oai_dc", since="2026-03-06").text


def test_get_and_lists_agree_in_every_state(works, at, ask):
    works[0].delete()
    retire(works[1])
    listed = ask("ListRecords", metadataPrefix="oai_dc")
    alone = [
        ask("GetRecord", identifier=identifier, metadataPrefix="oai_dc")
        for identifier in ask("ListIdentifiers", metadataPrefix="oai_dc").texts("identifier")
    ]
    assert [one.text.partition("<record>")[2].partition("</record>")[0] for one in alone] == [
        text.partition("</record>")[0] for text in listed.text.split("<record>")[1:]
    ]


def test_a_relation_names_public_works_only(works, ask):
    one, two, three = works
    hidden = draft_work("Hidden", relations=[("companion", one)])
    publish(draft_work("Work 0", work=one, relations=[("companion", two), ("replaces", three)]))
    retire(three)
    reply = ask("GetRecord", identifier=f"{ID}{one.pk}", metadataPrefix="oai_dc")
    assert reply.dc("relation") == ["https://www.example.org/resources/publications/work-1/"]
    publish(hidden)
    reply = ask("GetRecord", identifier=f"{ID}{one.pk}", metadataPrefix="oai_dc")
    assert len(reply.dc("relation")) == 2
