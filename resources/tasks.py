"""Work on files that the worker does."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from publishing import hooks
from publishing.machine_faults import has_no_room, is_without_database
from publishing.models import ContentVersion
from resources import file_store
from resources.files.facts import Refused
from resources.models import Publication, StoredFile

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=1)  # doubled after each attempt


@task()
def read_file(pk, attempt=1):
    """Read the pages of a stored file, then tell the search rows of every work that shows it. Safe to do twice.

    A disk that is full, or a database that is away, is tried again, for eight hours.
    """
    stored = StoredFile.objects.filter(pk=pk).first()
    if stored is None:
        return
    try:
        _read(stored)
    except Refused as refused:
        file_store.give_up(stored, str(refused))
    except Exception as error:
        if attempt < MOST_ATTEMPTS and (has_no_room(error) or is_without_database(error)):
            logger.warning("A file could not be read, attempt %s of %s.", attempt, MOST_ATTEMPTS, exc_info=error)
            later = read_file.using(run_after=timezone.now() + FIRST_WAIT * 2 ** (attempt - 1))
            later.enqueue(pk, attempt=attempt + 1)
            return
        file_store.give_up(stored, gettext("Something broke on our side. Choose the same file again to try anew."))
        raise


def _read(stored):
    if stored.state != StoredFile.State.READY:
        file_store.read(stored)
    with transaction.atomic():  # works too that wait for their moment
        hooks.run(*Publication.objects.placed_in_time().filter(files__file=stored).distinct())
        ContentVersion.bump()
