"""Long files of works are made one at a time, and pages and short files wait for none of them."""

import gc

import pytest

from tests.library import publish_work, topic
from tests.whole_site.reading import Reading

LIST = "/resources/publications/"
WHOLE = f"{LIST}export/csv/"


@pytest.fixture
def library(monkeypatch, home):
    """A handbook and a report on partners, two of three works; a file of two is long."""
    monkeypatch.setattr("resources.exports.LONG", 1)
    partners = topic("Partners")
    for title in ("A handbook", "A report"):
        publish_work(title, topics=[partners])
    publish_work("A study")


@pytest.fixture
def at_work(client, library):
    """The answer with a whole library, of which a reader has got the first line."""
    response = client.get(WHOLE)
    assert next(iter(response)).startswith(b"\xef\xbb\xbf")
    yield response
    response.close()


@pytest.mark.parametrize("address", [WHOLE, f"{LIST}export/ris/", f"{LIST}topic/partners/export/bibtex/"])
def test_a_second_long_file_is_refused_in_both_languages(at_work, client, address):
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    page = Reading(response.content)
    assert not page.fault and "Another long list" in page.title and page.is_hidden_from_search_engines
    assert "Se está preparando otra lista larga" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/", LIST, f"{LIST}a-handbook/export/ris/", f"{LIST}chosen/export/csv/?work=a-study",
     f"{LIST}found/export/csv/?q=study"],
)  # fmt: skip
def test_meanwhile_pages_and_short_files_are_there(at_work, client, address):
    assert client.get(address).status_code == 200


def test_whoever_asks_only_about_a_long_file_takes_no_turn(at_work, client):
    response = client.head(WHOLE)
    assert response.status_code == 200
    assert "publications.csv" in response["Content-Disposition"]


def test_a_file_that_is_read_to_its_end_lets_the_next_one_in(library, client):
    for _time in range(2):
        assert client.get(WHOLE).getvalue().count(b"\n") == 4


@pytest.mark.parametrize("pieces", [0, 1])
def test_a_reader_who_goes_away_lets_the_next_one_in(library, client, pieces):
    response = client.get(WHOLE)
    for _piece, _line in zip(range(pieces), response, strict=False):
        pass
    response.close()
    assert client.get(WHOLE).getvalue()


def test_a_file_that_fails_lets_the_next_one_in(library, client, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("resources.exports.record_of", lambda work: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.get(WHOLE).getvalue()
    assert client.get(WHOLE).getvalue()


def test_an_answer_that_nobody_ever_read_or_closed_lets_the_next_one_in(library, client):
    """As when something around the view fails after it."""
    assert client.get(WHOLE).status_code == 200
    gc.collect()
    assert client.get(WHOLE).getvalue()
