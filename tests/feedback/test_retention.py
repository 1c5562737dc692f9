"""Messages are deleted after the time that the form names."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from feedback.models import Message, Reply, months_ago

MOMENT = timedelta(seconds=1)


@pytest.fixture
def messages(make_message):
    limit = months_ago(12)
    old, kept = make_message("Old", created_at=limit - MOMENT), make_message("Kept", created_at=limit + 60 * MOMENT)
    Reply.objects.create(message=old, text="An answer")
    kept.merged_into = old
    kept.save()
    return old, kept


def test_a_message_goes_when_its_time_has_passed_with_its_answers(messages, capsys):
    call_command("delete_old_messages")
    assert "1 messages" in capsys.readouterr().out
    assert list(Message.objects.values_list("text", "merged_into")) == [("Kept", None)]
    assert not Reply.objects.exists()


def test_the_time_is_that_of_the_settings(messages, settings):
    settings.FEEDBACK_MONTHS = 13
    call_command("delete_old_messages")
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_worker_deletes_them(messages):
    call_command("work", "--once")
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2026-07-31", 30, "2024-01-31"),
    ],
)
def test_months_are_those_of_the_calendar(monkeypatch, now, months, before):
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert months_ago(months).date().isoformat() == before
