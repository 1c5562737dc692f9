"""The starting content, loaded again and again, and the work of editors that it must leave alone."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from coalition_site.content_loader import FOLDER, load_starting_content
from publishing.models import Revision
from publishing.publish import capture, newest_revision, publish
from tests.drafts import block, save_draft

pytestmark = pytest.mark.django_db


KEPT = ("home.toml", "about.toml", "about", "policy.toml", "policy", "privacy.toml")


@pytest.fixture
def folder(tmp_path):
    """A copy of the starting content that a test may change, with a quarter of its pages: all take a second.

    Without the table of works it has no library: see test_library_loader.py.
    """

    def left_out(folder, names):
        if Path(folder).name == "pages":
            return set(names) - set(KEPT)
        return {"publications.csv"}

    return shutil.copytree(FOLDER, tmp_path / "starting_content", ignore=left_out)


@pytest.fixture
def loaded(folder):
    load_starting_content(folder)
    return folder


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def page_at(path):
    from pages.models import Page

    return Page.objects.get(language="en", path=path)


def everything():
    """What the database holds of the content, with the moment of the last change of every page."""
    from coalition_site.models import LoadedContent
    from pages.models import ContactFacts, Heading, MenuItem, Page, Redirect, RichText, Statement
    from publishing.models import ContentVersion
    from search.models import Synonym

    content = (Page, Heading, RichText, Statement, MenuItem, Redirect, ContactFacts, Synonym)
    models = (*content, LoadedContent, ContentVersion)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_the_first_load_writes_every_file_and_every_line():
    import tomllib

    from pages.models import ContactFacts, MenuItem, Page, Redirect
    from resources.models import Publication
    from search.models import Synonym

    number = load_starting_content()
    files = list((FOLDER / "pages").rglob("*.toml"))
    menus = tomllib.loads((FOLDER / "menus.toml").read_text())
    redirects = tomllib.loads((FOLDER / "redirects.toml").read_text())["redirects"]
    found = [model.objects.count() for model in (Page, MenuItem, Redirect, ContactFacts)]
    assert found == [len(files), sum(map(len, menus.values())), len(redirects), 1]
    words = tomllib.loads((FOLDER / "vocabulary.toml").read_text())
    groups = tomllib.loads((FOLDER / "search.toml").read_text())["synonyms"]
    assert Synonym.objects.count() == len(groups)
    assert number == sum(found) + Publication.objects.count() + sum(map(len, words.values())) + len(groups)
    assert Page.objects.public().count() == len(files)


def test_a_second_load_writes_nothing():
    load_starting_content()
    before = everything()
    assert load_starting_content() == 0
    assert everything() == before


def test_the_command_says_how_many_items_it_wrote(capsys):
    call_command("load_starting_content")
    call_command("load_starting_content")
    first, second = capsys.readouterr().out.splitlines()
    assert int(first.partition(" ")[0]) > 50
    assert second == "0 items of the starting content written."


def test_a_changed_file_is_written_again_where_nobody_edited_the_page(loaded):
    change(loaded, "pages/about.toml", "About Us", "Who we are")
    change(loaded, "pages/about/vision-and-mission.toml", "Embrace Diversity", "Embrace Everybody")
    before = page_at("/about/").pk, page_at("/about/vision-and-mission/").pk
    assert load_starting_content(loaded) == 2
    about, mission = page_at("/about/"), page_at("/about/vision-and-mission/")
    assert about.title == "Who we are"
    assert "Embrace Everybody" in {block.heading for block in mission.blocks if hasattr(block, "heading")}
    assert (about.pk, mission.pk) == before
    assert load_starting_content(loaded) == 0


def test_a_block_that_left_the_file_leaves_the_page(loaded):
    from pages.models import Statement

    file = loaded / "pages/about/vision-and-mission.toml"
    blocks = file.read_text().split("[[blocks]]")
    file.write_text("[[blocks]]".join(block for block in blocks if "Embrace Diversity" not in block))
    assert load_starting_content(loaded) == 1
    assert not Statement.objects.filter(heading="Embrace Diversity").exists()
    assert Statement.objects.filter(heading="Foster Strong Partnerships").count() == 1


def test_an_edited_page_is_left_alone_though_its_file_changed(loaded):
    publish(save_draft(page_at("/about/"), title="An editor’s title"), check_links=False)
    change(loaded, "pages/about.toml", "About Us", "Who we are")
    assert load_starting_content(loaded) == 0
    assert page_at("/about/").title == "An editor’s title"


def test_a_page_with_an_open_draft_is_left_alone_too(loaded):
    draft = save_draft(page_at("/about/"), title="An editor’s title")
    change(loaded, "pages/about.toml", "About Us", "Who we are")
    assert load_starting_content(loaded) == 0
    assert page_at("/about/").title == "About Us"
    assert newest_revision(page_at("/about/")) == draft


@pytest.mark.parametrize("work", ["changed", "added", "deleted", "moved"])
def test_a_page_whose_blocks_an_editor_changed_is_left_alone(loaded, work):
    from pages.models import Statement

    def rearrange(data):
        statements = data["parts"]["pages.statement"]
        if work == "changed":
            statements[0]["text"] = "An editor’s sentence."
        elif work == "added":
            statements.append(block("statement", ordering=9999, heading="A sixth value"))
        elif work == "deleted":
            del statements[0]
        else:
            statements[0]["ordering"] = 5

    page = page_at("/about/vision-and-mission/")
    publish(save_draft(page, rearrange), check_links=False)
    as_edited = capture(page)
    change(loaded, "pages/about/vision-and-mission.toml", "Embrace Diversity", "Embrace Everybody")
    assert load_starting_content(loaded) == 0
    assert capture(page_at("/about/vision-and-mission/")) == as_edited
    assert not Statement.objects.filter(heading="Embrace Everybody").exists()


def test_what_an_editor_did_besides_the_text_stays_when_the_file_changes(loaded, editor):
    """Owner, review and retirement are not the file's; they do not count as an edit and are not undone."""
    from datetime import date, timedelta

    from django.utils import timezone

    about = page_at("/about/")
    about.owner, about.reviewed_on, about.retired_at = editor, date(2026, 11, 3), timezone.now() + timedelta(days=1)
    about.save()
    Revision.objects.of(about).update(data=capture(about))
    change(loaded, "pages/about.toml", "About Us", "Who we are")
    assert load_starting_content(loaded) == 1
    now = page_at("/about/")
    assert (now.title, now.owner, now.reviewed_on) == ("Who we are", editor, date(2026, 11, 3))
    assert (now.retired_at, now.published_at) == (about.retired_at, about.published_at)


