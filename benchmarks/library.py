"""What the library takes: a long report, files that would do harm, lists and records of many works.

Files are uploaded in the form of a publication, as a librarian does it, and read by the task that the worker runs.
"""

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import data_of
from benchmarks.sample_files import HARMFUL, REPORT
from publishing.publish import publish
from publishing.revisions import add_revision
from publishing.snapshots import capture
from resources.models import FilePage, Publication, StoredFile, WorkFile
from resources.tasks import read_file
from vocabulary.models import Topic

ADD = "/admin/resources/publication/add/"
LIST = "/resources/publications/"
FEW, MANY = 3, 300


@dataclass(frozen=True)
class Taken:
    """How one file fared: `said` stands beside it in the form, `peak` is the most memory of this process in MB."""

    words: str
    seconds: float
    peak: float
    said: str


def measure_files(user):
    """What became of the long report and of each harmful file, and how many pages of text the report gave.

    The seconds of the report are those until its page text stands.
    """
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "benchmarks.sample_files", folder], check=True, cwd=settings.BASE_DIR)
        found = [_taken(client, Path(folder) / REPORT, "a report of 150 pages")]
        pages = FilePage.objects.count()
        found += [_taken(client, Path(folder) / name, words) for name, (words, _make) in HARMFUL.items()]
    return found, pages


def _taken(client, path, words):
    known = set(StoredFile.objects.values_list("pk", flat=True))
    data = data_of(client.get(ADD)) | {
        "title": words,
        "files-TOTAL_FORMS": 1,
        "files-0-upload": SimpleUploadedFile(path.name, path.read_bytes()),
    }
    forget_peak()
    start = time.perf_counter()
    response = client.post(ADD, data | {"_save": "1"}, follow=True)
    for stored in StoredFile.objects.exclude(pk__in=known):
        read_file.call(stored.pk)
    seconds = time.perf_counter() - start
    return Taken(words, seconds, peak(), _said(client, response))


def _said(client, response):
    """What the form says of the file: why it was refused, or what it is."""
    (rows,) = [one.formset for one in response.context_data["inline_admin_formsets"] if one.formset.model is WorkFile]
    if refused := [str(sentence) for form in rows.forms for sentence in form.errors.get("upload", ())]:
        return refused[0]
    stored = StoredFile.objects.first()
    return " ".join(["Taken.", stored.cleaning or f"{stored.pages_read} pages read."])


def forget_peak():
    """Begin to count the peak of this process anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak():
    """The most memory that this process held since then, in MB."""
    status = Path("/proc/self/status").read_text()
    (kilobytes,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(kilobytes) / 1024


def peak_of_readers():
    """The most memory that any process held which opened a PDF, or made the files, in MB: so it is a bound."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def count_queries():
    """Statements of the list and of one record, for few works and for many: {number: (list, record)}."""
    topic = Topic.objects.create(label="Measured", slug="measured")
    found, made = {}, 0
    for wanted in (FEW, MANY):
        while made < wanted:
            made += 1
            _publish_work(made, topic)
        found[wanted] = tuple(_statements(address) for address in (LIST, f"{LIST}measured-1/"))
    return found


def _publish_work(number, topic):
    work = Publication.create_stub()
    data = capture(work)
    data["item"] |= {"title": f"Measured {number}", "slug": f"measured-{number}", "issued_year": 2000}
    data["m2m"] |= {"topics": [topic.pk]}
    publish(add_revision(Publication, work.pk, data, base=None))


def _statements(address):
    client = Client(SERVER_NAME="localhost")
    client.get(address)  # what is asked once a process
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return len(captured)
