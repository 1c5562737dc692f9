"""How many rows a form of the admin may say that it holds: Django builds each of them, whether it was sent or not."""

from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT, ManagementForm
from django.http import HttpResponseBadRequest
from django.utils.translation import gettext as _

MOST_ROWS = 1_000  # of all kinds together: a page of 500 blocks, or the 800 that an import can give a work, fit well


def refusal_of(request):
    """The answer to a form that says it holds more rows than that, before any is built; None to all others."""
    if sum(_rows_said(request.POST)) <= MOST_ROWS:
        return None
    sentence = _("This form says that it holds more than %(most)s rows. Nothing was saved. Go back and take some away.")
    return HttpResponseBadRequest(sentence % {"most": f"{MOST_ROWS:,}"}, content_type="text/plain; charset=utf-8")


def _rows_said(data):
    # Read as Django will read it; what it cannot read is no row, and an error of the form.
    number = ManagementForm.base_fields[TOTAL_FORM_COUNT]
    for name in data:
        if name.endswith(f"-{TOTAL_FORM_COUNT}"):
            try:
                yield number.clean(data[name])
            except ValidationError:
                continue
