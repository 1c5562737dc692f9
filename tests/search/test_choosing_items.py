"""Choosing in the admin what stands on top of a search: by its address or by words of its title."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.best import best_results
from search.models import BestResult, Item
from tests.drafts import fields_of
from tests.search.staff_side import BEST, best_form, words_of


@pytest.mark.parametrize(
    "address", ["/partners/", " /partners ", "https://www.example.org/partners/?x=1#top", "http://www.example.org/partners/"]
)  # fmt: skip
def test_an_item_is_chosen_by_its_address(staff_client, partners, address):
    assert staff_client.post(f"{BEST}add/", best_form(item=address)).status_code == 302
    assert [one.title for one in best_results("Mission", "en")] == ["Our partners"]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("", "Paste the address of a page"),
        ("/nowhere/", "stands at /nowhere/. Publish it first"),
        ("/secret/", "stands at /secret/. Publish it first"),
        ("https://example.com/partners/", "address of another site"),
        ("http://[", "address of another site"),
        ("/partners/\0", "Null characters"),
        ("/partners/%00", "stands at /partners/%00. Publish it first"),
        ("zanzibarnik", "Nothing that readers see fits these words"),
        ("!!!", "Nothing that readers see fits these words"),
        ("x" * 501, "at most 500 characters"),
    ],
)
def test_what_cannot_stand_on_top_is_refused_in_words(staff_client, partners, add, item, sentence):
    add("Zanzibarnik", address="/secret/", days=1)
    response = staff_client.post(f"{BEST}add/", best_form(item=item))
    assert response.status_code == 200
    assert sentence in words_of(response)
    assert "Zanzibarnik" not in words_of(response)
    assert not BestResult.objects.exists()


def test_words_of_a_title_offer_what_fits_and_the_choice_is_saved(staff_client, partners, add):
    add("Partners in other places", address="/other/")
    response = staff_client.post(f"{BEST}add/", best_form(item="partners"))
    assert "Choose below which one you mean" in words_of(response)
    assert "Which one do you mean?" in words_of(response)
    data = fields_of(response.content.decode())
    assert data["item_for"] == "partners"
    assert "tests.text:p" in response.content.decode()
    # a choice for other words does not count
    again = staff_client.post(f"{BEST}add/", data | {"item_choice": "tests.text:p", "item": "other partners"})
    assert again.status_code == 200 and not BestResult.objects.exists()
    assert staff_client.post(f"{BEST}add/", data | {"item_choice": "tests.text:p"}).status_code == 302
    assert BestResult.objects.get().owner_key == "p"


@pytest.mark.parametrize("choice", ["tests.text:secret", "tests.text:404", "pages.page", ":", "\0:\0", "x" * 9999])
def test_a_forged_choice_is_refused(staff_client, partners, add, choice):
    add("Zanzibarnik", key="secret", days=-3, until=-1)
    data = best_form(item="words", item_for="words", item_choice=choice)
    response = staff_client.post(f"{BEST}add/", data)
    assert "not public any more" in words_of(response)
    assert "Zanzibarnik" not in words_of(response)
    assert not BestResult.objects.exists()


def test_the_choice_stays_when_something_else_is_wrong(staff_client, partners):
    data = best_form(item="words", item_for="words", item_choice="tests.text:p", queries="")
    html = staff_client.post(f"{BEST}add/", data).content.decode()
    assert fields_of(html)["item_choice"] == ["tests.text:p"]
    assert fields_of(html)["item_for"] == "words"


def test_the_rest_can_be_changed_while_the_item_is_gone(staff_client, best):
    Item.objects.all().delete()
    address = f"{BEST}{best.pk}/change/"
    data = fields_of(staff_client.get(address).content.decode())
    assert data["item"] == "Our partners"
    assert staff_client.post(address, data | {"note": "It comes back"}).status_code == 302
    best.refresh_from_db()
    assert (best.note, best.owner_key) == ("It comes back", "p")


def test_a_last_day_that_has_passed_is_refused_when_it_is_written_and_not_afterwards(staff_client, best):
    yesterday = str(timezone.localdate() - timedelta(days=1))
    response = staff_client.post(f"{BEST}add/", best_form(until=yesterday))
    assert "This day has passed" in words_of(response)
    BestResult.objects.update(until=yesterday)
    data = fields_of(staff_client.get(f"{BEST}{best.pk}/change/").content.decode())
    assert staff_client.post(f"{BEST}{best.pk}/change/", data | {"note": "Old"}).status_code == 302
