"""“Was this page useful?”: two buttons below a page, then thanks and the offer to say more."""

from datetime import timedelta

import pytest

from feedback.models import Message, State
from tests.whole_site.reading import Reading


@pytest.fixture
def page(page, add_blocks):
    add_blocks(page)
    return page


@pytest.mark.parametrize(("answer", "kind"), [("yes", "useful"), ("no", "not_useful")])
def test_an_answer_is_counted_and_waits_for_nobody(reader, page, answer, kind):
    response = reader.press(answer)
    assert response.status_code == 303
    message = Message.objects.get()
    assert (message.kind, message.state, message.about_title) == (kind, State.CLOSED, "Partners")


@pytest.mark.parametrize(
    ("answer", "more"),
    [("yes", "/feedback/contact/?about=/partners/"), ("no", "/feedback/correction/?about=/partners/")],
)
def test_the_thanks_offer_to_say_more_about_the_same_page(reader, page, client, answer, more):
    thanks = Reading(client.get(reader.press(answer).headers["Location"]).content)
    assert "Thank you for your answer" in thanks.words()
    assert {more, "/partners/"} <= set(thanks.links)


def test_the_same_answer_from_the_same_source_is_counted_once_a_day(reader, page):
    for _ in range(3):
        response = reader.press("yes")
        assert response.status_code == 303
    assert Message.objects.count() == 1
    thanks = Reading(reader.client.get(response.headers["Location"]).content)
    assert "counted" not in thanks.words(), "the site says nothing that it did not do"


def test_answers_of_different_readers_are_all_counted(reader, page):
    for number in range(3):
        reader.client.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        reader.press("yes")
    assert Message.objects.count() == 3


def test_a_double_click_that_two_processes_take_is_counted_once(reader, page):
    from feedback.views import one_vote_a_page

    reader.press("yes")
    one_vote_a_page.forget()
    reader.press("yes", after=timedelta(seconds=3))
    assert Message.objects.count() == 1


def test_a_press_on_a_page_from_long_ago_shows_the_buttons_again_and_the_next_one_counts(reader, page, watch):
    response = reader.press("no", after=timedelta(days=9))
    assert response.status_code == 200
    again = Reading(response.content)
    assert "Your answer was not counted yet" in again.words()
    (form,) = [form for form in again.all("form") if form.get("class") == "feedback"]
    (moment,) = [field for field in form.iter("input") if field.get("name") == "moment"]
    watch.turn(timedelta(seconds=3))
    fields = {"moment": moment.get("value"), "answer": "no"}
    assert reader.post(form.get("action"), fields).status_code == 303
    assert Message.objects.count() == 1


def test_a_page_that_has_not_changed_is_the_same_all_day(reader, page, watch):
    watch.turn(timedelta(seconds=0))
    before = reader.client.get(page.get_absolute_url()).content
    watch.turn(timedelta(minutes=5))
    assert reader.client.get(page.get_absolute_url()).content == before


@pytest.mark.parametrize("answer", ["", "maybe", "<script>", "yes\x1b"])
def test_an_answer_that_is_neither_is_not_counted(reader, page, answer):
    assert reader.press(answer).status_code == 200
    assert not Message.objects.exists()


def test_an_answer_about_no_page_of_ours_is_not_counted(reader, page):
    from feedback import guards

    moment = guards.moment()
    reader.watch.turn(timedelta(seconds=20))
    response = reader.post("/feedback/useful/?about=//evil.example/", {"moment": moment, "answer": "yes"})
    assert response.status_code == 200
    assert "evil" not in response.content.decode()
    assert not Message.objects.exists()


def test_an_answer_with_the_hidden_field_filled_in_is_not_counted(reader, page):
    assert reader.press("yes", website="x").status_code == 200
    assert not Message.objects.exists()


def test_nobody_reads_at_the_address_that_takes_answers(client, db):
    response = client.get("/feedback/useful/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
