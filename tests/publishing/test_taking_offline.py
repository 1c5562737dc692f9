"""Going offline at a moment can be taken back, and what replaces a page can be said anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import Activity, ContentVersion
from publishing.publish import NotReady, ensured_revision, publish
from publishing.retiring import change_replacement, keep_online, retire
from tests.drafts import change_url, live_tables, save_draft, take_step


def test_a_moment_at_which_a_page_would_end_is_taken_back(sign_in, client, page, clock):
    retire(page, at=timezone.now() + timedelta(hours=1), replacement="/guide/")
    reviewer = sign_in("Reviewers")
    assert "Keep it online" in reviewer.get(change_url(page)).content.decode()
    assert "It stays online." in take_step(reviewer, page, "keep_online", note="Still true.").content.decode()
    clock(timezone.now() + timedelta(hours=2))
    assert client.get("/partners/").status_code == 200
    page.refresh_from_db()
    assert (page.retired_at, page.replacement_address) == (None, "")
    assert Activity.objects.of(page).first().text == "Still true."
    assert "Keep it online" not in reviewer.get(change_url(page)).content.decode()


def test_what_is_offline_already_is_not_kept_online(page):
    retire(page)
    with pytest.raises(NotReady, match="It is not going offline"):
        keep_online(page)


def test_what_replaces_a_page_is_said_anew_while_it_is_offline(sign_in, client, page, make_page):
    make_page("Guide")
    retire(page, replacement="/old/")
    version = ContentVersion.current()
    reviewer = sign_in("Reviewers")
    html = reviewer.get(f"/admin/pages/page/{page.pk}/replacement/").content.decode()
    assert 'value="/old/"' in html
    take_step(reviewer, page, "replacement", replacement="/guide/")
    response = client.get("/partners/")
    assert response.status_code == 410
    assert 'href="/guide/"' in response.content.decode()
    assert ContentVersion.current() > version
    assert "Readers are led to /guide/" in reviewer.get(change_url(page)).content.decode()


def test_nothing_has_to_replace_what_is_online(page):
    with pytest.raises(NotReady, match="nothing has to replace it"):
        change_replacement(page, replacement="/guide/")


def test_a_page_that_is_offline_is_not_replaced_by_itself(page):
    retire(page, replacement="/guide/")
    with pytest.raises(NotReady, match="cannot be replaced by itself"):
        change_replacement(page, replacement="/partners/?print=y")


def test_a_page_that_is_back_is_replaced_by_nothing(page, client):
    retire(page, replacement="/guide/")
    publish(save_draft(page, summary="New."))
    page.refresh_from_db()
    assert (page.retired_at, page.replacement_address) == (None, "")
    assert client.get("/partners/").status_code == 200


def test_a_page_that_is_taken_back_before_its_first_moment_has_no_end_either(make_page, clock, client):
    idea = make_page("Idea", published_at=None)
    now = timezone.now()
    publish(save_draft(idea, summary="Soon."), at=now + timedelta(hours=1))
    retire(idea, at=now + timedelta(hours=3))
    retire(idea)
    idea.refresh_from_db()
    assert (idea.published_at, idea.retired_at) == (None, None)
    publish(ensured_revision(idea))
    clock(now + timedelta(hours=4))
    assert client.get("/idea/").status_code == 200


@pytest.mark.parametrize("days", [1, None])
def test_what_was_not_public_yet_is_said_to_be_a_draft_again(staff_client, make_page, days):
    idea = make_page("Idea", published_at=None)
    publish(save_draft(idea, summary="Soon."), at=timezone.now() + timedelta(days=2))
    moment = (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M") if days else ""
    html = take_step(staff_client, idea, "retire", moment=moment).content.decode()
    assert "It was not public yet: it is a draft again, and does not appear." in html
    assert "goes offline" not in html
    assert Activity.objects.of(idea).first().moment is None


def test_an_address_that_is_a_program_replaces_nothing(staff_client, page):
    retire(page)
    html = take_step(staff_client, page, "replacement", replacement="javascript:alert(1)").content.decode()
    assert "Write an address of this site that begins with a slash" in html


@pytest.mark.parametrize("step", ["keep_online", "replacement"])
def test_a_writer_may_do_neither(sign_in, page, step):
    retire(page, at=timezone.now() + timedelta(hours=1))
    writer, tables = sign_in("Writers"), live_tables()
    assert take_step(writer, page, step, replacement="/x/").status_code == 403
    assert live_tables() == tables


def test_moments_are_written_like_all_others(staff_client, page):
    retire(page)
    html = staff_client.get(change_url(page)).content.decode()
    assert "Offline from" in html
    assert ".m." not in html.partition("Offline from")[2][:60]
