"""What readers wrote is kept for a set time and not a day longer."""

from django.conf import settings
from django.utils.translation import ngettext

from feedback.models import Message


def delete_old_messages():
    """Delete every message whose time has passed, answers and all; give how many messages."""
    _rows, by_model = Message.objects.past_their_time().delete()
    return by_model.get(Message._meta.label, 0)


def kept_in_words():
    months = settings.FEEDBACK_MONTHS
    return ngettext(
        "What you send us by a form, and what we answered: %(months)s month.",
        "What you send us by a form, and what we answered: %(months)s months.",
        months,
    ) % {"months": months}
