"""What a harvester finds in sets, each of which is a topic."""

import pytest
from django.utils import timezone

from publishing.retiring import retire
from resources.models import Publication
from tests.library import draft_work, publish_work, saved, topic
from tests.resources.oai.conftest import FIRST, ID


@pytest.fixture(scope="module")
def published(kept_for_the_module):
    """Two topics with a work each, one work with both, one with none, and a topic of a draft alone; written once for
    all tests: name → key.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: FIRST)
        health, arts = topic("Health", description="Bodies & minds."), topic("Arts")
        draft_work("A draft", topics=[topic("Secrets")])
        topics = {"health": [health], "arts": [arts], "both": [health, arts], "none": []}
        return {name: publish_work(name.title(), topics=some).pk for name, some in topics.items()}


@pytest.fixture
def sets(published, db, at):
    """Those works: name → work."""
    at(0)
    return {name: Publication.objects.get(pk=pk) for name, pk in published.items()}


def test_each_topic_with_records_is_a_set(sets, ask):
    reply = ask("ListSets")
    assert reply.texts("setSpec") == ["topic", "topic:arts", "topic:health"]
    assert reply.texts("setName")[1:] == ["Arts", "Health"]
    assert reply.dc("description") == ["Bodies & minds."]


def test_a_set_holds_the_works_of_its_topic(sets, keys, ask):
    found = {name: set(keys(set=name)) for name in ("topic", "topic:health", "topic:arts")}
    expected = {"topic": ("health", "arts", "both"), "topic:health": ("health", "both"), "topic:arts": ("arts", "both")}
    assert found == {name: {sets[work].pk for work in works} for name, works in expected.items()}
    assert len(keys(set="topic")) == 3
    assert ask("ListIdentifiers", metadataPrefix="oai_dc", set="topic:secrets").error == "noRecordsMatch"
    reply = ask("GetRecord", identifier=f"{ID}{sets['both'].pk}", metadataPrefix="oai_dc")
    assert reply.texts("setSpec") == ["topic:arts", "topic:health"]


def test_retired_and_deleted_works_stay_in_their_sets(sets, keys, ask):
    gone, retired = sets["health"].pk, sets["both"].pk
    sets["health"].delete()
    retire(sets["both"])
    assert set(keys(set="topic:health")) == {-gone, -retired}
    assert set(keys(set="topic")) == {-gone, -retired, sets["arts"].pk}
    assert ask("ListSets").texts("setSpec") == ["topic", "topic:arts", "topic:health"]


def test_a_renamed_set_is_found_by_both_names_and_its_records_are_sent_again(sets, at, keys, ask):
    from vocabulary.models import Topic

    at(5)
    renamed = Topic.objects.get(slug="health")
    renamed.slug, renamed.label = "well-being", "Well-being"
    saved(renamed)
    both = {sets["health"].pk, sets["both"].pk}
    assert set(keys(set="topic:health")) == set(keys(set="topic:well-being")) == both
    assert set(keys(since="2026-03-06")) == both
    reply = ask("ListRecords", metadataPrefix="oai_dc", since="2026-03-06")
    assert "topic:health" not in reply.texts("setSpec") and "Health" not in reply.dc("subject")


def test_topics_that_become_one_are_one_set_for_deleted_works_too(sets, at, keys):
    from vocabulary.merging import merge
    from vocabulary.models import Topic

    gone = sets["health"].pk
    sets["health"].delete()
    at(5)
    merge(Topic.objects.get(slug="health"), Topic.objects.get(slug="arts"))
    everything = {-gone, sets["arts"].pk, sets["both"].pk}
    assert set(keys(set="topic:health")) == set(keys(set="topic:arts")) == everything
    assert keys(since="2026-03-06") == [sets["both"].pk]


def test_a_note_on_a_topic_sends_nothing_again(sets, at, ask):
    from vocabulary.models import Topic

    at(5)
    noted = Topic.objects.get(slug="health")
    noted.other_names = "Wellness"
    saved(noted)
    assert ask("ListRecords", metadataPrefix="oai_dc", since="2026-03-06").error == "noRecordsMatch"
