"""The look for known holes in packages: what is found is said, and nobody waits for a source that is away."""

import json
import sys

import pytest

from local.audit import audit

HOLE = {"id": "GHSA-xxxx", "fix_versions": ["2.0"], "aliases": [], "description": "…"}


def saying(packages, status=0):
    """A command that answers as pip-audit does."""
    answer = json.dumps({"dependencies": packages, "fixes": []})
    return [sys.executable, "-c", f"import sys; print({answer!r}); sys.exit({status})"]


def test_a_known_hole_is_named_and_fails(capsys):
    packages = [{"name": "django", "version": "1.0", "vulns": [HOLE]}, {"name": "nh3", "version": "1", "vulns": []}]
    assert audit(saying(packages, status=1)) == 1
    assert capsys.readouterr().out == "django 1.0: GHSA-xxxx, mended in 2.0\n"


def test_where_nothing_is_known_it_passes_and_says_so(capsys):
    assert audit(saying([{"name": "nh3", "version": "1", "vulns": []}])) == 0
    assert capsys.readouterr().out == "Known holes: none in 1 packages.\n"


@pytest.mark.parametrize("code", ["raise SystemExit('no network')", "import time; time.sleep(9)", "print('not json')"])
def test_a_source_that_is_away_is_one_line_and_no_failure(capsys, code):
    assert audit([sys.executable, "-c", code], seconds=1) == 0
    assert capsys.readouterr().out == "Known holes: not looked up, because https://api.osv.dev did not answer.\n"
