"""An entry: its page, its addresses, its dates, who wrote it."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Entry, Series
from blog.neighbors import neighbors_of
from pages.models import Redirect
from publishing.publish import NotReady, ensured_revision, publish, restore
from publishing.retiring import retire
from publishing.revisions import add_revision
from search.engine import Query, search
from tests.articles import draft_of, publish_entry
from tests.library import organization, person, publish_work, saved, topic
from tests.reads import rows_read

pytestmark = pytest.mark.django_db


def page_of(client, entry):
    return client.get(entry.get_absolute_url()).content.decode()


def test_a_reader_sees_the_text_its_date_and_who_wrote_it(client):
    writer, office = person("Dryfoos", "Joy G."), organization("The office")
    entry = publish_entry(
        text="<p>Words of the entry.</p>", dated_on="2026-11-12", writers=[writer, office], tags=["Core values"]
    )
    html = page_of(client, entry)
    assert "Words of the entry." in html
    assert '<time datetime="2026-11-12">November 12, 2026</time>' in html
    assert f'<a href="/blog/author/{writer.slug}/">Joy G. Dryfoos</a>' in html
    assert "The office</a>" in html
    assert '<a href="/blog/tag/core-values/">Core values</a>' in html


def test_the_account_that_saved_it_is_never_named(client, editor):
    entry = publish_entry()
    entry.owner = editor
    entry.save()
    assert editor.username not in page_of(client, entry)


def test_without_a_date_an_entry_has_the_day_of_its_publishing_and_keeps_it():
    entry = publish_entry()
    assert entry.dated_on == timezone.localdate()
    Entry.objects.update(published_at=timezone.now() - timedelta(days=30), dated_on=date(2026, 1, 2))
    again = publish_entry("New title", item=entry, dated_on="2026-01-02")
    assert again.dated_on == date(2026, 1, 2)


def test_a_scheduled_entry_has_the_day_on_which_it_appears(client, clock):
    tomorrow = timezone.now() + timedelta(days=1)
    entry = publish_entry(at=tomorrow)
    assert entry.dated_on == timezone.localdate(tomorrow)
    assert client.get(entry.get_absolute_url()).status_code == 404
    clock(tomorrow)
    assert client.get(entry.get_absolute_url()).status_code == 200


def test_a_correction_is_dated_and_shown(client):
    entry = publish_entry(correction="The year was wrong.", corrected_on="2026-11-20")
    html = page_of(client, entry)
    assert "Corrected on November 20, 2026:" in html
    assert "The year was wrong." in html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slug": "series"}, "has another meaning here"),
        ({"slug": "2026"}, "has another meaning here"),
        ({"series_position": 2}, "A part belongs to a series"),
        ({"correction": "Something."}, "on which day it was corrected"),
    ],
)
def test_what_an_entry_cannot_be_is_said_on_publishing(fields, sentence):
    with pytest.raises(NotReady) as refused:
        publish_entry(**fields)
    assert any(sentence in one for one in refused.value.sentences())


def test_two_entries_of_a_series_have_numbers_of_their_own(client):
    series = saved(Series(label="Core values")).pk
    first = publish_entry("First", series_id=series, series_position=1)
    with pytest.raises(NotReady) as refused:
        publish_entry("Second", series_id=series, series_position=1)
    assert "“First” is part 1 of this series" in " ".join(refused.value.sentences())
    publish_entry("Primera", language="es", series_id=series, series_position=1)
    publish_entry("First anew", item=first, series_id=series, series_position=1)
    retire(first)
    publish_entry("Second", series_id=series, series_position=1)


@pytest.mark.parametrize(
    "wrong", [{"dated_on": None}, {"series_position": 1}, {"correction": "The year was wrong."}], ids=str
)
def test_the_table_holds_no_half_of_an_entry(wrong):
    entry = publish_entry()
    with pytest.raises(IntegrityError, match="blog_entry_"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**wrong)


def test_a_byline_names_one_person_or_organization():
    from blog.models import Byline

    with pytest.raises(ValidationError, match="one of the two"):
        Byline(entry=publish_entry()).full_clean()


def neighbors(client, entry):
    """What the foot of an entry leads to: pairs of label and title."""
    (foot,) = re.findall(r'<nav class="ledger__wide neighbors.*?</nav>', page_of(client, entry), re.DOTALL) or [""]
    return re.findall(r"<small>([^<]*)</small>([^<]*)</a>", foot)


def test_the_foot_leads_through_a_series_by_the_order_of_its_parts(client):
    series = saved(Series(label="Core values"))
    part = partial(publish_entry, series_id=series.pk)
    third = part("Third", series_position=3, dated_on="2026-01-01")
    second = part("Second", series_position=2, dated_on="2026-01-02")
    first = part("First", series_position=1, dated_on="2026-01-03")
    assert neighbors(client, second) == [("Previous in this series", "First"), ("Next in this series", "Third")]
    assert neighbors(client, first) == [("Earlier entry", "Third"), ("Next in this series", "Second")]
    assert neighbors(client, third) == [("Previous in this series", "Second"), ("Later entry", "First")]


def test_the_foot_never_leads_twice_to_one_entry(client):
    series = saved(Series(label="Core values"))
    second = publish_entry("Second", series_id=series.pk, series_position=2, dated_on="2026-01-01")
    first = publish_entry("First", series_id=series.pk, series_position=1, dated_on="2026-01-05")
    assert neighbors(client, first) == [("All entries", "Community Schools Blog"), ("Next in this series", "Second")]
    assert neighbors(client, second) == [("Previous in this series", "First")]


def test_of_many_entries_the_foot_reads_those_nearby(monkeypatch):
    entries = [publish_entry(f"Entry {day}", dated_on=f"2026-01-{day}") for day in range(10, 25)]
    read = rows_read(Entry, monkeypatch)
    assert [one.title for one in neighbors_of(entries[7])] == ["Entry 16", "Entry 18"]
    assert 0 < len(read) <= 4


def test_without_a_series_the_foot_leads_to_the_days_before_and_after(client):
    alone = publish_entry("Alone", dated_on="2026-01-02")
    assert neighbors(client, alone) == []
    publish_entry("Earlier", dated_on="2026-01-01")
    later = publish_entry("Later", dated_on="2026-01-03")
    assert neighbors(client, alone) == [("Earlier entry", "Earlier"), ("Later entry", "Later")]
    assert neighbors(client, later) == [("Earlier entry", "Alone")]


def test_the_next_of_the_series_is_not_named_a_second_time_as_the_earlier_entry(client):
    series = saved(Series(label="Core values"))
    publish_entry("Before both", dated_on="2025-12-01")
    publish_entry("Second", series_id=series.pk, series_position=2, dated_on="2026-01-01")
    first = publish_entry("First", series_id=series.pk, series_position=1, dated_on="2026-01-05")
    html = page_of(client, first)
    assert "Earlier entry</small>Before both" in html
    assert html.count("</small>Second") == 1


def test_the_front_page_shows_an_entry_by_its_own_day(client, home, make_page):
    make_page("A page", published_at=timezone.now() - timedelta(days=30))
    publish_entry("An old text", dated_on="2007-03-04")
    html = client.get("/").content.decode()
    assert '<time datetime="2007-03-04">March 4, 2007</time>' in html
    assert html.index("A page</a>") < html.index("An old text</a>")


def test_what_to_read_next_follows_a_page_that_moves_and_hides_what_is_not_public(client, make_page):
    page = make_page("Partners")
    work = publish_work("Making the Difference", issued_year=2003)
    entry = publish_entry(related=["/partners/", work.get_absolute_url(), "/nowhere/"])
    page.slug = "our-partners"
    page.save()
    from publishing import hooks

    hooks.run(page)
    html = page_of(client, entry)
    assert '<a href="/our-partners/" lang="en">Partners</a>' in html
    assert "Making the Difference</a>" in html and "(2003)" in html
    retire(work)
    assert "Making the Difference" not in page_of(client, entry)


def test_another_site_is_nothing_to_read_next():
    with pytest.raises(NotReady) as refused:
        publish_entry(related=["https://elsewhere.example/"])
    assert "no address of this site" in " ".join(refused.value.sentences())


def test_an_entry_that_is_gone_says_so_and_an_old_address_leads_on(client):
    entry = publish_entry("Old title")
    publish_entry("New title", item=entry)
    assert client.get("/blog/old-title/")["Location"] == "/blog/new-title/"
    retire(entry)
    assert client.get("/blog/new-title/").status_code == 410


@pytest.mark.parametrize(
    "address",
    ["/blog/2026/11/partners-first/", "/blog/2026/11/12/partners-first/", "/blog/2015/04/partners-first.html"],
)
def test_addresses_with_a_date_in_them_lead_to_the_entry(client, address):
    publish_entry()
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/blog/partners-first/")


def test_a_reader_of_spanish_is_offered_the_english_entry(client):
    publish_entry()
    html = client.get("/es/blog/partners-first/").content.decode()
    assert 'href="/blog/partners-first/"' in html
    assert "noindex" in html


def test_an_entry_is_found_by_its_words_its_writer_and_its_topic():
    publish_entry(text="<p>A zebra.</p>", writers=[person("Quill", "Ada")], topics=[topic("Lighthouses")])
    for words in ("zebra", "Ada Quill", "lighthouses"):
        assert [hit.title for hit in search(Query(words)).hits] == ["Partners first"], words


def test_a_draft_can_be_previewed_unfinished(staff_client):
    revision = draft_of(Entry, "", slug="", text="", writers=[])
    response = staff_client.get(f"/admin/blog/entry/{revision.object_id}/preview/{revision.pk}/")
    assert response.status_code == 200


@pytest.mark.parametrize("slug", ["my entry", "qué?", "a/b", ".."])
def test_a_draft_with_an_address_that_cannot_be_is_previewed(staff_client, slug):
    revision = draft_of(Entry, "Draft", slug=slug)
    response = staff_client.get(f"/admin/blog/entry/{revision.object_id}/preview/{revision.pk}/")
    assert response.status_code == 200
    assert "about=None" not in response.content.decode()
    assert staff_client.get(f"/admin/blog/entry/{revision.object_id}/change/").status_code == 200


def test_a_text_by_somebody_who_was_deleted_can_still_be_seen_and_brought_back(staff_client):
    jane = person("Doe", "Jane")
    entry = publish_entry(writers=[jane])
    old = ensured_revision(entry)
    publish_entry("Changed", item=entry)
    jane.delete()
    assert staff_client.get(f"/admin/blog/entry/{entry.pk}/preview/{old.pk}/").status_code == 200
    restore(old)
    assert staff_client.get(f"/admin/blog/entry/{entry.pk}/change/").status_code == 200


def test_what_has_moved_stays_related_when_the_text_is_published_again(client):
    other = publish_entry("Other")
    entry = publish_entry(related=["/blog/other/"])
    publish_entry("Moved", item=other)
    newest = ensured_revision(entry)
    publish(add_revision(Entry, entry.pk, newest.data, base=newest))
    assert '<a href="/blog/moved/" lang="en">Moved</a>' in page_of(client, entry)


@pytest.mark.parametrize("address", ["/blog/other", "https://www.example.org/blog/other/", "/blog/other/?x=1#y"])
def test_an_address_is_understood_however_it_was_pasted(client, staff_client, address):
    publish_entry("Other")
    revision = draft_of(Entry, "Draft", related=[address])
    preview = f"/admin/blog/entry/{revision.object_id}/preview/{revision.pk}/"
    assert ">Other</a>" in staff_client.get(preview).content.decode()
    assert ">Other</a>" in page_of(client, publish(revision))


def test_an_old_address_below_the_blog_can_lead_elsewhere(client):
    for old in ("/blog/2007/03/old-post.html", "/blog/old-post/", "/blog/tag/old/"):
        redirect = Redirect(old_path=old, new_address="/search/")
        redirect.full_clean()
        redirect.save()
        assert client.get(old)["Location"] == "/search/", old
        redirect.full_clean()  # saved again as it is


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_that_no_entry_can_have_is_refused_in_words(day):
    with pytest.raises(NotReady) as refused:
        publish_entry(dated_on=day)
    assert refused.value.sentences() == ["Date: Choose a day from 1900 on, at most a year ahead."]


def test_an_entry_may_be_old_or_a_little_ahead(client):
    for number, day in enumerate(("1900-01-01", timezone.localdate() + timedelta(days=365))):
        publish_entry(f"Entry {number}", dated_on=str(day))
