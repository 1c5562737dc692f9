"""Two people and a clock, at random: the public page is always the text published last, and no saved word is lost."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.models import Page
from publishing.models import Revision
from publishing.publish import NotReady, capture, ensured_revision, publish, recover, restore, undo_publish
from publishing.retiring import keep_online, retire
from publishing.revisions import Stale, add_revision
from publishing.workflow import approve, publish_due, withdraw
from tests.drafts import block

DEEP = os.environ.get("TESTS") == "deep"
HISTORIES = 2000 if DEEP else 20
START = datetime(2026, 3, 1, 12, tzinfo=UTC)

steps = st.lists(
    st.tuples(
        st.sampled_from(["save", "save", "save stale", "publish", "publish", "approve", "withdraw", "wait", "work",
                         "restore", "undo", "retire", "keep online", "delete", "recover", "look"]),
        st.integers(0, 9),
    ),
    min_size=3,
    max_size=14,
)  # fmt: skip


class History:
    """One page, what the public should see of it, and every text that was saved."""

    def __init__(self, page):
        self.model, self.pk = Page, page.pk
        self.saved, self.words = [], 0
        self.bases = [ensured_revision(page)]

    @property
    def page(self):
        return Page.objects.filter(pk=self.pk).first()

    def save(self, base):
        self.words += 1
        word = f"word{self.words}"
        data = {**base.data, "item": base.data["item"] | {"title": f"Title {word}"}}
        data["parts"] = data["parts"] | {"pages.richtext": [block(text=f"<p>Text {word}</p>")]}
        try:
            revision = add_revision(Page, self.pk, data, base=base)
        except Stale:
            revision = add_revision(Page, self.pk, data, base=base, is_parked=True)
        self.saved.append((revision.pk, data))
        self.bases.append(base)

    def do(self, name, number, clock):
        newest, page = Revision.objects.of_key(Page, self.pk).newest(), self.page
        hours = timedelta(hours=number)
        if name == "wait":
            clock.now += hours
        elif name == "recover":
            recover(Page, self.pk)
        elif page:
            versions = list(Revision.objects.of(page).order_by("pk"))
            {
                "save": lambda: self.save(newest),
                "save stale": lambda: self.save(self.bases[number % len(self.bases)]),
                "publish": lambda: publish(newest),
                "approve": lambda: approve(newest, at=clock.now + hours + timedelta(hours=1), by=None),
                "withdraw": lambda: withdraw(page, by=None),
                "work": publish_due,
                "restore": lambda: restore(versions[number % len(versions)]),
                "undo": lambda: undo_publish(page),
                "retire": lambda: retire(page, at=clock.now + hours if number else None),
                "keep online": lambda: keep_online(page),
                "delete": page.delete,
                "look": lambda: None,
            }[name]()


class Clock:
    now = START


def check(history, client):
    page = history.page
    response = client.get("/partners/")
    if page is None or not page.is_public:
        assert response.status_code in (404, 410)
    else:
        assert response.status_code == 200
        live = Revision.objects.of(page).last_published()
        assert capture(page) == live.data
        assert f"<h1>{live.data['item']['title']}</h1>" in response.content.decode()
        for row in live.data["parts"].get("pages.richtext", []):
            assert row["text"] in response.content.decode()
    stored = dict(Revision.objects.of_key(Page, history.pk).values_list("pk", "data"))
    assert all(stored[key] == data for key, data in history.saved)
    line = [r.number for r in Revision.objects.of_key(Page, history.pk).in_line().order_by("number")]
    assert line == list(range(1, len(line) + 1))


@pytest.mark.django_db
@given(steps)
@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not DEEP)
def test_whatever_two_people_do_the_public_sees_what_was_published_last(history):
    clock, client, real_now = Clock(), Client(), timezone.now
    timezone.now = lambda: clock.now
    try:
        with transaction.atomic():
            page = Page(title="Partners", slug="partners", summary="Who joins in.", published_at=START)
            page.save()
            run = History(page)
            for name, number in history:
                with suppress(Stale, NotReady):
                    run.do(name, number, clock)
                check(run, client)
            transaction.set_rollback(True)
    finally:
        timezone.now = real_now
