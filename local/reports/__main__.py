"""Writes the reports into the starting content."""

import sys
from pathlib import Path

from local.reports import tags, texts
from local.reports.paper import Paper

FOLDER = Path(__file__).resolve().parents[2] / "coalition_site" / "starting_content" / "files"

# File: title, the page whose summary leads, the pages whose texts follow
REPORTS = {
    "vision-and-mission": (
        "The vision and mission of the Coalition for Community Schools",
        "about/vision-and-mission",
        ["about/vision-and-mission", "about/partners", "about/networks"],
    ),
    "about-community-schools": (
        "About Community Schools: What They Are, How They Work, How to Start One",
        "about-community-schools",
        [
            "about-community-schools/what-is-a-community-school",
            "about-community-schools/how-it-works",
            "about-community-schools/how-to-start",
        ],
    ),
    "your-leadership-role": (
        "Your Leadership Role: Superintendents, Principals, Coordinators, Partners",
        "leadership",
        ["leadership/superintendent", "leadership/principal", "leadership/coordinator", "leadership/partner"],
    ),
}


def make_report(name, folder):
    """Write one report; return its path."""
    title, leading_page, pages = REPORTS[name]
    paper = Paper(title, texts.summary_of(leading_page))
    for page in pages:
        for piece in texts.pieces_of(page):
            paper.add(piece)
    path = Path(folder) / f"{name}.pdf"
    tags.write(bytes(paper.output()), paper.marks, path)
    return path


def main(folder=FOLDER):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name in REPORTS:
        print(make_report(name, folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
