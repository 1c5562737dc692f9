"""Links of works in files: an address, and a word for what stands there."""

import bibtexparser
import pytest

from resources.kinds import LinkKind, Scheme
from resources.records import Link
from tests.resources.formats.samples import REPORT, read, sentences, written
from tests.resources.records import record

NOTICE = Link("https://www.example.org/notice", LinkKind.NOTICE)
PAGE = Link("https://www.example.org/page")
FULL = Link("https://www.example.org/full", LinkKind.FULL_TEXT)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("https://www.example.org/", LinkKind.RECORD),
        ("listing: https://www.example.org/", LinkKind.LISTING),
        ("Full text https://www.example.org/", LinkKind.FULL_TEXT),
        ("full_text: https://www.example.org/", LinkKind.FULL_TEXT),
        ("Review or notice: https://www.example.org/", LinkKind.NOTICE),
    ],
)
def test_a_word_before_an_address_says_what_stands_there(cell, kind):
    (one,) = read("csv", f"title,links\nOne,{cell}\n").records
    assert one.links == (Link("https://www.example.org/", kind),)


def test_a_word_that_is_none_of_them_is_refused_and_the_words_are_said():
    (sentence,) = sentences(read("csv", "title,links\nOne,liting: https://www.example.org/\n"))
    assert sentence == (
        "“liting” is not one of the words for this field. They are: full text, archived, record, notice, listing."
    )


@pytest.mark.parametrize(
    ("name", "line"), [("ris", "UR  - {}\r\n"), ("bibtex", "url = {{{}}}"), ("csl", '"URL": "{}"')]
)
def test_reference_managers_get_the_best_address_and_no_notice_as_that_of_the_work(name, line):
    one = record("One", links=[NOTICE, PAGE, FULL])
    text = written(name, one).decode()
    places = [text.find(line.format(link.address)) for link in (FULL, PAGE, NOTICE)]
    assert places[0] > 0
    assert places[2] == -1
    assert name != "ris" or places[0] < places[1]
    assert list(read(name, text).records) == [one]


STRANGE = "https://www.example.org/a_b/~c?d=1&e=50%25--f#g$"


def test_bibtex_holds_an_address_as_it_is():
    """So BibLaTeX, Zotero and JabRef have it: what is read as text elsewhere is taken letter by letter there."""
    one = record("One & more", links=[Link(STRANGE)], identifiers=[(Scheme.DOI, "10.1234/a_b")])
    text = written("bibtex", one).decode()
    (entry,) = bibtexparser.parse_string(text).entries
    assert (entry["url"], entry["doi"]) == (STRANGE, "10.1234/a_b")
    assert "x-links" not in entry and "x-identifiers" not in entry
    assert list(read("bibtex", text).records) == [one]


@pytest.mark.parametrize(
    "written_there",
    [
        r"https://www.example.org/a_b/~c?d=1&e=50%25--f#g$",
        r"https://www.example.org/a\_b/~c?d=1\&e=50\%25--f\#g\$",
        r"https://www.example.org/a{\_}b/\textasciitilde{}c?d=1\&e=50\%25-{}-f\#g\$",
        r"https://www.example.org/a\textunderscore{}b/\~{}c?d=1{\&}e=50\%25--f\#g\$",
    ],
)
def test_bibtex_with_an_escaped_address_is_read_too(written_there):
    (one,) = read("bibtex", f"@misc{{a,\n title = {{One}},\n url = {{{written_there}}}\n}}\n").records
    assert one.found_at == (STRANGE,)


def test_an_address_that_would_end_its_field_is_written_for_others_and_comes_back_as_it_was():
    one = record("One", links=[Link("https://www.example.org/a}b\\c{d")])
    text = written("bibtex", one).decode()
    (entry,) = bibtexparser.parse_string(text).entries
    assert entry["url"] == "https://www.example.org/a%7Db%5Cc%7Bd"
    assert list(read("bibtex", text).records) == [one]


def test_a_work_known_by_a_notice_alone_has_no_address_to_cite():
    here = "https://here.example.org/one/"
    assert record("One", links=[NOTICE], url=here).address == ""
    assert record("One", links=[NOTICE], url=here, is_held=True).address == here
    assert record("One", links=[PAGE], url=here, is_held=True).address == PAGE.address
    assert REPORT.found_at == ("https://www.example.org/report",)
