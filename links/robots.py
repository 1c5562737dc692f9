"""What sites ask of programs in their robots.txt (RFC 9309)."""

from datetime import timedelta
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from django.core.cache import cache

from links.addresses import target_of
from links.client import NAME
from links.faults import Failed, Fault

MOST_BYTES = 500 * 1024
ONE_DAY = 24 * 60 * 60  # seconds
MOST_REDIRECTS = 5
LONGEST_WAIT = timedelta(days=7)  # whatever a site asks for
EVERYTHING, NOTHING = "User-agent: *\nDisallow:", "User-agent: *\nDisallow: /"
REDIRECTS = {301, 302, 303, 307, 308}


def rules_for(address, client):
    """The rules of the site of an address, a RobotFileParser; raises Failed where the site cannot be reached."""
    origin = target_of(address).origin
    key = f"robots:{origin}"
    text = cache.get(key)
    if text is None:
        text = _fetched(f"{origin}/robots.txt", client)
        cache.set(key, text, ONE_DAY)
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return rules


def allows(rules, address):
    return rules.can_fetch(NAME, address)


def seconds_between(rules):
    """How long the site wants to rest between two requests."""
    return min(rules.crawl_delay(NAME) or 0, LONGEST_WAIT.total_seconds())


def _fetched(address, client):
    answer = client.ask("GET", address, MOST_BYTES)
    try:
        for _redirect in range(MOST_REDIRECTS):
            if answer.status not in REDIRECTS or not answer.headers.get("location"):
                break
            address = urljoin(address, answer.headers["location"])
            answer = client.ask("GET", address, MOST_BYTES)
    except (Failed, ValueError):
        if client.look_is_over:
            raise Failed(Fault.TIME) from None
        return EVERYTHING  # it leads to nowhere: the site has no rules
    if answer.status >= 500:
        return NOTHING  # it has some and cannot say them now
    return answer.body.decode("utf-8", "replace") if answer.status == 200 else EVERYTHING
