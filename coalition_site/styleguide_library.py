"""Samples of the components of the library, from true records."""

from types import SimpleNamespace as Thing

from publishing.toolbars import Group, Link
from resources.citations import STYLES, cite
from resources.facts import Fact, Value
from resources.kinds import Kind
from resources.records import Contributor, Name, PartialDate, Record

MAKING = Record(
    title="Making the Difference",
    subtitle="Research and Practice in Community Schools",
    kind=Kind.REPORT,
    contributors=(Contributor(Name("Blank", "Martin J.")), Contributor(Name("Melaville", "Atelia"))),
    issued=PartialDate(2003),
)
LEARNING = Thing(
    title="Learning Together",
    slug="learning-together",
    full_title="Learning Together: The Developing Field of School-Community Initiatives",
    summary="A report on initiatives of schools and communities.",
    language="en",
    kind="Report",
    issued_year=1998,
    get_absolute_url="/resources/",
)
WORDS = [(False, "A sample of the words around "), (True, "results")]
HITS = [
    Thing(number=12, url="/resources/#page=12", label="", language="en", pieces=WORDS),
    Thing(number=23, url="/resources/#page=23", label="Summary", language="en", pieces=WORDS),
]


def library_components():
    """Name of a component → its states, as in the style guide."""
    citations = [(style, cite(MAKING, style.name)) for style in STYLES]
    return {
        "facts": [("links, words and tags", {"rows": _facts()})],
        "citation": [("in APA", {"citation": citations[0][1]})],
        "cite": [("in all styles", {"citations": citations, "formats": [Link("BibTeX", "/resources/")]})],
        "citations": [("in all styles, for paper", {"citations": citations})],
        "page_hits": [("two pages", {"hits": HITS})],
        "page_strip": [("two pages of 153", {"count": 153, "numbers": [12, 23]})],
        "related": [
            (
                "a question and a work",
                {
                    "related": [
                        Thing(label="Question", title="Who pays?", url="/faq/", year=None, language="en"),
                        Thing(label="Publication", title="Learning Together", url="/", year=2003, language="en"),
                    ]
                },
            )
        ],
        "relations": [("one work", {"relations": [Thing(label="Summary of", work=LEARNING)]})],
        "toolbar": [("order and files", {"groups": _groups()})],
    }


def _facts():
    topics = [Value("Research", "/resources/"), Value("Evaluation", "/resources/")]
    return [
        Fact("Published", [Value("May 2003")], "issued_year"),
        Fact("On other sites", [Value("eric.ed.gov", "https://eric.ed.gov/", "last seen working: a sample")], "links"),
        Fact("Topics", topics, "topics", is_tags=True),
    ]


def _groups():
    orders = [Link("newest", "?order=newest", is_current=True), Link("title", "?order=title")]
    return [Group("Order", orders, is_said=True), Group("Files", [Link("RIS", "/resources/")])]
