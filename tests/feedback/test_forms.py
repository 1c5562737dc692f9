"""What readers meet: forms that say what they are about, keep what was typed, and thank."""

from datetime import timedelta

import pytest

from feedback.models import LONGEST_TEXT, Message, State
from tests.feedback.conftest import OURS
from tests.whole_site.reading import Reading

FORMS = {
    "/feedback/contact/": "contact",
    "/feedback/correction/": "wrong",
    "/feedback/correction/?about=/partners/&field=title": "correction",
    "/feedback/format/?about=/partners/": "format",
}


def facts(form):
    """What the form says that it is about."""
    return ["".join(cell.itertext()) for cell in form.all("td")]


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("language", ["", "/es"])
def test_what_a_reader_sends_lands_in_the_inbox(reader, page, address, language):
    response = reader.send(language + address, text="Some words", name="Ana", email="ana@example.org")
    assert response.status_code == 303
    assert response.headers["Location"].startswith(f"{language}/feedback/thanks/")
    message = Message.objects.get()
    assert (message.kind, message.text, message.state) == (FORMS[address], "Some words", State.NEW)
    assert (message.name, message.email, message.language) == ("Ana", "ana@example.org", language[1:] or "en")


def test_the_thanks_say_that_it_arrived_and_lead_back(reader, page, client):
    response = reader.send("/feedback/format/?about=/partners/", text="Large print")
    thanks = Reading(client.get(response.headers["Location"]).content)
    assert "What you sent has arrived" in thanks.words()
    assert "/partners/" in thanks.links


def test_name_and_address_may_be_left_out(reader, db):
    assert reader.send(text="Some words").status_code == 303
    assert Message.objects.get().email == ""


def test_no_form_and_no_thanks_set_a_cookie(reader, page, add_blocks, client):
    add_blocks(page)
    answers = [client.get(address) for address in (*FORMS, "/feedback/thanks/", "/partners/")]
    answers += [reader.send(text="Some words"), reader.send(text=""), reader.press("yes")]
    assert not any(answer.cookies for answer in answers)
    assert not any("Cookie" in answer.headers.get("Vary", "") for answer in answers)


def test_a_form_is_the_same_for_every_reader_and_works_from_a_cache(reader, db, watch, client):
    copy = client.get("/feedback/contact/").content
    assert client.get("/feedback/contact/").content == copy
    (moment,) = Reading(copy).all("input", name="moment")
    watch.turn(timedelta(days=6))
    fields = {"moment": moment.get("value"), "website": ""}
    for words in ("From one reader", "From another"):
        assert reader.post("/feedback/contact/", fields | {"text": words}).status_code == 303
    assert Message.objects.count() == 2


def test_the_form_says_how_long_messages_are_kept(reader, db, settings):
    assert "is deleted after 12 months" in reader.open("/feedback/contact/").words()
    settings.FEEDBACK_MONTHS = 1
    assert "is deleted after 1 month." in reader.open("/feedback/contact/").words()


def test_the_form_names_the_page_and_the_part_that_it_is_about(reader, page):
    form = reader.open("/feedback/correction/?about=/partners/&field=summary")
    assert facts(form) == ["Partners", "Summary"]
    assert "/partners/" in form.links
    reader.send("/feedback/correction/?about=/partners/&field=summary", text="Two words are missing")
    message = Message.objects.get()
    assert (message.about, message.about_title, message.field) == ("/partners/", "Partners", "summary")
    assert (message.content_type.model, message.object_id) == ("page", page.pk)


def test_a_page_that_is_not_translated_is_named_by_its_english_title(reader, page, make_page):
    form = reader.open("/es/feedback/format/?about=/es/partners/")
    assert [link.get("lang") for link in form.all("a", href="/es/partners/")] == ["en"]
    assert "Partners" in form.words()
    thanks = reader.open("/es/feedback/thanks/?about=/es/partners/")
    assert [link.get("lang") for link in thanks.all("a", href="/es/partners/")] == ["en"]
    make_page("Socios", slug="partners", language="es", translation_of=page, published_at=page.published_at)
    assert "Socios" in reader.open("/es/feedback/format/?about=/es/partners/").words()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/blog/", "Community Schools Blog"),
        ("/faq/", "Community Schools FAQs"),
        ("/es/faq/", "Preguntas frecuentes sobre las escuelas comunitarias"),
        ("/resources/publications/", "Publications"),
    ],
)
def test_a_list_is_named_as_readers_know_it(reader, path, name):
    assert facts(reader.open(f"/feedback/contact/?about={path}")) == [name]


