"""The handbook for editors: the Markdown files of docs/staff/ in the look of the admin.

README.md there lists the chapters in their order; every other file is one chapter.
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import path, reverse

from publishing.markup import as_handbook

CONTENTS = "README"
_CHAPTER_IN_CONTENTS = re.compile(r"\]\(([a-z-]+)\.md\)")


@dataclass(frozen=True)
class Chapter:
    """One file. `slug` is its name without its ending."""

    slug: str

    @property
    def source(self):
        return (settings.HANDBOOK / f"{self.slug}.md").read_text(encoding="utf-8")

    @property
    def title(self):
        """The heading in its first line."""
        return self.source.partition("\n")[0].removeprefix("# ")

    @property
    def url(self):
        return (
            reverse("admin:handbook") if self.slug == CONTENTS else reverse("admin:handbook_chapter", args=[self.slug])
        )

    @property
    def html(self):
        """The text below the title, safe to show, with addresses as they are in the admin."""
        markdown = _reader_of_markdown()
        tokens = markdown.parse(self.source.partition("\n")[2])
        for token in tokens:
            for child in token.children or []:
                if child.type == "link_open":
                    child.attrSet("href", _address_in_admin(child.attrGet("href")))
                elif child.type == "image":
                    child.attrSet("src", static(child.attrGet("src").replace("pictures/", "handbook/", 1)))
                    child.attrSet("loading", "lazy")
        return as_handbook(markdown.renderer.render(tokens, markdown.options, {}))


@cache
def _reader_of_markdown():
    from markdown_it import MarkdownIt  # by those few processes in which somebody reads the handbook

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _address_in_admin(address):
    """The address of a chapter that another one links to by its file; other addresses stay."""
    parts = urlsplit(address)
    if parts.scheme or not parts.path.endswith(".md"):
        return address
    return Chapter(parts.path.removesuffix(".md")).url


def chapters():
    """All chapters in the order of the contents."""
    return [Chapter(slug) for slug in _CHAPTER_IN_CONTENTS.findall(Chapter(CONTENTS).source)]


def show(request, slug=CONTENTS):
    """The contents, or one chapter with the way to those before and after it."""
    all_chapters = chapters()
    line = [Chapter(CONTENTS), *all_chapters]
    if Chapter(slug) not in line:
        raise Http404
    place = line.index(Chapter(slug))
    context = admin.site.each_context(request) | {
        "title": line[place].title,
        "chapter": line[place],
        "chapters": all_chapters,
        "is_contents": place == 0,
        "before": line[place - 1] if place > 1 else None,
        "after": line[place + 1] if place + 1 < len(line) else None,
    }
    return TemplateResponse(request, "admin/publishing/handbook.html", context)


def urls(site):
    """The addresses of the handbook, for an admin site."""
    view = site.admin_view(show)
    return [path("handbook/", view, name="handbook"), path("handbook/<slug:slug>/", view, name="handbook_chapter")]
