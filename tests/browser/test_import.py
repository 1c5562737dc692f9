"""An import by hand, without a mouse and without a script: upload, dry run, result."""

import pytest

from tests.browser.admin import listen, sign_in
from tests.browser.axe import ALL_RULES, RULES_ABOUT_COLOR, run_axe
from tests.browser.test_admin_accessibility import show_in
from tests.library import person, publish_work
from tests.resources.formats.samples import ARTICLE, REPORT, written
from tests.resources.records import person as name
from tests.resources.records import record


@pytest.fixture
def works(tmp_path):
    """A file with two new works and one that is close to a known one."""
    publish_work("Making the Difference", issued_year=2003, authors=[person("Blank", "Martin")])
    file = tmp_path / "works.csv"
    close = record("Making the Diference", authors=[name("Blank", "M.")], issued=(2003,))
    file.write_bytes(written("csv", ARTICLE, REPORT, close))
    return file


def judge(page, what):
    """axe finds nothing on the page as it stands, narrow and wide, light and dark."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what
        for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
            show_in(page, color_scheme)
            _passed, violations = run_axe(page, rules)
            assert not violations, "\n".join([what, *map(str, violations)])


def test_a_file_is_imported_without_a_script(transactional_db, live_server, new_context, editor, works):
    page = sign_in(new_context(), editor, live_server.url).new_page()
    complaints = []
    listen(page, complaints)
    _import(page, live_server.url, works, lambda what: judge(page, what))
    plain = sign_in(new_context(java_script_enabled=False), editor, live_server.url).new_page()
    _look(plain, live_server.url, works)
    assert plain.get_by_text("3 rows say what is known already and change nothing.").is_visible()
    assert not [one for one in complaints if "axe" not in one and "inline style" not in one]


def _look(page, site, works):
    page.goto(f"{site}/admin/resources/publication/import/")
    page.get_by_label("File").set_input_files(works)
    page.get_by_role("button", name="See what would happen").press("Enter")


def _import(page, site, works, judge):
    _look(page, site, works)
    folded = page.locator("details:not([open]) summary")
    while folded.count():
        folded.first.press("Enter")
    judge("dry run")
    page.get_by_label("Add it as a new work").check()
    page.get_by_role("button", name="Import these").press("Enter")
    page.get_by_text("Nothing was imported yet").wait_for()
    page.get_by_label("Publish them at once").check()
    page.get_by_role("button", name="Import these").press("Enter")
    page.get_by_text("Imported: 3 new, 0 updated; 3 of them public now.").wait_for()
    judge("result")
