"""Every feed of the site is read by any program, whatever stands in a text or in the address that asks for it."""

import json
from datetime import timedelta

import feedparser
import lxml.etree
import pytest
from django.conf import settings
from django.utils import timezone

from blog.models import Entry
from blog.models import RichText as EntryText
from publishing.models import Picture
from publishing.publish import publish
from tests.articles import publish_entry
from tests.library import draft_work, organization, person, publish_work
from tests.pictures import stored_picture

pytestmark = pytest.mark.django_db


def names_of_authors(client, address):
    feed = feedparser.parse(client.get(address).content)
    assert not feed.bozo
    return [author.name for author in feed.entries[0].authors]


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("words", ["\x01", "a\x0bb", "\x1f", "\ufffe", "\uffff", "<b>&"])
def test_a_search_for_what_xml_cannot_hold_has_a_feed(client, kind, words):
    response = client.get(f"/search/feed/{kind}/", {"q": words})
    assert response.status_code == 200
    lxml.etree.fromstring(response.content)


def test_feeds_stay_well_formed_whatever_is_in_the_tables(client):
    """Rows that were written past every form, or before forms cleaned what they took."""
    entry = publish_entry(tags=["Ideas"], writers=[organization("Coalition")], picture_id=stored_picture().pk)
    publish_work("A report", tags=["Ideas"], authors=[person("Doe", "Jane")])
    odd = "Odd\x0bwords\x01\uffff"
    type(entry).objects.update(title=odd, summary=odd)
    Picture.objects.update(credit=odd)
    EntryText.objects.update(text=f"<p>{odd}</p>")
    type(entry.writers[0]).objects.update(label=odd)
    entry.tags.update(name=odd)
    for place in ("/blog/", "/blog/tag/ideas/", "/resources/publications/", "/resources/publications/tag/ideas/"):
        for kind in ("atom", "rss"):
            lxml.etree.fromstring(client.get(f"{place}feed/{kind}/").content)
    (item,) = json.loads(client.get("/blog/feed/json/").content)["items"]
    assert item["title"] == "Odd words"
    assert not {"\x0b", "\x01", "\uffff"} & set(json.dumps(item, ensure_ascii=False))


def test_the_credit_of_a_picture_is_cleaned_when_it_is_saved(make_picture):
    picture = make_picture()
    picture.credit = "Jane\x0bDoe\x00"
    picture.save()
    picture.refresh_from_db()
    assert picture.credit == "Jane Doe"


def test_the_texts_of_a_record_are_cleaned_whichever_way_they_come_in(make_page):
    page = make_page()
    page.summary = "In\x0cshort\x1f."
    page.save()
    page.refresh_from_db()
    assert page.summary == "In short."


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_each_author_is_an_author_of_its_own(client, kind):
    makers = [person("Quill", "Ada"), organization("Coalition")]
    publish_entry(writers=makers)
    publish_work("A report", authors=makers)
    for place in (f"/blog/feed/{kind}/", f"/resources/publications/feed/{kind}/", f"/search/feed/{kind}/?q=report"):
        assert names_of_authors(client, place) == ["Ada Quill", "Coalition"]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("#goals", "{site}/blog/partners-first/#goals"),
        ("?a=1&amp;b=2", "{site}/blog/partners-first/?a=1&amp;b=2"),
        ("//example.org/x", "{scheme}://example.org/x"),
        ("/about/", "{site}/about/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/?q=a&#39;b", "https://example.org/?q=a&#x27;b"),
        ("http://[", "http://["),
    ],
)
def test_links_in_feeds_lead_where_they_lead_on_the_page(client, written, whole):
    entry = publish_entry()
    EntryText.objects.filter(parent=entry).update(text=f'<p><a href="{written}">There</a></p>')
    (item,) = json.loads(client.get("/blog/feed/json/").content)["items"]
    scheme = settings.SITE_URL.partition(":")[0]
    assert f'href="{whole.format(site=settings.SITE_URL, scheme=scheme)}">There' in item["content_html"]


def test_a_day_of_another_time_is_written_as_programs_read_it(client):
    entry = publish_entry()
    Entry.objects.filter(pk=entry.pk).update(dated_on="1850-03-04")  # from before days were judged
    (item,) = json.loads(client.get("/blog/feed/json/").content)["items"]
    assert item["date_published"] == "1850-03-04T04:56:02+00:00"


@pytest.mark.parametrize("address", ["/resources/publications/feed/atom/", "/search/feed/atom/?q=later"])
def test_what_appears_at_a_moment_was_not_changed_before_it(client, clock, address):
    moment = timezone.now() + timedelta(days=3)
    publish(draft_work("Later"), at=moment)
    clock(moment + timedelta(days=1))
    (entry,) = feedparser.parse(client.get(address).content).entries
    assert entry.updated == entry.published


OF_A_REPORT = [
    "/search/feed/{}/?q=report",
    "/resources/publications/feed/{}/",
    "/resources/publications/tag/ideas/feed/{}/",
]


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("place", [*OF_A_REPORT, "/blog/feed/{}/", "/es/blog/tag/ideas/feed/{}/"])
def test_a_feed_names_its_own_address_whatever_host_was_asked(client, place, kind):
    publish_entry(tags=["Ideas"])
    publish_work("A report", tags=["Ideas"])
    address = place.format(kind)
    feed = feedparser.parse(client.get(address, headers={"host": "localhost"}).content)
    links = [*feed.feed.links, *(link for entry in feed.entries for link in entry.links)]
    assert [link.href for link in links if link.rel == "self"] == [f"{settings.SITE_URL}{address}"]
    assert all(link.href.startswith(f"{settings.SITE_URL}/") for link in links)


@pytest.mark.parametrize("place", [*OF_A_REPORT, "/blog/feed/{}/"])
def test_an_atom_feed_has_an_author_where_an_entry_has_none(client, place):
    publish_entry()
    publish_work("A report", tags=["Ideas"])
    feed = feedparser.parse(client.get(place.format("atom")).content)
    assert feed.feed.author == "Coalition for Community Schools"
    assert len(feed.entries) == 1 and "authors" not in feed.entries[0]


@pytest.mark.parametrize("place", OF_A_REPORT)
def test_a_work_without_authors_is_by_its_publishers(client, place):
    publish_work("A report", tags=["Ideas"], publishers=[organization("Institute"), organization("Council")])
    assert names_of_authors(client, place.format("atom")) == ["Institute", "Council"]
