"""Our own reports: the committed files say what the texts say, and every reader can use them."""

import re

import pytest

from local.reports import texts
from local.reports.__main__ import FOLDER, REPORTS, make_report
from resources.files.inspection import inspect
from resources.files.pdf import pages_of

pytestmark = pytest.mark.deep

AUTHOR = "Coalition for Community Schools"


def letters(text):
    """Letters and digits alone: where lines end makes no difference."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_what_the_starting_texts_say_and_nothing_else(name):
    title, leading_page, pages = REPORTS[name]
    pieces = [piece for page in pages for piece in texts.pieces_of(page)]
    expected = [title, texts.summary_of(leading_page), *(f"{piece.marker} {piece.text}" for piece in pieces)]
    head = title if len(title) < 60 else AUTHOR
    printed = [
        text.removesuffix(f" {AUTHOR} {number}").removeprefix(head if number > 1 else "")
        for number, text in enumerate(pages_of(FOLDER / f"{name}.pdf"), 1)
    ]
    assert letters("".join(printed)) == letters("".join(expected)), "the texts have changed: python -m local.reports"


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_tagged_and_names_its_title_and_language(name):
    facts = inspect(FOLDER / f"{name}.pdf", f"{name}.pdf")
    assert (facts.title, facts.language, facts.is_tagged) == (REPORTS[name][0], "en-US", True)
    assert 3 <= facts.page_count <= 6
    assert facts.removed == ()


def test_a_report_made_twice_has_the_same_bytes(tmp_path):
    once = make_report("your-leadership-role", tmp_path).read_bytes()
    assert make_report("your-leadership-role", tmp_path).read_bytes() == once
