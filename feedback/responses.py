"""What readers wrote about a text and a person of the office has let stand below it.

A response comes into the inbox like every message, and is deleted there in its time. What is shown is a copy of its
own: text and name, without the address. Which texts take responses, the app of the text says by `takes_responses`.

The responses of a text that is deleted stay, shown nowhere: a deleted text can be recovered, and has them again then.
"""

from django.db import transaction

from feedback.models import Kind, Message, Response, State


def takes_responses(subject):
    """Whether readers may respond to what a `subjects.Subject` names."""
    return bool(getattr(_item(subject.content_type, subject.pk), "takes_responses", False))


def _item(kind, pk):
    """The row that a content type and a key name; None where there is none, or none any more."""
    model = kind and kind.model_class()
    return model and model._base_manager.filter(pk=pk).first()


@transaction.atomic
def show(message, *, by):
    """Let a response of the inbox stand below its text, and close the message; gives whether it was done.

    Twice is once, and below a text that has been deleted nothing can stand.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.kind != Kind.RESPONSE or Response.objects.filter(message=message).exists():
        return False
    if not _item(message.content_type, message.object_id):
        return False
    Response(
        content_type=message.content_type,
        object_id=message.object_id,
        about_title=message.about_title,
        text=message.text,
        name=message.name,
        language=message.language,
        sent_at=message.created_at,
        message=message,
        shown_by=by,
    ).save()
    Message.objects.filter(pk=message.pk).update(state=State.CLOSED)
    return True


@transaction.atomic
def take_down(messages):
    """Let what some messages say stand below no text any more; gives how many of them stood there."""
    shown = list(Response.objects.filter(message__in=messages))
    for response in shown:
        response.delete()
    return len(shown)
