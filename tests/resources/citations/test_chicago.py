"""Chicago 17 against the examples of the manual's public quick guide; what no example covers follows below.

Our entries differ from the guide's in two ways that the records impose: places of publishers are left out, and a season
of a journal (“Spring 2017”) is not known, only its year.
"""

from datetime import date

import pytest

from resources.kinds import Kind, Scheme
from tests.resources.citations.marked import marked
from tests.resources.records import person, record

NOTES = "https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-1.html"
AUTHOR_DATE = "https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-2.html"
STYLES = ("chicago-bibliography", "chicago-note", "chicago-author-date")

# (the guide's example on NOTES and AUTHOR_DATE, its facts as a record, bibliography, note, author-date)
EXAMPLES = [
    (
        "two authors",
        record(
            "A Curious Mind: The Secret to a Bigger Life",
            kind=Kind.BOOK,
            authors=[person("Grazer", "Brian"), person("Fishman", "Charles")],
            publishers=["Simon & Schuster"],
            issued=(2015,),
        ),
        "Grazer, Brian, and Charles Fishman. *A Curious Mind: The Secret to a Bigger Life*. Simon & Schuster, 2015.",
        "Brian Grazer and Charles Fishman, *A Curious Mind: The Secret to a Bigger Life* (Simon & Schuster, 2015).",
        "Grazer, Brian, and Charles Fishman. 2015. *A Curious Mind: The Secret to a Bigger Life*. Simon & Schuster.",
    ),
    (
        "chapter of an edited book",
        record(
            "Walking",
            kind=Kind.CHAPTER,
            authors=[person("Thoreau", "Henry David")],
            editors=[person("D’Agata", "John")],
            container="The Making of the American Essay",
            publishers=["Graywolf Press"],
            page_range="167-195",
            issued=(2016,),
        ),
        "Thoreau, Henry David. “Walking.” In *The Making of the American Essay*, edited by John D’Agata, 167–95. "
        "Graywolf "
        "Press, 2016.",
        "Henry David Thoreau, “Walking,” in *The Making of the American Essay*, ed. John D’Agata (Graywolf Press, "
        "2016), "
        "167–95.",
        "Thoreau, Henry David. 2016. “Walking.” In *The Making of the American Essay*, edited by John D’Agata, "
        "167–95. "
        "Graywolf Press.",
    ),
    (
        "edited book",
        record(
            "The Making of the American Essay",
            kind=Kind.BOOK,
            editors=[person("D’Agata", "John")],
            publishers=["Graywolf Press"],
            issued=(2016,),
        ),
        "D’Agata, John, ed. *The Making of the American Essay*. Graywolf Press, 2016.",
        "John D’Agata, ed., *The Making of the American Essay* (Graywolf Press, 2016).",
        "D’Agata, John, ed. 2016. *The Making of the American Essay*. Graywolf Press.",
    ),
    (
        "translated book",
        record(
            "In Other Words",
            kind=Kind.BOOK,
            authors=[person("Lahiri", "Jhumpa")],
            translators=[person("Goldstein", "Ann")],
            publishers=["Alfred A. Knopf"],
            issued=(2016,),
        ),
        "Lahiri, Jhumpa. *In Other Words*. Translated by Ann Goldstein. Alfred A. Knopf, 2016.",
        "Jhumpa Lahiri, *In Other Words*, trans. Ann Goldstein (Alfred A. Knopf, 2016).",
        "Lahiri, Jhumpa. 2016. *In Other Words*. Translated by Ann Goldstein. Alfred A. Knopf.",
    ),
    (
        "article with a month",
        record(
            "Livy and the Pax Deum",
            kind=Kind.ARTICLE,
            authors=[person("Satterfield", "Susan")],
            container="Classical Philology",
            volume="111",
            number="2",
            page_range="165-176",
            issued=(2016, 4),
        ),
        "Satterfield, Susan. “Livy and the Pax Deum.” *Classical Philology* 111, no. 2 (April 2016): 165–76.",
        "Susan Satterfield, “Livy and the Pax Deum,” *Classical Philology* 111, no. 2 (April 2016): 165–76.",
        "Satterfield, Susan. 2016. “Livy and the Pax Deum.” *Classical Philology* 111, no. 2 (April): 165–76.",
    ),
    (
        "article with three authors and a DOI",
        record(
            "Expanding College Access in Taiwan, 1978–2014",
            subtitle="Effects on Graduate Quality and Income Inequality",
            kind=Kind.ARTICLE,
            authors=[person("Keng", "Shao-Hsun"), person("Lin", "Chun-Hung"), person("Orazem", "Peter F.")],
            container="Journal of Human Capital",
            volume="11",
            number="1",
            page_range="1-34",
            issued=(2017,),
            identifiers=[(Scheme.DOI, "10.1086/690235")],
        ),
        "Keng, Shao-Hsun, Chun-Hung Lin, and Peter F. Orazem. “Expanding College Access in Taiwan, 1978–2014: "
        "Effects on "
        "Graduate Quality and Income Inequality.” *Journal of Human Capital* 11, no. 1 (2017): 1–34. "
        "https://doi.org/10.1086/690235.",
        "Shao-Hsun Keng, Chun-Hung Lin, and Peter F. Orazem, “Expanding College Access in Taiwan, 1978–2014: "
        "Effects on "
        "Graduate Quality and Income Inequality,” *Journal of Human Capital* 11, no. 1 (2017): 1–34, "
        "https://doi.org/10.1086/690235.",
        "Keng, Shao-Hsun, Chun-Hung Lin, and Peter F. Orazem. 2017. “Expanding College Access in Taiwan, 1978–2014: "
        "Effects "
        "on Graduate Quality and Income Inequality.” *Journal of Human Capital* 11 (1): 1–34. "
        "https://doi.org/10.1086/690235.",
    ),
    (
        "article of a magazine",
        record(
            "The Prophet of Dystopia",
            kind=Kind.ARTICLE,
            authors=[person("Mead", "Rebecca")],
            container="New Yorker",
            issued=(2017, 4, 17),
        ),
        "Mead, Rebecca. “The Prophet of Dystopia.” *New Yorker*, April 17, 2017.",
        "Rebecca Mead, “The Prophet of Dystopia,” *New Yorker*, April 17, 2017.",
        "Mead, Rebecca. 2017. “The Prophet of Dystopia.” *New Yorker*, April 17, 2017.",
    ),
]

