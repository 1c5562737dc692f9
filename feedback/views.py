"""The forms of readers. Each is checked by feedback.guards, which also says why they carry no token of Django's."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback import guards, inbox
from feedback.forms import AddressForm, ContactForm, CorrectionForm, FormatForm, ResponseForm, WrongForm, message_about
from feedback.limits import Limit
from feedback.models import Kind
from feedback.responses import takes_responses
from publishing.http import for_everyone

MINUTE, DAY = 60, 24 * 60 * 60  # seconds
MINUTES_TO_WAIT = 10

# A whole school may share one address.
messages_of_one_source = Limit(most=10, seconds=MINUTES_TO_WAIT * MINUTE)
votes_of_one_source = Limit(most=60, seconds=MINUTES_TO_WAIT * MINUTE)
one_vote_a_page = Limit(most=1, seconds=DAY)

TOO_MANY = guards.Refusal(
    _("Many messages came from your network in the last minutes. Wait ten minutes, then send this one again."), 429
)


@guards.reader_form("GET", "HEAD", "POST")
def contact(request):
    return _write(request, ContactForm, AddressForm(request.GET))


@guards.reader_form("GET", "HEAD", "POST")
def correction(request):
    """With `field`: a correction of one fact; without: whatever is wrong on a page."""
    address = AddressForm(request.GET)
    return _write(request, CorrectionForm if address.field_name else WrongForm, address)


@guards.reader_form("GET", "HEAD", "POST")
def response(request):
    """A response to a text that takes some; there is no form for any other."""
    address = AddressForm(request.GET)
    if not (address.page and takes_responses(address.page.subject)):
        raise Http404
    return _write(request, ResponseForm, address)


@guards.reader_form("GET", "HEAD", "POST")
def another_format(request):
    return _write(request, FormatForm, AddressForm(request.GET))


def _write(request, form_class, address):
    """Show a form; take what was sent and lead on to the thanks; or show it again with what to do and all its text."""
    if request.method != "POST":
        return _show(request, form_class(address=address))
    refusal = guards.refusal(request)
    if refusal == guards.TOO_LONG:
        return _show(request, form_class(address=address), refusal)
    form = form_class(request.POST, address=address)
    if form.is_valid() and not refusal and not messages_of_one_source.allows(request):
        refusal = TOO_MANY
    if refusal or form.errors:
        return _show(request, form, refusal)
    inbox.receive(form.message())
    return _thank(address)


def _show(request, form, refusal=None):
    context = {
        "form": form,
        "address": form.address,
        "refusal": refusal,
        "moment": (refusal and refusal.moment) or guards.moment(),
        "faults": [{"text": " ".join(field.errors), "url": f"#{field.auto_id}"} for field in form if field.errors],
        "months": settings.FEEDBACK_MONTHS,
    }
    return _answer(render(request, "feedback/write.html", context), refusal)


@guards.reader_form("POST")
def useful(request):
    """A press of Yes or No below a text. Twice on one day from one source is counted once."""
    refusal = guards.refusal(request)
    pressed = "" if refusal else request.POST.get("answer", "")
    address = AddressForm({"about": request.GET.get("about", ""), "answer": pressed})
    if not (address.page and address.pressed):
        context = {"address": address, "refusal": refusal, "moment": (refusal and refusal.moment) or guards.moment()}
        return _answer(render(request, "feedback/useful.html", context), refusal)
    path = address.page.path
    if votes_of_one_source.allows(request) and one_vote_a_page.allows(request, path, pressed):
        inbox.receive(message_about(address, Kind.USEFUL if pressed == "yes" else Kind.NOT_USEFUL))
    return _thank(address, answer=pressed)


def _answer(response, refusal):
    if refusal:
        response.status_code = refusal.status
    if refusal == TOO_MANY:
        response["Retry-After"] = str(MINUTES_TO_WAIT * MINUTE)
    return response


def _thank(address, **values):
    if address.page:
        values["about"] = address.page.path
    query = f"?{urlencode(values)}" if values else ""
    response = HttpResponseRedirect(f"{reverse('feedback:thanks')}{query}")
    response.status_code = 303  # whoever loads the page again sends nothing again
    return response


@for_everyone(*guards.PARAMETERS)
def thanks(request):
    """Where a form leads that was taken; after Yes or No, with the offer to say more."""
    return render(request, "feedback/thanks.html", {"address": AddressForm(request.GET)})
