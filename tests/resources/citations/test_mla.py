"""MLA 9 against public examples of the handbook; what no example covers follows below.

Colleges quote the handbook's examples by number of page; those named here can be read without a subscription.
"""

from datetime import date

import pytest

from resources.kinds import Kind, Scheme
from tests.resources.citations.marked import marked
from tests.resources.records import person, record

AUTHORS = "https://morningside.libguides.com/MLA8/author"  # quotes pages 107 to 119 of the handbook
ANTHOLOGY = "https://monmouth.edu/resources-for-writers/mla-9-works-cited"

# (page of the example, its facts as a record, the entry)
EXAMPLES = [
    (
        AUTHORS,
        record(
            "Redefining Reading: The Impact of Digital Communication Media",
            kind=Kind.ARTICLE,
            authors=[person("Baron", "Naomi S.")],
            container="PMLA",
            volume="128",
            number="1",
            page_range="193-200",
            issued=(2013, 1),
        ),
        "Baron, Naomi S. “Redefining Reading: The Impact of Digital Communication Media.” *PMLA*, vol. 128, no. 1, "
        "Jan. 2013, pp. 193–200.",
    ),
    (
        AUTHORS,
        record(
            "The Pleasures of Reading in an Age of Distraction",
            kind=Kind.BOOK,
            authors=[person("Jacobs", "Alan")],
            publishers=["Oxford University Press"],
            issued=(2011,),
        ),
        "Jacobs, Alan. *The Pleasures of Reading in an Age of Distraction*. Oxford UP, 2011.",
    ),
    (
        AUTHORS,
        record(
            "The Crown of Columbus",
            kind=Kind.BOOK,
            authors=[person("Dorris", "Michael"), person("Erdrich", "Louise")],
            publishers=["HarperCollins Publishers"],
            issued=(1999,),
        ),
        "Dorris, Michael, and Louise Erdrich. *The Crown of Columbus*. HarperCollins Publishers, 1999.",
    ),
    (
        AUTHORS,
        record(
            "Digital_Humanities",
            kind=Kind.BOOK,
            authors=[person("Burdick", "Anne"), person("Drucker", "Johanna"), person("Lunenfeld", "Peter")],
            publishers=["MIT P"],
            issued=(2012,),
        ),
        "Burdick, Anne, et al. *Digital_Humanities*. MIT P, 2012.",
    ),
    (
        AUTHORS,
        record(
            "Consequences of Rapid Population Growth in Developing Countries",
            kind=Kind.BOOK,
            authors=["United Nations"],
            publishers=["Taylor and Francis"],
            issued=(1991,),
        ),
        "United Nations. *Consequences of Rapid Population Growth in Developing Countries*. Taylor and Francis, 1991.",
    ),
    (
        ANTHOLOGY,
        record(
            "Volume 1: The Ancient World Through the Renaissance",
            kind=Kind.CHAPTER,
            authors=[person("Hurt", "James"), person("Wilkie", "Brian")],
            editors=[person("Jewell", "Leah")],
            container="Literature of the Western World",
            publishers=["Prentice-Hall"],
            edition="Fifth edition",
            issued=(2001,),
            page_range="24-29",
        ),
        "Hurt, James, and Brian Wilkie. “Volume 1: The Ancient World Through the Renaissance.” *Literature of the "
        "Western "
        "World*, edited by Leah Jewell, 5th ed., Prentice-Hall, 2001, pp. 24–29.",
    ),
]

