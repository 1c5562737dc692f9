"""The staff's inbox: who sees it, what stands there, answering, merging, junk, deleting."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from feedback.models import Message, State
from tests.drafts import fields_of
from tests.feedback.conftest import OURS
from tests.feedback.inbox import INBOX, change
from tests.publishing.test_meanwhile import THEIRS
from tests.publishing.test_typed_text import fields_for, sign_in

RIGHTS = {
    # what: who may
    "view": {"Writers", "Reviewers", "Librarians", "Managers"},
    "change": {"Reviewers", "Librarians", "Managers"},
    "delete": {"Managers"},
    "add": set(),
}


@pytest.mark.parametrize("group", ["Writers", "Reviewers", "Librarians", "Managers"])
def test_each_group_does_what_is_its_own_and_nothing_else(sign_in, make_message, group):
    client, message = sign_in(group), make_message(email="ana@example.org")
    assert (client.get(INBOX).status_code == 200) == (group in RIGHTS["view"])
    assert (client.get(f"{INBOX}{message.pk}/change/").status_code == 200) == (group in RIGHTS["view"])
    client.post(f"{INBOX}{message.pk}/change/", {"state": "closed", "_save": "1"})
    message.refresh_from_db()
    assert (message.state == State.CLOSED) == (group in RIGHTS["change"])
    assert client.get(f"{INBOX}add/").status_code == 403
    client.post(f"{INBOX}{message.pk}/delete/", {"post": "yes"})
    assert Message.objects.exists() == (group not in RIGHTS["delete"])


def test_the_list_opens_with_what_waits_and_shows_the_rest_on_request(staff_client, make_message):
    for state in State:
        make_message(f"Words of a {state.value} message", state=state)

    def shown(query=""):
        html = staff_client.get(INBOX + query).content.decode()
        return {state for state in State if f"Words of a {state.value} message" in html}

    assert shown() == {State.NEW, State.IN_HAND}
    assert shown("?state=junk") == {State.JUNK}
    assert shown("?state=all") == set(State)
    assert shown("?state=all&kind__exact=format") == set()
    assert shown("?state=all&age=7") == set()


def test_a_message_shows_its_words_and_leads_to_its_page_and_to_the_form_of_that_page(staff_client, reader, page):
    reader.send("/feedback/correction/?about=/partners/&field=title", text="One <b>\nTwo", email="ana@example.org")
    message = Message.objects.get()
    html = staff_client.get(f"{INBOX}{message.pk}/change/").content.decode()
    assert "One &lt;b&gt;<br>Two" in html
    assert 'href="/partners/">Partners</a>' in html
    assert f'href="/admin/pages/page/{page.pk}/change/"' in html
    assert 'href="mailto:ana@example.org"' in html
    assert "title" in html


def test_the_dashboard_counts_what_nobody_has_taken_in_hand(sign_in, make_message, page):
    make_message(about_title="Partners", kind="wrong")
    make_message("Another", state=State.IN_HAND)
    for group, sees in (("Reviewers", True), ("Writers", False)):
        html = sign_in(group).get("/admin/").content.decode()
        assert ("“A question”, something wrong" in html) == sees


def test_the_dashboard_leads_to_the_messages_that_it_does_not_name(staff_client, make_message):
    for number in range(5):
        make_message(f"Words of number {number} that go on and on, longer than the line which holds the first of them")
    html = staff_client.get("/admin/").content.decode()
    assert "“Words of number 2 that go on and on, longer than the line …”" in html
    assert f'<a href="{INBOX}?state=new">and 2 more</a>' in html
    Message.objects.filter(text__contains="number 4").update(state=State.CLOSED)
    Message.objects.filter(text__contains="number 3").update(state=State.CLOSED)
    assert "more</a>" not in staff_client.get("/admin/").content.decode()


def test_an_answer_goes_out_as_mail_and_is_kept(staff_client, editor, make_message, mailoutbox, settings):
    settings.FEEDBACK_MAIL_TO = "office@example.org"
    message = make_message("Una pregunta\nDos líneas", email="ana@example.org", language="es")
    response = change(staff_client, message, button="_answer", reply="Muchas gracias.\n\nLa oficina")
    assert "The answer is on its way to ana@example.org" in response.content.decode()
    (mail,) = mailoutbox
    assert (mail.to, mail.reply_to) == (["ana@example.org"], ["office@example.org"])
    assert mail.body.startswith("Muchas gracias.")
    assert "> Una pregunta\n> Dos líneas" in mail.body
    assert (message.state, message.replies.get().author) == (State.ANSWERED, editor)
    assert "Muchas gracias." in staff_client.get(f"{INBOX}{message.pk}/change/").content.decode()


def test_an_answer_that_is_sent_twice_goes_out_once(staff_client, make_message, mailoutbox):
    message = make_message(email="ana@example.org")
    for _ in range(2):
        change(staff_client, message, button="_answer", reply="Thank you.")
    assert len(mailoutbox) == message.replies.count() == 1
    change(staff_client, message, button="_answer", reply="One thing more.")
    assert len(mailoutbox) == message.replies.count() == 2


def test_an_answer_is_never_lost_by_the_wrong_button(staff_client, make_message, mailoutbox):
    message = make_message(email="ana@example.org")
    html = change(staff_client, message, reply="Thank you.").content.decode()
    assert "This answer was not sent" in html and "Thank you.</textarea>" in html
    assert "Write the answer first" in change(staff_client, message, button="_answer").content.decode()
    assert not mailoutbox


def test_who_left_no_address_cannot_be_answered(staff_client, make_message, mailoutbox):
    message = make_message()
    assert 'name="reply"' not in staff_client.get(f"{INBOX}{message.pk}/change/").content.decode()
    change(staff_client, message, button="_answer", reply="Thank you.")
    assert not mailoutbox and message.state == State.NEW


def test_who_may_only_look_sends_no_answer(sign_in, make_message, mailoutbox):
    message = make_message(email="ana@example.org")
    client = sign_in("Writers")
    assert 'name="_answer"' not in client.get(f"{INBOX}{message.pk}/change/").content.decode()
    assert client.post(f"{INBOX}{message.pk}/change/", {"reply": "x", "_answer": "1"}).status_code == 403
    assert not mailoutbox


def test_a_note_saved_while_somebody_answered_leaves_the_message_answered(staff_client, make_message):
    message = make_message(email="ana@example.org")
    opened = fields_of(staff_client.get(f"{INBOX}{message.pk}/change/").content.decode())
    change(staff_client, message, button="_answer", reply="Thank you.")
    html = change(staff_client, message, opened=opened, note="A question that comes often").content.decode()
    assert f"{THEIRS}, to: answered. Save again, and it stays so." in html
    change(staff_client, message, opened=fields_of(html))
    assert (message.state, message.note) == (State.ANSWERED, "A question that comes often")


def test_the_words_of_a_reader_cannot_be_changed(staff_client, make_message):
    message = make_message("As it was sent")
    change(staff_client, message, text="As somebody wants it", kind="format", email="x@y.org")
    assert (message.text, message.kind, message.email) == ("As it was sent", "contact", "")


def test_a_message_is_merged_into_another_and_closed(staff_client, make_message):
    first, second = make_message("The link is dead"), make_message("That link does not work")
    change(staff_client, second, merged_into=str(first.pk))
    assert (second.merged_into, second.state) == (first, State.CLOSED)
    assert "“That link does not work”" in staff_client.get(f"{INBOX}{first.pk}/change/").content.decode()


def test_what_a_message_may_say_again_is_offered_by_its_words(staff_client, make_message):
    first = make_message("The link is dead", name="Ana Pérez", kind="wrong")
    second = make_message("That link does not work")
    make_message("", kind="useful")
    make_message("The same again", merged_into=first)
    html = staff_client.get(f"{INBOX}{second.pk}/change/").content.decode()
    assert f'data-ajax--url="/admin/autocomplete/?left_out={second.pk}"' in html
    asked = {"app_label": "feedback", "model_name": "message", "field_name": "merged_into"}
    (offered,) = staff_client.get("/admin/autocomplete/", asked | {"left_out": second.pk}).json()["results"]
    assert offered["id"] == str(first.pk)
    assert offered["text"].startswith("“The link is dead”, Ana Pérez, something wrong, ")
    assert len(staff_client.get("/admin/autocomplete/", asked | {"left_out": "x"}).json()["results"]) == 2
    change(staff_client, second, merged_into=str(first.pk))
    assert "“The link is dead”, Ana Pérez" in staff_client.get(f"{INBOX}{second.pk}/change/").content.decode()


def test_merging_in_a_circle_is_refused_in_words(staff_client, make_message):
    first, second = make_message("One"), make_message("Two")
    html = change(staff_client, first, merged_into=str(first.pk)).content.decode()
    assert "Choose another message" in html
    change(staff_client, second, merged_into=str(first.pk))
    html = change(staff_client, first, merged_into=str(second.pk)).content.decode()
    assert "Choose that one" in html
    assert first.merged_into is None


def test_a_message_that_stands_for_others_is_not_merged_itself(staff_client, make_message):
    first, second, third = make_message("One"), make_message("Two"), make_message("Three")
    change(staff_client, first, merged_into=str(second.pk))
    html = change(staff_client, second, merged_into=str(third.pk)).content.decode()
    assert "Other messages are dealt with by this one" in html
    assert second.merged_into is None


@pytest.mark.parametrize(("action", "state"), [("mark_as_junk", State.JUNK), ("close", State.CLOSED)])
def test_many_messages_are_put_away_at_once(staff_client, make_message, action, state):
    rows = [make_message(f"Spam {number}") for number in range(3)]
    staff_client.post(INBOX, {"action": action, "_selected_action": [row.pk for row in rows]})
    assert set(Message.objects.values_list("state", flat=True)) == {state}


def test_the_log_of_the_admin_keeps_nothing_that_a_reader_typed(staff_client, make_message):
    message = make_message("Zanzibarnik", name="Zanzibarnik", email="zanzibarnik@example.org", about_title="Partners")
    change(staff_client, message, state="junk", note="x")
    staff_client.post(f"{INBOX}{message.pk}/delete/", {"post": "yes"})
    entries = list(LogEntry.objects.values_list("object_repr", "change_message"))
    assert len(entries) == 2
    assert "anzibarnik" not in repr(entries)


def test_the_office_hears_of_a_new_message_without_a_word_of_the_reader(reader, page, mailoutbox, settings):
    settings.FEEDBACK_MAIL_TO = "office@example.org"
    about = "/feedback/contact/?about=/partners/"
    for _ in range(2):
        reader.send(about, text="Zanzibarnik", name="A\r\nBcc: x@y.org", email="ana@example.org", headers=OURS)
    (mail,) = mailoutbox
    message = Message.objects.get()
    assert mail.recipients() == ["office@example.org"]
    assert mail.subject == f"From a reader: Message {message.pk}: Partners"
    assert f"https://www.example.org{INBOX}{message.pk}/change/" in mail.body
    assert not any(word in mail.body + mail.subject for word in ("Zanzibarnik", "Bcc", "ana@"))


def test_without_an_address_of_the_office_no_mail_goes_out(reader, db, mailoutbox):
    reader.send(text="Some words")
    assert not mailoutbox


def test_yes_and_no_are_no_reason_for_mail(reader, page, add_blocks, mailoutbox, settings):
    settings.FEEDBACK_MAIL_TO = "office@example.org"
    add_blocks(page)
    reader.press("no")
    assert Message.objects.exists() and not mailoutbox


def test_an_answer_outlives_the_session_and_goes_out_when_its_writer_says_so(staff_client, make_message, mailoutbox):
    message = make_message(email="ana@example.org")
    address = f"{INBOX}{message.pk}/change/"
    form = fields_of(staff_client.get(address).content.decode()) | {"reply": "Come on Monday.", "_answer": "1"}
    Session.objects.all().delete()
    asked = staff_client.post(address, form)
    assert "You were signed out before your text arrived." in asked.content.decode()
    offered = sign_in(staff_client, asked)
    assert "Come on Monday." in offered.content.decode() and not mailoutbox
    staff_client.post(address, fields_for(offered, address))
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == ["Come on Monday."]
