"""Where a page is not translated, readers are offered what there is in their language, and nothing else."""

from datetime import timedelta

import lxml.html
import pytest
from django.utils import timezone

from publishing.publish import publish
from publishing.retiring import retire
from search import written
from search.indexing import index_items
from tests.articles import publish_question
from tests.drafts import save_draft

HOME = "/es/"


def texts(client, address=HOME):
    """The titles that an untranslated page offers below its note, each with its address."""
    response = client.get(address)
    assert response.status_code == 200
    (heading,) = lxml.html.fromstring(response.content.decode()).xpath("//h2[. = 'Ya en español']")
    return {link.text: link.get("href") for link in heading.xpath("following-sibling::*//a")}


@pytest.fixture
def socios(make_page, home):
    """A Spanish page; an English one beside it is not translated."""
    make_page("Partners")
    page = make_page("Socios", language="es")
    index_items([page])
    return page


@pytest.mark.parametrize("address", [HOME, "/es/partners/"])
def test_an_untranslated_page_offers_what_is_in_spanish_and_the_forms(client, socios, address):
    offered = texts(client, address)
    assert offered["Socios"] == "/es/socios/"
    assert {"/es/feedback/contact/", "/es/search/"} <= set(offered.values())
    assert all(one.startswith("/es/") for one in offered.values()), offered


def test_what_is_retired_or_not_yet_public_is_not_offered(client, socios, make_page):
    later = make_page("Mañana", language="es", published_at=timezone.now() + timedelta(days=1))
    index_items([later])
    publish(save_draft(socios, title="Aliados"))
    save_draft(socios, title="Borrador")
    offered = texts(client)
    assert "Aliados" in offered and not {"Socios", "Borrador", "Mañana"} & offered.keys()
    retire(socios)
    assert "Aliados" not in texts(client)


def test_many_texts_of_a_kind_are_counted_and_one_statement_reads_them(
    client, socios, make_page, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(written, "MOST", 2)
    index_items([make_page(f"Texto {number}", language="es") for number in range(3)])
    with django_assert_num_queries(1):
        (pages,) = written.written_in("es")
    assert (pages.kind, pages.number, len(pages.texts)) == ("page", 4, 2)
    assert "/es/search/?content=page&language=es" in texts(client).values()
    answer = client.get("/es/search/?content=page&language=es")
    assert answer.context["results"] is not None


def test_questions_stand_in_the_order_of_their_page_and_lead_to_it(client, db, home):
    for position, title in ((30, "¿Quién paga?"), (10, "¿Qué es?"), (20, "¿Para quién es?")):
        publish_question(title, language="es", position=position)
    offered = texts(client)
    assert list(offered)[1:4] == ["¿Qué es?", "¿Para quién es?", "¿Quién paga?"]
    assert next(iter(offered.values())) == "/es/faq/"


def test_a_spanish_page_that_was_taken_offline_is_gone_where_an_english_one_has_its_path(client, make_page, home):
    make_page("Partners")
    retire(make_page("Socios", slug="partners", language="es"))
    assert client.get("/es/partners/").status_code == 410
    assert client.get("/partners/").status_code == 200
