"""What /readyz looks at, in words, on the staff's health page. The worker's line is publishing's own."""

from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from coalition_site import readiness
from publishing.health import Line


def machine_lines(user):
    return lines_of(readiness.current())


def lines_of(found):
    """The lines for a Readiness."""
    yield database(found)
    if found.database:
        yield migrations(found)
        yield queue(found)
    yield disk(found)


def database(found):
    if found.database:
        return Line(_("The database"), _("It answers."))
    sentence = _("It did not answer a question within two seconds.")
    return Line(_("The database"), sentence, False, _("Ask whoever looks after the server to look at PostgreSQL."))


def migrations(found):
    if found.is_migrated:
        return Line(_("Tables of the database"), _("They are those of this release."))
    sentence = _("Changes of this release are missing: %(names)s.") % {"names": ", ".join(found.missing_migrations)}
    advice = _("Ask whoever looks after the server to run: python manage.py migrate")
    return Line(_("Tables of the database"), sentence, False, advice)


def queue(found):
    name = _("Tasks that wait")
    if not found.waiting_since:
        return Line(name, _("None waits."))
    waited = {"time": timesince(found.waiting_since)}
    if found.queue:
        return Line(name, _("The oldest has waited %(time)s.") % waited)
    advice = _("Mail and files wait with it. Look at the worker; where it runs, ask whoever looks after the server.")
    return Line(name, _("The oldest has waited %(time)s, which is too long.") % waited, False, advice)


def disk(found):
    name = _("Room for files")
    advice = _("Uploads will soon fail. Ask whoever looks after the server for a larger disk, or to make room.")
    if found.room is None:
        sentence = _("The folder of uploads did not answer within two seconds.")
        return Line(name, sentence, False, _("Ask whoever looks after the server to look at the disk of uploads."))
    left = {"size": filesizeformat(found.room)}
    if found.disk:
        return Line(name, _("%(size)s are free.") % left)
    return Line(name, _("Only %(size)s are free.") % left, False, advice)
