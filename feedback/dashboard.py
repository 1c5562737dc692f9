from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.models import Message, State
from publishing.admin_urls import change_url, list_url
from publishing.dashboard import EXAMPLES, Waiting

PATIENCE = timedelta(days=7)


def messages_that_wait(user):
    """A line for whoever may deal with the messages of readers, as long as nobody has taken them in hand."""
    if user.has_perm("feedback.change_message"):
        unread = Message.objects.unread().order_by("created_at")
        first = list(unread[:EXAMPLES])
        examples = [(message.in_short, change_url(Message, message.pk)) for message in first]
        is_due = bool(first) and first[0].created_at < timezone.now() - PATIENCE
        everything = f"{list_url(Message)}?state={State.NEW}"
        yield Waiting(unread.count(), _("Messages from readers"), examples, is_due, list_url=everything)
