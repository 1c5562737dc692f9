"""The starting content, loaded again and again, and the work of editors that it must leave alone.

For the first load of all of it see test_first_load.py.
"""

import pytest

from coalition_site.content_loader import load_starting_content
from publishing.models import Revision
from publishing.publish import capture, ensured_revision, publish
from tests.coalition_site.starting import change, copy_a_quarter, everything, page_at
from tests.drafts import block, save_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _loaded_once(kept_for_the_module, tmp_path_factory):
    load_starting_content(copy_a_quarter(tmp_path_factory.mktemp("starting")))


@pytest.fixture
def loaded(_loaded_once, tmp_path):
    """The files that were loaded, to be changed by a test."""
    return copy_a_quarter(tmp_path)


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
    assert ensured_revision(page_at("/about/")) == draft


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

    MenuItem.objects.get(menu="header", label="Policy").delete()
    change(loaded, "menus.toml", 'label_es = "Políticas públicas"', 'label_es = "Políticas"')
    load_starting_content(loaded)
    assert not MenuItem.objects.filter(menu="header", label="Policy").exists()
    assert MenuItem.objects.get(menu="footer", label="Policy").label_es == "Políticas"


def test_a_new_line_or_redirect_to_a_page_that_an_editor_deleted_is_left_out(loaded):
    from pages.models import MenuItem, Redirect

    MenuItem.objects.filter(page=page_at("/privacy/")).delete()
    page_at("/privacy/").delete()
    line = '{ label = "Your data", label_es = "Sus datos", address = "/privacy/" }'
    change(loaded, "menus.toml", "small_print = [", f"small_print = [{line},")
    with (loaded / "redirects.toml").open("a") as file:
        file.write('[[redirects]]\nold = "/privacy.aspx"\nnew = "/privacy/"\n')
    assert load_starting_content(loaded) == 0
    assert not MenuItem.objects.filter(label="Your data").exists()
    assert not Redirect.objects.filter(old_path="/privacy.aspx").exists()


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


def test_a_fault_in_one_file_undoes_what_the_others_changed(loaded):
    change(loaded, "pages/about.toml", "About Us", "Who we are")
    (loaded / "redirects.toml").write_text('[[redirects]]\nold = "/about/"\nnew = "/about/"\n')
    before = everything()
    with pytest.raises(Exception):  # noqa: B017, PT011
        load_starting_content(loaded)
    assert everything() == before
