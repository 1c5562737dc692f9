"""Tasks that a worker had begun when it died: the next one does them again."""

import os
import socket
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LONGEST_TASK = timedelta(minutes=10)  # far more than any takes: one that still runs then died with its worker
TAKEN_BACK_AT_ONCE = 2  # times; one that has killed so many workers lets others have their turn first


def own_name():
    """By which a worker is known in the tasks that it takes: its machine and its process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def take_back():
    """Let what dead workers had begun wait again. Call it between two tasks."""
    for task in DBTaskResult.objects.running().only("started_at", "worker_ids"):
        if _is_lost(task):
            # Unless another worker has taken it back, and begun it, meanwhile.
            same = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
            same.update(status=TaskResultStatus.READY)


def _is_lost(task):
    if task.started_at < timezone.now() - LONGEST_TASK:
        return True
    return 0 < len(task.worker_ids) <= TAKEN_BACK_AT_ONCE and _has_died(task.worker_ids[-1])


def _has_died(name):
    """Whether a worker of this machine is no more. This one does nothing while it looks: what has its name is lost.

    Of other machines nobody here can tell, nor where another process has got the number of the dead one.
    """
    machine, _colon, process = name.rpartition(":")
    if machine != socket.gethostname():
        return False
    if name == own_name():
        return True
    try:
        os.kill(int(process), 0)  # sends nothing
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
