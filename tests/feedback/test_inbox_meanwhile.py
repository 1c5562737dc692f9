"""Two of the staff have one message open: nobody's answer, note, state or merge is lost in silence."""

from feedback.models import State
from tests.drafts import fields_of
from tests.feedback.inbox import INBOX, change, opened_twice
from tests.publishing.test_meanwhile import THEIRS


def test_a_form_opened_before_a_merge_leaves_it_merged(staff_client, make_message):
    first, second = make_message("One"), make_message("Two")
    opened = fields_of(staff_client.get(f"{INBOX}{second.pk}/change/").content.decode())
    change(staff_client, second, merged_into=str(first.pk))
    html = change(staff_client, second, opened=opened, note="Seen").content.decode()
    assert f"{THEIRS}, to: “One”, message, " in html
    change(staff_client, second, opened=fields_of(html))
    assert (second.merged_into, second.note) == (first, "Seen")


def test_a_merge_does_not_silently_take_the_place_of_another(staff_client, make_message):
    first, second, third = make_message("One"), make_message("Two"), make_message("Three")
    opened = opened_twice(staff_client, third)
    change(staff_client, third, opened=opened, merged_into=str(first.pk))
    html = change(staff_client, third, opened=opened, merged_into=str(second.pk)).content.decode()
    assert f"{THEIRS}, to: “One”, message, " in html
    assert third.merged_into == first
    change(staff_client, third, opened=fields_of(html))
    assert (third.merged_into, third.state) == (second, State.CLOSED)


def test_a_second_answer_waits_until_its_writer_has_seen_the_first(staff_client, make_message, mailoutbox):
    message = make_message(email="ana@example.org")
    opened = opened_twice(staff_client, message)
    change(staff_client, message, button="_answer", opened=opened, reply="Come on Monday.")
    response = change(staff_client, message, button="_answer", opened=opened, reply="Come on Tuesday.")
    html = response.content.decode()
    assert "Somebody else has answered meanwhile" in html
    assert "Come on Monday." in html and "Come on Tuesday.</textarea>" in html
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == ["Come on Monday."]
    change(staff_client, message, button="_answer", opened=fields_of(html))
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == ["Come on Monday.", "Come on Tuesday."]


def test_a_note_does_not_silently_take_the_place_of_another(staff_client, make_message):
    message = make_message()
    opened = opened_twice(staff_client, message)
    change(staff_client, message, opened=opened, note="Call her.\nOn Monday.")
    html = change(staff_client, message, opened=opened, note="Forwarded.", state="in_hand").content.decode()
    assert THEIRS in html and "Forwarded.</textarea>" in html
    assert (message.note.split(), message.state) == (["Call", "her.", "On", "Monday."], State.NEW)
    change(staff_client, message, opened=fields_of(html), note="Call her. On Monday. Forwarded.")
    assert (message.note, message.state) == ("Call her. On Monday. Forwarded.", State.IN_HAND)


def test_a_state_that_somebody_else_has_set_is_told(staff_client, make_message):
    message = make_message()
    opened = opened_twice(staff_client, message)
    change(staff_client, message, opened=opened, state="junk")
    html = change(staff_client, message, opened=opened, state="in_hand").content.decode()
    assert f"{THEIRS}, to: junk." in html
    assert message.state == State.JUNK
    change(staff_client, message, opened=fields_of(html), state="closed")
    assert message.state == State.CLOSED


def test_two_who_do_the_same_do_not_meet_an_error(staff_client, make_message):
    message = make_message()
    opened = opened_twice(staff_client, message)
    for _ in range(2):
        html = change(staff_client, message, opened=opened, state="closed", note="Done.").content.decode()
        assert "meanwhile" not in html
    assert (message.state, message.note) == (State.CLOSED, "Done.")
