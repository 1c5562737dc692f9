"""Lines of the health page on backups and on the content as a whole."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keeping.models import Outcome
from publishing.health import Line, moment_in_words

LATE = {Outcome.Kind.BACKUP: timedelta(days=2), Outcome.Kind.PROOF: timedelta(days=15)}


def backups(user):
    """When the last backup was made and the last one proved."""
    last = Outcome.last()
    advice = _("Ask whoever looks after the server to read “Keeping the data” in docs/operations.md.")
    yield _line(_("Backup"), Outcome.Kind.BACKUP, last, _("None was ever made."), advice)
    yield _line(_("Proof of a backup"), Outcome.Kind.PROOF, last, _("None was ever restored and compared."), advice)


def _line(name, kind, last, never, advice):
    good, bad = last[kind]
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


def content(user):
    """What the last check of the content found. Never checked is no fault: a timer does it once a week."""
    found = [outcome for outcome in Outcome.last()[Outcome.Kind.CHECK] if outcome]
    name = _("Content as a whole")
    if not found:
        yield Line(name, _("It was not checked yet."))
        return
    newest = max(found, key=lambda outcome: outcome.at)
    values = {"moment": moment_in_words(newest.at)}
    if newest.is_good:
        yield Line(name, _("Checked %(moment)s: nothing was found.") % values)
        return
    count = int(newest.detail)
    sentence = ngettext(
        "Checked %(moment)s: %(count)s thing was found.", "Checked %(moment)s: %(count)s things were found.", count
    ) % (values | {"count": count})
    advice = _("Ask whoever looks after the server for the list: python manage.py check_content")
    yield Line(name, sentence, False, advice)
