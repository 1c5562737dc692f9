"""The way of a message into the inbox, and of an answer out of it."""

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from feedback.models import Message, Reply, State
from publishing.admin_urls import change_url
from publishing.tasks import send_mail


@transaction.atomic
def receive(message):
    """Store a message once, however often it is sent, and tell the office of a new one that waits for somebody."""
    is_new = Message.objects.receive(message)
    if is_new and message.state == State.NEW and settings.FEEDBACK_MAIL_TO:
        _tell_the_office(message)


def _tell_the_office(message):
    """One mail without a word or an address of the reader: those stay in one place, and are deleted there."""
    path = change_url(Message, message.pk)
    with override(settings.LANGUAGE_CODE):
        line = " ".join(str(message).split())
    send_mail.enqueue(f"From a reader: {line}"[:150], f"{line}\n\n{settings.SITE_URL}{path}", settings.FEEDBACK_MAIL_TO)


@transaction.atomic
def answer(message, text, *, by):
    """Send an answer to a reader and keep it with the message; give whether it was sent.

    The text that went out last does not go out again: somebody has pressed the button twice.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    last = message.replies.last()
    if last and last.text == text:
        return False
    Reply.objects.create(message=message, text=text, author=by)
    message.state = State.ANSWERED
    message.save(update_fields=["state"])
    with override(message.language):
        subject = _("Your message to the Coalition for Community Schools")
        send_mail.enqueue(subject, f"{text}\n\n{_quoted(message)}", message.email, reply_to=settings.FEEDBACK_MAIL_TO)
    return True


def _quoted(message):
    """What the reader wrote, as mail quotes it, below the day on which it came."""
    day = date_format(localtime(message.created_at), "DATE_FORMAT")
    lines = [_("You wrote on %(day)s:") % {"day": day}, *(f"> {line}" for line in message.text.splitlines())]
    return "\n".join(lines)
