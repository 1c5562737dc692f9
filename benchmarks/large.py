"""What a large library takes: 100,000 works with a million pages, every kind of page for readers and for the staff.

Each address is asked for twice through Django's test client, as by a process that has just heard of a publish and then
has time to remember what many pages show; the second time counts. (Pages of readers come from the page cache as a rule,
and are made once for all who ask.) All works as one file are asked for once.
"""

import os
import time
from dataclasses import dataclass, field

from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks import copies
from benchmarks.library import forget_peak, peak
from coalition_site import sample_library
from publishing.freshness import watcher
from resources.models import Publication, StoredFile

SCALE = float(os.environ.get("SCALE", "1"))  # a hundredth is enough to see that this runs
DIFFERENT, PAGES_EACH, COPIES = int(5_000 * SCALE), 10, 19
SEED = 1
LIST = "/resources/publications/"
COMMON, VERY_COMMON = "younger", "near"  # words that stand in a fifth and in two thirds of the sample works
FOUR = "younger+attendance+evaluation+health"
READERS = {
    "front page": "/",
    "entry": "/blog/",
    "entries of a month": "/blog/2026/",
    "questions": "/faq/",
    "publications": LIST,
    "publications by title": f"{LIST}?order=title",
    "publications, the last page that can be asked for": f"{LIST}?page=500",
    "publications of a topic": f"{LIST}?topic=sample-topic-3",
    "publications of a topic, a kind and some years": f"{LIST}?topic=sample-topic-3&kind=report&from=2000&to=2010",
    "a word in a fifth of them": f"{LIST}?q={COMMON}",
    "the same by title": f"{LIST}?q={COMMON}&order=title",
    "the same on the last page": f"{LIST}?q={COMMON}&page=300",
    "search: a word in a fifth": f"/search/?q={COMMON}",
    "search: a word in two thirds": f"/search/?q={VERY_COMMON}",
    "search: four words": f"/search/?q={FOUR}",
    "search: a word mistyped": "/search/?q=comunity+shcools",
    "search: a phrase with a rare word": "/search/?q=%22sample+17%22",
    "search: a number": "/search/?q=SAMPLE-17",
    "search: a topic and no word": "/search/?topic=sample-topic-3",
    "feed of a search": f"/search/feed/atom/?q={COMMON}",
    "suggestions": "/search/suggestions.json?q=comm",
    "suggestions, several words": "/search/suggestions.json?q=community+sch",
    "record": f"{LIST}sample-17/",
    "record, a word inside": f"{LIST}sample-17/?in={COMMON}",
    "record as JSON": f"{LIST}sample-17.json",
    "record as BibTeX": f"{LIST}sample-17/export/bibtex/",
    "no such record": f"{LIST}no-such-work/",
    **{
        f"shelf: {name}": f"{LIST}{name}/"
        for name in ("topic", "author", "organization", "year", "kind", "level", "a-z")
    },
    "on a topic": f"{LIST}topic/sample-topic-1/",
    "on a topic, by title": f"{LIST}topic/sample-topic-1/?order=title",
    "on a topic, the last page": f"{LIST}topic/sample-topic-1/?page=500",
    "by an author": f"{LIST}author/sample-person-17/",
    "of a year": f"{LIST}year/2003/",
    "of a kind": f"{LIST}kind/report/",
    "of a level": f"{LIST}level/state/",
    "by their first letter": f"{LIST}a-z/s/",
    "by their first letter, by title": f"{LIST}a-z/s/?order=title",
    "feed of publications": f"{LIST}feed/atom/",
    "feed of a topic": f"{LIST}topic/sample-topic-1/feed/atom/",
    "JSON of all": "/resources/publications.json",
    "JSON of a topic": "/resources/publications.json?topic=sample-topic-1",
    "OAI-PMH: Identify": "/oai?verb=Identify",
    "OAI-PMH: ListSets": "/oai?verb=ListSets",
    "OAI-PMH: ListRecords": "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "OAI-PMH: ListRecords of a set": "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=topic:sample-topic-1",
    "site map, index": "/sitemap.xml",
    "site map, a part": "/sitemap-publication-19.xml",
}
WORKS = "/admin/resources/publication/"
CHOOSING = "/admin/autocomplete/?app_label=resources"
STAFF = {
    "dashboard": "/admin/",
    "health": "/admin/health/",
    "publications": WORKS,
    "publications, the last page": f"{WORKS}?p=2000",
    "publications, searched": f"{WORKS}?q=attendance",
    "publications, searched for a number": f"{WORKS}?q=SAMPLE-17",
    "publications, one state": f"{WORKS}?state=live",
    "publications, open drafts": f"{WORKS}?draft=working",
    "publications, one kind": f"{WORKS}?work_kind__exact=report",
    "publications, by last save": f"{WORKS}?o=-5",
    "deleted publications": f"{WORKS}deleted/",
    "form of a work": f"{WORKS}{{work}}/change/",
    "history of a work": f"{WORKS}{{work}}/history/",
    "choosing another work": f"{CHOOSING}&model_name=relation&field_name=other&term=sample+17",
    "choosing a person": f"{CHOOSING}&model_name=contributor&field_name=person&term=author+17",
    "files": "/admin/resources/storedfile/",
    "files, searched": "/admin/resources/storedfile/?q=sample-17",
    "a file": "/admin/resources/storedfile/{file}/change/",
    "people": "/admin/vocabulary/person/",
    "a person": "/admin/vocabulary/person/{person}/change/",
    "topics": "/admin/vocabulary/topic/",
    "a topic": "/admin/vocabulary/topic/{topic}/change/",
}
EXPORTS = {
    "found works as RIS": f"{LIST}found/export/ris/?q={COMMON}",
    "all works as CSV": f"{LIST}export/csv/",
    "a topic's works as BibTeX": f"{LIST}topic/sample-topic-1/export/bibtex/",
}


