"""Which addresses the page tree may take.

The first segment of an address belongs to one owner. This is the only list of those that pages do not own.
"""

# An app answers below these. The page tree may hold the front page itself (/resources/), nothing below it.
SECTION_SEGMENTS = frozenset({"resources", "guide"})

# These are never pages.
SYSTEM_SEGMENTS = frozenset(
    {
        "accounts", "admin", "api", "blog", "es", "faq", "feedback", "healthz", "media", "oai", "preview", "readyz",
        "robots.txt", "favicon.ico", "search", "sitemap.xml", "static", "styleguide", "well-known",
    }
)  # fmt: skip

HOME_SLUG = "home"
HOME_PATH = "/"


def path_of(slug, parent_path):
    """The path of a page from its slug and its parent's path (None at the top)."""
    if parent_path is None and slug == HOME_SLUG:
        return HOME_PATH
    return f"{parent_path or '/'}{slug}/"


def is_taken_by_an_app(path):
    """Whether a path lies where another part of the site answers."""
    first, _slash, rest = path.strip("/").partition("/")
    return first in SYSTEM_SEGMENTS or (first in SECTION_SEGMENTS and bool(rest))


def ancestor_paths(path):
    """The paths above a path, from the top: '/about/contact/' → ['/about/']."""
    segments = path.strip("/").split("/")
    return ["/" + "/".join(segments[:n]) + "/" for n in range(1, len(segments))]
