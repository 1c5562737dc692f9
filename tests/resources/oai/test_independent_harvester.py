"""The starting library as somebody else's harvester sees it: sickle, over the network, with our real server."""

import csv
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from sickle import Sickle
from sickle.iterator import OAIResponseIterator
from sickle.oaiexceptions import BadResumptionToken, CannotDisseminateFormat, IdDoesNotExist, NoRecordsMatch

from publishing.publish import publish
from publishing.retiring import retire
from resources.describing import record_of
from resources.kinds import Scheme
from resources.models import Publication
from resources.oai import datestamps, verbs
from tests.library import draft_work
from tests.loaded import load_once
from vocabulary.models import Topic

pytestmark = pytest.mark.deep

STARTING_WORKS = site_settings.BASE_DIR / "coalition_site" / "starting_content" / "publications.csv"
DC = {"metadataPrefix": "oai_dc"}


@pytest.fixture
def endpoint(live_server, transactional_db, settings, monkeypatch):
    """The address of the provider, with the starting library behind it."""
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(verbs, "ENTRIES_A_PART", 20)
    load_once()
    return f"{live_server.url}/oai"


def keys(found):
    return {int(getattr(one, "header", one).identifier.rpartition("/")[2]) for one in found}


def test_a_harvester_gets_all_starting_works_by_parts_and_by_sets_and_what_changes_later(endpoint, clock):
    harvester = Sickle(endpoint)
    check_identity(harvester, endpoint)
    check_whole_library(harvester, endpoint)
    check_sets(harvester)
    check_errors(harvester)
    check_changes(harvester, clock)


def check_identity(harvester, endpoint):
    identity = harvester.Identify()
    assert (identity.baseURL, identity.protocolVersion, identity.deletedRecord) == (endpoint, "2.0", "persistent")
    assert [one.metadataPrefix for one in harvester.ListMetadataFormats()] == ["oai_dc"]


def check_whole_library(harvester, endpoint):
    works = {work.pk: record_of(work) for work in Publication.objects.public().for_record()}
    with STARTING_WORKS.open(encoding="utf-8-sig") as lines:
        assert {record.key for record in works.values()} == {line["key"] for line in csv.DictReader(lines)}
    parts = Sickle(endpoint, iterator=OAIResponseIterator).ListRecords(**DC)
    assert len(list(parts)) == -(-len(works) // 20) > 2
    records = list(harvester.ListRecords(**DC))
    assert len(records) == len(works) >= 59
    assert keys(records) == keys(Sickle(endpoint, http_method="POST").ListIdentifiers(**DC)) == works.keys()
    for harvested in records:
        check_facts(harvested.metadata, works[keys([harvested]).pop()])
        assert harvester.GetRecord(identifier=harvested.header.identifier, **DC).metadata == harvested.metadata


def check_facts(metadata, work):
    """What a harvester has of a work is what we have of it."""
    expected = {
        "title": [work.full_title],
        "creator": [name.inverted for name in work.authors],
        "publisher": [name.direct for name in work.publishers],
        "date": [work.issued.iso] if work.issued else [],
        "language": [work.language] if work.language else [],
        "subject": [*work.topics, *work.tags],
        "coverage": [*work.places],
    }
    assert {name: metadata.get(name, []) for name in expected} == expected
    assert work.url in metadata["identifier"]
    assert work.summary in metadata.get("description", [""])
    if doi := work.identifier(Scheme.DOI):
        assert f"https://doi.org/{doi}" in metadata["identifier"]


def check_sets(harvester):
    sets = {one.setSpec: one.setName for one in harvester.ListSets()}
    topics = list(Topic.objects.filter(publications__in=Publication.objects.public()).distinct())
    assert sets == {"topic": sets["topic"]} | {f"topic:{topic.slug}": topic.label for topic in topics}
    for topic in topics:
        expected = {work.pk for work in Publication.objects.public().filter(topics=topic)}
        assert keys(harvester.ListRecords(set=f"topic:{topic.slug}", **DC)) == expected


def check_errors(harvester):
    for error, verb, arguments in (
        (IdDoesNotExist, harvester.GetRecord, {"identifier": "oai:elsewhere:1", **DC}),
        (CannotDisseminateFormat, harvester.ListRecords, {"metadataPrefix": "marc21"}),
        (BadResumptionToken, harvester.ListRecords, {"resumptionToken": "forged"}),
        (NoRecordsMatch, harvester.ListRecords, {"until": "1999-12-31", **DC}),
    ):
        with pytest.raises(error):
            verb(**arguments)


def check_changes(harvester, clock):
    """A day later one work is revised, one retired, one deleted: a harvest of what is new brings these three."""
    tomorrow = timezone.now() + timedelta(days=1)
    clock(tomorrow)
    revised, retired, deleted = Publication.objects.public().by_title()[:3]
    publish(draft_work("A New Title", work=revised, subtitle=""))
    retire(retired)
    gone = deleted.pk
    deleted.delete()
    since = {"from": datestamps.written(tomorrow), **DC}
    found = {keys([one]).pop(): one for one in harvester.ListRecords(**since)}
    assert {pk: one.deleted for pk, one in found.items()} == {revised.pk: False, retired.pk: True, gone: True}
    assert found[revised.pk].metadata["title"] == ["A New Title"]
    assert keys(harvester.ListRecords(ignore_deleted=True, **since)) == {revised.pk}
    assert keys(harvester.ListIdentifiers(**{"from": f"{tomorrow:%Y-%m-%d}", **DC})) == found.keys()
    before = datestamps.written(tomorrow - timedelta(seconds=1))
    assert not keys(harvester.ListIdentifiers(until=before, **DC)) & found.keys()