def test_a_deleted_menu_item_does_not_come_back(loaded):
    from pages.models import MenuItem

    MenuItem.objects.get(menu="header", label="Multimedia").delete()
    change(loaded, "menus.toml", 'label_es = "Multimedia"', 'label_es = "Medios"')
    load_starting_content(loaded)
    assert not MenuItem.objects.filter(menu="header", label="Multimedia").exists()
    assert MenuItem.objects.get(menu="footer", label="Multimedia").label_es == "Medios"


def test_a_deleted_page_does_not_come_back(loaded):
    from pages.models import MenuItem, Page

    MenuItem.objects.filter(page=page_at("/privacy/")).delete()
    page_at("/privacy/").delete()
    file = loaded / "pages/privacy.toml"
    file.write_text(
        file.read_text().replace("summary = ", "position = 77\nsummary = ").replace("\nposition = 1", "\n#")
    )
    load_starting_content(loaded)
    assert not Page.objects.filter(path="/privacy/").exists()


def test_a_changed_contact_fact_is_left_alone(loaded):
    from pages.models import ContactFacts

    facts = ContactFacts.objects.get()
    facts.telephone = "202.555.0100"
    facts.save()
    change(loaded, "contact.toml", "202.872.4050", "202.555.0199")
    assert load_starting_content(loaded) == 0
    facts.refresh_from_db()
    assert (facts.telephone, facts.fax) == ("202.555.0100", "202.872.4050")


def test_contact_facts_that_nobody_changed_follow_their_file(loaded):
    from pages.models import ContactFacts

    change(loaded, "contact.toml", "202.872.4050", "202.555.0199")
    assert load_starting_content(loaded) == 1
    assert ContactFacts.objects.get().fax == "202.555.0199"


def test_a_changed_redirect_is_left_alone(loaded):
    from pages.models import Redirect

    redirect = Redirect.objects.get(old_path="/about/mission.aspx")
    redirect.page = page_at("/about/partners/")
    redirect.save()
    file = loaded / "redirects.toml"
    file.write_text(file.read_text().replace('"/about/vision-and-mission/"', '"/about/"'))
    assert load_starting_content(loaded) == 0
    redirect.refresh_from_db()
    assert redirect.page == page_at("/about/partners/")


