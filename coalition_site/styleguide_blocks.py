"""The samples of the style guide for the blocks of pages."""

from types import SimpleNamespace as Thing

from django.templatetags.static import static

from pages.models import Table, Video
from publishing.markup import as_cleaned, clean_html

OPENING = "<p>The Coalition advances opportunities for the success of children, families, and communities.</p>"
RICH_TEXT = (
    "<p>A community school is <strong>a place</strong> and <em>a set of partnerships</em>. "
    'Read <a href="/about/vision-and-mission/">our vision and mission</a>.</p>'
    "<ul><li>Share accountability for results</li><li>Set high expectations for all</li></ul>"
    "<ol><li>Decide</li><li>Plan</li></ol>"
)
HEADINGS = [
    Thing(level=2, text="The Coalition's goals are to:", label="Goals", anchor="goals"),
    Thing(level=3, text="Activities", label="Activities", anchor="activities"),
]
STATEMENTS = [
    Thing(heading="Embrace Diversity", text="Community Schools know their communities.", address=""),
    Thing(heading="Scaling Up Guide", text="A statement whose heading leads somewhere.", address="/guide/"),
]
QUOTE = Thing(text="Data help partners measure progress toward results.", source="From our core values")
LINKS = [
    Thing(label="Scaling Up Guide", address="/guide/", description="From one school to a system.", number=1),
    Thing(label="ERIC", address="https://eric.ed.gov/", description="", number=None),
]
DOWNLOADS = [
    Thing(
        label="Download the handbook", address="/resources/", get_kind_display="PDF", size="2.8 MB", pages=46,
        get_language_display="English", number=None,
    ),
    Thing(
        label="Download the sheet", address="/resources/", get_kind_display="Excel file", size="", pages=None,
        get_language_display="", number=None,
    ),
]  # fmt: skip


def block_components():
    """Name of a kind of block → its states, each a pair of name and data."""
    text = Thing(size="", html=as_cleaned(clean_html(RICH_TEXT)))
    opening = Thing(size="opening", html=as_cleaned(clean_html(OPENING)))
    return {
        "heading": [("heading", {"blocks": HEADINGS[:1]}), ("smaller heading", {"blocks": HEADINGS[1:]})],
        "rich_text": [("normal", {"blocks": [text]}), ("opening", {"blocks": [opening]})],
        "pictures": [
            (
                "with caption and credit",
                {"blocks": [picture_sample("The card that shared links show.", "Our own drawing")]},
            ),
            ("decorative, bare", {"blocks": [picture_sample(alt_text="")]}),
            ("in a row", {"blocks": [picture_sample("The first of two."), picture_sample("The second of two.")]}),
        ],
        "statements": [
            ("normal", {"blocks": STATEMENTS}),
            ("wide", {"blocks": STATEMENTS, "is_wide": True}),
        ],
        "quote": [("as it is", {"blocks": [QUOTE]})],
        "call_out": [
            ("with a heading", {"blocks": [Thing(heading="Before you begin", html=text.html)]}),
            ("without", {"blocks": [Thing(heading="", html=opening.html)]}),
        ],
        "links": [("two in a row", {"blocks": LINKS})],
        "downloads": [("two in a row", {"blocks": DOWNLOADS})],
        "table": [
            ("with numbers", {"blocks": [_table("Students present on an average day, percent; made-up numbers")]}),
            (
                "with headings of rows",
                {"blocks": [_table("The same with headings of rows; made-up numbers", has_row_headings=True)]},
            ),
        ],
        "video": [
            ("with a transcript", {"blocks": [_video(text.html, duration="12:30", captions="yes")]}),
            ("without words", {"blocks": [_video("")]}),
        ],
    }


def _table(caption, has_row_headings=False):
    table = Table(
        text="Year | Our school | To compare: district\n2024 | 86 | 88\n2025 | 89.5 |",
        has_row_headings=has_row_headings,
    )
    return Thing(caption=caption, head=table.head, body=table.body)


def _video(html, duration="", captions=""):
    return Thing(
        title="A sample film", address="/about/", duration=duration, captions=captions, number=None, html=html,
        get_captions_display=Video.Captions(captions).label,
    )  # fmt: skip


def picture_sample(caption="", credit="", alt_text="The name of the Coalition above its two-way sentence"):
    file = static("img/share.png")
    picture = Thing(
        sources=[{"type": "image/png", "srcset": f"{file} 1200w"}],
        fallback={"url": file, "width": 1200, "height": 630},
        credit=credit,
    )
    return Thing(shown_picture=picture, alt_text=alt_text, caption=caption, is_first=False)
