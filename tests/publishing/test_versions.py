"""A list of versions calls “live” only what readers see."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.publish import publish
from publishing.retiring import retire
from tests.drafts import change_url, save_draft


def said_of(client, page):
    """Number of a version → what the history and the panel beside the form say of it."""
    history = client.get(f"/admin/pages/page/{page.pk}/history/").content.decode()
    rows = re.findall(r'<th scope="row">(\d+)</th>.*?data-side="State">([^<]*)</td>', history, re.DOTALL)
    panel = client.get(change_url(page)).content.decode().partition("<h2>Versions</h2>")[2].partition("</ol>")[0]
    beside = dict(re.findall(r"(\d+): ([^\n]*?)</li>", panel))
    said = {int(number): words.strip() for number, words in rows}
    for number, words in said.items():
        assert words in beside[str(number)], "the panel says the same"
    assert panel.count("live") == list(said.values()).count("live")
    return said


def test_a_page_that_waits_for_its_first_moment_is_live_nowhere(staff_client, make_page):
    page = make_page("Idea", published_at=None)
    publish(save_draft(page, summary="Soon."), at=timezone.now() + timedelta(hours=1))
    publish(save_draft(page, summary="Soon, and better."), at=timezone.now() + timedelta(hours=2))
    save_draft(page, summary="Better still.")
    assert said_of(staff_client, page) == {1: "", 2: "", 3: "approved for its moment", 4: "Working draft"}


@pytest.mark.parametrize("is_retired", [False, True])
def test_the_version_that_readers_see_is_live_until_the_page_is_offline(staff_client, page, is_retired):
    publish(save_draft(page, summary="New."))
    if is_retired:
        retire(page)
    now = "was public" if is_retired else "live"
    assert said_of(staff_client, page) == {1: "was public", 2: now}
    draft = save_draft(page, summary="Newer.")
    html = staff_client.get(change_url(page)).content.decode()
    assert ("Draft of a live page" in html) is not is_retired
    history = staff_client.get(f"/admin/pages/page/{page.pk}/history/").content.decode()
    assert ("Compare with live" in history) is not is_retired
    assert ("Compare with what was published last" in history) is is_retired
    assert draft.number == 3
