"""What was typed or pasted and does not fit into its field: told beside it, and kept to be corrected."""

import pytest

from pages.models import Heading, RichText, Statement
from publishing.publish import ensured_revision
from tests.drafts import change_url, edit, fields_of


@pytest.fixture
def page(make_page):
    page = make_page("Partners")
    Heading.objects.create(parent=page, region="main", ordering=10, text="A heading")
    Statement.objects.create(parent=page, region="main", ordering=20, heading="A value", text="Words")
    RichText.objects.create(parent=page, region="main", ordering=30, text="<p>First</p>")
    return page


def test_what_is_too_long_comes_back_whole_with_the_number_of_characters_that_fit(staff_client, page):
    assert "maxlength" not in staff_client.get(change_url(page)).content.decode()
    before, title, heading = ensured_revision(page), "word " * 60 + "end", "w" * 230
    response = edit(staff_client, page, title=title, **{"pages_heading_set-0-text": heading})
    html = response.content.decode()
    assert "At most 200 characters fit here, and these are 303." in html
    assert "At most 200 characters fit here, and these are 230." in html
    assert (fields_of(html)["title"], fields_of(html)["pages_heading_set-0-text"]) == (title, heading)
    assert ensured_revision(page) == before


def test_the_help_of_a_summary_says_how_much_fits(staff_client, page):
    assert "At most 200 characters fit." in staff_client.get(change_url(page)).content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x"])
def test_a_program_in_place_of_an_address_is_refused_beside_its_field_and_stays_to_be_corrected(
    staff_client, page, address
):
    before = ensured_revision(page)
    typed = {"title": "Words of an hour", "pages_statement_set-0-address": address}
    html = edit(staff_client, page, **typed).content.decode()
    assert "a browser would run it. Write an address of this site" in html
    sent_again = fields_of(html)
    assert (sent_again["title"], sent_again["pages_statement_set-0-address"]) == ("Words of an hour", address)
    assert ensured_revision(page) == before
    edit(staff_client, page, data=sent_again | {"pages_statement_set-0-address": "guide"})
    assert ensured_revision(page).data["parts"]["pages.statement"][0]["address"] == "guide"


@pytest.mark.parametrize("lost", ["<table><tr><td>2001</td></tr></table>", "<IMG\nsrc=x>", "<iframe src=x></iframe>"])
def test_a_table_or_a_picture_in_the_text_of_a_form_is_not_dropped_without_a_word(staff_client, page, lost):
    before = ensured_revision(page)
    html = edit(staff_client, page, **{"pages_richtext_set-0-text": f"<p>Words</p>{lost}"}).content.decode()
    assert "Tables, pictures and films cannot stand in a text." in html
    assert lost in fields_of(html)["pages_richtext_set-0-text"]
    assert ensured_revision(page) == before
    edit(staff_client, page, data=fields_of(html) | {"pages_richtext_set-0-text": "<h2>A &lt;table&gt;</h2>"})
    assert ensured_revision(page).data["parts"]["pages.richtext"][0]["text"] == "<p>A &lt;table&gt;</p>"
