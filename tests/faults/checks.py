"""What must be so when all faults are over."""

import re
from dataclasses import dataclass

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publishing.models import Revision
from resources.models import FilePage, StoredFile

WORDS = re.compile(r"Save (\d+)\.")


@dataclass(frozen=True)
class Check:
    words: str
    found: str
    holds: bool


def checks(load):
    return [*saves(load), *publishes(load), *tasks()]


def saves(load):
    """Every answered save is there, each save whole or not at all, none twice."""
    kept = [numbers_in(revision.data) for revision in Revision.objects.of(load.page)]
    whole = [numbers for numbers in kept if numbers]
    halves = [numbers for numbers in whole if len(numbers) != 1]
    there = [number for numbers in whole for number in numbers]
    answered = {number for number, is_answered in load.saves.items() if is_answered}
    lost = answered - set(there)
    unanswered = load.saves.keys() - answered
    twice = len(there) - len(set(there))
    return [
        Check("Saves answered that are not there", f"{len(lost)} of {len(answered)}", not lost),
        Check(
            "Saves of which a part is there",
            f"{len(halves)}; of {len(unanswered)} unanswered ones {len(unanswered & set(there))} are there whole",
            not halves,
        ),
        Check("Saves that are there twice", str(twice), not twice),
    ]


def numbers_in(data):
    """The numbers that a revision's summary and first text speak of: one, where it is whole."""
    summary = WORDS.search(data["item"]["summary"])
    texts = sorted(data["parts"].get("pages.richtext", []), key=lambda row: row["ordering"])
    text = WORDS.search(texts[0]["text"]) if texts else None
    return (
        {int(found[1]) for found in (summary, text) if found}
        if summary and text
        else ({-1, 0} if summary or text else set())
    )


def publishes(load):
    """What readers get is the last published revision, as a whole; every answered publish happened."""
    published = Revision.objects.of(load.page).published()
    there = {number for revision in published for number in numbers_in(revision.data)}
    lost = {number for number, is_answered in load.publishes.items() if is_answered} - there
    page = type(load.page).objects.get(pk=load.page.pk)
    last = published.first()
    live = page.summary, page.pages_richtext_set.order_by("ordering").first().text
    number = next(iter(numbers_in(last.data)), None)
    is_whole = live == (f"Save {number}.", f"<p>Save {number}.</p>")
    return [
        Check("Publishes answered that did not happen", f"{len(lost)} of {len(load.publishes)}", not lost),
        Check("Readers get the last published text as a whole", str(live[0]), is_whole),
    ]


def tasks():
    """No task is lost, none has failed; each page of each file is there once."""
    undone = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).filter(run_after=None)
    files = StoredFile.objects.exclude(page_count=None)
    wrong = [file for file in files if numbers_of(file) != list(range(1, file.page_count + 1))]
    return [
        Check("Tasks lost or failed", str(undone.count()), not undone.exists()),
        Check("Files whose pages are not there, each once", f"{len(wrong)} of {files.count()}", not wrong),
    ]


def numbers_of(file):
    return list(FilePage.objects.filter(file=file).order_by("number").values_list("number", flat=True))
