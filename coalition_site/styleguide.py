"""Samples for the style guide: every component in every state, as plain data. Nothing here asks the database.

A new component needs an entry in `_samples()`; a test fails until it has one.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing

from django.conf import settings
from django.template.loader import get_template

from coalition_site.styleguide_blocks import HEADINGS, block_components, picture_sample
from coalition_site.styleguide_forms import choice_states, field_states
from coalition_site.styleguide_library import library_components
from coalition_site.styleguide_messages import message_states, notice_states, print_note_states
from coalition_site.styleguide_search import search_components
from publishing.crumbs import Crumb

COLORS = {
    "paper": "ground of the page",
    "surface": "fields, sheets",
    "sunk": "footer, notices",
    "mark": "words found",
    "field": "large green field",
    "ink": "text",
    "muted": "secondary text",
    "link": "links",
    "visited": "visited links",
    "action": "buttons, brick",
    "success": "messages",
    "error": "messages",
    "warning": "warnings as words",
    "rule": "bounds of fields",
    "hair": "separating lines",
    "gold": "marker, never text",
}

# Size in pixels, use, sample
TYPE_SCALE = [
    (56, "Besley 600, rare", "First bell"),
    (44, "Besley 600, h1", "Publications"),
    (35, "Besley 600, long titles", "Making the Difference"),
    (28, "Besley 600, h2", "Core Values"),
    (22, "Besley 600, h3; leads", "What a community school is"),
    (18, "Atkinson 400, text", "A place and a set of partnerships"),
    (16, "Atkinson, interface", "Last reviewed November 3, 2026"),
    (14, "Atkinson, hours and notes", "6 am"),
]


def _item(title, summary, url, **values):
    """What lists show of an item, without a database."""
    return Thing(title=title, summary=summary, get_absolute_url=url, kind="Page", language="en", **values)


# The samples' words: the Coalition's own, titles of true works, and dates that are samples
SENTENCE = [["Strong communities", "require", "strong schools"], ["strong schools", "require", "strong communities"]]
LONG_TITLE = (
    "Achieving Results Through Community School Partnerships: How District and Community Leaders Are Building "
    "Effective, Sustainable Relationships"
)
BYLINE = "Martin J. Blank, Reuben Jacobson and Atelia Melaville"
PAGES = [
    _item("About Us", "Who the Coalition is and what it works for.", "/about/", margin_label="Page"),
    _item("Vision and mission", "What we believe, and what we do.", "/about/vision-and-mission/", margin_label="Page"),
    _item("Partners", "The organizations that make up the Coalition.", "/about/partners/", margin_label="List"),
]
WAY = [Crumb("About Us", "/about/"), Crumb("Vision and mission", "/about/vision-and-mission/")]
ENTRIES = [
    _item("A sample entry", "Its summary.", "/blog/", shown_on=date(2026, 11, 3)),
    _item("An older sample", "Its summary.", "/blog/", shown_on=date(2026, 9, 21)),
]
ROLES = [
    _item("Principal", "Leads the school and shares the lead.", "/leadership/principal/"),
    _item("Coordinator", "Brings the partners and the school together.", "/leadership/coordinator/"),
]
FEATURES = [
    Thing(heading="Scaling Up Guide", text="From one school to a system of community schools.", address="/guide/"),
    Thing(heading="Community Schools Blog", text="What we see, read and hear.", address="/blog/"),
    Thing(heading="Use data to tell your community school story!", text="Words first.", address="/tell-your-story/"),
]
RUNNING_TEXT = ("components/contents_list", "publishing/blocks/")


@dataclass(frozen=True)
class Sample:
    """A component with the data of one state. `{% include sample only %}` renders it from its own template."""

    component: str
    state: str
    data: dict

    @property
    def is_running_text(self):
        """Whether pages show it in a column of running text, which brings marks of lists and distances."""
        return self.component.startswith(RUNNING_TEXT) and "is_wide" not in self.data

    def render(self, context):
        return get_template(self.component).template.render(context.new(self.data))


@dataclass(frozen=True)
class Component:
    """A template with its samples."""

    path: str
    samples: list[Sample] = field(repr=False)

    @property
    def name(self):
        return self.path.rpartition("/")[2].removesuffix(".html")

    @property
    def anchor(self):
        return f"component-{self.name}".replace("_", "-")

    @property
    def parameters(self):
        """The first comment of the template, so that it cannot drift from it."""
        first_line = get_template(self.path).template.source.partition("\n")[0]
        return first_line.strip().removeprefix("{#").removesuffix("#}").strip()

    @property
    def is_list_item(self):
        """Whether the component stands inside a list that its page makes."""
        return self.name == "result"


def samples():
    """What the style guide shows: colors, sizes of type, and all components with their samples."""
    components = [
        Component(path, [Sample(path, state, data) for state, data in states]) for path, states in _samples().items()
    ]
    return {"colors": COLORS, "type_scale": TYPE_SCALE, "components": components}


def _samples():
    """Path of a component → its states, each a pair of name and data."""
    return {f"components/{name}.html": states for name, states in _components().items()} | {
        f"publishing/blocks/{name}.html": states for name, states in block_components().items()
    }


def _components():
    return {
        "day_line": [("as it is", {}), ("with hours", {"hours": True})],
        "mirror": [("as a heading of the second level", {"sentence": SENTENCE, "level": 2})],
        "day_chart": [("as it is", {})],
        "breadcrumbs": [("below two pages", {"ancestors": WAY, "label": "You are here, a sample"})],
        "page_head": [
            ("with a lead", {"title": "Publications", "lead": "What the Coalition has published.", "level": 2}),
            (
                "long, with a byline, as wide as the ledger",
                {"title": LONG_TITLE, "byline": BYLINE, "is_long": True, "is_wide": True, "level": 2},
            ),
        ],
        "button": [
            ("primary", {"text": "Publish"}),
            ("second", {"text": "Save draft", "kind": "second"}),
            ("quiet", {"text": "Cancel", "kind": "quiet"}),
            ("disabled", {"text": "Not now", "is_disabled": True}),
            ("a link", {"text": "Read at ERIC", "url": "https://eric.ed.gov/"}),
        ],
        "field": field_states(),
        "choice": choice_states(),
        "entries": [
            ("with dates and kinds", {"items": ENTRIES, "heading": "h3", "shows": "date"}),
            ("with kinds in the margin", {"items": ENTRIES, "heading": "h3", "shows": "kind"}),
            ("with labels and summaries", {"items": PAGES, "heading": "h3", "shows": "label", "with_summary": True}),
        ],
        "roles": [("as it is", {"items": ROLES})],
        "field_index": [("with three features", {"title": "Five ways in", "features": FEATURES})],
        "section_nav": [
            ("plain", {"title": "Your Leadership Role", "items": ROLES, "id": "section-plain"}),
            (
                "in the aside, with the page at hand",
                {"title": "About Us", "items": PAGES, "current": PAGES[1], "id": "section-aside", "is_aside": True},
            ),
        ],
        "picture": [
            ("in several formats", {"picture": picture_sample().shown_picture, "alt": picture_sample().alt_text}),
            (
                "seen without scrolling, half as wide",
                {
                    "picture": picture_sample().shown_picture,
                    "alt": "",
                    "is_first": True,
                    "sizes": "(min-width: 780px) 360px, 50vw",
                },
            ),
        ],
        "download": [
            (
                "with all facts",
                {
                    "label": "Download the report",
                    "url": "/resources/",
                    "kind": "PDF",
                    "size": "2.8 MB",
                    "pages": 46,
                    "language": "English",
                    "number": 1,
                    "is_tagged": True,
                    "ask_url": "/feedback/format/",
                    "about": "/resources/",
                },
            ),
            (
                "on another site",
                {
                    "label": "Find it at eric.ed.gov",
                    "url": "https://eric.ed.gov/",
                    "kind": "On another site",
                    "seen_on": datetime(2026, 11, 3, tzinfo=UTC),
                    "is_tagged": False,
                },
            ),
            ("with its kind only", {"label": "Download the sheet", "url": "/resources/", "kind": "Excel file"}),
        ],
        "contents_list": [("as it is", {"headings": HEADINGS})],
        "address_to_copy": [("as it is", {"label": "Link to this page:", "url": f"{settings.SITE_URL}/blog/"})],
        "feedback": [
            ("below a page", {"address": "/about/"}),
            (
                "one of several",
                {
                    "address": "/faq/",
                    "question": "Was this answer useful?",
                    "label": "Feedback on an answer, a sample",
                    "moment": "signed when the page was made",
                },
            ),
        ],
        "message": message_states(),
        "notice": notice_states(),
        "draft_banner": [
            ("of a new item", {"edit_url": "/admin/", "label": "Preview of a new item, a sample"}),
            ("of a live one", {"edit_url": "/admin/", "public_url": "/about/"}),
            ("of what is typed", {"is_unsaved": True, "label": "Preview of what is typed, a sample"}),
        ],
        "print_note": print_note_states(),
        **library_components(),
        **search_components(),
    }
