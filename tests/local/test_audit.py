"""The look for known holes in packages: what is found is said, and nobody waits for a source that is away."""

import json
import sys

import pytest

from local.audit import audit

AWAY = "Known holes: not looked up, because https://api.osv.dev did not answer.\n"
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


def judged(code, **options):
    """What the audit makes of a program that does this."""
    return audit([sys.executable, "-c", code], **options)


@pytest.mark.parametrize(
    "code",
    [
        "import requests; raise requests.ConnectionError('Failed to resolve')",
        "import requests; raise requests.ReadTimeout('Read timed out.')",
        "import requests; raise requests.HTTPError('503 Server Error: Service Unavailable')",
        # pip-audit's own words for a connection that comes to nothing.
        'raise SystemExit("ERROR:pip_audit._cli:Could not connect to OSV\'s vulnerability feed")',
    ],
)
def test_a_source_that_is_away_is_one_line_and_no_failure(capsys, code):
    assert judged(code) == 0
    assert capsys.readouterr().out == AWAY


def test_a_source_that_takes_too_long_is_waited_for_no_longer(capsys):
    assert judged("import time; time.sleep(9)", seconds=0.5) == 0
    assert capsys.readouterr().out == AWAY


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit('boom')",
        "import sys; print('not json'); print('boom', file=sys.stderr)",
        "import requests; raise requests.HTTPError('400 Client Error: boom')",
    ],
)
def test_an_audit_that_breaks_by_itself_fails_and_says_why(capsys, code):
    assert judged(code) == 1
    said = capsys.readouterr()
    assert "boom" in said.err and "did not answer" not in said.out