# (what it shows, a record, bibliography, note, author-date)
CASES = [
    (
        "a report of an organization that publishes itself",
        record(
            "Community Schools Results, 2013",
            kind=Kind.REPORT,
            authors=["Coalition for Community Schools"],
            publishers=["Coalition for Community Schools", "Institute for Educational Leadership"],
            issued=(2013,),
        ),
        "Coalition for Community Schools. *Community Schools Results, 2013*. Coalition for Community Schools; "
        "Institute for "
        "Educational Leadership, 2013.",
        "Coalition for Community Schools, *Community Schools Results, 2013* (Coalition for Community Schools; "
        "Institute for "
        "Educational Leadership, 2013).",
        "Coalition for Community Schools. 2013. *Community Schools Results, 2013*. Coalition for Community Schools; "
        "Institute for "
        "Educational Leadership.",
    ),
    (
        "no author, no date, a title that ends in a question mark",
        record("What Is a Community School?", kind=Kind.BRIEF, publishers=["Children’s Aid"]),
        "*What Is a Community School?* Children’s Aid, n.d.",
        "*What Is a Community School?* (Children’s Aid, n.d.).",
        "*What Is a Community School?* n.d. Children’s Aid.",
    ),
    (
        "a question in quotation marks, with a quotation inside",
        record(
            "Who Said “Stay”?",
            kind=Kind.ARTICLE,
            container="A Journal",
            number="4",
            page_range="107-108",
            issued=(2001,),
        ),
        "“Who Said ‘Stay’?” *A Journal*, no. 4 (2001): 107–8.",
        "“Who Said ‘Stay’?,” *A Journal*, no. 4 (2001): 107–8.",
        "“Who Said ‘Stay’?” 2001. *A Journal*, no. 4: 107–8.",
    ),
    (
        "a numbered paper",
        record(
            "A Look at Community Schools in 1998",
            kind=Kind.WORKING_PAPER,
            authors=[person("Dryfoos", "Joy G.")],
            publishers=["Fordham University"],
            series="Occasional Paper",
            number="No. 2",
            issued=(1998,),
        ),
        "Dryfoos, Joy G. *A Look at Community Schools in 1998*. Occasional Paper 2. Fordham University, 1998.",
        "Joy G. Dryfoos, *A Look at Community Schools in 1998*, Occasional Paper 2 (Fordham University, 1998).",
        "Dryfoos, Joy G. 1998. *A Look at Community Schools in 1998*. Occasional Paper 2. Fordham University.",
    ),
    (
        "a video",
        record(
            "How to Take a Picture of a Black Hole",
            kind=Kind.VIDEO,
            authors=[person("Bouman", "Katie")],
            container="TED",
            issued=(2016, 11),
            links=("https://www.ted.com/talks/katie_bouman_what_does_a_black_hole_look_like",),
        ),
        "Bouman, Katie. “How to Take a Picture of a Black Hole.” TED. November 2016. Video. "
        "https://www.ted.com/talks/katie_bouman_what_does_a_black_hole_look_like.",
        "Katie Bouman, “How to Take a Picture of a Black Hole,” TED, November 2016, video, "
        "https://www.ted.com/talks/katie_bouman_what_does_a_black_hole_look_like.",
        "Bouman, Katie. 2016. “How to Take a Picture of a Black Hole.” TED. November 2016. Video. "
        "https://www.ted.com/talks/katie_bouman_what_does_a_black_hole_look_like.",
    ),
    (
        "a volume of a revised and edited handbook",
        record(
            "A Title",
            kind=Kind.HANDBOOK,
            authors=[person("Author", "Ann")],
            editors=[person("Editor", "Ed")],
            edition="Revised edition",
            volume="2",
            publishers=["A Press"],
            issued=(2001,),
        ),
        "Author, Ann. *A Title*. Edited by Ed Editor. Rev. ed. Vol. 2. A Press, 2001.",
        "Ann Author, *A Title*, ed. Ed Editor, rev. ed., vol. 2 (A Press, 2001).",
        "Author, Ann. 2001. *A Title*. Edited by Ed Editor. Rev. ed. Vol. 2. A Press.",
    ),
]
ALL = [*EXAMPLES, *CASES]