def test_a_page_of_the_site_that_is_no_text_is_named_by_its_path(reader, db):
    assert facts(reader.open("/feedback/contact/?about=/search/?q=secret")) == ["/search/"]
    reader.send("/feedback/contact/?about=/search/", text="Finds nothing")
    assert (Message.objects.get().about, Message.objects.get().content_type) == ("/search/", None)


STRANGE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "/call-1-800-555-0199/",
    "/preview/call-1-800-555-0199/", "/media/pictures/call-now", "about", "/no such page/", "/%00/", "/%1b/", "http://[",
    "/en/partners/", "x" * 900, "/" + "%f0%9f%8f%ab" * 100, "<script>alert(1)</script>", "/partners/\r\nBcc: a@b.org",
]  # fmt: skip


@pytest.mark.parametrize("about", STRANGE)
def test_what_is_no_page_of_this_site_is_ignored_and_said_and_never_shown(reader, page, client, about):
    response = client.get("/feedback/contact/", {"about": about})
    form = Reading(response.content)
    assert response.status_code == 200
    assert "The page for which this form was opened was not found" in form.words()
    assert not form.fault
    assert "1-800" not in response.content.decode() and "evil" not in response.content.decode()


def test_a_message_from_a_form_with_a_strange_page_is_taken_all_the_same(reader, page):
    assert reader.send("/feedback/contact/?about=//evil.example/", text="Some words").status_code == 303
    assert Message.objects.get().about == ""


@pytest.mark.parametrize("field", ["nothing", "_meta", "title\x1b", "<b>", "x" * 100])
def test_a_part_that_the_page_has_not_is_ignored_and_said(reader, page, client, field):
    form = Reading(client.get("/feedback/correction/", {"about": "/partners/", "field": field}).content)
    assert "The part of the page for which this form was opened was not found" in form.words()
    assert facts(form) == ["Partners"]


WRONG = {
    "nothing": ({"text": ""}, "Write what you want to tell us"),
    "blanks": ({"text": " \r\n\t "}, "Write what you want to tell us"),
    "control characters only": ({"text": "\x01\x02\x1b"}, "Write what you want to tell us"),
    "too much": ({"text": "x" * (LONGEST_TEXT + 1)}, "Shorten this to 5000 characters. It has 5001 now"),
    "half an address": ({"text": "Hello", "email": "ana@"}, "Write an address such as name@example.org"),
    "two addresses": ({"text": "Hello", "email": "a@b.org, c@d.org"}, "Write an address such as"),
    "a header in the address": ({"text": "Hello", "email": "a@b.org\nBcc: c@d.org"}, "Write an address such as"),
    "a very long name": ({"text": "Hello", "name": "x" * 101}, "Shorten the name to 100 characters"),
}


@pytest.mark.parametrize(("fields", "advice"), WRONG.values(), ids=WRONG)
def test_wrong_input_brings_the_form_again_with_what_to_do_and_all_its_text(reader, db, fields, advice):
    fields = {"name": "Ana", "email": "ana@example.org"} | fields
    response = reader.send(**fields)
    form = Reading(response.content)
    assert response.status_code == 200
    assert not Message.objects.exists()
    assert form.title.startswith("Error:")
    (summary,) = [element for element in form.all("div") if element.get("autofocus") is not None]
    assert summary.get("tabindex") == "-1"
    assert advice in " ".join("".join(summary.itertext()).split())
    for link in summary.iter("a"):
        assert link.get("href")[1:] in form.ids
    (name,) = form.all("input", name="name")
    assert name.get("value") == fields["name"]
    if fields["text"].strip():
        assert fields["text"] in "".join(form.all("textarea")[0].itertext()) or "\x01" in fields["text"]


