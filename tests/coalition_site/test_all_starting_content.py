"""All of the starting content, as it is loaded into an empty database."""

import tomllib

import pytest
from django.core.management import call_command

from coalition_site.articles_loader import NEEDS_A_READER
from coalition_site.content_loader import FOLDER, load_starting_content
from coalition_site.models import LoadedContent
from publishing.models import Activity
from tests.coalition_site.starting import everything
from tests.loaded import load_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def first(kept_for_the_module):
    return load_once()


def test_the_first_load_writes_every_file_and_every_line(first):
    from blog.models import Entry, Series
    from faq.models import Group, Question
    from pages.models import ContactFacts, MenuItem, Page, Redirect
    from resources.models import Publication
    from search.models import Synonym

    files = list((FOLDER / "pages").rglob("*.toml"))
    menus = tomllib.loads((FOLDER / "menus.toml").read_text())
    redirects = tomllib.loads((FOLDER / "redirects.toml").read_text())["redirects"]
    found = [model.objects.count() for model in (Page, MenuItem, Redirect, ContactFacts)]
    assert found == [len(files), sum(map(len, menus.values())), len(redirects), 1]
    words = tomllib.loads((FOLDER / "vocabulary.toml").read_text())
    groups = tomllib.loads((FOLDER / "search.toml").read_text())["synonyms"]
    assert Synonym.objects.count() == len(groups)
    articles = list(FOLDER.glob("blog/entries/*.toml")) + list(FOLDER.glob("faq/??/*.toml"))
    assert Entry.objects.public().count() + Question.objects.public().count() == len(articles)
    number = sum(found) + Publication.objects.count() + sum(map(len, words.values())) + len(groups) + len(articles)
    number += Series.objects.count() + Group.objects.count()
    assert first.items == number
    assert Page.objects.public().count() == len(files)


def test_a_second_load_writes_nothing(first):
    before = everything()
    assert load_starting_content() == 0
    assert everything() == before


def test_the_command_says_how_much_a_second_load_wrote(first, capsys):
    call_command("load_starting_content")
    assert capsys.readouterr().out == "0 items of the starting content written.\n"
    LoadedContent.objects.filter(key="contact").update(source="of an earlier file")
    call_command("load_starting_content")
    assert capsys.readouterr().out == "1 items of the starting content written.\n"


def test_the_front_page_shows_the_coalitions_own_words(first, client):
    html = client.get("/").content.decode()
    assert "Because Every Child Deserves Every Chance" in html
    for part in ("Vision", "Mission", "Core Values", "Goals", "Activities"):
        assert f">{part}</h2>" in html
    assert "Embrace Diversity" in html


def test_a_reader_of_spanish_finds_the_address_and_the_form_of_the_office(first, client):
    from pages.models import Page

    assert client.get("/es/contact/")["Location"] == "/es/contacto/"
    html = client.get("/es/contacto/").content.decode()
    assert "202.822.8405" in html and 'href="/es/feedback/contact/"' in html
    assert 'href="/contact/" lang="en"' in html
    page = Page.objects.get(language="es")
    assert Activity.objects.filter(object_id=page.pk, text=NEEDS_A_READER).exists()
    assert NEEDS_A_READER not in html
