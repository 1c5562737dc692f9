"""The check of the whole content: each kind of trouble in its own line, what is mended, what a monitor hears."""

import io
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keeping.models import Outcome
from pages.models import MenuItem, Page, PictureBlock, Redirect, RichText
from publishing import content_checks
from publishing.retiring import retire
from search.models import File, Item
from tests.articles import publish_entry
from tests.conftest import save_page, save_picture
from tests.keeping.conftest import empty_media, files
from tests.library import publish_work
from tests.resources.conftest import take
from tests.resources.pdfs import pdf


def check(**options):
    """Pair (what it says, exit status)."""
    said, status = io.StringIO(), 0
    try:
        call_command("check_content", stdout=said, **options)
    except CommandError as error:
        status = error.returncode
    return said.getvalue(), status


def lines(said, name):
    """What stands below the name of a check."""
    below = said.partition(f"{name}\n")[2]
    found = []
    for line in below.splitlines():
        if not line.startswith("  "):
            break
        found.append(line.strip())
    return found


@pytest.fixture(scope="module")
def written(kept_for_the_module):
    """The files and the rows of the site, written once for all tests: file → bytes."""
    with empty_media():
        write()
        yield files()


@pytest.fixture
def site(written, db):
    """A site in which all is well: pages that lead to each other, an entry, a work with a file, a picture."""
    yield Page.objects.get(title="Partners")
    folder = Path(settings.MEDIA_ROOT)
    for name in files().keys() - written:
        (folder / name).unlink()
    for name, content in written.items():
        (folder / name).write_bytes(content)


def write():
    from search.indexing import index_items

    home = save_page("Coalition for Community Schools", slug="home")
    partners = save_page("Partners")
    MenuItem.objects.create(menu="header", label="Partners", page=partners)
    linked = save_page("Linked")
    below = save_page("Below", parent=partners)
    text = '<p><a href="/linked/">The page</a> and <a href="https://www.example.com/none/">another site</a></p>'
    RichText.objects.create(parent=below, region="main", ordering=1, text=text)
    PictureBlock.objects.create(parent=partners, region="main", ordering=2, picture=save_picture(), alt_text="A garden")
    publish_entry()
    publish_work("Evaluation Toolkit", files=[take(pdf(["Attendance grew."]))], work_language="en")
    index_items([home, partners, linked, below])


def admin(page):
    return f"https://www.example.org/admin/pages/page/{page.pk}/change/"


def test_where_all_is_well_nothing_is_found(site):
    said, status = check()
    assert status == 0
    assert said.splitlines() == [f"{one.name}: nothing." for one in content_checks.all_checks()]
    assert len(said.splitlines()) == 7
    assert Outcome.objects.get(kind="check").is_good


def test_a_file_that_is_missing_is_told_with_the_row_that_needs_it(site):
    picture = PictureBlock.objects.get().picture
    storages["default"].delete(picture.image.name)
    (line,) = lines(check()[0], "Files that are missing")
    assert picture.image.name in line
    assert line.endswith(f"https://www.example.org/admin/publishing/picture/{picture.pk}/change/")


def store(alias, name, age):
    storage = storages[alias]
    storage.save(name, ContentFile(b"x"))
    moment = (timezone.now() - age).timestamp()
    os.utime(storage.path(name), (moment, moment))


@pytest.mark.parametrize("alias", ["default", "private"])
def test_files_that_nothing_names_are_told_after_a_day_and_deleted_after_a_week(site, alias):
    for days in (0.5, 2, 8):
        store(alias, f"lost/{days}", timedelta(days=days))
    found = [f"No row names the file lost/{days} ({alias})." for days in (2, 8)]
    said, status = check()
    assert (lines(said, "Files that nothing names"), status) == (found, 1)
    assert lines(check(fix=True)[0], "Files that nothing names") == [found[0], f"{found[1]} Mended."]
    assert [storages[alias].exists(f"lost/{days}") for days in (0.5, 2, 8)] == [True, True, False]


def test_files_of_an_import_that_goes_on_are_left_alone(site):
    store("private", "imports/abc", timedelta(days=8))
    assert check(fix=True)[1] == 0
    assert storages["private"].exists("imports/abc")


def test_a_search_row_that_differs_is_told_and_written_anew(site):
    Item.objects.filter(title="Partners").update(summary="Other words.")
    Item.objects.filter(title="Evaluation Toolkit").delete()
    found = lines(check()[0], "Search rows that differ from the content")
    assert {line.partition(" as it is")[0] for line in found} == {
        "The search does not know “Partners”",
        "The search does not know “Evaluation Toolkit”",
    }
    assert admin(site) in "".join(found)
    assert check(fix=True)[1] == 0
    assert check()[1] == 0


