"""What forms ask of the database: as much for many blocks as for few, and less than Django's own admin."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from benchmarks.editing import BUTTONS, PUBLISH, SAVE
from benchmarks.measuring import Figure, Form, counted
from benchmarks.sample_pages import make_page
from pages.models import Page, PictureBlock, Video
from publishing.blocks import block_models
from publishing.models import Revision
from tests.drafts import edit, open_form

FEW, MANY = 10, 40  # each kind of block once, and four times


@pytest.fixture
def open_page(editor, settings):
    """A function that opens the form of a new page: open_page("admin", blocks=10). “stock” is Django's own admin."""
    settings.ROOT_URLCONF = "benchmarks.urls"

    def open_(site, blocks):
        form = Form(editor, site, make_page(f"{site}-{blocks}", blocks))
        form.open()
        return form

    return open_


def statements(send, status):
    figure = Figure()
    assert counted(figure, send).status_code == status
    return figure.queries


def statements_to_save(form, act):
    return statements(lambda: form.send(BUTTONS[act], "New title", "New words"), 302)


def test_opening_a_form_costs_no_more_with_many_blocks(open_page):
    few, many = (statements(open_page("admin", blocks).open, 200) for blocks in (FEW, MANY))
    assert few == many <= 20


@pytest.mark.parametrize("act", [SAVE, PUBLISH])
def test_saving_costs_no_more_with_many_blocks(open_page, act):
    few, many = (open_page("admin", blocks) for blocks in (FEW, MANY))
    assert statements_to_save(few, act) == statements_to_save(many, act)
    assert Page.objects.filter(title="New title").count() == (2 if act == PUBLISH else 0)


def test_saving_a_draft_costs_less_than_a_save_in_the_stock_admin(open_page):
    ours, stock = open_page("admin", MANY), open_page("stock", MANY)
    assert statements_to_save(ours, SAVE) < statements_to_save(stock, SAVE)
    stock.page.refresh_from_db()
    assert stock.page.title == "New title"


def picture_keys(page):
    return [row["picture_id"] for row in Revision.objects.of(page).newest().data["parts"]["pages.pictureblock"]]


def test_pictures_chosen_anew_are_kept_for_one_statement_more(open_page, make_picture):
    form = open_page("admin", MANY)
    before = statements_to_save(form, SAVE)
    response = form.open()
    chosen = [make_picture(f"New {number}", color=(number, 9, 9)).pk for number in range(4)]
    form.data |= {f"pages_pictureblock_set-{number}-picture": key for number, key in enumerate(chosen)}
    assert response.status_code == 200
    assert statements_to_save(form, SAVE) == before + 1
    assert picture_keys(form.page) == chosen


@pytest.mark.parametrize("key", ["99999", "x", "-1", "9" * 30, "9" * 5000, "１x"])
def test_a_picture_that_there_is_not_is_said_beside_the_field(staff_client, make_page, make_picture, key):
    page = make_page()
    PictureBlock.objects.create(parent=page, region="main", ordering=10, picture=make_picture(), alt_text="Seen")
    data = open_form(staff_client, page)
    response = edit(staff_client, page, data=data, **{"pages_pictureblock_set-0-picture": key})
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()


AGAINST_THE_RULES = {
    "pages_pictureblock_text_or_decorative": [
        PictureBlock(alt_text="Seen", is_decorative=True),
        PictureBlock(alt_text="", is_decorative=False),
    ],
    "pages_video_transcript_or_none": [
        Video(title="Film", transcript="<p>Words</p>", is_without_words=True),
        Video(title="Film", transcript="<p><em></em></p>", is_without_words=True),
        Video(title="Film", transcript="", is_without_words=False),
    ],
}


def test_each_rule_of_the_database_for_blocks_is_told_in_words_without_asking_it():
    rules = {
        rule.name for kind in block_models(Page) for rule in kind._meta.constraints if isinstance(rule, CheckConstraint)
    }
    assert rules == set(AGAINST_THE_RULES)
    for blocks in AGAINST_THE_RULES.values():
        for block in blocks:
            with pytest.raises(ValidationError):
                block.clean()


def test_pages_of_the_admin_are_sent_compressed(staff_client, make_page):
    address = f"/admin/pages/page/{make_page().pk}/change/"
    plain, small = (staff_client.get(address, headers={"Accept-Encoding": kind}) for kind in ("identity", "gzip"))
    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert len(small.content) < len(plain.content) / 4
