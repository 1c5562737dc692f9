"""Titles: sentence case for APA, quotation marks, marks at the end."""

import pytest

from resources.kinds import Kind
from tests.resources.citations.marked import marked
from tests.resources.records import record

IN_SENTENCE_CASE = [
    ("Community-Based Learning: Engaging Students", "Community-based learning: Engaging students"),
    ("Does Money Grow on Trees? A Guide to Funding", "Does money grow on trees? A guide to funding"),
    ("Stay in School! Notes for Parents", "Stay in school! Notes for parents"),
    ("Linking Schools and Homes. A Handbook for Leaders", "Linking schools and homes. A handbook for leaders"),
    ("COVID-19 and STEM Learning in K-12 Schools", "COVID-19 and STEM learning in K-12 schools"),
    ("How StriveTogether and iPads Changed U.S. Schools", "How StriveTogether and iPads changed U.S. schools"),
    ("Lessons from New York’s Community Schools", "Lessons from New York’s community schools"),
    ("Serving African American and Latino Children", "Serving African American and Latino children"),
    ("Using Title I and Head Start: A New Start", "Using Title I and Head Start: A new start"),
    ("An Evaluation of Communities In Schools", "An evaluation of Communities In Schools"),
    (
        "Lessons from the Tulsa Area Community Schools Initiative",
        "Lessons from the Tulsa Area Community Schools Initiative",
    ),
    ("What I Learned in a Community School", "What I learned in a community school"),
    ("“Promise” & Progress: The “Next” Step", "“Promise” & progress: The “next” step"),
    ("Community schools: A place-based approach to change", "Community schools: A place-based approach to change"),
    ("COMMUNITY SCHOOLS IN OHIO: A REPORT", "Community schools in Ohio: A report"),
    ("Brown v. Board of Education Fifty Years Later", "Brown v. Board of Education fifty years later"),
]


@pytest.mark.parametrize(("printed", "cited"), IN_SENTENCE_CASE)
def test_apa_writes_titles_in_sentence_case(printed, cited):
    assert marked(record(printed, issued=(2001,)), "apa") == f"*{cited}*. (2001)."


def test_names_that_the_record_itself_gives_keep_their_capitals():
    work = record(
        "The Attendance Works Model in Springfield Schools",
        kind=Kind.REPORT,
        publishers=["Attendance Works"],
        places=("Springfield, Oregon",),
        issued=(2001,),
    )
    assert marked(work, "apa") == "*The Attendance Works model in Springfield schools*. (2001). Attendance Works."


@pytest.mark.parametrize("style", ["mla", "chicago-bibliography", "chicago-author-date"])
def test_the_other_styles_keep_capitals_as_printed(style):
    assert marked(record("What Works In Community schools"), style).startswith("*What Works In Community schools*.")


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_titles_in_other_languages_keep_their_case(language):
    assert marked(record("Schule und Gemeinde: Ein Leitfaden", language=language), "apa") == (
        "*Schule und Gemeinde: Ein Leitfaden*. (n.d.)."
    )


# (title as typed, in an MLA entry of an article)
MARKS = [
    ('The "Good" School', "“The ‘Good’ School.” *J*."),
    ("The 'Good' School", "“The ‘Good’ School.” *J*."),
    ("Schools' Needs in the '90s", "“Schools’ Needs in the ’90s.” *J*."),
    ("Building “Trust”", "“Building ‘Trust.’” *J*."),
    ("Who Says “Stay”?", "“Who Says ‘Stay’?” *J*."),
    ("Who Says “Stay?”", "“Who Says ‘Stay?’” *J*."),
    ("Where Next?", "“Where Next?” *J*."),
    ("Go!", "“Go!” *J*."),
    ("And Then...", "“And Then…” *J*."),
    ("A Report.", "“A Report.” *J*."),
    ("Schools in the U.S.", "“Schools in the U.S.” *J*."),
    ('The 6" Ruler', "“The 6\" Ruler.” *J*."),
    ("A “Slip of the Pen", "“A \"Slip of the Pen.” *J*."),
    ("  Two   Spaces ,", "“Two Spaces.” *J*."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "cited"), MARKS)
def test_marks_in_and_after_a_title_are_set_once(typed, cited):
    assert marked(record(typed, kind=Kind.ARTICLE, container="J"), "mla") == cited


def test_a_subtitle_follows_a_colon_or_a_mark_of_the_title():
    assert marked(record("Why Schools", subtitle="An Answer"), "mla") == "*Why Schools: An Answer*."
    assert marked(record("Why Schools?", subtitle="An Answer"), "mla") == "*Why Schools? An Answer*."
