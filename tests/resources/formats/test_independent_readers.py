"""Programs of others read the standard part of our files."""

import dataclasses
import json
import re

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from resources.formats.columns import cells
from resources.kinds import ContributorRole
from resources.records import Name
from tests.resources.formats.samples import ARTICLE, FULL, REPORT, read, written


def test_rispy_reads_our_ris():
    article, report = rispy.loads(written("ris", ARTICLE, REPORT).decode())
    assert article["type_of_reference"] == "JOUR"
    assert article["title"] == "Where It All Comes Together: How Partnerships Connect Communities and Schools"
    assert article["authors"] == ["Blank, Martin J.", "Villarreal, Lisa"]
    assert (article["secondary_title"], article["volume"], article["number"]) == ("American Educator", "39", "3")
    assert (article["year"], article["date"], article["start_page"]) == ("2015", "2015/09//", "4-9, 43")
    assert (article["accession_number"], article["issn"]) == ("EJ1076382", "0148-432X")
    assert article["keywords"] == ["partnerships", "movement history"]
    assert "[levels] local" in article["notes"]
    assert report["authors"] == ["Coalition for Community Schools", "Leung-Gagné, Melanie", "van der Berg, Jan, Jr."]
    assert (report["type_of_work"], report["doi"], report["start_page"]) == ("brief", "10.1234/abc", "48")


def test_pybtex_reads_our_bibtex():
    article, report = parse_string(written("bibtex", ARTICLE, REPORT).decode(), "bibtex").entries.values()
    assert (article.type, article.key) == ("article", "where-it-all-comes-together")
    assert article.fields["journal"] == "American Educator"
    assert (article.fields["year"], article.fields["month"]) == ("2015", "September")
    assert article.fields["pages"] == "4--9, 43"
    assert [str(person) for person in article.persons["author"]] == ["Blank, Martin J.", "Villarreal, Lisa"]
    assert report.fields["title"] == r"{Community Schools Evaluation: 100\% \& More\_}"
    organization, _melanie, jan = report.persons["author"]
    assert organization.last_names == ["{Coalition for Community Schools}"]
    assert (jan.prelast_names, jan.last_names, jan.lineage_names) == (["van", "der"], ["Berg"], ["Jr."])
    assert (report.fields["institution"], report.fields["doi"]) == ("Learning Policy Institute", "10.1234/abc")


def test_our_csl_json_has_the_fields_of_its_schema():
    article, report = json.loads(written("csl", ARTICLE, REPORT))
    assert (article["type"], article["id"]) == ("article-journal", "where-it-all-comes-together")
    assert article["author"] == [
        {"family": "Blank", "given": "Martin J."},
        {"family": "Villarreal", "given": "Lisa"},
    ]
    assert article["issued"] == {"date-parts": [[2015, 9]]}
    assert (article["container-title"], article["volume"], article["issue"]) == ("American Educator", "39", "3")
    assert report["author"][0] == {"literal": "Coalition for Community Schools"}
    assert report["author"][2] == {
        "family": "Berg",
        "given": "Jan",
        "non-dropping-particle": "van der",
        "suffix": "Jr.",
    }
    assert (report["DOI"], report["ISBN"], report["genre"]) == ("10.1234/abc", "0937846112", "brief")


def as_rispy_reads(record):
    (entry,) = rispy.loads(written("ris", record).decode())
    return entry | {"notes": [re.sub(r"^\[\w+\] ", "", note) for note in entry["notes"]]}