@pytest.mark.parametrize("differs", [{"label": "Another name"}, {"language": "es"}], ids=["label", "language"])
def test_a_file_that_the_search_calls_otherwise_or_reads_in_another_language_is_told_and_written_anew(site, differs):
    right = File.objects.values("label", "language", "version").get()
    File.objects.update(**differs)
    (line,) = lines(check()[0], "Search rows that differ from the content")
    assert "“Evaluation Toolkit”" in line
    assert check(fix=True)[1] == 0
    assert File.objects.values("label", "language", "version").get() == right


def test_a_search_row_of_what_is_gone_is_told_and_removed(site):
    Item.objects.filter(title="Linked").update(owner_key="987654")
    said, _status = check()
    assert lines(said, "Search rows of what is gone") == ["The search holds pages.page 987654, which is gone."]
    check(fix=True)
    assert not Item.objects.filter(owner_key="987654").exists()


@pytest.mark.parametrize("address", ["/none/", "/none/?a=b#c", "https://www.example.org/none/"])
def test_a_link_that_leads_nowhere_is_told_and_its_words_are_left_alone(site, address):
    text = RichText.objects.create(parent=site, region="main", ordering=5, text=f'<p><a href="{address}">Words</a></p>')
    (line,) = lines(check(fix=True)[0], "Links that lead nowhere")
    assert line == f"“Partners” links to {address}, where nothing answers.  {admin(site)}"
    assert address in RichText.objects.get(pk=text.pk).text


def test_links_of_menus_and_redirects_are_looked_at_too(site):
    MenuItem.objects.create(menu="footer", label="Gone", address="/gone/")
    Redirect.objects.create(old_path="/old.aspx", new_address="/lost/")
    found = lines(check()[0], "Links that lead nowhere")
    assert [line.partition(",")[0] for line in found] == ["“Gone” links to /gone/", "“/old.aspx” links to /lost/"]


def test_links_of_what_is_not_public_are_not_looked_at(site):
    RichText.objects.create(parent=site, region="main", ordering=5, text='<p><a href="/none/">Words</a></p>')
    Page.objects.filter(pk=site.pk).update(published_at=timezone.now() + timedelta(days=1))
    assert lines(check()[0], "Links that lead nowhere") == []


def test_a_page_that_nothing_leads_to_is_told(site, make_page):
    lonely = make_page("Lonely")
    found = lines(check()[0], "Pages that nothing leads to")
    assert found == [f"Nothing leads to the page “Lonely”.  {admin(lonely)}"]


@pytest.mark.parametrize("words", ["   ", "IMG_2041.JPG"])
def test_a_picture_whose_words_say_nothing_is_told(site, words):
    PictureBlock.objects.update(alt_text=words)
    (line,) = lines(check(fix=True)[0], "Pictures without words")
    assert line.endswith(admin(site))
    assert PictureBlock.objects.get().alt_text == words


def test_the_number_that_is_left_is_noted_for_the_health_page(site, make_page):
    make_page("Lonely")
    said, status = check()
    assert status == 1
    outcome = Outcome.objects.get(kind="check", is_good=False)
    assert outcome.detail == str(sum(len(lines(said, one.name)) for one in content_checks.all_checks()))


def test_a_check_that_breaks_off_keeps_no_other_from_its_turn(site, monkeypatch):
    def breaks(mend):
        raise ZeroDivisionError("no")
        yield

    checks = {"Broken": content_checks.Check("Broken", breaks)} | content_checks._checks
    monkeypatch.setattr(content_checks, "_checks", checks)
    said, status = check()
    assert status == 2
    assert "Pictures without words: nothing." in said
    outcome = Outcome.objects.get(kind="check")
    assert (outcome.is_good, outcome.detail) == (False, "Broken: ZeroDivisionError: no")


def test_a_check_that_is_stopped_is_noted(site, monkeypatch):
    def is_stopped(mend):
        signal.raise_signal(signal.SIGTERM)
        yield

    monkeypatch.setattr(content_checks, "_checks", {"Long": content_checks.Check("Long", is_stopped)})
    with pytest.raises(SystemExit):
        check()
    outcome = Outcome.objects.get(kind="check")
    assert (outcome.is_good, outcome.detail) == (False, "Long: It was stopped before its end.")


def test_more_content_costs_no_more_queries(site, make_page):
    def count():
        with CaptureQueriesContext(connection) as queries:
            check()
        return len(queries)

    count()
    few = count()
    for number in range(20):
        page = make_page(f"Page {number}", parent=site)
        RichText.objects.create(parent=page, region="main", ordering=1, text='<p><a href="/linked/">Words</a></p>')
        publish_entry(f"Entry {number}")
    assert count() == few


def test_what_replaces_a_page_is_looked_at_too(site, make_page):
    old, new = make_page("Old"), make_page("New")
    retire(old, replacement="/new/")
    assert lines(check()[0], "Links that lead nowhere") == []
    retire(new)
    (line,) = lines(check()[0], "Links that lead nowhere")
    assert line == f"“Old” links to /new/, where nothing answers.  {admin(old)}"
