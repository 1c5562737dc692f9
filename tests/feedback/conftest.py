"""A reader in front of a form, with a watch."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tests.pages_as_sent import StrictClient
from tests.whole_site.reading import Reading

OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
TIME_TO_WRITE = timedelta(seconds=20)


@pytest.fixture
def watch(monkeypatch):
    """A clock that goes on by as much as a test says: watch.turn(timedelta(…))."""

    class Watch:
        now = timezone.now()

        def turn(self, by):
            self.now += by

    watch = Watch()
    monkeypatch.setattr(timezone, "now", lambda: watch.now)
    return watch


class Reader:
    """Somebody with a browser that sends what browsers send, and no token of Django's."""

    def __init__(self, watch):
        self.client, self.watch = StrictClient(enforce_csrf_checks=True), watch

    def open(self, address):
        response = self.client.get(address)
        assert response.status_code == 200
        return Reading(response.content)

    def post(self, address, fields, headers=OURS, **extra):
        body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True)
        return self.client.post(address, body, content_type=FORM, headers=headers, **extra)

    def send(self, address="/feedback/contact/", headers=OURS, after=TIME_TO_WRITE, **fields):
        """Open a form, take time to fill it in, press its button."""
        (moment,) = self.open(address).all("input", name="moment")
        self.watch.turn(after)
        return self.post(address, {"moment": moment.get("value"), "website": ""} | fields, headers)

    def press(self, answer, page="/partners/", after=TIME_TO_WRITE, **fields):
        """Open a page, and press Yes or No below it."""
        reading = self.open(page)
        (form,) = [form for form in reading.all("form") if form.get("class") == "feedback"]
        (moment,) = [field for field in form.iter("input") if field.get("name") == "moment"]
        self.watch.turn(after)
        return self.post(form.get("action"), {"moment": moment.get("value"), "answer": answer} | fields)


@pytest.fixture
def reader(db, watch):
    return Reader(watch)


@pytest.fixture
def page(make_page):
    return make_page("Partners", published_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def make_message(db):
    from feedback.models import Message

    def make(text="A question", **values):
        defaults = {"kind": "contact", "language": "en", "fingerprint": f"{Message.objects.count()} {text}"[:64]}
        return Message.objects.create(text=text, **(defaults | values))

    return make