def as_bibtexparser_reads(record):
    library = bibtexparser.parse_string(
        written("bibtex", record).decode(), append_middleware=[LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    return {field.key: field.value for field in library.entries[0].fields}


def as_citeproc_reads(record):
    (item,) = json.loads(written("csl", record))
    with pytest.warns(UserWarning, match=r"unsupported: custom$"):  # which the schema keeps for what others need
        (entry,) = CiteProcJSON([item]).values()
    return dict(entry) | {"custom": item["custom"]}


READERS = {"rispy": as_rispy_reads, "bibtexparser": as_bibtexparser_reads, "citeproc": as_citeproc_reads}
# Each format writes these in its own way; see the next test.
OF_THEIR_OWN_FORM = {"author", "month", "day"}


def pieces_of(value):
    """Everything that stands in a value, taken apart at the marks of lists."""
    if isinstance(value, dict):
        value = value.values()
    if not isinstance(value, str | int):
        return {piece for one in value for piece in pieces_of(one)}
    return set(re.split(r"[;,] ", str(value).replace("–", "-").casefold()))


@pytest.mark.parametrize("reader", READERS)
def test_no_field_of_a_record_is_lost_on_a_program_of_others(reader):
    wanted = {name: text for name, text in cells(FULL).items() if text and name not in OF_THEIR_OWN_FORM}
    assert {*cells(FULL)} - {*wanted} == OF_THEIR_OWN_FORM | {"contributor_order", "source"}  # it fills all others
    arrived = pieces_of(READERS[reader](FULL))
    assert {name: pieces_of(text) - arrived for name, text in wanted.items() if pieces_of(text) - arrived} == {}


def test_names_and_dates_arrive_in_the_form_of_each_program():
    ris, bibtex, csl = (READERS[reader](FULL) for reader in ("rispy", "bibtexparser", "citeproc"))
    assert ris["authors"] == ["van der Berg, Jan, Jr.", "Coalition for Community Schools"]
    assert bibtex["author"] == "van der Berg, Jr., Jan and Coalition for Community Schools"
    jan = {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."}
    assert csl["author"] == [jan, {"literal": "Coalition for Community Schools"}]
    assert ris["date"] == "2018/05/24/"
    assert (bibtex["year"], bibtex["month"], bibtex["day"]) == ("2018", "may", "24")
    assert {part: csl["issued"][part] for part in ("year", "month", "day")} == {"year": 2018, "month": 5, "day": 24}


RIS_OF_OTHERS = """\
TY  - JOUR
T1  - Traversing School-Community Partnerships
A1  - Krumm, Bernita L.
A1  - Curry, Katherine
JO  - School Community Journal
Y1  - 2017///
VL  - 27
IS  - 2
SP  - 99
EP  - 120
SN  - 1059-308X
N2  - The abstract goes on
in the next line.
ER  -
"""


def test_ris_of_other_programs_is_read():
    (record,) = read("ris", RIS_OF_OTHERS).records
    assert record.title == "Traversing School-Community Partnerships"
    assert record.authors == (Name(family="Krumm", given="Bernita L."), Name(family="Curry", given="Katherine"))
    assert (record.container, record.page_range, record.issued.iso) == ("School Community Journal", "99-120", "2017")
    assert record.abstract == "The abstract goes on\nin the next line."
    assert [one.value for one in record.identifiers] == ["1059-308X"]


BIBTEX_OF_OTHERS = r"""
@string{mdrc = "MDRC"}
@comment{nothing}
@TechReport{somers2017,
  author = "Marie-Andr{\'e}e Somers and Haider, Zeest and {Communities In Schools}",
  title = "Using {Integrated} Student Supports --- A ``Quasi''-Evaluation \& More",
  institution = mdrc,
  year = 2017,
  month = sep,
  pages = {1--180},
}
"""


def test_bibtex_of_other_programs_is_read():
    (record,) = read("bibtex", BIBTEX_OF_OTHERS).records
    assert record.title == "Using Integrated Student Supports — A “Quasi”-Evaluation & More"
    assert record.authors == (
        Name(family="Somers", given="Marie-Andrée"),
        Name(family="Haider", given="Zeest"),
        Name(literal="Communities In Schools"),
    )
    assert record.names(ContributorRole.PUBLISHER) == (Name(literal="MDRC"),)
    assert (record.issued.iso, record.page_range) == ("2017-09", "1-180")


def test_the_source_of_facts_stays_with_the_staff():
    record = dataclasses.replace(ARTICLE, source="seen by the librarian")
    assert b"seen by the librarian" in written("csv", record)
    for name in ("ris", "bibtex", "csl"):
        assert b"seen by the librarian" not in written(name, record)
