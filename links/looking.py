"""A look at one address: what is there, whether it has moved, whether nobody answers any more."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from links import robots
from links.faults import Failed, Fault

MOST_REDIRECTS = 5
FOR_EVER = {301, 308}
ENOUGH_BYTES = 4 * 1024  # of a page, to see that it comes
WAIT_WHEN_TOO_MUCH = timedelta(days=1)  # after “too many requests” without a moment
GONE = {404, 410}
NO_ANSWER = {Fault.CONNECTION, Fault.TIME, Fault.ANSWER}


class State(models.TextChoices):
    NEW = "new", _("not looked at yet")
    WORKS = "works", _("works")
    MOVED = "moved", _("has moved")
    FAILS = "fails", _("does not answer")
    UNCLEAR = "unclear", _("cannot be told")


@dataclass(frozen=True)
class Seen:
    """What a look brought. `wait`: how long the site wants to be left alone."""

    state: State
    status: int | None = None
    moved_to: str = ""
    fault: str = ""
    wait: timedelta = timedelta()


def look_at(address, client):
    """Follow an address to its end and judge what is there; gives a Seen."""
    try:
        return _followed(address, client)
    except Failed as failed:
        return Seen(State.FAILS, fault=failed.fault)


def _followed(address, client):
    client.begin_look()
    start = at = urldefrag(address).url
    for_ever = True
    for _step in range(MOST_REDIRECTS + 1):
        rules = robots.rules_for(at, client)
        if not robots.allows(rules, at):
            return Seen(State.UNCLEAR, fault=Fault.ASKED_NOT_TO)
        wait = timedelta(seconds=robots.seconds_between(rules))
        answer = _asked(at, client)
        onward = answer.headers.get("location", "")
        if answer.status not in robots.REDIRECTS or not onward:
            return _judged(answer, at if for_ever and at != start else "", wait)
        for_ever = for_ever and answer.status in FOR_EVER
        at = _onward(at, onward)
    raise Failed(Fault.REDIRECTS)


def _asked(address, client):
    """The answer to HEAD, or, from sites that do not know it, say no or say nothing, to GET."""
    try:
        answer = client.ask("HEAD", address)
        if answer.status < 400 or answer.status == 429:
            return answer
    except Failed as failed:
        if failed.fault not in NO_ANSWER:
            raise
    return client.ask("GET", address, ENOUGH_BYTES)


def _onward(at, location):
    try:
        return urldefrag(urljoin(at, location.encode("latin-1", "replace").decode("utf-8", "replace"))).url
    except ValueError:
        raise Failed(Fault.ADDRESS) from None


def _judged(answer, moved_to, wait):
    status = answer.status
    if 200 <= status < 300:
        return Seen(State.MOVED if moved_to else State.WORKS, status, moved_to, wait=wait)
    if status in {429, 503}:
        wait = max(wait, _retry_after(answer) or (WAIT_WHEN_TOO_MUCH if status == 429 else wait))
    if status in GONE or status >= 500 or status < 400:
        return Seen(State.FAILS, status, fault=Fault.STATUS if status in GONE else Fault.ANSWER, wait=wait)
    return Seen(State.UNCLEAR, status, fault=Fault.REFUSED, wait=wait)


def _retry_after(answer):
    """How long a site asks us to wait, in seconds or up to a moment; None where it does not say or makes no sense."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), robots.LONGEST_WAIT)
    with suppress(ValueError, TypeError, OverflowError):
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(moment - timezone.now(), timedelta()), robots.LONGEST_WAIT)
    return None
