"""Responses of readers: off unless an editor turns them on, and shown only after somebody's yes."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from feedback import guards
from feedback.models import Message, Response
from feedback.responses import show
from feedback.retention import delete_old_messages
from tests.articles import publish_entry
from tests.drafts import fields_of

pytestmark = pytest.mark.django_db
ABOUT = "/feedback/response/?about=/blog/partners-first/"


def respond(client, text="We do it like this.", name="Ada", **headers):
    signed = guards._signer.sign(str(int(timezone.now().timestamp()) - 60))
    fields = {"text": text, "name": name, "email": "ada@example.org", "moment": signed, "website": ""}
    return client.post(ABOUT, fields, headers={"Origin": settings.SITE_URL} | headers)


def page(client):
    return client.get("/blog/partners-first/").content.decode()


def test_an_entry_takes_no_responses_unless_an_editor_says_so(client):
    publish_entry()
    assert "/feedback/response/" not in page(client)
    assert client.get(ABOUT).status_code == 404
    assert respond(client).status_code == 404
    assert not Message.objects.exists()


def test_a_response_waits_for_a_persons_yes(client, editor):
    publish_entry(takes_responses=True)
    assert 'href="/feedback/response/?about=%2Fblog%2Fpartners-first%2F"' in page(client)
    assert respond(client, "Line one.\n\n<script>alert(1)</script>").status_code == 303
    assert "Line one." not in page(client)
    message = Message.objects.get()
    assert message.kind == "response"
    assert show(message, by=editor)
    html = page(client)
    assert "Line one." in html and "Ada" in html
    assert "<script>alert" not in html and "ada@example.org" not in html


def test_the_inbox_shows_a_response_once_and_takes_it_away(client, staff_client):
    publish_entry(takes_responses=True)
    respond(client)
    message = Message.objects.get()
    for _time in range(2):
        chosen = {"action": "show_below_the_text", "_selected_action": [message.pk]}
        staff_client.post("/admin/feedback/message/", chosen)
    shown = Response.objects.get()
    assert "We do it like this." in page(client)
    staff_client.post(f"/admin/feedback/response/{shown.pk}/delete/", {"post": "yes"})
    assert "We do it like this." not in page(client)


def press(client, message, button):
    """Open the form of a message and press one of its buttons; give the page that follows."""
    address = f"/admin/feedback/message/{message.pk}/change/"
    opened = fields_of(client.get(address).content.decode())
    return client.post(address, opened | {button: "1"}, follow=True).content.decode()


def test_a_response_is_shown_and_taken_down_from_its_own_page(client, staff_client):
    publish_entry(takes_responses=True)
    respond(client)
    message = Message.objects.get()
    html = press(staff_client, message, "_show")
    assert "1 response is shown now." in html
    assert 'name="_take_down"' in html and 'name="_show"' not in html
    assert "We do it like this." in page(client)
    html = press(staff_client, message, "_take_down")
    assert "1 response is no longer shown to readers." in html
    assert 'name="_show"' in html and 'name="_take_down"' not in html
    assert "We do it like this." not in page(client)


def test_only_who_may_show_responses_has_the_buttons(client, sign_in):
    publish_entry(takes_responses=True)
    respond(client)
    message = Message.objects.get()
    address = f"/admin/feedback/message/{message.pk}/change/"
    others = [sign_in("Writers"), sign_in("Librarians")]
    for other in others:
        assert 'name="_show"' not in other.get(address).content.decode()
        press(other, message, "_show")
        assert not Response.objects.exists()
    press(sign_in("Reviewers"), message, "_show")
    for other in others:
        assert 'name="_take_down"' not in other.get(address).content.decode()
        press(other, message, "_take_down")
        assert Response.objects.exists()


def test_a_message_that_is_no_response_is_not_shown_and_the_office_is_told(client, staff_client):
    message = Message.objects.create(kind="wrong", text="A secret", language="en")
    chosen = {"action": "show_below_the_text", "_selected_action": [message.pk]}
    html = staff_client.post("/admin/feedback/message/", chosen, follow=True).content.decode()
    assert "Only responses to an entry can be shown." in html
    assert "shown now" not in html
    assert 'name="_show"' not in staff_client.get(f"/admin/feedback/message/{message.pk}/change/").content.decode()
    press(staff_client, message, "_show")
    assert not Response.objects.exists()


def test_a_writer_cannot_show_a_response(client, sign_in):
    publish_entry(takes_responses=True)
    respond(client)
    chosen = {"action": "show_below_the_text", "_selected_action": [Message.objects.get().pk]}
    sign_in("Writers").post("/admin/feedback/message/", chosen)
    assert not Response.objects.exists()


def test_other_messages_are_never_shown(client, editor):
    entry = publish_entry(takes_responses=True)
    message = Message.objects.create(kind="wrong", text="A secret", language="en", about=entry.get_absolute_url())
    assert not show(message, by=editor)
    assert not Response.objects.exists()


def test_nothing_is_shown_below_an_entry_that_was_deleted(client, staff_client):
    entry = publish_entry(takes_responses=True)
    respond(client)
    entry.delete()
    chosen = {"action": "show_below_the_text", "_selected_action": [Message.objects.get().pk]}
    html = staff_client.post("/admin/feedback/message/", chosen, follow=True).content.decode()
    assert "1 response was not shown" in html
    assert not Response.objects.exists()


def test_what_is_shown_stays_when_the_message_has_had_its_time(client, editor, clock):
    publish_entry(takes_responses=True)
    respond(client)
    show(Message.objects.get(), by=editor)
    clock(timezone.now() + timedelta(days=31 * (settings.FEEDBACK_MONTHS + 1)))
    assert delete_old_messages() == 1
    assert "We do it like this." in page(client)


def test_a_response_sent_twice_or_by_another_site_is_stored_once_or_not_at_all(client):
    publish_entry(takes_responses=True)
    respond(client)
    respond(client)
    assert Message.objects.count() == 1
    respond(client, "From elsewhere", Origin="https://evil.example")
    assert Message.objects.count() == 1


def mark_as_junk(client, message, by):
    """By the action of the list or by the form; give the page that follows."""
    if by == "action":
        address = "/admin/feedback/message/?state=closed"
        data = {"action": "mark_as_junk", "_selected_action": [message.pk]}
    else:
        address = f"/admin/feedback/message/{message.pk}/change/"
        data = fields_of(client.get(address).content.decode()) | {"state": "junk", "_save": "1"}
    html = client.post(address, data, follow=True).content.decode()
    message.refresh_from_db()
    assert message.state == "junk"
    return html


@pytest.mark.parametrize("by", ["action", "form"])
def test_what_turns_out_to_be_junk_does_not_stay_below_the_text(client, staff_client, editor, by):
    publish_entry(takes_responses=True)
    respond(client)
    message = Message.objects.get()
    show(message, by=editor)
    assert "1 response is no longer shown to readers." in mark_as_junk(staff_client, message, by)
    assert "We do it like this." not in page(client)


@pytest.mark.parametrize("by", ["action", "form"])
def test_who_may_take_nothing_down_does_not_do_it_by_marking_it_as_junk(client, sign_in, editor, by):
    publish_entry(takes_responses=True)
    respond(client)
    message = Message.objects.get()
    show(message, by=editor)
    assert "1 response still stands below its text." in mark_as_junk(sign_in("Librarians"), message, by)
    assert "We do it like this." in page(client)


def test_the_log_keeps_nothing_that_the_reader_typed(client, staff_client, editor):
    publish_entry(takes_responses=True)
    respond(client, name="Zanzibarnik")
    show(Message.objects.get(), by=editor)
    shown = Response.objects.get()
    staff_client.post(f"/admin/feedback/response/{shown.pk}/delete/", {"post": "yes"})
    (entry,) = LogEntry.objects.all()
    assert entry.object_repr == f"Response {shown.pk}: Partners first"
