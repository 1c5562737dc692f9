"""What is shown of a link to one of our pages where people share it."""

import pytest

from tests.articles import publish_entry, publish_question
from tests.library import publish_work
from tests.whole_site.reading import Reading

MAKERS = {
    "work": lambda: publish_work("Making the Difference", summary="In short."),
    "entry": lambda: publish_entry("Partners first"),
    "question": lambda: publish_question("Is it a public school?"),
}


def shown(client, address):
    reading = Reading(client.get(address).content)
    return reading.meta("og:title"), reading.meta("og:description"), reading.meta("og:url")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", MAKERS)
def test_an_item_is_shared_with_its_title_and_its_summary(client, kind):
    item = MAKERS[kind]()
    url = item.get_absolute_url()
    assert shown(client, url) == ([item.title], ["In short."], [f"https://www.example.org{url}"])


def test_a_page_is_shared_with_its_title_and_its_summary(client, make_page):
    make_page("Partners", summary="Who they are.")
    assert shown(client, "/partners/") == (["Partners"], ["Who they are."], ["https://www.example.org/partners/"])


@pytest.mark.django_db
def test_a_list_of_the_blog_is_shared_with_its_title(client):
    publish_entry()
    assert shown(client, "/blog/")[0] == ["Community Schools Blog"]
