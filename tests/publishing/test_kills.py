"""A process that dies in the middle of a publish leaves all of it or nothing."""

import os
import signal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Page, RichText
from publishing.models import Revision
from publishing.publish import publish
from tests.drafts import block, live_tables, save_draft

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def draft(make_page):
    page = make_page("Partners")
    make_page("Below", parent=page)
    for number in (1, 2):
        RichText.objects.create(parent=page, region="main", ordering=number, text=f"<p>Old {number}</p>")

    def change(data):
        data["item"] |= {"title": "New title", "slug": "members"}
        data["parts"]["pages.richtext"] = [data["parts"]["pages.richtext"][1], block(text="<p>New</p>")]
        data["parts"]["pages.heading"] = [block("heading", text="New heading")]

    return save_draft(page, change)


def publish_and_die(pk, before_write):
    """Fork a process that publishes and is killed just before its n-th writing statement; wait for its end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        connection.connection = None  # the parent's; this process makes its own
        written = 0

        def die(execute, sql, params, many, context):
            nonlocal written
            if sql.startswith(WRITES):
                if written == before_write:
                    os.kill(os.getpid(), signal.SIGKILL)
                written += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(die):
            publish(Revision.objects.get(pk=pk))
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_a_kill_before_any_write_of_a_publish_changes_nothing_and_a_second_try_works(draft, client):
    revisions = list(Revision.objects.order_by("pk").values())
    tables = live_tables()
    number = 0
    while os.WIFSIGNALED(publish_and_die(draft.pk, number)):
        assert live_tables() == tables
        assert list(Revision.objects.order_by("pk").values()) == revisions
        number += 1
    assert number > 8, "the publish wrote too little for this test to mean anything"
    assert Page.objects.get(pk=draft.object_id).title == "New title"
    assert client.get("/members/").status_code == 200
    assert client.get("/partners/below/")["Location"] == "/members/below/"


@pytest.mark.django_db(transaction=True)
def test_a_publish_writes_as_often_for_two_blocks_as_for_forty(make_page):
    counts = []
    for size in (2, 40):
        page = make_page(f"Page {size}")
        blocks = [block(text=f"<p>{n}</p>", ordering=n) for n in range(size)]
        revision = save_draft(page, lambda data, rows=blocks: data["parts"].update({"pages.richtext": rows}))
        with CaptureQueriesContext(connection) as queries:
            publish(revision)
        counts.append(len(queries))
    assert counts[0] == counts[1]
