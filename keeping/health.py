"""Lines of the health page on backups and on the content as a whole."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keeping.models import Outcome
from publishing.health import Line, moment_in_words

# Two periods of the timers in deploy/systemd/, and a day for those of a week.
LATE = {
    Outcome.Kind.BACKUP: timedelta(days=2),
    Outcome.Kind.PROOF: timedelta(days=15),
    Outcome.Kind.CHECK: timedelta(days=15),
}


def backups(user):
    """When the last backup was made and the last one proved."""
    last = Outcome.last()
    yield _line(_("Backup"), Outcome.Kind.BACKUP, last, _("None was ever made."))
    yield _line(_("Proof of a backup"), Outcome.Kind.PROOF, last, _("None was ever restored and compared."))


def _line(name, kind, last, never):
    good, bad = last[kind]
    advice = _advice()
    if bad and (good is None or bad.at > good.at):
        sentence = _("The last one, %(moment)s, failed or told of faults.") % {"moment": moment_in_words(bad.at)}
        if good:
            sentence += " " + _("The last good one was %(moment)s.") % {"moment": moment_in_words(good.at)}
        examples = [(line, "", "") for line in bad.detail.splitlines()]
        return Line(name, sentence, False, advice, examples)
    if good is None:
        return Line(name, never, False, advice)
    is_late = good.at < timezone.now() - LATE[kind]
    sentence = _("The last one was %(moment)s.") % {"moment": moment_in_words(good.at)}
    return Line(name, sentence, not is_late, advice if is_late else "")


def _advice():
    return _("Ask whoever looks after the server to read “Keeping the data” in docs/operations.md.")


def content(user):
    """What the last check of the content found. Never checked is no fault: a timer does it once a week.

    The detail of a bad outcome is the number of what was found, or the reasons why it broke off, a line each.
    """
    found = [outcome for outcome in Outcome.last()[Outcome.Kind.CHECK] if outcome]
    name = _("Content as a whole")
    if not found:
        yield Line(name, _("It was not checked yet."))
        return
    newest = max(found, key=lambda outcome: outcome.at)
    values = {"moment": moment_in_words(newest.at)}
    is_late = newest.at < timezone.now() - LATE[Outcome.Kind.CHECK]
    if newest.is_good:
        sentence = _("Checked %(moment)s: nothing was found.") % values
        yield Line(name, sentence, not is_late, _advice() if is_late else "")
        return
    if not newest.detail.isdecimal():
        examples = [(line, "", "") for line in newest.detail.splitlines()]
        yield Line(name, _("The check of %(moment)s broke off.") % values, False, _advice(), examples)
        return
    count = int(newest.detail)
    sentence = ngettext(
        "Checked %(moment)s: %(count)s thing was found.", "Checked %(moment)s: %(count)s things were found.", count
    ) % (values | {"count": count})
    advice = _("Ask whoever looks after the server for the list: python manage.py check_content")
    yield Line(name, sentence, False, advice)
