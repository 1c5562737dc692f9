"""What stands at the addresses of works, for the checks of links and for readers' messages."""

import re

from django.conf import settings

from feedback.subjects import Subject
from publishing.feeds import XML_FEEDS
from publishing.models import FormerSlug
from resources.formats import FORMATS
from resources.models import Identifier, Publication, WorkFile
from resources.shelves import SHELVES

VIEWS = [
    f"resources:{name}"
    for name in (
        "feed", "export", "search_export", "chosen_export", "shelf", "shelf_feed", "shelf_export",
        "publication_detail", "work_export", "cover", "work_file",
    )
]  # fmt: skip
_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
_PLACE = f"(?:/(?:{_LANGUAGES}))?/resources/publications/"
_FEED, _EXPORT = f"feed/(?:{'|'.join(XML_FEEDS)})", f"export/(?:{'|'.join(FORMATS)})"
_LIST = re.compile(rf"{_PLACE}(?:{_FEED}|(?:(?:found|chosen)/)?{_EXPORT})/?")
_SHELF = re.compile(rf"{_PLACE}(?P<shelf>{'|'.join(SHELVES)})/(?P<slug>[^/]+)(?:/(?:{_FEED}|{_EXPORT}))?/?")
_RECORD = re.compile(rf"{_PLACE}(?P<slug>[-\w]+)/?")
_WORK = re.compile(rf"{_RECORD.pattern}(?:(?<=/)(?:{_EXPORT}/?|(?P<cover>cover\.webp)|files/(?P<file>[^/]+)))?")


def answering_paths(paths):
    """Those of some paths at which readers find a list, a work or a file, or are sent on to one: at most two queries a
    shelf, and four for all works.
    """
    return {path for path in paths if _LIST.fullmatch(path)} | _shelves(paths) | _works(paths)


def _shelves(paths):
    asked = {path: found.group("shelf", "slug") for path in paths if (found := _SHELF.fullmatch(path))}
    good = set()
    for name in {name for name, _slug in asked.values()}:
        slugs = {slug for shelf, slug in asked.values() if shelf == name}
        good |= {(name, slug) for slug in SHELVES[name].answering(slugs)}
    return {path for path, place in asked.items() if place in good}


def _works(paths):
    asked = {path: found for path in paths if (found := _WORK.fullmatch(path))}
    keys = _keys_at({found["slug"] for found in asked.values()})
    there = {path: (found, keys[found["slug"]]) for path, found in asked.items() if found["slug"] in keys}
    files = _files_of({key for found, key in there.values() if found["cover"] or found["file"]})
    return {path for path, (found, key) in there.items() if _is_there(found, files.get(key, []))}


def _is_there(found, files):
    """Whether a public work with these files has what an address, as `_WORK` reads it, asks for."""
    if name := found["file"]:
        return any(name in (file.public_name, file.name_under(found["slug"])) for file in files)
    if found["cover"]:
        return any(file.file.cover and file.publication.slug == found["slug"] for file in files)
    return True


def _keys_at(slugs):
    """Slug → the key of the public work that stands there, or did before; at most two queries."""
    if not slugs:
        return {}
    former = FormerSlug.objects.filter(kind=Publication._meta.label_lower, slug__in=slugs)
    moved = dict(former.values_list("slug", "object_id"))
    public = Publication.objects.public()
    known = public.filter(slug__in=slugs) | public.filter(pk__in=moved.values())
    now = dict(known.values_list("slug", "pk"))
    keys = set(now.values())
    return {slug: pk for slug, pk in moved.items() if pk in keys} | {slug: now[slug] for slug in slugs & now.keys()}


def _files_of(keys):
    """The key of a work → its files, for some works; one query."""
    files = {key: [] for key in keys}
    for file in WorkFile.objects.filter(publication__in=keys).select_related("file", "publication") if keys else ():
        files[file.publication_id].append(file)
    return files


def subject_at(path):
    """The public work that a message may be about; None where no reader finds one."""
    found = _RECORD.fullmatch(path)
    work = Publication.objects.public().filter(slug=found["slug"]).first() if found else None
    return Subject.of(work) if work else None


def outward_addresses():
    """For `links.register_source`: where the identifiers of public works lead, such as https://doi.org/…"""
    public = Publication.objects.public()
    for identifier in Identifier.objects.filter(publication__in=public).order_by().iterator():
        if identifier.address:
            yield identifier.address, Publication, identifier.publication_id
