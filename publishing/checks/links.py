"""Links: what their words say, and whether their addresses answer.

Whether a path of this site answers is asked of the address table, and, for views that answer only for some paths, of
functions that the apps above register: `publishing` knows no pages.
"""

import re
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from publishing.checks.findings import Level, Topic, of_block
from publishing.checks.passages import has_words

EMPTY_WORDS = frozenset(
    {
        "click", "click here", "click this link", "here", "link", "this link", "more", "read more", "learn more",
        "see more", "more info", "more information", "this", "this page", "go", "details", "see here",
        "aquí", "aqui", "haga clic", "haga clic aquí", "haga clic aqui", "clic aquí", "enlace", "este enlace",
        "leer más", "lea más", "ver más", "vea más", "más", "más información", "esta página", "pulse aquí",
    }
)  # fmt: skip
_BARE_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:com|org|net|edu|gov|us|info|io|mx|es)(?:/\S*)?", re.IGNORECASE
)

_path_checks = {}


def register_path_check(function, views=()):
    """Ask `function`, which takes a set of paths and returns those of them that answer, about links of this site.

    `views` are names of views that answer for some of their paths only, such as "pages:page": for those the functions
    alone decide. Any other view counts as an answer. A function takes paths decoded, without query and fragment, and
    asks the database a fixed number of times for all of them together.
    """
    _path_checks[function] = frozenset(views)


def check_links(content, item, *, are_asked=True):
    """Findings on all links of an item; `are_asked=False` leaves out whether they answer."""
    found = [finding for link in content.links for finding in _check_words(link)]
    found += _check_same_words(content.links)
    return found + (_check_answers(content.links, own_path(item)) if are_asked else [])


def paths_of(content, item):
    """Pairs (link, path) for the links that lead to this site."""
    base = own_path(item)
    pairs = ((link, path_of(link.address, base)) for link in content.links)
    return [(link, path) for link, path in pairs if path is not None]


def own_path(item):
    """The path at which an item in memory stands or will stand, "/" where that is open yet."""
    try:
        return unquote(item.get_absolute_url() or "/")
    except (NoReverseMatch, ObjectDoesNotExist):
        return "/"


def path_of(address, base="/"):
    """The path of this site that an address leads to, decoded; None for other sites, mail, and places on the page."""
    try:
        parts = urlsplit(address)
        is_ours = not parts.netloc or parts.netloc.lower() == urlsplit(settings.SITE_URL).netloc.lower()
        if parts.scheme not in ("", "http", "https") or not is_ours or not (parts.path or parts.netloc):
            return None
        return unquote(urljoin(base, parts.path or "/"))
    except ValueError:  # “http://[”, “////[”
        return None


def dead_paths(paths):
    """Those paths of this site at which nothing answers."""
    paths = set(paths)
    # No column holds a NUL, and no view answers to it.
    asked = {path for path in paths if "\0" not in path}
    left = set(asked)
    for function in _path_checks:
        if left:  # most links lead to pages, which are the first to be looked for
            left -= function(left)
    partial = frozenset().union(*_path_checks.values())
    return (paths - asked) | {path for path in left if not _resolves(path, partial)}


def fault_of_address(address):
    """What is wrong with an address of this site at which readers find nothing, as a sentence; empty where they find
    something. Other sites are not asked.
    """
    path = path_of(address)
    if path is None or not dead_paths({path}):
        return ""
    sentence = _("Readers find nothing at %(address)s. Correct the address, or publish the page there first.")
    return sentence % {"address": address}


def _resolves(path, partial):
    """Whether a view answers at a path, or at the same with a slash at its end, where readers are sent on."""
    if path.startswith(settings.STATIC_URL):
        return True  # served before any view; a file can only be missing by a fault of ours
    for candidate in {path, f"{path.rstrip('/')}/"}:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            try:
                if resolve(candidate).view_name not in partial:
                    return True
            except Resolver404:
                continue
    return False


def _check_answers(links, base):
    paths = {link: path_of(link.address, base) for link in links}
    dead = dead_paths({path for path in paths.values() if path is not None} - {base})
    sentence = _(
        "The link “%(words)s” leads to %(address)s, where nothing answers. Correct the address, publish the page there "
        "first, or take the link out. An address of another site begins with https://."
    )
    return [
        of_block(
            Level.ERROR,
            Topic.LINKS,
            sentence % {"words": link.words, "address": link.address},
            link.block,
            link.field,
        )
        for link, path in paths.items()
        if path in dead
    ]


def _check_words(link):
    words = _plain(link.words)
    if not link.address or link.address == "#" or _is_broken(link.address):
        sentence = _("The link “%(words)s” leads nowhere. Give it an address, or make it plain text.")
    elif not has_words(words):
        sentence = _("A link to %(address)s has no words. Write where it leads, or take it out.")
    elif words in EMPTY_WORDS:
        sentence = _(
            "A link says only “%(words)s”. Name what is behind it: many people hear or see the links of a page without "
            "the text around them."
        )
    elif _BARE_ADDRESS.fullmatch(link.words):
        sentence = _("A link shows its bare address, %(words)s. Write the name of the page or the site instead.")
    else:
        return []
    sentence %= {"words": link.words, "address": link.address}
    return [of_block(Level.WARNING, Topic.LINK_WORDS, sentence, link.block, link.field)]


def _is_broken(address):
    try:
        urlsplit(address)
    except ValueError:
        return True
    return False


def _check_same_words(links):
    """One warning for words that stand for several addresses, at the place where the second one comes."""
    first, told, found = {}, set(), []
    for link in links:
        words = _plain(link.words)
        if not has_words(words) or words in EMPTY_WORDS or not link.address:
            continue
        address = link.address.rstrip("/")
        if first.setdefault(words, address) != address and words not in told:
            told.add(words)
            sentence = _(
                "Two links say “%(words)s” and lead to different places. Give each words of its own, so that readers "
                "can tell them apart."
            )
            sentence %= {"words": link.words}
            found.append(of_block(Level.WARNING, Topic.LINK_WORDS, sentence, link.block, link.field))
    return found


def _plain(words):
    return " ".join(words.casefold().split()).strip(" .…:;,!?¡¿()[]<>«»“”\"'→›")
