"""What the staff do with a record asks as much of the database for many works as for few."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from blog.models import Series as SeriesOfEntries
from publishing import usage
from publishing.models import Revision
from resources.models import Publication, Series
from tests.articles import publish_entry
from tests.library import draft_work, organization, publish_work, saved, topic
from vocabulary.admin import TagAdmin
from vocabulary.merging import merge
from vocabulary.models import Person, Topic
from vocabulary.tags import merge_tags

WORKS = {"few": 3, "many": 30}


@pytest.fixture(scope="module")
def works(kept_for_the_module):
    """A topic and a tag of few works, others of many works, and those into which they are merged."""
    ContentType.objects.get_for_models(*apps.get_models())  # each process asks for these once
    publish_work("Kept", tags=["kept"], topics=[topic("kept")])
    for name, number in WORKS.items():
        names = {"tags": [name], "topics": [topic(name)]}
        for place in range(number):
            publish_work(f"Public {name} {place}", **names)
            draft_work(f"Draft {name} {place}", **names)


def asked(work, *records):
    with CaptureQueriesContext(connection) as captured:
        work(*records)
    return len(captured)


def tags(*names):
    return [Tag.objects.get(name=name) for name in names]


def topics(*names):
    return [Topic.objects.get(label=name) for name in names]


def test_where_a_topic_is_used_in_public_and_in_drafts(works, db):
    few, many = topics("few", "many")
    assert asked(usage.of_record, few) == asked(usage.of_record, many)
    assert len(usage.of_record(many)) == 2 * WORKS["many"]


@pytest.mark.parametrize("new", [Person(family="Melaville"), SeriesOfEntries(label="Voices"), Series(label="Papers")])
def test_a_new_record_reads_and_locks_no_items(db, new):
    publish_work("Without a series", authors=[organization("The institute")])
    publish_entry("Without a series", dated_on="2026-01-01")
    with CaptureQueriesContext(connection) as captured:
        saved(new)
    asked = " ".join(query["sql"] for query in captured)
    assert "FOR UPDATE" not in asked
    assert "resources_publication" not in asked
    assert "blog_entry" not in asked


def test_where_a_tag_is_used(works, db):
    few, many = tags("few", "many")
    assert asked(TagAdmin.uses_of, few) == asked(TagAdmin.uses_of, many)
    assert len(TagAdmin.uses_of(many)) == WORKS["many"]


def test_merging_topics(works, db):
    few, many, kept = topics("few", "many", "kept")
    assert asked(merge, few, kept) == asked(merge, many, kept)
    assert Publication.objects.filter(topics=kept).count() == sum(WORKS.values()) + 1
    assert Revision.objects.naming(kept).count() == 2 * sum(WORKS.values()) + 1


def test_merging_tags(works, db):
    few, many, kept = tags("few", "many", "kept")
    assert asked(merge_tags, few, kept) == asked(merge_tags, many, kept)
    assert Publication.objects.filter(tags=kept).count() == sum(WORKS.values()) + 1
    assert Revision.objects.filter(data__m2m__tags=["kept"]).count() == 2 * sum(WORKS.values()) + 1


def test_renaming_a_tag(works, db, staff_client):
    _first, few, many = (  # the first request of all asks for what is kept afterwards
        asked(staff_client.post, f"/admin/taggit/tag/{tag.pk}/change/", {"name": f"{tag.name} more", "slug": tag.slug})
        for tag in tags("kept", "few", "many")
    )
    assert few == many
    assert Revision.objects.filter(data__m2m__tags=["many more"]).count() == 2 * WORKS["many"]


def test_of_very_many_uses_the_form_lists_the_first_and_says_so(staff_client, works, db, monkeypatch):
    from publishing import used_records

    (many,) = topics("many")
    monkeypatch.setattr(used_records, "USES_SHOWN", 5)
    html = staff_client.get(f"/admin/vocabulary/topic/{many.pk}/change/").content.decode()
    assert html.count("(publication, ") == 5
    assert "5 are shown here; there are more." in html
    monkeypatch.setattr(used_records, "USES_SHOWN", 2 * WORKS["many"])
    html = staff_client.get(f"/admin/vocabulary/topic/{many.pk}/change/").content.decode()
    assert html.count("(publication, ") == 2 * WORKS["many"]
    assert "there are more" not in html
