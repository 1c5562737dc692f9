"""How names are written: initials, particles, suffixes, people of one name, other scripts."""

import pytest

from resources.kinds import Kind
from resources.records import Name
from tests.resources.citations.marked import marked
from tests.resources.records import person, record

# (name, APA, MLA and Chicago lists, Chicago note)
NAMES = [
    (person("Blank", "Martin J."), "Blank, M. J.", "Blank, Martin J.", "Martin J. Blank"),
    (person("Sartre", "Jean-Paul"), "Sartre, J.-P.", "Sartre, Jean-Paul", "Jean-Paul Sartre"),
    (person("Sartre", "J.-P."), "Sartre, J.-P.", "Sartre, J.-P.", "J.-P. Sartre"),
    (person("Sartre", "JP"), "Sartre, J. P.", "Sartre, JP", "JP Sartre"),
    (person("Sartre", "J.P."), "Sartre, J. P.", "Sartre, J.P.", "J.P. Sartre"),
    (person("Berg", "Jan", particle="van der"), "van der Berg, J.", "van der Berg, Jan", "Jan van der Berg"),
    (person("Cruz", "Ana", particle="de la"), "de la Cruz, A.", "de la Cruz, Ana", "Ana de la Cruz"),
    (person("Beethoven", "Ludwig van"), "Beethoven, L. van", "Beethoven, Ludwig van", "Ludwig van Beethoven"),
    (
        person("King", "Martin Luther", suffix="Jr."),
        "King, M. L., Jr.", "King, Martin Luther, Jr.", "Martin Luther King Jr.",
    ),
    (person("hooks", "bell"), "hooks, b.", "hooks, bell", "bell hooks"),
    (person("Plato"), "Plato", "Plato", "Plato"),
    (person("", "Madonna"), "Madonna", "Madonna", "Madonna"),
    (person("Leung-Gagné", "Émilie"), "Leung-Gagné, É.", "Leung-Gagné, Émilie", "Émilie Leung-Gagné"),
    (person("Çelik", "Øystein Åse"), "Çelik, Ø. Å.", "Çelik, Øystein Åse", "Øystein Åse Çelik"),
    (person("王", "小明"), "王, 小明", "王, 小明", "小明 王"),
    (person("O'Neil", "William “Bill” R."), "O’Neil, W. R.", "O’Neil, William “Bill” R.", "William “Bill” R. O’Neil"),
    (Name(literal="Communities In Schools"), *["Communities In Schools"] * 3),
    (Name(literal="Jobs for the Future, Inc."), *["Jobs for the Future, Inc."] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("name", "apa", "inverted", "direct"), NAMES, ids=[row[1] for row in NAMES])
def test_a_name_is_written_as_the_style_says(name, apa, inverted, direct):
    work = record("It", kind=Kind.BOOK, authors=[name], issued=(2001,))
    dotted = {text: text if text.endswith(".") else f"{text}." for text in (apa, inverted)}
    assert marked(work, "apa") == f"{dotted[apa]} (2001). *It*."
    assert marked(work, "mla") == f"{dotted[inverted]} *It*. 2001."
    assert marked(work, "chicago-bibliography") == f"{dotted[inverted]} *It*. 2001."
    assert marked(work, "chicago-note") == f"{direct}, *It* (2001)."


def test_a_contributor_without_a_name_is_left_out():
    work = record("It", authors=[person("", suffix="Jr."), person("Plato"), Name(literal=" ")], issued=(2001,))
    assert marked(work, "apa") == "Plato. (2001). *It*."


@pytest.mark.parametrize(
    ("authors", "apa", "mla", "chicago"),
    [
        (
            [person("A", "Al"), person("B", "Bo")],
            "A, A., & B, B. (2001). *It*.",
            "A, Al, and Bo B. *It*. 2001.",
            "A, Al, and Bo B. *It*. 2001.",
        ),
        (
            [person("A", "Al"), person("B", "Bo"), person("C", "Cy")],
            "A, A., B, B., & C, C. (2001). *It*.",
            "A, Al, et al. *It*. 2001.",
            "A, Al, Bo B, and Cy C. *It*. 2001.",
        ),
        (
            ["First Group", "Second Group"],
            "First Group & Second Group. (2001). *It*.",
            "First Group and Second Group. *It*. 2001.",
            "First Group and Second Group. *It*. 2001.",
        ),
        (
            ["The First Group", person("B", "Bo"), person("C", "Cy")],
            "The First Group, B, B., & C, C. (2001). *It*.",
            "First Group, et al. *It*. 2001.",
            "The First Group, Bo B, and Cy C. *It*. 2001.",
        ),
    ],
    ids=["two people", "three people", "two organizations", "an organization and two people"],
)
def test_several_authors_are_joined_as_the_style_says(authors, apa, mla, chicago):
    work = record("It", authors=authors, issued=(2001,))
    assert marked(work, "apa") == apa
    assert marked(work, "mla") == mla
    assert marked(work, "chicago-bibliography") == chicago
