"""The six verbs of the protocol: each takes what was asked and gives an answer, or raises Refused."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from resources.oai import answers, dublin_core, harvest, tokens
from resources.oai.arguments import Refused
from resources.relating import related_to_each

NAME = "Coalition for Community Schools: publications"
ENTRIES_A_PART = 50


def identify(_asked):
    _name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return answers.Identity(NAME, email, harvest.everything().earliest() or timezone.now())


def list_metadata_formats(asked):
    if identifier := asked.get("identifier"):
        _found(identifier, with_works=False)
    return answers.Formats()


def list_sets(asked):
    if "resumptionToken" in asked.arguments:
        raise Refused("badResumptionToken", "The list of sets is never cut into parts.")
    topics = list(harvest.sets())
    if not topics:
        raise Refused("noSetHierarchy", "No publication has a topic yet.")
    return answers.Sets(
        [
            answers.Set(harvest.PREFIX, "Publications with topics"),
            *(answers.Set(harvest.set_of(topic.slug), topic.label, topic.description) for topic in topics),
        ]
    )


def get_record(asked):
    _check_format(asked)
    return answers.OneRecord(_records([_found(asked.get("identifier"))])[0])


def list_identifiers(asked):
    return _part(asked, lambda entries: [answers.Header(entry) for entry in entries], with_works=False)


def list_records(asked):
    return _part(asked, _records)


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
    "GetRecord": get_record,
}


def _part(asked, rows_of, *, with_works=True):
    """One part of a list of entries, from its beginning or from where a token says."""
    place = None
    if "resumptionToken" in asked.arguments:
        asked, place = tokens.resume(asked)
    _check_format(asked)
    selection = _selected(asked)
    rest = selection.behind(place.changed_at, place.key) if place else selection
    entries = rest.first(ENTRIES_A_PART + 1, with_works=with_works)
    if not entries:
        raise Refused("noRecordsMatch", "Nothing has been changed in this span, or there is no such set.")
    sent = place.number if place else 0
    part = entries[:ENTRIES_A_PART]
    goes_on = len(entries) > len(part)
    resumption = _resumption(asked, part, sent, goes_on) if place or goes_on else None
    return answers.Part(asked.verb, rows_of(part), resumption)


def _resumption(asked, part, sent, goes_on):
    size = harvest.size(asked.since, asked.until, asked.get("set"))
    if not goes_on:
        return answers.Resumption("", None, size, sent)
    last = part[-1]
    token = tokens.write(asked, tokens.Place(last.changed_at, last.key, sent + len(part)))
    return answers.Resumption(token, timezone.now() + tokens.LIFETIME, size, sent)


def _selected(asked):
    selection = harvest.selected(asked.since, asked.until, asked.get("set"))
    if selection is None:
        raise Refused("noRecordsMatch", "There is no such set.")
    return selection


def _check_format(asked):
    if asked.get("metadataPrefix") != dublin_core.PREFIX:
        raise Refused("cannotDisseminateFormat", f"The only format is {dublin_core.PREFIX}.")


def _found(identifier, *, with_works=True):
    entry = harvest.find(identifier, with_works=with_works)
    if entry is None:
        raise Refused("idDoesNotExist", "There is no record with this identifier.")
    return entry


def _records(entries):
    related = related_to_each([entry.work for entry in entries if entry.work])
    return [answers.Record(entry, _facts(entry.work, related) if entry.work else []) for entry in entries]


def _facts(work, related):
    return dublin_core.elements(work, [line.work for line in related[work.pk]])
