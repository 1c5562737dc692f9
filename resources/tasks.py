"""Work on files that the worker does."""

from django.db import transaction
from django.utils.translation import gettext
from django_tasks import task

from publishing import hooks
from publishing.models import ContentVersion
from resources import file_store
from resources.files.facts import Refused
from resources.models import Publication, StoredFile


@task()
def read_file(pk):
    """Read the pages of a stored file, then tell the search rows of every work that shows it. Safe to do twice."""
    stored = StoredFile.objects.filter(pk=pk).first()
    if stored is None:
        return
    if stored.state != StoredFile.State.READY:
        try:
            file_store.read(stored)
        except Refused as refused:
            file_store.give_up(stored, str(refused))
            return
        except Exception:
            file_store.give_up(stored, gettext("Something broke on our side. Choose the same file again to try anew."))
            raise
    with transaction.atomic():  # works too that wait for their moment
        hooks.run(*Publication.objects.placed_in_time().filter(files__file=stored).distinct())
        ContentVersion.bump()
