"""What the commands of this app share: an orderly end when they are asked to stop, and a word to the health page."""

import signal
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import Error

from keeping.models import Outcome


@contextmanager
def orderly_end():
    """Inside the block SIGTERM raises SystemExit, so that what was begun is taken away: systemd sends it at a shutdown
    and when the time of a unit is over.
    """

    def end(number, _frame):
        signal.signal(number, signal.SIG_IGN)  # taking away is not broken off
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class KeepingCommand(BaseCommand):
    def execute(self, *args, **options):
        with orderly_end():
            return super().execute(*args, **options)

    def note(self, kind, is_good, detail):
        """For the health page. Without its table, such as in an empty database, there is nobody to tell."""
        try:
            Outcome.note(kind, is_good, detail)
        except Error:
            self.stderr.write("The health page could not be told.")


def reason(error):
    """Why a command broke off, in a line."""
    if isinstance(error, (KeyboardInterrupt, SystemExit)):
        return "It was stopped before its end."
    return f"{type(error).__name__}: {error}"
