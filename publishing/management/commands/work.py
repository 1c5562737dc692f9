import logging
import signal
import threading
from datetime import UTC, datetime, timedelta

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from publishing import daily
from publishing.models import Heartbeat
from publishing.workflow import publish_due

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 5
ONE_DAY = timedelta(days=1)
LONGEST_TASK = timedelta(minutes=10)  # far more than any takes: one that still runs then died with its worker


class Command(BaseCommand):
    help = "The worker: publishes what is due and does the tasks that requests have handed over, until it is stopped."
    next_daily_work = datetime.min.replace(tzinfo=UTC)  # when it starts

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is waiting, then end.")

    def handle(self, *args, once, **options):
        stopped = threading.Event()
        if not once:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            try:
                self.look()
            except (OperationalError, InterfaceError):
                logger.exception("The database does not answer; the worker looks again in a moment.")
                connection.close()
            if once:
                return
            stopped.wait(SECONDS_BETWEEN_LOOKS)

    def look(self):
        """One round: everything that is due, then every task that is waiting, or that a killed worker had begun."""
        close_old_connections()
        Heartbeat.note()
        publish_due()
        self.do_daily_work()
        begun = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_TASK)
        begun.update(status=TaskResultStatus.READY)
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker",
            excluded_queue_names=[],
        ).run()

    def do_daily_work(self):
        if timezone.now() >= self.next_daily_work:
            daily.run()
            self.next_daily_work = timezone.now() + ONE_DAY
