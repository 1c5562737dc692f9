"""The form of a message in the inbox, for tests."""

from tests.drafts import fields_of

INBOX = "/admin/feedback/message/"


def change(client, message, *, button="_save", opened=None, **fields):
    """Open the form of a message (or take one opened before), change fields, press a button."""
    address = f"{INBOX}{message.pk}/change/"
    opened = opened or fields_of(client.get(address).content.decode())
    response = client.post(address, opened | fields | {button: "1"}, follow=True)
    message.refresh_from_db()
    return response


def opened_twice(client, message):
    """The form of a message as two people have it open."""
    return fields_of(client.get(f"{INBOX}{message.pk}/change/").content.decode())