def test_fields_tell_browsers_and_screen_readers_what_they_are(reader, db):
    form = Reading(reader.send(text="", email="ana@").content)
    (email,) = form.all("input", name="email")
    assert (email.get("type"), email.get("autocomplete"), email.get("aria-invalid")) == ("email", "email", "true")
    assert {"id_email_helptext", "id_email_error"} <= set(email.get("aria-describedby").split()) <= set(form.ids)
    assert form.all("input", name="name")[0].get("autocomplete") == "name"


def test_control_characters_are_left_out_and_lines_are_kept(reader, db):
    reader.send(text="One\x1b[31m\r\nTwo\x08 \x7fthree\u0085", name="Ana\r\nBcc: x@y.org\t Lopez")
    message = Message.objects.get()
    assert message.text == "One[31m\nTwo three"
    assert message.name == "Ana Bcc: x@y.org Lopez"


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 }} {% x %}"])
def test_what_was_typed_is_shown_again_as_words_and_never_as_code(db, reader, words):
    from django.test import Client

    reader.client = Client(enforce_csrf_checks=True)  # which does not take typed braces for a fault
    form = Reading(reader.send(text=words, email="nonsense").content)
    assert "".join(form.all("textarea")[0].itertext()).strip() == words
    scripts = [script for script in form.all("script") if not script.get("src")]
    assert not form.all("img") and not scripts


@pytest.mark.parametrize("times", [2, 5])
def test_a_message_that_is_sent_twice_is_stored_once(reader, db, times):
    for _ in range(times):
        assert reader.send(text="Some words", headers=OURS).status_code == 303
    assert Message.objects.count() == 1


def test_the_same_words_around_midnight_are_one_message(reader, db, watch):
    watch.now = watch.now.replace(hour=23, minute=59, second=30)
    reader.send(text="Some words")
    reader.send(text="Some words")
    assert watch.now.hour == 0
    assert Message.objects.count() == 1


def test_the_same_words_on_another_page_or_a_week_later_are_another_message(reader, page, watch):
    reader.send(text="A link is dead")
    reader.send("/feedback/contact/?about=/partners/", text="A link is dead")
    watch.turn(timedelta(days=7))
    reader.send(text="A link is dead")
    assert Message.objects.count() == 3


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"])
@pytest.mark.parametrize("address", ["/feedback/contact/", "/feedback/useful/", "/feedback/thanks/"])
def test_nothing_but_reading_and_sending_is_allowed(client, db, method, address):
    assert client.generic(method, address, b"x").status_code == 405


def test_nothing_that_a_reader_sent_is_shown_to_another(reader, page, client):
    reader.send("/feedback/correction/?about=/partners/&field=title", text="Zanzibarnik", name="Zanzibarnik")
    for address in (*FORMS, "/partners/", "/feedback/thanks/?about=/partners/", "/search/?q=zanzibarnik"):
        assert "Zanzibarnik" not in client.get(address).content.decode()


def test_the_contact_page_leads_to_the_form(client, make_page):
    from pages.models import ContactFacts

    ContactFacts.objects.create(organization="The Coalition", email="office@example.org")
    make_page("Contact", addition="contact_facts")
    assert "/feedback/contact/" in Reading(client.get("/contact/").content).links


@pytest.mark.parametrize(
    "text", ["\u200b", "\u202e\u2066", "\ufeff \u00ad\n", "\u2800\u3164", "\u0301\ufe0f", "\U000e0041"]
)
def test_a_text_of_which_nothing_can_be_seen_is_no_text(reader, db, text):
    html = reader.send(text=text).content.decode()
    assert "Write what you want to tell us." in html
    assert not Message.objects.exists()


def test_what_turns_the_direction_of_writing_is_left_out_and_nothing_else(reader, db):
    family = "\U0001f468\u200d\U0001f469"
    reader.send(text=f"See \u202egnp.exe\u2069 {family} ¡sí! שלום", name="\u202eAna\u200f")
    message = Message.objects.get()
    assert (message.text, message.name) == (f"See gnp.exe {family} ¡sí! שלום", "Ana")


def test_a_name_of_which_nothing_can_be_seen_is_no_name(reader, db):
    reader.send(text="😀", name="\u200b\u2060")
    assert Message.objects.get().name == ""
