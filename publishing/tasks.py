"""Work that a request hands over: mail. The row of a task is written in the same transaction as its cause."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.core import mail
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks import task
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=1)  # doubled after each attempt
KEPT_WHEN_DONE = timedelta(days=14)  # the health page looks back as long


@task()
def send_mail(subject, text, to, attempt=1, reply_to=""):
    """Send one message to one address; a mail server that is away is asked again, half an hour long."""
    try:
        mail.EmailMessage(subject, text, None, [to], reply_to=[reply_to] if reply_to else None).send()
    except (SMTPException, OSError):
        if attempt >= MOST_ATTEMPTS:
            raise
        logger.warning("Mail could not be handed over, attempt %s of %s.", attempt, MOST_ATTEMPTS)
        later = send_mail.using(run_after=timezone.now() + FIRST_WAIT * 2 ** (attempt - 1))
        later.enqueue(subject, text, to, attempt=attempt + 1, reply_to=reply_to)


def forget_what_is_done():
    """Delete the rows of finished work, those of mail at once: they hold what was written, and to whom. Of mail that
    could not be handed over only the text goes: somebody has to tell the people. The worker's daily work.
    """
    mail_tasks = DBTaskResult.objects.filter(task_path=send_mail.module_path)
    mail_tasks.successful().delete()
    for failed in mail_tasks.failed().exclude(args_kwargs__args__1=""):
        failed.args_kwargs["args"][1] = ""
        failed.save(update_fields=["args_kwargs"])
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_WHEN_DONE).delete()


def kept_in_words():
    days = KEPT_WHEN_DONE.days
    return ngettext(
        "Mail that this site has sent: a day. If it could not be handed over, its subject and address: %(days)s day.",
        "Mail that this site has sent: a day. If it could not be handed over, its subject and address: %(days)s days.",
        days,
    ) % {"days": days}
