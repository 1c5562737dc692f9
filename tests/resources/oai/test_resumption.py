"""Long lists come in parts, and whatever editors do meanwhile, nothing is lost and the list comes to an end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.publish import publish
from publishing.retiring import retire
from resources.models import Publication
from resources.oai import tokens, verbs
from tests.library import draft_work, publish_work, saved, topic


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(verbs, "ENTRIES_A_PART", 2)


@pytest.fixture(scope="module")
def published(kept_for_the_module):
    """Five public works, written once for all tests: their keys."""
    shared = topic("Shared")
    return [publish_work(f"Work {number}", topics=[shared]).pk for number in range(5)]


@pytest.fixture
def works(published, db):
    return [Publication.objects.get(pk=pk) for pk in published]


def begin(ask, **arguments):
    return ask("ListIdentifiers", metadataPrefix="oai_dc", **arguments)


def go_on(ask, reply, verb="ListIdentifiers"):
    return ask(verb, resumptionToken=reply.token)


def test_a_list_comes_in_parts_that_say_where_they_stand(works, ask):
    parts = [begin(ask)]
    while parts[-1].token:
        parts.append(go_on(ask, parts[-1]))
    assert [part.keys for part in parts] == [[work.pk for work in works[at : at + 2]] for at in (0, 2, 4)]
    ends = [part.all("resumptionToken")[0] for part in parts]
    assert [(end.get("cursor"), end.get("completeListSize")) for end in ends] == [("0", "5"), ("2", "5"), ("4", "5")]
    assert ends[-1].get("expirationDate") is None and not ends[-1].text
    assert ends[0].get("expirationDate")[:10] == (timezone.now() + timedelta(days=7)).strftime("%Y-%m-%d")


def test_a_list_that_fits_has_no_token(works, ask, monkeypatch):
    monkeypatch.setattr(verbs, "ENTRIES_A_PART", 5)
    assert begin(ask).keys == [work.pk for work in works]
    assert begin(ask).token is None


def test_records_come_in_parts_too(works, ask):
    first = ask("ListRecords", metadataPrefix="oai_dc")
    assert first.dc("title") + go_on(ask, first, "ListRecords").dc("title") == [f"Work {number}" for number in range(4)]


def test_works_that_changed_at_one_moment_are_each_sent_once(works, keys, clock):
    clock(timezone.now())
    for work in works:
        publish(draft_work(work.title, work=work))
    one, two, *others = works
    gone = two.pk
    two.delete()
    assert keys() == [one.pk, -gone, *(work.pk for work in others)]


def test_a_work_that_is_edited_before_it_was_sent_comes_at_the_end(works, ask, keys):
    first = begin(ask)
    publish(draft_work("Work 2, revised", work=works[2]))
    second = go_on(ask, first)
    third = go_on(ask, second)
    assert second.keys + third.keys == [works[3].pk, works[4].pk, works[2].pk]
    assert third.token == ""


def test_a_work_that_is_edited_after_it_was_sent_comes_once_more(works, ask):
    first = begin(ask)
    publish(draft_work("Work 0, revised", work=works[0]))
    second = go_on(ask, first)
    third = go_on(ask, second)
    assert second.keys + third.keys == [work.pk for work in (*works[2:], works[0])]


def test_works_that_go_during_a_harvest_are_told_of(works, ask):
    sent, retired, deleted = works[0].pk, works[2].pk, works[3].pk
    first = begin(ask)
    works[3].delete()
    retire(works[2])
    retire(works[0])
    found, reply = [], first
    while reply.token:
        reply = go_on(ask, reply)
        found += reply.keys
    assert found == [works[4].pk, -deleted, -retired, -sent]


def test_the_work_at_which_a_part_ended_may_go_or_change(works, ask):
    first = begin(ask)
    works[1].delete()
    assert go_on(ask, first).keys == [works[2].pk, works[3].pk]


def test_a_harvest_ends_though_somebody_edits_all_the_time(works, ask):
    reply, parts = begin(ask), 1
    while reply.token:
        publish(draft_work(f"Revised {parts}", work=works[parts % 5]))
        reply, parts = go_on(ask, reply), parts + 1
        assert parts < 20
    assert parts > 3


def test_what_leaves_the_span_leaves_the_list_and_an_emptied_rest_is_said(works, ask, clock):
    start = timezone.now()
    first = begin(ask, until=start.strftime("%Y-%m-%dT%H:%M:%SZ"))
    clock(start + timedelta(days=1))
    for number in (2, 3, 4):
        publish(draft_work(f"Work {number}, revised", work=works[number]))
    assert go_on(ask, first).error == "noRecordsMatch"


def test_a_token_carries_the_span_and_the_set_which_may_be_renamed_meanwhile(works, ask):
    from vocabulary.models import Topic

    publish_work("Elsewhere", topics=[topic("Other")])
    first = begin(ask, set="topic:shared", since="2026-01-01")
    assert first.all("resumptionToken")[0].get("completeListSize") == "5"
    renamed = Topic.objects.get(slug="shared")
    renamed.slug = "common"
    saved(renamed)
    found, reply = set(first.keys), first
    while reply.token:
        reply = go_on(ask, reply)
        found |= set(reply.keys)
    assert found == {work.pk for work in works}


def test_a_token_is_of_use_for_its_own_verb_only_and_stands_alone(works, ask):
    first = begin(ask)
    assert go_on(ask, first, "ListRecords").error == "badResumptionToken"
    assert go_on(ask, first, "ListSets").error == "badResumptionToken"
    assert ask("ListIdentifiers", resumptionToken=first.token, metadataPrefix="oai_dc").error == "badArgument"


def test_the_same_token_can_be_used_again(works, ask):
    first = begin(ask)
    assert go_on(ask, first).keys == go_on(ask, first).keys == [works[2].pk, works[3].pk]


def test_an_old_token_is_refused(works, ask, monkeypatch):
    import time

    token, real = begin(ask), time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: real() + tokens.LIFETIME.total_seconds() - 60)
    assert go_on(ask, token).error is None
    monkeypatch.setattr("django.core.signing.time.time", lambda: real() + tokens.LIFETIME.total_seconds() + 60)
    assert go_on(ask, token).error == "badResumptionToken"


def test_a_token_that_somebody_changed_is_refused(works, ask):
    token = begin(ask).token
    for forged in (token[1:], f"{token}a", token.swapcase(), token.replace(":", "."), "a" * 3000):
        assert ask("ListIdentifiers", resumptionToken=forged).error == "badResumptionToken"


def test_something_else_that_the_site_has_signed_is_no_token(works, ask):
    from django.core import signing

    other = signing.dumps(["ListIdentifiers", {"metadataPrefix": "oai_dc"}, ["2000-01-01T00:00:00+00:00", 1, 1]])
    assert ask("ListIdentifiers", resumptionToken=other).error == "badResumptionToken"


def test_a_token_is_short_enough_for_every_address(works, ask):
    span = {"since": "2026-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"}
    assert len(begin(ask, set="topic:shared", **span).token) < 400
