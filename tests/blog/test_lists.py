"""The lists of the blog: by series, by tag, by topic, by writer, by time."""

import pytest

from blog.archives import KINDS
from blog.models import Entry, Series
from blog.models.entry import RESERVED_SLUGS
from publishing.checks.links import dead_paths
from tests.articles import draft_of, publish_entry
from tests.blog.lists import titles
from tests.library import organization, person, saved, topic

pytestmark = pytest.mark.django_db


def test_lists_by_series_tag_topic_writer_and_time(client):
    series, health = saved(Series(label="Core values")), topic("Health")
    writer, office = person("Quill", "Ada"), organization("The office")
    shared = {"series_id": series.pk, "topics": [health], "tags": ["Ideas"], "writers": [writer, office]}
    publish_entry("Second", series_position=2, dated_on="2026-03-01", **shared)
    publish_entry("First", series_position=1, dated_on="2026-03-05", **shared)
    publish_entry("Other", dated_on="2025-12-31")
    assert titles(client.get("/blog/series/core-values/")) == ["First", "Second"]
    for place in (
        "tag/ideas",
        "topic/health",
        f"author/{writer.slug}",
        f"organization/{office.slug}",
        "2026",
        "2026/03",
    ):
        assert titles(client.get(f"/blog/{place}/")) == ["First", "Second"], place
    assert titles(client.get("/blog/2025/12/")) == ["Other"]


def test_a_tag_of_a_draft_has_no_page(client):
    publish_entry("Public", tags=["Seen"])
    draft_of(Entry, "Draft", tags=["Unseen"])
    assert client.get("/blog/tag/seen/").status_code == 200
    assert client.get("/blog/tag/unseen/").status_code == 404


def test_a_renamed_series_keeps_its_old_address(client):
    series = saved(Series(label="Core values"))
    publish_entry(series_id=series.pk)
    series.slug = "values"
    series.save()
    assert client.get("/blog/series/core-values/")["Location"] == "/blog/series/values/"


def test_links_to_renamed_records_are_good_links(django_assert_max_num_queries):
    series, health = saved(Series(label="Core values")), topic("Health")
    writer, office = person("Quill", "Ada"), organization("The office")
    publish_entry(series_id=series.pk, topics=[health], writers=[writer, office])
    records = {"series": series, "topic": health, "author": writer, "organization": office}
    former = {f"/blog/{name}/{record.slug}/" for name, record in records.items()}
    for record in records.values():
        record.slug = f"renamed-{record.slug}"
        record.save()
    unused = topic("Unused")
    unused.slug = "unused-now"
    unused.save()
    with django_assert_max_num_queries(18):
        assert dead_paths({*former, "/blog/topic/unused/"}) == {"/blog/topic/unused/"}


def test_the_spanish_blog_lists_spanish_entries(client):
    publish_entry("English")
    assert "Nothing stands here yet" not in client.get("/blog/").content.decode()
    assert "/blog/english/" not in client.get("/es/blog/").content.decode()
    html = client.get("/es/blog/").content.decode()
    assert '<a href="/blog/" hreflang="en">Puede leer las entradas en inglés.</a>' in html
    assert "/feed/" not in html
    publish_entry("Socios", language="es")
    assert "/es/blog/feed/atom/" in client.get("/es/blog/").content.decode()
    assert '<a href="/es/blog/socios/">Socios</a>' in client.get("/es/blog/").content.decode()


def test_no_entry_can_have_the_address_of_a_list():
    assert {"feed", *KINDS} == RESERVED_SLUGS


def test_links_to_lists_are_judged_with_a_few_questions(django_assert_max_num_queries):
    series = saved(Series(label="Core values"))
    publish_entry("First", series_id=series.pk, tags=["Ideas"], dated_on="2026-03-01")
    good = {"series/core-values/", "tag/ideas/", "tag/ideas/feed/rss/", "2026/", "2026/03/", "2026/3", "2026/03/first/",
            "2026/03/12/first/", "2015/04/first.html", "first/", "feed/rss/"}  # fmt: skip
    bad = {"series/none/", "tag/none/", "2025/", "2026/04/", "2026/13/", "2026/03/none/", "none/", "feed/pdf/",
           "tag/ideas/feed/pdf/", "2026/03/12/first.html"}  # fmt: skip
    with django_assert_max_num_queries(12):
        dead = dead_paths({f"/blog/{place}" for place in good | bad})
    assert dead == {f"/blog/{place}" for place in bad}
