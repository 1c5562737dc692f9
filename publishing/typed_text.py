"""A form that somebody sends after her session has ended: the sign-in page carries what was typed, and gives it back.

Nothing is stored here. The fields travel in the page, signed, so that only what was sent to us with a form's token
comes back; after signing in its writer presses a button, and the form arrives as if it had been sent then. Works
without scripts; with them static/js/draft_keeper.js keeps a copy besides.
"""

from django.core import signing

SALT = "publishing.typed_text"
FIELD = "typed"
DAYS = 7  # for which a sign-in page that was left open still brings the text back
LONGEST = 1_000_000  # characters, signed and compressed
BUTTONS = ("_save", "_publish", "_preview")
OWN = frozenset({"csrfmiddlewaretoken", *BUTTONS})


class KeepsTypedText:
    """Mixin of the admin of a kind whose forms may wait in the sign-in page, as no form with a password may."""

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, extra_context)

    # Asked by publishing.admin_site, which sees the views and not their class.
    add_view.keeps_typed_text = change_view.keeps_typed_text = True


def pack(request):
    """The fields of a posted form as one signed string; "" where no button of a draft was pressed, or for too much."""
    if request.method != "POST" or not any(name in request.POST for name in BUTTONS):
        return ""
    fields = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    typed = {"path": request.get_full_path(), "fields": fields, "had_files": bool(request.FILES)}
    packed = signing.dumps(typed, salt=SALT, compress=True)
    return packed if len(packed) <= LONGEST else ""


def unpack(packed):
    """What `pack` was given: a dict with `path`, `fields` (pairs) and `had_files`; None for what is not ours or old."""
    try:
        return signing.loads(packed, salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return None
