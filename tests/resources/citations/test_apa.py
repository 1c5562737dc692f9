"""APA 7 against the examples that APA Style shows in public; what no example covers follows below."""

from datetime import date

import pytest

from resources.kinds import Kind
from tests.resources.citations.apa_examples import EXAMPLES
from tests.resources.citations.marked import marked
from tests.resources.records import person, record

# (what it shows, a record, the entry)
CASES = [
    (
        "an organization that publishes its own work is named once, its partner stays",
        record(
            "Community Schools Results, 2013",
            kind=Kind.REPORT,
            authors=["Coalition for Community Schools"],
            publishers=["Coalition for Community Schools", "Institute for Educational Leadership"],
            issued=(2013,),
        ),
        "Coalition for Community Schools. (2013). *Community schools results, 2013*. Institute for Educational "
        "Leadership.",
    ),
    (
        "several publishers",
        record("A Title", kind=Kind.REPORT, authors=[person("Author", "Ann")], publishers=["A", "B"], issued=(2016,)),
        "Author, A. (2016). *A title*. A; B.",
    ),
    (
        "two organizations",
        record(
            "Measuring Social Return on Investment for Community Schools: A Practical Guide",
            kind=Kind.GUIDE,
            authors=["The Finance Project", "The Children’s Aid Society"],
            publishers=["The Finance Project"],
            issued=(2013,),
        ),
        "The Finance Project & The Children’s Aid Society. (2013). *Measuring social return on investment for "
        "community "
        "schools: A practical guide*.",
    ),
    ("no author, no date", record("A Title", kind=Kind.BRIEF), "*A title*. (n.d.)."),
    (
        "no author of an article: its title first, then the date",
        record("What Next?", kind=Kind.ARTICLE, container="A Journal", volume="42", issued=(2018,)),
        "What next? (2018). *A Journal*, *42*.",
    ),
    (
        "pages apart, volume and issue",
        record(
            "Where It All Comes Together",
            subtitle="How Partnerships Connect Communities and Schools",
            kind=Kind.ARTICLE,
            authors=[person("Blank", "Martin J."), person("Villarreal", "Lisa")],
            container="American Educator",
            volume="39",
            number="3",
            page_range="4-9, 43",
            issued=(2015,),
            links=("https://eric.ed.gov/?id=EJ1076382",),
        ),
        "Blank, M. J., & Villarreal, L. (2015). Where it all comes together: How partnerships connect communities "
        "and "
        "schools. *American Educator*, *39*(3), 4–9, 43. https://eric.ed.gov/?id=EJ1076382",
    ),
    (
        "a magazine without volumes is found by its day",
        record("A Title", kind=Kind.ARTICLE, container="A Magazine", issued=(2016, 3, 2)),
        "A title. (2016, March 2). *A Magazine*.",
    ),
    (
        "a working paper with series and number",
        record(
            "Leading Indicators of Long-Term Success in Community Schools: Evidence from New York City",
            kind=Kind.WORKING_PAPER,
            authors=[person("Covelli", "Lauren"), person("Engberg", "John"), person("Opper", "Isaac M.")],
            publishers=["Annenberg Institute at Brown University"],
            series="EdWorkingPaper",
            number="22-669",
            issued=(2022,),
        ),
        "Covelli, L., Engberg, J., & Opper, I. M. (2022). *Leading indicators of long-term success in community "
        "schools: "
        "Evidence from New York City* (EdWorkingPaper No. 22-669). Annenberg Institute at Brown University.",
    ),
    (
        "a translator and an edition",
        record(
            "The Psychology of the Child",
            kind=Kind.BOOK,
            publishers=["Basic Books"],
            authors=[person("Piaget", "Jean"), person("Inhelder", "Bärbel")],
            translators=[person("Weaver", "Helen")],
            edition="Second edition",
            issued=(1969, 2, 3),
        ),
        "Piaget, J., & Inhelder, B. (1969). *The psychology of the child* (H. Weaver, Trans.; 2nd ed.). Basic Books.",
    ),
    (
        "a volume of a revised handbook",
        record("A Title", kind=Kind.HANDBOOK, edition="Revised edition", volume="2", issued=(2001,)),
        "*A title* (Rev. ed., Vol. 2). (2001).",
    ),
    (
        "two editors of the book around a chapter, one page",
        record(
            "A Title!",
            kind=Kind.CHAPTER,
            authors=[person("Author", "Ann")],
            editors=[person("Editor", "Ed M."), person("Other", "Sue")],
            container="Handbook of Schools",
            edition="3rd ed.",
            page_range="12",
            issued=(2008,),
        ),
        "Author, A. (2008). A title! In E. M. Editor & S. Other (Eds.), *Handbook of schools* (3rd ed., p. 12).",
    ),
    (
        "a webinar",
        record(
            "A Title", kind=Kind.WEBINAR, authors=[person("Author", "Ann")], publishers=["A Host"], issued=(2020, 4)
        ),
        "Author, A. (2020, April). *A title* [Webinar]. A Host.",
    ),
    (
        "a title in Spanish keeps its case",
        record("Escuelas Comunitarias: Una Guía", kind=Kind.GUIDE, language="es", issued=(2021,)),
        "*Escuelas Comunitarias: Una Guía*. (2021).",
    ),
]


@pytest.mark.parametrize(("page", "work", "entry"), EXAMPLES)
def test_an_example_of_the_manual_comes_out_as_printed(page, work, entry):
    assert marked(work, "apa") == entry


@pytest.mark.parametrize(("work", "entry"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_work_is_cited(work, entry):
    assert marked(work, "apa") == entry


def test_of_twenty_one_authors_nineteen_and_the_last_are_named():
    work = record("A Title", authors=[person(letter, "Xi") for letter in "ABCDEFGHIJKLMNOPQRSTU"], issued=(1996,))
    assert marked(work, "apa") == (
        "A, X., B, X., C, X., D, X., E, X., F, X., G, X., H, X., I, X., J, X., K, X., L, X., M, X., N, X., O, X., "
        "P, X., "
        "Q, X., R, X., S, X., . . . U, X. (1996). *A title*."
    )


def test_of_twenty_authors_all_are_named():
    work = record("A Title", authors=[person(letter, "Xi") for letter in "ABCDEFGHIJKLMNOPQRST"], issued=(1996,))
    assert marked(work, "apa") == (
        "A, X., B, X., C, X., D, X., E, X., F, X., G, X., H, X., I, X., J, X., K, X., L, X., M, X., N, X., O, X., "
        "P, X., "
        "Q, X., R, X., S, X., & T, X. (1996). *A title*."
    )


def test_the_day_of_reading_is_told_only_where_no_date_is_known():
    address = "https://www.example.org/a"
    undated = record("About Us", kind=Kind.PAGE, authors=["Yale University"], links=(address,))
    dated = record("About Us", kind=Kind.PAGE, authors=["Yale University"], links=(address,), issued=(2017,))
    day = date(2017, 5, 1)
    assert marked(undated, "apa", day) == f"Yale University. (n.d.). *About us*. Retrieved May 1, 2017, from {address}"
    assert marked(undated, "apa") == f"Yale University. (n.d.). *About us*. {address}"
    assert marked(dated, "apa", day) == f"Yale University. (2017). *About us*. {address}"
