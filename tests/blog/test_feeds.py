"""The feeds of the blog, read by programs that know nothing of us."""

import json

import feedparser
import lxml.etree
import pytest
from django.conf import settings

from blog.models import Series
from tests.articles import publish_entry
from tests.library import person, saved, topic
from tests.pictures import stored_picture

pytestmark = pytest.mark.django_db

# What editors paste: each must leave the feeds well-formed.
ODD = ["]]>", "<![CDATA[", "&amp;lt;", "\x0b\x00\x1f", "<b>un<i>closed", "😀 \u202e", "</content></item>", "\ud800"]


@pytest.fixture
def entry():
    series = saved(Series(label="Core values"))
    return publish_entry(
        text='<p>Words with a <a href="/about/">link</a>.</p>',
        writers=[person("Quill", "Ada")],
        topics=[topic("Health")],
        tags=["Ideas"],
        series_id=series.pk,
        picture_id=stored_picture().pk,
        picture_text="A garden",
    )


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_reader_program_gets_the_whole_text_with_pictures_and_whole_addresses(client, entry, kind):
    feed = feedparser.parse(client.get(f"/blog/feed/{kind}/").content)
    assert not feed.bozo
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[kind]
    (item,) = feed.entries
    assert (item.title, item.link) == ("Partners first", f"{settings.SITE_URL}/blog/partners-first/")
    assert item.id == f"{settings.SITE_URL}/blog/#{entry.pk}"
    html = item.content[0].value
    assert f'<a href="{settings.SITE_URL}/about/">link</a>' in html
    assert f'src="{settings.SITE_URL}/' in html and 'alt="A garden"' in html
    assert {tag.term for tag in item.tags} == {"Health", "Ideas"}


def test_the_json_feed_says_the_same(client, entry):
    response = client.get("/blog/feed/json/")
    assert response["Content-Type"].startswith("application/feed+json")
    data = json.loads(response.content)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = data["items"]
    assert item["id"] == f"{settings.SITE_URL}/blog/#{entry.pk}"
    assert item["authors"] == [{"name": "Ada Quill"}]
    assert f'<a href="{settings.SITE_URL}/about/">link</a>' in item["content_html"]


@pytest.mark.parametrize("place", ["series/core-values", "tag/ideas", "topic/health", "author/quill-ada"])
@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_each_list_has_feeds_of_its_own(client, entry, place, kind):
    publish_entry("Another")
    content = client.get(f"/blog/{place}/feed/{kind}/").content.decode()
    assert "Partners first" in content
    assert "Another" not in content


@pytest.mark.parametrize("odd", ODD)
def test_feeds_are_well_formed_whatever_editors_type(client, odd):
    publish_entry(f"Title {odd}", slug="odd", text=f"<p>Text {odd}</p>", summary=f"Sum {odd}", tags=["Odd"])
    for kind in ("atom", "rss"):
        lxml.etree.fromstring(client.get(f"/blog/feed/{kind}/").content)
    json.loads(client.get("/blog/feed/json/").content)


def test_the_id_of_an_entry_stays_when_its_address_changes(client, entry):
    before = feedparser.parse(client.get("/blog/feed/atom/").content).entries[0].id
    publish_entry("Another title", item=entry)
    (item,) = feedparser.parse(client.get("/blog/feed/atom/").content).entries
    assert (item.title, item.id) == ("Another title", before)


def test_feeds_name_the_day_that_readers_see(client):
    publish_entry("Old", dated_on="2007-03-04")
    item = feedparser.parse(client.get("/blog/feed/atom/").content).entries[0]
    assert item.published.startswith("2007-03-04T00:00:00")
    assert item.updated > item.published
