"""The samples of the style guide for searching and its results."""

from types import SimpleNamespace as Thing

from coalition_site.styleguide_library import LEARNING
from publishing.paging import Paginator
from search.results import Choice, FacetGroup

PAGE = Thing(
    title="Vision and mission",
    language="en",
    kind="Page",
    summary="What we work for.",
    get_absolute_url="/about/vision-and-mission/",
)
CHOICES = [
    Choice("evaluation", "Evaluation", 9, True),
    Choice("attendance", "Attendance", 5, False),
    Choice("finance", "Finance", 2, False),
]
FACET = FacetGroup("sample-topic", "Topic, a sample", CHOICES[:2], CHOICES[2:], True)
HIT = Thing(
    marked_title=[(False, "Learning Together: "), (True, "Schools")],
    language="en",
    snippet=[(False, "How "), (True, "schools"), (False, " and their neighborhoods work together …")],
    pages=[
        Thing(
            url="/resources/#page=23",
            number=23,
            label="",
            language="en",
            pieces=[(False, "… in "), (True, "schools"), (False, " …")],
        )
    ],
)
FOUND = {
    "item": LEARNING,
    "when": 1998,
    "makers": "Atelia Melaville. Charles Stewart Mott Foundation",
    "about": "Report, 120 pages · About research",
}


def search_components():
    """Name of a component → its states, each a pair of name and data."""
    return {
        "search_form": [
            ("small", {"label": "Small search, a sample", "action": "/search/", "id": "sample-q-small"}),
            (
                "large, with words",
                {
                    "label": "Large search, a sample",
                    "action": "/search/",
                    "id": "sample-q-large",
                    "value": "attendance",
                    "is_large": True,
                },
            ),
        ],
        "conditions": [
            ("one result", {"total": 1, "query": "attendance", "id": "said-one"}),
            (
                "publications, narrowed",
                {
                    "total": 14,
                    "query": "evaluation",
                    "is_of_works": True,
                    "order": "best match first",
                    "conditions": [Thing(text="Language: English", url="#said-narrowed")],
                    "start_over": "/resources/publications/",
                    "filters": "sample-filters",
                    "id": "said-narrowed",
                },
            ),
        ],
        "result": [
            ("a page", {"item": PAGE}),
            ("a work, to choose", FOUND | {"is_alone": True, "choosing": True}),
            ("a work that was found, with a page of its report", FOUND | {"hit": HIT, "level": 4}),
        ],
        "facets": [
            (
                "one facet with a chosen value",
                {
                    "groups": [FACET],
                    "action": "/search/",
                    "hidden": [("q", "evaluation")],
                    "first_year": 1998,
                    "last_year": 2003,
                    "id": "sample-filters",
                },
            ),
        ],
        "pagination": _pagination_states(),
    }


def _pagination_states():
    pages, many, too_many = (Paginator(range(number), 10) for number in (27, 500, 100_000))
    return [
        (state, {"page": pages.page(number), "label": f"Pages, sample: {state}"})
        for number, state in ((1, "first page"), (2, "in the middle"), (3, "last page"))
    ] + [
        ("very many pages", {"page": many.page(20), "label": "Pages, sample: very many pages"}),
        ("more than there are pages for", {"page": too_many.page(20), "label": "Pages, sample: more than pages"}),
        (
            "one page only: shows nothing",
            {"page": Paginator(range(3), 10).page(1), "label": "Pages, sample: one page only"},
        ),
    ]
