"""A form that somebody sends after her session has ended: the sign-in page carries what was typed, and gives it back.

Nothing is stored here. The fields travel in the page, signed, so that only what was sent to us with a form's token
comes back; after signing in its writer presses a button, and the form arrives as if it had been sent then. Works
without scripts; with them static/js/draft_keeper.js keeps a copy of drafts besides.
"""

from django.core import signing
from django.utils.text import Truncator

SALT = "publishing.typed_text"
FIELD = "typed"
DAYS = 7  # for which a sign-in page that was left open still brings the text back
LONGEST = 1_000_000  # characters, signed and compressed
BUTTONS = ("_save", "_publish", "_preview")  # of a draft: whatever was pressed, it comes back as one
CSRF_FIELD = "csrfmiddlewaretoken"
# The ends of the names of the admin's addresses that take what was typed; the steps of a draft besides.
FORMS = ("_add", "_change", "_changelist", "_add_try", "_change_try")


def is_kept(request):
    """Whether a form of ours was sent that may wait in the sign-in page, as none with a password may."""
    from publishing.draft_steps import STEPS  # needs all models, which are not there yet when this is read

    name = request.resolver_match.url_name or ""
    if CSRF_FIELD not in request.POST or any("password" in field for field in request.POST):
        return False
    if name.endswith("_changelist"):
        return "_save" in request.POST  # and not an act upon the rows that are ticked
    return name.endswith((*FORMS, *(f"_{step.name}" for step in STEPS)))


def pack(request):
    """The fields of a posted form as one signed string; "" for what is not kept, or for too much."""
    if not is_kept(request):
        return ""
    is_draft = getattr(getattr(request.resolver_match.func, "model_admin", None), "saves_drafts", False)
    left_out = {CSRF_FIELD, *BUTTONS} if is_draft else {CSRF_FIELD}
    fields = [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
    typed = {
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "is_draft": is_draft,
    }
    packed = signing.dumps(typed, salt=SALT, compress=True)
    return packed if len(packed) <= LONGEST else ""


def unpack(packed):
    """What `pack` was given: a dict with `path`, `fields` (pairs), `had_files` and `is_draft`; None for what is not
    ours or old.
    """
    try:
        return signing.loads(packed, salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return None


def opening(typed):
    """By what its writer knows again what `unpack` gave: its title, else the beginning of the longest text."""
    fields = dict(typed["fields"])
    texts = [value for name, value in fields.items() if " " in value.strip()]
    return fields.get("title") or Truncator(max(texts, key=len, default="")).chars(120)
