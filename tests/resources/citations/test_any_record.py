"""Whatever a record holds, every style gives a line that a reader can use."""

import json
import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.citations import STYLES, cite
from resources.citations.json_ld import json_ld
from resources.citations.tags import dublin_core, highwire
from tests.resources.records import records

pytestmark = pytest.mark.deep

EXAMPLES = 5000 if os.environ.get("TESTS") == "deep" else 50


def has_paired_quotes(text):
    depth = 0
    for mark in re.findall("[“”]", text):
        depth += 1 if mark == "“" else -1
        if depth < 0:
            return False
    return depth == 0


@settings(max_examples=EXAMPLES, deadline=None)
@given(record=records, accessed=st.none() | st.dates())
def test_no_style_stumbles_over_a_record(record, accessed):
    for style in STYLES:
        citation = cite(record, style.name, accessed)
        assert citation.text
        assert not re.search(r"\.\.", citation.text)
        assert not re.search(r",\s*,", citation.text)
        assert not re.search(r"\s\s|^\s|\s$", citation.text)
        assert has_paired_quotes(citation.text)
        assert all(run.text for run in citation.runs)
        assert citation.text == "".join(run.text for run in citation.runs)


@settings(max_examples=EXAMPLES, deadline=None)
@given(record=records)
def test_no_tag_is_empty(record):
    pairs = (*highwire(record), *dublin_core(record))
    assert all(name and content for name, content in pairs)


@settings(max_examples=EXAMPLES, deadline=None)
@given(record=records)
def test_json_ld_is_json_without_empty_facts(record):
    facts = json_ld(record, file_urls=["https://www.example.org/a.pdf"])
    assert json.loads(json.dumps(facts)) == facts
    assert all(fact not in ("", None, [], {}) for fact in facts.values())
