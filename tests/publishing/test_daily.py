"""What the worker does once a day."""

from datetime import timedelta

from django.utils import timezone

from publishing import daily


def test_work_that_fails_keeps_no_other_from_its_turn(monkeypatch, caplog):
    done = []

    def fails():
        raise RuntimeError("broken")

    monkeypatch.setattr(daily, "_functions", [fails, lambda: done.append(True)])
    daily.run()
    assert done and "The daily work fails failed" in caplog.text


def test_a_worker_does_its_daily_work_once_a_day(monkeypatch, db):
    from publishing.management.commands.work import Command

    done, now = [], timezone.now()
    monkeypatch.setattr(daily, "_functions", [lambda: done.append(True)])
    worker = Command()
    for hours, times in ((0, 1), (1, 1), (23, 1), (25, 2), (26, 2)):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
        worker.do_daily_work()
        assert len(done) == times
