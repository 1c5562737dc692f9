"""PDFs: checked, cleaned and read, always in a process of its own (`pdf_process`)."""

import base64
import json
import logging
import os
import signal
import subprocess
import sys
import zipfile
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Timer

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.files.facts import Refused
from resources.files.limits import LIMITS

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG")  # nothing else of ours reaches the process: no key, no database
LONGEST_ANSWER = 16 << 20  # characters; the picture of a page is the longest
TAIL = 1 << 16
END_OF_FILE = b"%%EOF"

SENTENCES = {
    "password": gettext_lazy(
        "This PDF is locked: it cannot be opened without a password. Save a copy without one, and choose that copy."
    ),
    "broken": gettext_lazy(
        "This PDF is damaged or cut off. Copy it again from where it came, or open it and print it to a new PDF."
    ),
    "pages": gettext_lazy("This PDF has %(count)s pages; the limit is %(limit)s. Split it into parts."),
    "objects": gettext_lazy(
        "This PDF is made of %(count)s objects; the limit is %(limit)s. Print it to a new PDF, or split it into parts."
    ),
    "xfa": gettext_lazy(
        "This PDF is a form that works by scripts (XFA), which most readers cannot open. "
        "Print it to a new PDF, and choose that copy."
    ),
    "portfolio": gettext_lazy("This PDF is a folder of other files. Take them out, and add each by itself."),
    "locked": gettext_lazy(
        "This PDF carries scripts or attached files, and is locked against changes, so we cannot take them out. "
        "Ask its publisher for a copy without them."
    ),
    "too_much": gettext_lazy(
        "This PDF takes too much memory or time to read. Print it to a new PDF, or split it into parts."
    ),
    "crash": gettext_lazy(
        "This PDF breaks the program that reads it: it is damaged, or takes too much memory. "
        "Print it to a new PDF, and choose that copy."
    ),
}


def check_pdf(path, limits=LIMITS):
    """Return what FileFacts needs to know of a PDF, or raise Refused.

    Cleaned: scripts, programs to start, forms that send themselves, attached files and embedded media are taken out
    (`pdf_parts`), by writing a copy beside the file. A digital signature does not survive that. What is not damaged and
    not dangerous is kept byte by byte.

    Refused: what would be empty after cleaning (forms that only show by XFA, portfolios), what does not follow its own
    table (no repairs: they guess), and what is also something else (bytes before the header or behind the end, zip).

    A PDF with an owner's password only is taken as it is: everyone can open and read it, its page text too. It is never
    changed, since writing it anew would lift its publisher's restrictions.
    """
    _check_frame(path)
    clean_path = path.with_name(f"{path.name}.cleaned")
    try:
        found = _only_answer("facts", path, limits, str(clean_path))
    except Refused:
        clean_path.unlink(missing_ok=True)
        raise
    keys = ("page_count", "title", "language", "is_tagged")
    kept = clean_path if found["removed"] else path
    return {"path": kept, "removed": tuple(found["removed"])} | {key: found[key] for key in keys}


def pages_of(path, limits=LIMITS):
    """Yield the text of each page, in order: one line of words, empty for a page that is only a picture.

    A page is read when it is asked for, so a long report is never in memory as a whole. Raises Refused in the middle
    where a page breaks the reader: keep nothing then (`file_store.give_up`). Stopping early ends the process too.
    """
    for answer in _answers("pages", path, limits):
        yield answer["text"]


def first_page(path, width, limits=LIMITS):
    """The first page as a WebP picture (bytes), `width` points wide; at most three times as tall, cut at the foot."""
    return base64.b64decode(_only_answer("picture", path, limits, str(width))["image"])


def _check_frame(path):
    """A PDF begins with its header and ends with its last line; what is more could be read as another kind of file."""
    with path.open("rb") as file:
        begins_well = file.read(5) == b"%PDF-"
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read().rstrip(b"\0\t\n\f\r ")
    if END_OF_FILE not in tail:
        raise Refused(str(SENTENCES["broken"]))
    if not begins_well or not tail.endswith(END_OF_FILE) or zipfile.is_zipfile(path):
        raise Refused(
            _(
                "This PDF has something in front of it, behind it or inside it "
                "that could pass for another kind of file. Print it to a new PDF, and choose that copy."
            )
        )


def _only_answer(command, path, limits, *values):
    answers = list(_answers(command, path, limits, *values))
    if len(answers) != 1:
        raise Refused(str(SENTENCES["crash"]))
    return answers[0]


def _answers(command, path, limits, *values):
    """Run a command of `pdf_process`, yield its answers; raise Refused where it says no or does not come to its end."""
    with _running(command, path, limits, *values) as process:
        while True:
            with _deadline(process, limits.wait_seconds):
                line = process.stdout.readline(LONGEST_ANSWER)
            if not line.endswith(b"\n"):
                raise _broken_off(process, path)
            answer = json.loads(line)
            if "end" in answer:
                return
            if "no" in answer:
                raise Refused(SENTENCES[answer["no"]] % _readable(answer["values"]))
            yield answer


@contextmanager
def _running(command, path, limits, *values):
    arguments = [command, str(Path(path).resolve()), json.dumps(asdict(limits)), *values]
    process = subprocess.Popen(
        [sys.executable, "-m", "resources.files.pdf_process", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
    )
    with closing(process.stdout):
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def _deadline(process, seconds):
    """End the process if the block takes longer; what waits for its answer then reads the end of the stream."""
    timer = Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _broken_off(process, path):
    """The refusal for a process that ended without saying so: stopped for its time, or broken by the file."""
    code = process.wait()
    logger.warning("The PDF process ended with %s on %s.", code, path)
    is_out_of_time = code in {-signal.SIGXCPU, -signal.SIGKILL}
    return Refused(str(SENTENCES["too_much" if is_out_of_time else "crash"]))


def _readable(values):
    return {name: number_format(value, force_grouping=True) for name, value in values.items()}