@dataclass
class Visit:
    """The second visit of an address: `seconds` of all, and of each statement; `bytes` that came, `memory` in MB that
    the process held more than before at its peak.
    """

    name: str
    seconds: float = 0
    statements: list = field(default_factory=list)
    bytes: int = 0
    memory: float = 0

    @property
    def slowest(self):
        return max(self.statements, default=0)

    def __call__(self, execute, *arguments):
        """Note what a statement takes, as a wrapper of the connection."""
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.statements.append(time.perf_counter() - start)


def make():
    """Make the works; give the seconds that it took."""
    start = time.perf_counter()
    for _ in sample_library.make(DIFFERENT, PAGES_EACH, SEED):
        pass
    copies.copy(COPIES)
    call_command("load_starting_content", verbosity=0)
    return time.perf_counter() - start


def measure(user):
    """The visits of readers, of the staff and of whoever takes works along, as three lists."""
    staff = Client(SERVER_NAME="localhost")
    staff.force_login(user)
    reader = Client(SERVER_NAME="localhost")
    watcher.is_on = True
    while watcher.known is None:
        time.sleep(0.01)
    try:
        readers = [_visit(reader, name, address) for name, address in READERS.items()]
        keys = _keys()
        of_staff = [_visit(staff, name, address.format(**keys)) for name, address in STAFF.items()]
        exports = [_visit(reader, name, address, visits=1) for name, address in EXPORTS.items()]
    finally:
        watcher.is_on = False
        watcher.stop()
    return readers, of_staff, exports


def _keys():
    """The keys of one row of each kind, for the addresses of its form."""
    work = Publication.objects.get(slug="sample-17")
    person = next(one.person_id for one in work.contributors.all() if one.person_id)
    file = StoredFile.objects.get(uses__publication=work)
    return {"work": work.pk, "file": file.pk, "person": person, "topic": work.topics.first().pk}


def _visit(client, name, address, visits=2):
    """The last of some visits."""
    for _ in range(visits - 1):
        _read(client, address)
    visit = Visit(name)
    forget_peak()
    before = peak()
    with connection.execute_wrapper(visit):
        start = time.perf_counter()
        visit.bytes = _read(client, address)
        visit.seconds = time.perf_counter() - start
    visit.memory = peak() - before
    return visit


def _read(client, address):
    """Ask for an address and read all that comes; give how many bytes that were."""
    response = client.get(address)
    wanted = 404 if address.endswith("/no-such-work/") else 200
    assert response.status_code == wanted, f"{address}: {response.status_code}"
    return sum(map(len, response)) if response.streaming else len(response.content)
