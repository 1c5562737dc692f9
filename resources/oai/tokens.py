"""Resumption tokens: where a long list goes on, and what it is a list of. Nothing is kept here between two requests.

A place in a list is a moment and a key, not a number: however many works are edited meanwhile, those that were not sent
yet stand behind it. One that is edited moves to the end and is sent as it then is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from resources.oai.arguments import Refused, read

LIFETIME = timedelta(days=7)
SALT = "resources.oai.tokens"


@dataclass(frozen=True)
class Place:
    """Behind this entry the list goes on; `number` entries were sent before."""

    changed_at: datetime
    key: int
    number: int


def write(asked, place):
    """The token for going on with a request behind a place."""
    position = [place.changed_at.isoformat(), place.key, place.number]
    return signing.dumps([asked.verb, asked.arguments, position], salt=SALT, compress=True)


def resume(asked):
    """The request that a token continues, and the place; raises Refused for one that is not ours, or is too old."""
    try:
        verb, arguments, (moment, key, number) = signing.loads(
            asked.get("resumptionToken"), salt=SALT, max_age=LIFETIME
        )
    except signing.SignatureExpired:
        raise _bad(f"This token is older than {LIFETIME.days} days. Begin the list again.") from None
    except signing.BadSignature:
        raise _bad("This token is not one of ours. Begin the list again.") from None
    if verb != asked.verb:
        raise _bad(f"This token belongs to a list of {verb}.")
    return read([("verb", verb), *arguments.items()]), Place(datetime.fromisoformat(moment), key, number)


def _bad(sentence):
    return Refused("badResumptionToken", sentence)
