"""Any records into the database, out again as a file of any format, and in once more: nothing changes."""

import os
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from publishing.checks.passages import has_words
from publishing.tags import fault_of_tag
from resources.formats import FORMATS
from resources.identifiers import comparable
from resources.importing.naming import TERMS, tidied
from resources.importing.planning import make_plan
from tests.resources.formats import strategies
from tests.resources.formats.samples import read, written
from tests.resources.importing.imports import exported, faults, imported, outcomes, plan_of

pytestmark = pytest.mark.deep

EXAMPLES = 300 if os.environ.get("TESTS") == "deep" else 12
FIRST_YEAR = 1600
TAGGED = (*TERMS, "tags")  # words that no vocabulary knows become tags, so they have to be fit for one


def _fitting(records):
    """The records made to fit the tables: years since 1600, no volume of nothing, no number in two of them,
    no word that can be no tag, no title without anything to see.
    """
    seen, fitting = set(), []
    for number, record in enumerate(one for one in records if has_words(one.title)):
        issued = record.issued if record.issued and record.issued.year >= FIRST_YEAR else None
        own = tuple(one for one in tidied(record).identifiers if comparable(one) not in seen)
        seen |= {comparable(one) for one in own}
        fitting.append(
            replace(
                record,
                issued=issued,
                identifiers=own,
                page_count=min(record.page_count or 1, 20_000),
                volume=record.volume if record.container or record.series else "",
                key=f"work-{number}",
                **{name: tuple(word for word in getattr(record, name) if not fault_of_tag(word)) for name in TAGGED},
            )
        )
    return fitting


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMATS)
@given(some=st.lists(strategies.records, min_size=1, max_size=3).map(_fitting).filter(bool))
@settings(
    deadline=None,
    max_examples=EXAMPLES,
    phases=[Phase.reuse, Phase.generate],  # to shrink an example takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
def test_an_export_of_all_works_read_back_in_changes_nothing(name, some):
    with transaction.atomic():
        imported(*some)
        file = written(name, *exported())
        plan = make_plan(read(name, file))
        assert faults(plan) == []
        assert [row.changes for row in plan.rows if row.changes] == []
        assert outcomes(plan) == ["same"] * len(some)
        assert plan.made == []
        assert [row.changes for row in plan_of(*some).rows if row.changes] == [], "the first file once more"
        transaction.set_rollback(True)
