"""What the page on the health of the site says of links to other sites."""

from django.apps import apps
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from links.models import OutwardLink
from publishing.dashboard import change_url
from publishing.health import EXAMPLES, Line


def links_to_other_sites(user):
    name = _("Links to other sites")
    if not settings.LINK_CHECKS:
        yield Line(name, _("This server does not look at them."))
        return
    count = OutwardLink.objects.dead().count()
    if not count:
        last = OutwardLink.objects.exclude(checked_at=None).order_by("-checked_at").first()
        yield Line(name, _last_look(last))
        return
    sentence = ngettext(
        "%(count)s has not answered on three days or more.", "%(count)s have not answered on three days or more.", count
    ) % {"count": count}
    advice = _("Open each text and correct the address or take the link out. The list of links names all of them.")
    examples = [_example(link) for link in OutwardLink.objects.dead()[:EXAMPLES]]
    yield Line(name, sentence, False, advice, examples)


def _last_look(last):
    if last is None:
        return _("None was looked at yet.")
    moment = format_date(timezone.localtime(last.checked_at), "N j, g:i A")
    return _("None is dead. The last look was %(moment)s.") % {"moment": moment}


def _example(link):
    label, key = next(iter(link.used_in), (None, None))
    address = change_url(apps.get_model(label), key) if label else ""
    why = _("%(fault)s, since %(day)s") % {
        "fault": link.get_fault_display(),
        "day": format_date(link.first_failed_on, "N j"),
    }
    return (link.address, address, why)