def test_a_page_that_an_editor_made_first_is_left_alone(folder, make_page):
    make_page("An editor’s own contact page", slug="contact")
    load_starting_content(folder)
    assert page_at("/contact/").title == "An editor’s own contact page"


def test_a_new_file_below_makes_a_new_page_at_its_place(loaded):
    (loaded / "pages/about/history.toml").write_text('title = "History"\nsummary = "How it began."\n')
    assert load_starting_content(loaded) == 1
    page = page_at("/about/history/")
    assert page.parent == page_at("/about/") and page.is_public


def test_a_section_that_an_editor_moved_does_not_stop_the_next_load(loaded):
    """She gave /about/ another address; a file below it changes later, or comes new."""
    about = page_at("/about/")
    about.slug = "who-we-are"
    about.save()
    change(loaded, "pages/about/partners.toml", "title = ", "margin_label = 'List'\ntitle = ")
    (loaded / "pages/about/history.toml").write_text('title = "History"\nsummary = "How it began."\n')
    load_starting_content(loaded)
    assert page_at("/who-we-are/partners/").parent == about


def test_records_and_works_that_an_editor_made_first_are_used_and_left_alone():
    from resources.models import Publication
    from tests.library import publish_work
    from vocabulary.models import Organization

    mine = publish_work("An editor’s own record", identifiers=[("eric", "ED477535")])
    coalition = Organization.objects.create(slug="ccs", label="Coalition for Community Schools")
    load_starting_content()
    assert not Publication.objects.filter(slug="making-the-difference").exists()
    assert Publication.objects.public().get(identifiers__value="ED477535") == mine
    [publisher, _institute] = Publication.objects.get(slug="results-2013").makers("publisher")
    assert publisher.maker == coalition
    assert Organization.objects.filter(label="Coalition for Community Schools").count() == 1


FAULTS = {
    "broken TOML": ("pages/policy/state.toml", 'title = "no end'),
    "a title that is too long": ("pages/policy/state.toml", f'title = "{"x" * 201}"\nsummary = "One."\n'),
    "no summary": ("pages/policy/state.toml", 'title = "State"\n'),
    "an unknown kind of block": (
        "pages/policy/state.toml",
        'title = "State"\nsummary = "One."\n[[blocks]]\nkind = "film"\n',
    ),
    "a block without its text": (
        "pages/policy/state.toml",
        'title = "State"\nsummary = "One."\n[[blocks]]\nkind = "heading"\n',
    ),
    "an unknown field of a block": (
        "pages/policy/state.toml",
        'title = "State"\nsummary = "One."\n[[blocks]]\nkind = "heading"\ntext = "A"\ncolor = "red"\n',
    ),
    "a page without a page above it": ("pages/nowhere/state.toml", 'title = "State"\nsummary = "One."\n'),
    "a menu line without an address": ("menus.toml", 'header = [{ label = "About" }]\n'),
    "an unknown menu": ("menus.toml", 'side = [{ label = "About", address = "/about/" }]\n'),
    "broken contact facts": ("contact.toml", 'organization = "The Coalition"\nemail = "no address"\n'),
    "a group of synonyms of one word": ("search.toml", '[synonyms.one]\nwords = ["beacon"]\n'),
    "an unknown part of a group of synonyms": ("search.toml", '[synonyms.one]\nwords = ["a", "b"]\ntexts = ["c"]\n'),
    "a redirect to itself": ("redirects.toml", '[[redirects]]\nold = "/x.aspx"\nnew = "/x.aspx"\n'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_with_a_fault_writes_nothing_at_all_and_the_error_names_the_file(folder, fault):
    file, text = FAULTS[fault]
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text)
    before = everything()
    with pytest.raises(Exception) as refusal:  # noqa: PT011
        load_starting_content(folder)
    assert everything() == before
    said = "\n".join([str(refusal.value), *getattr(refusal.value, "__notes__", [])])
    place = file.removeprefix("pages").removesuffix(".toml")
    assert place in said, f"the error does not name {file}: {type(refusal.value).__name__}: {said}"


def test_a_fault_in_one_file_undoes_what_the_others_changed(loaded):
    change(loaded, "pages/about.toml", "About Us", "Who we are")
    (loaded / "redirects.toml").write_text('[[redirects]]\nold = "/x.aspx"\nnew = "/x.aspx"\n')
    before = everything()
    with pytest.raises(Exception):  # noqa: B017, PT011
        load_starting_content(loaded)
    assert everything() == before
