import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker

from publishing.workflow import publish_due

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 5


class Command(BaseCommand):
    help = "The worker: publishes what is due and does the tasks that requests have handed over, until it is stopped."

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
        """One round: everything that is due, then every task that is waiting."""
        close_old_connections()
        publish_due()
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