# (what it shows, a record, the entry)
CASES = [
    (
        "an organization that publishes its own work is named once, as publisher",
        record(
            "Community Schools Results, 2013",
            kind=Kind.REPORT,
            authors=["Coalition for Community Schools"],
            publishers=["Coalition for Community Schools", "Institute for Educational Leadership"],
            issued=(2013,),
        ),
        "*Community Schools Results, 2013*. Coalition for Community Schools / Institute for Educational Leadership, "
        "2013.",
    ),
    (
        "no author, no date",
        record("A Title", kind=Kind.BRIEF, publishers=["The Publisher, Inc."]),
        "*A Title*. Publisher.",
    ),
    (
        "editors, a revised edition and a university press",
        record(
            "A Title",
            kind=Kind.BOOK,
            editors=[person("Editor", "Ann B."), person("Other", "Carl")],
            publishers=["University of Chicago Press"],
            edition="Revised edition",
            issued=(1994,),
        ),
        "Editor, Ann B., and Carl Other, editors. *A Title*. Revised ed., U of Chicago P, 1994.",
    ),
    (
        "three editors inside, translators, a suffix",
        record(
            "A Title",
            kind=Kind.BOOK,
            authors=[person("Author", "Ann", suffix="Jr."), person("Other", "Carl", suffix="Jr.")],
            editors=[person("Editor", "Ed"), person("Second", "Sue"), person("Third", "Theo")],
            translators=[person("Translator", "Tom")],
            issued=(1994,),
        ),
        "Author, Ann, Jr., and Carl Other, Jr. *A Title*. Edited by Ed Editor et al., translated by Tom "
        "Translator, 1994.",
    ),
    (
        "a DOI stays whole, other addresses lose their protocol; series at the end",
        record(
            "Leading Indicators of Long-Term Success in Community Schools",
            kind=Kind.WORKING_PAPER,
            authors=[person("Covelli", "Lauren")],
            publishers=["Annenberg Institute at Brown University"],
            series="EdWorkingPaper",
            number="22-669",
            issued=(2022, 11),
            links=("https://edworkingpapers.com/ai22-669",),
        ),
        "Covelli, Lauren. *Leading Indicators of Long-Term Success in Community Schools*. Annenberg Institute at "
        "Brown University, Nov. 2022, "
        "edworkingpapers.com/ai22-669. EdWorkingPaper 22-669.",
    ),
    (
        "pages apart and a DOI",
        record(
            "Where It All Comes Together",
            kind=Kind.ARTICLE,
            authors=[person("Blank", "Martin J."), person("Villarreal", "Lisa")],
            container="American Educator",
            volume="39",
            number="3",
            page_range="4-9, 43",
            issued=(2015,),
            identifiers=[(Scheme.DOI, "10.1000/x")],
        ),
        "Blank, Martin J., and Lisa Villarreal. “Where It All Comes Together.” *American Educator*, vol. 39, no. 3, "
        "2015, "
        "pp. 4–9, 43, https://doi.org/10.1000/x.",
    ),
    (
        "a video on a site",
        record(
            "Soft Robotic Gripper for Jellyfish",
            kind=Kind.VIDEO,
            authors=["Harvard University"],
            issued=(2019, 8, 28),
            container="YouTube",
            links=("https://www.youtube.com/watch?v=guRoWTYfxMs",),
        ),
        "Harvard University. “Soft Robotic Gripper for Jellyfish.” *YouTube*, 28 Aug. 2019, "
        "www.youtube.com/watch?v=guRoWTYfxMs.",
    ),
    (
        "a webinar",
        record("A Title", kind=Kind.WEBINAR, authors=[person("Author", "Ann")], publishers=["Host"], issued=(2020,)),
        "Author, Ann. *A Title*. Host, 2020. Webinar.",
    ),
    (
        "quotation marks inside quotation marks",
        record('The "Good" School', kind=Kind.ARTICLE, container="A Journal", volume="1"),
        "“The ‘Good’ School.” *A Journal*, vol. 1.",
    ),
]


@pytest.mark.parametrize(("page", "work", "entry"), EXAMPLES)
def test_an_example_of_the_handbook_comes_out_as_printed(page, work, entry):
    assert marked(work, "mla") == entry


@pytest.mark.parametrize(("work", "entry"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_work_is_cited(work, entry):
    assert marked(work, "mla") == entry


def test_the_day_of_reading_is_told_only_where_no_date_is_known():
    undated = record("About Us", kind=Kind.PAGE, authors=["Yale University"], links=("https://www.example.org/a",))
    entry = marked(undated, "mla", date(2017, 9, 1))
    assert entry == "Yale University. “About Us.” www.example.org/a. Accessed 1 Sept. 2017."
