"""The looks at other sites, in small steps: mail and approved texts wait behind none of them for long."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from links.client import Client
from links.collecting import collect
from links.faults import Fault
from links.looking import Seen, State, look_at
from links.models import OutwardLink

logger = logging.getLogger(__name__)

HOSTS_A_STEP = 10
SECONDS_A_STEP = 60  # after which no other look begins
PAUSE = timedelta(seconds=10)  # between two steps, so between two looks at one site


def look_daily():
    """Bring the list of addresses in step, and begin to look at those whose turn it is. The worker's daily work."""
    if not settings.LINK_CHECKS:
        return
    collect()
    waiting = DBTaskResult.objects.filter(task_path=look_at_some.module_path).exclude(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    )
    if OutwardLink.objects.due().exists() and not waiting.exists():
        look_at_some.enqueue()


@task()
def look_at_some():
    """One look at each of a few sites, one after the other; the rest is left to the next step. Safe to do twice."""
    if not settings.LINK_CHECKS:
        return
    look_step(Client())
    if OutwardLink.objects.due().exists():
        look_at_some.using(run_after=timezone.now() + PAUSE).enqueue()


def look_step(client):
    began = time.monotonic()
    for link in OutwardLink.objects.due_one_a_host()[:HOSTS_A_STEP]:
        link.note(_look_at(link, client))
        if time.monotonic() - began > SECONDS_A_STEP:
            return


def _look_at(link, client):
    """A fault of ours with one address keeps no other from its turn."""
    try:
        return look_at(link.address, client)
    except Exception:
        logger.exception("The link %s could not be looked at.", link.pk)
        return Seen(State.UNCLEAR, fault=Fault.ANSWER)
