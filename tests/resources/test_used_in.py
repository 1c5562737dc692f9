"""What leads to a work is said before it goes."""

import pytest

from pages.models import LinkBlock
from tests.articles import publish_entry
from tests.library import publish_work


@pytest.fixture
def work(db):
    return publish_work("A Guide")


def labels(work):
    return [use.label for use in work.used_in()]


@pytest.mark.parametrize("address", ["/resources/publications/a-guide/", "/es/resources/publications/a-guide#files"])
def test_a_work_knows_the_pages_and_entries_that_link_to_it(work, make_page, address):
    for page in (make_page("Gardens"), make_page("Hidden", published_at=None)):
        LinkBlock.objects.create(parent=page, region="main", ordering=10, label="See", address=address)
    publish_entry("In the news", text=f'<p><a href="{address}">A guide</a></p>', dated_on="2026-01-01")
    assert sorted(labels(work)) == ["“Gardens” (page)", "“In the news” (entry)"]


def test_a_work_knows_the_public_works_that_name_it(work):
    publish_work("A Companion", relations=[("companion", work), ("part_of", work)])
    assert labels(work) == ["“A Companion” (publication)"]


@pytest.mark.parametrize("step", ["retire", "delete"])
def test_before_it_goes_offline_or_away_the_admin_says_who_links_to_it(staff_client, work, step):
    companion = publish_work("A Companion", relations=[("companion", work)])
    html = staff_client.get(f"/admin/resources/publication/{work.pk}/{step}/").content.decode()
    assert f'<a href="/admin/resources/publication/{companion.pk}/change/">“A Companion” (publication)</a>' in html
