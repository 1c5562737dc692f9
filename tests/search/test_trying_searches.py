"""Trying a search in the admin as readers get it, also with what is typed and not saved yet."""

import re

import pytest

from search.best import best_results
from search.models import Synonym
from tests.drafts import fields_of
from tests.search.staff_side import BEST, SYNONYMS, TRY, best_form, words_of


def test_a_search_is_tried_as_readers_get_it(staff_client, best, add, count_words):
    Synonym.objects.create(words="partners\nallies")
    add("Allies")
    count_words()
    said = words_of(staff_client.get(f"{TRY}?q=partnerz&language=en"))
    assert "“partnerz” stands in no text; searched for “partners” instead" in said
    assert "Because of “partners” also searched for: allies" in said
    assert "2 items found; 1 of them with all words" in said
    assert re.search(r"1 Our partners \(tests.text\) Best result", said)
    assert "Add a best result" in said and "Add synonyms" in said
    assert "Readers find nothing." in words_of(staff_client.get(f"{TRY}?q=qqqqqqq&language=es"))


def test_the_staff_see_what_readers_are_offered(staff_client, add, count_words):
    add("Policy")
    count_words()
    said = words_of(staff_client.get(f"{TRY}?q=police&language=en"))
    assert "“police” stands in no text; readers are asked whether they mean “policy”. 0 items found" in said


@pytest.mark.parametrize("query", ["", "?q=&language=en", "?q=x&language=xx", f"?q={'x' * 201}&language=en", "?q=x"])
def test_a_trial_without_words_or_language_shows_the_box_alone(staff_client, best, query):
    response = staff_client.get(TRY + query)
    assert response.status_code == 200
    assert "What readers find for" not in words_of(response)


def test_a_group_of_synonyms_is_tried_before_it_is_saved(staff_client, add):
    for number in range(12):
        add(f"Beacon {number}", "beacon " * number, key=f"b{number}")
    add("Lighthouses", "many lamps", key="light")
    data = {"words": "beacon\nlighthouse", "words_es": "", "try-q": "lamp beacon", "try-language": "en"}
    response = staff_client.post(f"{SYNONYMS}add/try/", data)
    said = words_of(response)
    assert "Nothing is saved yet" in said
    assert "Because of “beacon” also searched for: lighthouse" in said
    assert not Synonym.objects.exists()
    kept = fields_of(response.content.decode())
    assert (kept["words"], kept["try-q"]) == ("beacon\nlighthouse", "lamp beacon")
    assert 'action="/admin/search/synonym/add/"' in response.content.decode()


def test_a_trial_says_what_is_new_what_moved_and_what_fell(staff_client, add):
    group = Synonym.objects.create(words="beacon\nlamp")
    add("Beacon", key="1")
    add("Lamp", key="2")
    add("Lighthouse", key="3")
    address = f"{SYNONYMS}{group.pk}/change/"
    data = {"words": "beacon\nlighthouse", "words_es": "", "try-q": "beacon", "try-language": "en"}
    said = words_of(staff_client.post(f"{address}try/", data))
    assert re.search(r"1 Beacon \(tests.text\) as before", said)
    assert re.search(r"2 Lighthouse \(tests.text\) new here", said)
    assert re.search(r"– Lamp \(tests.text\) was in place 2, not among the first 30 now", said)
    group.refresh_from_db()
    assert group.words == "beacon\nlamp"


def test_a_best_result_is_tried_before_it_is_saved(staff_client, best, add):
    add("Partners partners partners", "partners", key="2", address="/more/")
    address = f"{BEST}{best.pk}/change/"
    data = best_form(queries="partners", item="/more/") | {"try-q": "partners"}
    said = words_of(staff_client.post(f"{address}try/", data))
    assert re.search(r"1 Partners partners partners \(tests.text\) Best result up 1 place", said)
    assert re.search(r"2 Our partners \(tests.text\) down 1 place", said)
    best.refresh_from_db()
    assert best.owner_key == "p"
    assert [one.title for one in best_results("partners", "en")] == ["Our partners"]
    elsewhere = words_of(staff_client.post(f"{address}try/", data | {"language": "es"}))
    assert "(tests.text) Best result" not in elsewhere


def test_a_trial_with_a_fault_says_so_and_shows_no_ranking(staff_client, best):
    response = staff_client.post(f"{BEST}add/try/", best_form(item="/nowhere/") | {"try-q": "partners"})
    assert "Publish it first" in words_of(response)
    assert "Nothing is saved yet" not in words_of(response)
    response = staff_client.post(f"{BEST}add/try/", best_form())
    assert "This field is required" in words_of(response)


@pytest.mark.parametrize("step", ["", "try/"])
def test_a_record_that_is_emptied_is_refused_in_words_when_saved_and_when_tried(staff_client, best, step):
    group = Synonym.objects.create(words="beacon\nlamp", words_es="faro")
    tried = {"try-q": "beacon", "try-language": "en"}
    for address, fields, sentence in (
        (f"{SYNONYMS}{group.pk}/change/", {"words": "", "words_es": ""}, "Write at least two lines"),
        (f"{BEST}{best.pk}/change/", best_form(queries="???"), "Write at least one search, with a word in it"),
    ):
        response = staff_client.post(f"{address}{step}", fields | tried)
        assert response.status_code == 200
        assert sentence in words_of(response)
        assert fields_of(response.content.decode())["try-q"] == ("beacon" if step else "")
    group.refresh_from_db()
    best.refresh_from_db()
    assert (group.words, best.queries) == ("beacon\nlamp", "partners")


def test_the_address_of_a_trial_leads_back_to_its_form(staff_client, best):
    for address in (f"{BEST}add/", f"{BEST}{best.pk}/change/"):
        response = staff_client.get(f"{address}try/")
        assert (response.status_code, response.url) == (302, address)
    assert staff_client.get(f"{BEST}999/change/try/").status_code == 404
