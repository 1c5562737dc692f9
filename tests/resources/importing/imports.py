"""Helpers for the tests of imports: files of records, their plans, and what came of them."""

from resources.describing import record_of
from resources.importing.applying import apply
from resources.importing.planning import make_plan
from resources.models import Publication
from tests.resources.formats.samples import read, written


def plan_of(*records, name="csv", **options):
    """The Plan of a file with some records in a format."""
    return make_plan(read(name, written(name, *records)), **options)


def imported(*records, name="csv", with_publishing=True, **options):
    """Import some records by way of a file and give the Result."""
    plan = plan_of(*records, name=name, **options)
    assert plan.is_good, faults(plan)
    return apply(plan, note="Imported from a test", with_publishing=with_publishing)


def exported():
    """The Records of all public works."""
    return [record_of(work) for work in Publication.objects.public().for_record().by_title()]


def faults(plan):
    return [fault.sentence for fault in (*plan.faults, *(fault for row in plan.rows for fault in row.faults))]


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def changes(row):
    """What a row changes, as {field: (old, new)}."""
    return {change.field: (change.old, change.new) for change in row.changes}
