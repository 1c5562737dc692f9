"""The door of the package: styles by name, runs for templates, text for copying."""

import pytest

from resources.citations import STYLES, Run, cite
from resources.kinds import Kind
from tests.resources.records import person, record

WORK = record(
    "Where It All Comes Together",
    kind=Kind.ARTICLE,
    authors=[person("Blank", "Martin J.")],
    container="American Educator",
    volume="39",
    issued=(2015,),
)


def test_five_styles_are_offered_by_name_and_label():
    assert [(style.name, str(style.label)) for style in STYLES] == [
        ("apa", "APA 7"),
        ("mla", "MLA 9"),
        ("chicago-bibliography", "Chicago 17, bibliography"),
        ("chicago-note", "Chicago 17, note"),
        ("chicago-author-date", "Chicago 17, author-date"),
    ]


def test_a_citation_is_runs_for_a_template_and_text_for_copying():
    citation = cite(WORK, "apa")
    assert citation.runs == (
        Run("Blank, M. J. (2015). Where it all comes together. "),
        Run("American Educator", is_italic=True),
        Run(", "),
        Run("39", is_italic=True),
        Run("."),
    )
    assert citation.text == str(citation)
    assert citation.text == "Blank, M. J. (2015). Where it all comes together. American Educator, 39."


def test_an_unknown_style_is_an_error():
    with pytest.raises(KeyError):
        cite(WORK, "vancouver")


@pytest.mark.parametrize(
    ("typed", "cited"),
    [
        ("2", "2nd ed."),
        ("2nd edition", "2nd ed."),
        ("2nd ed", "2nd ed."),
        ("Third edition", "3rd ed."),
        ("Rev. ed.", "Revised ed."),
        ("Second revised edition", "Second revised ed."),
        ("Version 2.1", "Version 2.1"),
        ("11", "11th ed."),
    ],
)
def test_an_edition_is_said_in_one_way_however_it_was_typed(typed, cited):
    assert cite(record("It", edition=typed), "mla").text == f"It. {cited}".removesuffix(".") + "."
