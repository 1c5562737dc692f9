"""A plan in words: totals for a person, and lines for a terminal."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.models import Series
from vocabulary.models import Organization, Person


def totals(plan):
    """Sentences on what would happen to the rows, those with nothing to say left out."""
    count = plan.count
    told = [
        (count["fault"], ngettext("%(n)s row has faults.", "%(n)s rows have faults.", count["fault"])),
        (count["new"], ngettext("%(n)s work is new.", "%(n)s works are new.", count["new"])),
        (count["update"], ngettext("%(n)s work is updated.", "%(n)s works are updated.", count["update"])),
        (
            count["same"],
            ngettext(
                "%(n)s row says what is known already and changes nothing.",
                "%(n)s rows say what is known already and change nothing.",
                count["same"],
            ),
        ),
        (count["skip"], ngettext("%(n)s row is skipped.", "%(n)s rows are skipped.", count["skip"])),
    ]
    sentences = [sentence % {"n": f"{number:,}"} for number, sentence in told if number]
    return sentences + ([_made(plan)] if plan.made else [])


def _made(plan):
    def number(model):
        return sum(isinstance(record, model) for record in plan.made)

    people, organizations, series = number(Person), number(Organization), number(Series)
    told = [
        (people, ngettext("%(n)s person", "%(n)s people", people)),
        (organizations, ngettext("%(n)s organization", "%(n)s organizations", organizations)),
        (series, ngettext("%(n)s series or journal", "%(n)s series or journals", series)),
    ]
    listed = get_text_list([words % {"n": f"{n:,}"} for n, words in told if n], _("and"))
    return _("New in the vocabularies: %(listed)s.") % {"listed": listed}


def lines(plan, *, with_changes):
    """Faults always; notes, matches and changes by field on demand; the totals at the end."""
    yield from (fault.sentence for fault in plan.faults)
    yield from plan.notes
    for row in plan.rows:
        if not (row.faults or with_changes):
            continue
        yield f"{row.number}: {row.title or '?'} ({row.outcome})"
        yield from (
            f"    {fault.field}: {fault.sentence}" if fault.field else f"    {fault.sentence}" for fault in row.faults
        )
        if with_changes:
            yield from (f"    {note}" for note in row.notes)
            yield from (f"    {match.title}: {match.reason}" for match in row.matches)
            yield from (f"    {change.label}: “{change.old}” → “{change.new}”" for change in row.changes)
    yield from totals(plan)