@pytest.mark.parametrize(("work", "entries"), [(case[1], case[2:]) for case in ALL], ids=[case[0] for case in ALL])
def test_a_work_is_cited_in_three_ways(work, entries):
    assert tuple(marked(work, style) for style in STYLES) == entries


def test_an_undated_page_has_the_day_of_reading():
    """As “About Yale: Yale Facts” in the quick guide."""
    page = record(
        "About Yale: Yale Facts",
        kind=Kind.PAGE,
        authors=["Yale University"],
        links=("https://www.yale.edu/about-yale/yale-facts",),
    )
    assert [marked(page, style, date(2017, 5, 1)) for style in STYLES] == [
        "Yale University. “About Yale: Yale Facts.” Accessed May 1, 2017. https://www.yale.edu/about-yale/yale-facts.",
        "Yale University, “About Yale: Yale Facts,” accessed May 1, 2017, https://www.yale.edu/about-yale/yale-facts.",
        "Yale University. n.d. “About Yale: Yale Facts.” Accessed May 1, 2017. "
        "https://www.yale.edu/about-yale/yale-facts.",
    ]


def by(count):
    return record("On", authors=[person(letter, "X.") for letter in "ABCDEFGHIJKLMNOPQRSTU"[:count]], issued=(2001,))


@pytest.mark.parametrize(
    ("count", "bibliography", "note"),
    [
        (1, "A, X. *On*. 2001.", "X. A, *On* (2001)."),
        (3, "A, X., X. B, and X. C. *On*. 2001.", "X. A, X. B, and X. C, *On* (2001)."),
        (4, "A, X., X. B, X. C, and X. D. *On*. 2001.", "X. A et al., *On* (2001)."),
        (
            10,
            "A, X., X. B, X. C, X. D, X. E, X. F, X. G, X. H, X. I, and X. J. *On*. 2001.",
            "X. A et al., *On* (2001).",
        ),
        (11, "A, X., X. B, X. C, X. D, X. E, X. F, X. G, et al. *On*. 2001.", "X. A et al., *On* (2001)."),
        (21, "A, X., X. B, X. C, X. D, X. E, X. F, X. G, et al. *On*. 2001.", "X. A et al., *On* (2001)."),
    ],
)
def test_many_authors_are_cut_as_the_manual_says(count, bibliography, note):
    assert marked(by(count), "chicago-bibliography") == bibliography
    assert marked(by(count), "chicago-note") == note
