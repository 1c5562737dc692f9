"""Previews: a draft on the real template of its kind, for staff and, by a signed address, for outsiders.

A preview writes nothing, and no cache may keep it: `request.is_preview` tells whatever caches.
"""

from django.core import signing
from django.db.models import F
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from publishing.models import Revision, State
from publishing.revisions import item_of
from publishing.snapshots import as_shown, materialize

SALT = "publishing.preview"
DAYS = 14  # for which an outsider's address works

_views = {}


def register(model, view):
    """Name the function `view(request, item)` that shows an item of a kind as readers see it."""
    _views[model] = view


def show(request, revision, edit_url=""):
    """The response that readers would get if this revision were public, with a banner, kept by nobody."""
    return show_data(request, item_of(revision), revision.data, edit_url)


def show_data(request, live, data, edit_url="", *, is_saved=True):
    """The same of a snapshot of the item with the row `live`; `is_saved`: whether it is in the store."""
    request.is_preview = True
    request.preview_of = {
        "edit_url": edit_url,
        "public_url": live.get_absolute_url() if live.is_public else "",
        "is_unsaved": not is_saved,
    }
    item = as_shown(materialize(type(live), live.pk, data, live=live))
    with override(item.language):
        request.LANGUAGE_CODE = item.language
        response = _views[type(item)](request, item)
        if hasattr(response, "render"):
            response.render()
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


def revoke(item):
    """End all addresses that were given out so far, of whatever version of an item."""
    Revision.objects.of(item).update(preview_key=F("preview_key") + 1)


def is_given_out(revision, item):
    """Whether an outsider's address of a version works at all: not for what was public and is offline now."""
    return item.state != State.RETIRED or revision.published_at is None


def signed_path(revision):
    """An address for somebody without an account; it works for `DAYS` days, or until it is revoked."""
    return reverse("publishing:preview", args=[signing.dumps([revision.pk, revision.preview_key], salt=SALT)])


def read_token(token):
    """The key of a revision and its preview key. Raises signing.SignatureExpired or signing.BadSignature."""
    return signing.loads(token, salt=SALT, max_age=DAYS * 24 * 60 * 60)
