"""A reader in front of a form, and a clock that a test can turn."""

from datetime import timedelta
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone

from feedback import views
from tests.pages_as_sent import StrictClient
from tests.whole_site.reading import Reading

OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
TIME_TO_WRITE = timedelta(seconds=20)


@pytest.fixture(autouse=True)
def _no_source_is_known():
    for limit in (views.messages_of_one_source, views.votes_of_one_source, views.one_vote_a_page):
        limit.forget()


@pytest.fixture
def clock(monkeypatch):
    """The site's clock: clock.turn(timedelta(…))."""

    class Clock:
        now = timezone.now()

        def turn(self, by):
            self.now += by

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


class Reader:
    """Somebody with a browser that sends what browsers send, and no token of Django's."""

    def __init__(self, clock):
        self.client, self.clock = StrictClient(enforce_csrf_checks=True), clock

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
        self.clock.turn(after)
        return self.post(address, {"moment": moment.get("value"), "website": ""} | fields, headers)

    def press(self, answer, page="/partners/", after=TIME_TO_WRITE, **fields):
        """Open a page, and press Yes or No below it."""
        reading = self.open(page)
        (form,) = [form for form in reading.all("form") if form.get("class") == "feedback"]
        (moment,) = [field for field in form.iter("input") if field.get("name") == "moment"]
        self.clock.turn(after)
        return self.post(form.get("action"), {"moment": moment.get("value"), "answer": answer} | fields)


@pytest.fixture
def reader(db, clock):
    return Reader(clock)


@pytest.fixture
def page(make_page):
    return make_page("Partners", published_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def sign_in(db, django_user_model):
    """A function that gives a browser in which a member of a group is signed in, with the account at `.user`."""
    for name in ("coalition_site.migrations.0002_groups", "feedback.migrations.0002_rights"):
        import_module(name).forward(apps, None)

    def make(group):
        user = django_user_model.objects.create_user(group.lower(), password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = StrictClient()
        client.force_login(user)
        client.user = user
        return client

    return make


@pytest.fixture
def make_message(db):
    from feedback.models import Message

    def make(text="A question", **values):
        defaults = {"kind": "contact", "language": "en", "fingerprint": f"{Message.objects.count()} {text}"[:64]}
        return Message.objects.create(text=text, **(defaults | values))

    return make
