"""The health of the site in words, for the staff: what stands still, why, and what to do about it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from publishing.admin_urls import change_url
from publishing.dashboard import editable_models
from publishing.heartbeat import LATE, Heartbeat
from publishing.kinds import publishable_models
from publishing.models import ContentVersion, Revision
from publishing.tasks import KEPT_WHEN_DONE, send_mail
from publishing.workflow import may_publish

EXAMPLES = 10
LOOKED_BACK = KEPT_WHEN_DONE  # what failed longer ago is nobody's work any more
TOO_LONG = timedelta(minutes=15)
A_WEEK = timedelta(days=7)

_sources = []


@dataclass
class Line:
    """One thing that was looked at: its name, how it stands, and, where that is not good, what to do."""

    name: str
    sentence: str
    is_good: bool = True
    advice: str = ""
    examples: list = field(default_factory=list)  # triples (text, address or "", why or "")


def register(function):
    """Let another app add lines: `function(user)` gives an iterable of Line, in a number of queries that is fixed."""
    if function not in _sources:
        _sources.append(function)
    return function


def lines_for(user):
    """Everything that is looked at, what needs somebody first."""
    lines = [line for source in _sources for line in source(user)]
    return sorted(lines, key=lambda line: line.is_good)


def may_see_health(user):
    """Those who can do something about it: whoever may publish a kind of content."""
    return user.is_active and user.is_staff and any(may_publish(user, model) for model in publishable_models())


@register
def worker(user):
    seen_at = Heartbeat.last()
    name = _("The worker")
    if seen_at and seen_at > timezone.now() - LATE:
        yield Line(name, _("It last looked for work %(moment)s.") % {"moment": moment_in_words(seen_at)})
        return
    sentence = _("It has never looked for work.")
    if seen_at:
        sentence = _("It has not looked for work since %(moment)s.") % {"moment": moment_in_words(seen_at)}
    advice = _(
        "Until it runs, no mail goes out and approved changes are not published. "
        "Ask whoever looks after the server to start it: python manage.py work"
    )
    yield Line(name, sentence, False, advice)


@register
def due(user):
    there = Revision.objects.of_existing(editable_models(user)).select_related("content_type").defer("data")
    found = list(there.due())
    name = _("Approved texts")
    if not found:
        yield Line(name, _("None waits past its moment."))
        return
    sentence = ngettext(
        "%(count)s waits although its moment has passed.",
        "%(count)s wait although their moments have passed.",
        len(found),
    ) % {"count": len(found)}
    advice = _("Open each text, mend what is said here, and publish it. Where no reason stands, look at the worker.")
    examples = [
        _example(r, _("due %(moment)s") % {"moment": moment_in_words(r.publish_at)}, r.waits_because)
        for r in found[:EXAMPLES]
    ]
    yield Line(name, sentence, False, advice, examples)


@register
def reviews(user):
    there = Revision.objects.of_existing(editable_models(user)).select_related("content_type").defer("data")
    found = list(there.submitted_before(timezone.now() - A_WEEK))
    name = _("Drafts sent for review")
    if not found:
        yield Line(name, _("None has waited longer than a week."))
        return
    sentence = ngettext(
        "%(count)s has waited longer than a week.", "%(count)s have waited longer than a week.", len(found)
    ) % {"count": len(found)}
    advice = _("Open each, then publish it or send it back with a note.")
    examples = [
        _example(r, _("sent %(moment)s") % {"moment": moment_in_words(r.submitted_at)}) for r in found[:EXAMPLES]
    ]
    yield Line(name, sentence, False, advice, examples)


@register
def mail(user):
    failed = _failed_tasks().filter(task_path=send_mail.module_path)
    advice = _(
        "Tell these people yourself. When it happens again, ask whoever looks after the server "
        "to check the values of MAIL_HOST, MAIL_USER and MAIL_PASSWORD."
    )
    yield _line_of_tasks(
        _("Mail"),
        failed,
        _("Every message of the last two weeks was handed over or is on its way."),
        lambda count: ngettext(
            "%(count)s message of the last two weeks could not be handed over.",
            "%(count)s messages of the last two weeks could not be handed over.",
            count,
        ),
        advice,
    )


@register
def tasks(user):
    advice = _("Ask whoever looks after the server to read the log of the worker at this time.")
    yield _line_of_tasks(
        _("Other tasks"),
        _failed_tasks().exclude(task_path=send_mail.module_path),
        _("None has failed in the last two weeks."),
        lambda count: ngettext(
            "%(count)s has failed in the last two weeks.", "%(count)s have failed in the last two weeks.", count
        ),
        advice,
    )
    stuck = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - TOO_LONG).order_by("started_at")
    yield _line_of_tasks(
        _("Tasks at work"),
        stuck,
        _("None has run longer than a quarter of an hour."),
        lambda count: ngettext(
            "%(count)s has run longer than a quarter of an hour.",
            "%(count)s have run longer than a quarter of an hour.",
            count,
        ),
        _("The worker was probably stopped in the middle. Ask whoever looks after the server to start it again."),
    )


@register
def content_version(user):
    yield Line(
        _("Content version"),
        _("%(number)s. It rises with every change that readers see.") % {"number": ContentVersion.current()},
    )


def _failed_tasks():
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - LOOKED_BACK)
    return failed.order_by("-finished_at")


def _line_of_tasks(name, results, good, bad, advice):
    count = results.count()
    if not count:
        return Line(name, good)
    examples = [
        (_task_in_words(result), "", moment_in_words(result.finished_at or result.started_at))
        for result in results[:EXAMPLES]
    ]
    return Line(name, bad(count) % {"count": count}, False, advice, examples)


def _task_in_words(result):
    """Subject and address of a message; the plain name of any other task."""
    given = result.args_kwargs.get("args", [])
    if result.task_path == send_mail.module_path and len(given) == 3:
        subject, _text, to = given
        return _("“%(subject)s” to %(address)s") % {"subject": subject, "address": to}
    return result.task_path.rpartition(".")[2].replace("_", " ")


def _example(revision, when, why=""):
    address = change_url(revision.content_type.model_class(), revision.object_id)
    return (revision.name, address, f"{when}. {why}" if why else when)


def moment_in_words(moment):
    """A moment as the office's clock shows it: “Nov 3, 2:15 PM”."""
    return format_date(timezone.localtime(moment), "N j, g:i A")
