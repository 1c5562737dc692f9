"""What is written in a format is read back without losing a field."""

import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.formats import FORMATS
from tests.resources.formats.strategies import records

EXAMPLES = 2000 if os.environ.get("TESTS") == "deep" else 25


def there_and_back(form, some):
    return form.read(io.BytesIO(b"".join(form.write(some))))


@pytest.mark.parametrize("name", FORMATS)
@given(some=st.lists(records, min_size=1, max_size=3))
@settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_a_file_gives_back_the_records_that_were_written_to_it(name, some):
    reading = there_and_back(FORMATS[name], some)
    assert [row.faults for row in reading.rows if row.faults] == []
    assert (reading.faults, reading.notes) == ((), ())
    assert list(reading.records) == some
