"""An address at which readers find nothing is refused where it is written, and told where it died later."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages.models import MenuItem, Redirect
from publishing.models import Activity
from publishing.retiring import retire
from tests.drafts import live_tables, take_step

NOTHING = "Readers find nothing at /nowhere/. Correct the address, or publish the page there first."


def forms_with(address):
    """The forms of records that lead to an address: their admin page, and what is sent."""
    line = {"menu": "header", "label": "Nowhere", "label_es": "", "page": "", "position": "0", "address": address}
    return [
        ("admin:pages_menuitem_add", line),
        ("admin:pages_redirect_add", {"old_path": "/old.aspx", "page": "", "new_address": address}),
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_a_line_or_a_redirect_to_nowhere_is_refused_beside_its_field(staff_client, home, number):
    tables = live_tables()
    name, data = forms_with("/nowhere/")[number]
    assert NOTHING in staff_client.post(reverse(name), data).content.decode()
    assert live_tables() == tables


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("address", ["/search/?q=food", "https://www.iel.org/nowhere/", "/partners/#who"])
def test_an_address_that_answers_and_one_of_another_site_are_taken(staff_client, make_page, number, address):
    make_page("Partners")
    name, data = forms_with(address)[number]
    assert staff_client.post(reverse(name), data).status_code == 302


@pytest.fixture
def line(make_page):
    """A line of the menu whose target was taken offline after the line was made."""
    page = make_page("Partners")
    line = MenuItem.objects.create(menu="header", label="Partners", address="/partners/")
    retire(page)
    return line


def test_a_line_whose_target_went_offline_later_can_be_moved_in_the_list(staff_client, line):
    data = {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": line.pk, "form-0-position": "7", "_save": "1",
    }  # fmt: skip
    assert staff_client.post(reverse("admin:pages_menuitem_changelist"), data).status_code == 302
    line.refresh_from_db()
    assert line.position == 7


def test_a_line_whose_target_went_offline_cannot_be_given_another_dead_address(line):
    line.label = "Friends"
    line.full_clean()
    line.address = "/nowhere/"
    with pytest.raises(ValidationError, match="Readers find nothing at /nowhere/"):
        line.full_clean()


def test_a_redirect_to_a_page_that_is_not_public_yet_follows_it(make_page):
    Redirect(old_path="/old.aspx", page=make_page("Partners", published_at=None)).full_clean()


@pytest.mark.parametrize("step", ["retire", "replacement"])
def test_what_replaces_a_page_has_to_be_there(staff_client, client, make_page, step):
    page = make_page("Partners")
    if step == "replacement":
        retire(page)
    html = take_step(staff_client, page, step, replacement="/nowhere/", note="Out of date").content.decode()
    assert NOTHING in html and "Out of date" in html
    page.refresh_from_db()
    assert (page.replacement_address, page.is_public) == ("", step == "retire")


@pytest.mark.parametrize("address", ["/partners/", "/partners/#who", "https://www.example.org/partners/"])
def test_a_page_does_not_replace_itself(staff_client, make_page, address):
    page = make_page("Partners")
    html = take_step(staff_client, page, "retire", replacement=address).content.decode()
    assert "It cannot be replaced by itself" in html
    page.refresh_from_db()
    assert page.is_public
    assert not Activity.objects.of(page).exists()
