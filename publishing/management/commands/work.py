import logging
import signal
import threading
from datetime import UTC, datetime, timedelta

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from publishing import daily, lost_tasks
from publishing.models import Heartbeat
from publishing.workflow import publish_due

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 5
ONE_DAY = timedelta(days=1)


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
            has_worked = False
            try:
                self.look()
                has_worked = not stopped.is_set() and do_next_task()
            except (OperationalError, InterfaceError):
                logger.exception("The database does not answer; the worker looks again in a moment.")
                connection.close()
            if has_worked:
                continue
            if once:
                return
            stopped.wait(SECONDS_BETWEEN_LOOKS)

    def look(self):
        """Everything that is due. Tasks that a killed worker had begun wait again."""
        close_old_connections()
        Heartbeat.note()
        publish_due()
        self.do_daily_work()
        lost_tasks.take_back()

    def do_daily_work(self):
        if timezone.now() >= self.next_daily_work:
            daily.run()
            self.next_daily_work = timezone.now() + ONE_DAY


class OneTask(Worker):
    """The worker of the package, which ends after one task, or where none waits. `was_there`: whether one did."""

    was_there = False

    def __init__(self):
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=lost_tasks.own_name(),
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result):
        self.was_there = True
        super().run_task(db_task_result)


def do_next_task():
    """Do the task whose turn it is; whether there was one. One at a time: approved texts wait for no whole queue."""
    worker = OneTask()
    worker.run()
    return worker.was_there
