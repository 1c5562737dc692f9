"""The staff's side of the search in the admin: who may do what, choosing an item, trying before saving, the lists."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.best import best_results
from search.models import BestResult, Item, Miss, Synonym
from tests.drafts import fields_of

SYNONYMS, BEST, MISSES = (f"/admin/search/{name}/" for name in ("synonym", "bestresult", "miss"))
TRY = "/admin/search/bestresult/try/"
GROUPS = ("Writers", "Reviewers", "Librarians", "Managers")
MAY_CHANGE = set(GROUPS) - {"Writers"}
MONTH = timezone.localdate().replace(day=1)


@pytest.fixture
def partners(add):
    """A public item at /partners/."""
    add("Our partners", "Who works with schools", address="/partners/", key="p")
    return Item.objects.get(owner_key="p")


@pytest.fixture
def best(partners):
    row = BestResult(queries="partners", language="en")
    row.choose(partners)
    row.save()
    return row


def best_form(**fields):
    """What a browser sends for the form of a new best result."""
    blank = {"queries": "mission", "language": "en", "item": "/partners/", "position": "1", "until": "", "note": ""}
    return blank | {"try-q": "", "try-language": "en"} | fields


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Who may do what


@pytest.mark.parametrize("group", [*GROUPS, None])
def test_each_group_does_what_is_its_own_and_nothing_else_even_with_a_forged_request(sign_in, best, group):
    client = sign_in(group)
    synonym = Synonym.objects.create(words="Beacon\nlighthouse")
    Miss.objects.create(month=MONTH, language="en", words="zeppelin", times=5, times_corrected=0)
    may_view, may_change = group is not None, group in MAY_CHANGE
    for address in (SYNONYMS, BEST, MISSES, f"{SYNONYMS}{synonym.pk}/change/", f"{BEST}{best.pk}/change/", TRY):
        assert (client.get(address).status_code == 200) == may_view, address
    changed = {"words": "Beacon\nlamp", "words_es": ""}
    for address, data in {
        f"{SYNONYMS}add/": {"words": "one\ntwo", "words_es": ""},
        f"{SYNONYMS}{synonym.pk}/change/": changed,
        f"{BEST}add/": best_form(),
        f"{BEST}{best.pk}/change/": best_form(queries="our partners"),
    }.items():
        assert client.post(address, data).status_code == (302 if may_change else 403), address
        tried = client.post(f"{address}try/", data | {"try-q": "partners", "try-language": "en"})
        assert tried.status_code == (200 if may_change else 403), address
    assert Synonym.objects.count() == BestResult.objects.count() == (2 if may_change else 1)
    assert Synonym.objects.filter(words="Beacon\nlamp").exists() == may_change
    for address in (f"{SYNONYMS}{synonym.pk}/delete/", f"{BEST}{best.pk}/delete/"):
        client.post(address, {"post": "yes"})
    assert Synonym.objects.filter(pk=synonym.pk).exists() == (not may_change)
    assert BestResult.objects.filter(pk=best.pk).exists() == (not may_change)


def test_nobody_changes_or_deletes_what_readers_searched_for(staff_client):
    miss = Miss.objects.create(month=MONTH, language="en", words="zeppelin", times=5, times_corrected=0)
    data = {"words": "x", "times": 1, "action": "delete_selected", "_selected_action": [miss.pk], "post": "yes"}
    for address in (f"{MISSES}add/", f"{MISSES}{miss.pk}/change/", f"{MISSES}{miss.pk}/delete/", MISSES):
        staff_client.post(address, data)
    assert list(Miss.objects.values_list("words", "times")) == [("zeppelin", 5)]


def test_what_is_saved_and_deleted_stands_in_the_log_and_reaches_readers_pages(staff_client, best):
    from publishing.models import ContentVersion

    staff_client.post(f"{SYNONYMS}add/", {"words": "one\ntwo", "words_es": ""})
    before = ContentVersion.current()
    chosen = {"action": "delete_selected", "_selected_action": [best.pk], "post": "yes"}
    staff_client.post(BEST, chosen)
    assert not BestResult.objects.exists()
    assert ContentVersion.current() > before
    assert {entry.action_flag for entry in LogEntry.objects.all()} == {1, 3}


# Choosing an item


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


# Trying it


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


# The lists


def state(client):
    (found,) = re.findall(r'<span class="state [^>]*>(.*?)</span>', client.get(BEST).content.decode())
    return found


def test_the_list_says_which_best_results_readers_see_and_what_to_do(staff_client, best, add):
    window = {"key": "p", "address": "/partners/"}
    assert state(staff_client) == "Shown"
    add("Our partners", **window, days=1)
    assert state(staff_client) == "Not yet"
    add("Our partners", **window, days=-3, until=-1)
    assert state(staff_client) == "Hidden"
    assert "taken offline. Choose another" in staff_client.get(BEST).content.decode()
    Item.objects.all().delete()
    assert "is gone. Choose another" in staff_client.get(BEST).content.decode()
    BestResult.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert state(staff_client) == "Over"


def test_the_dashboard_names_hidden_ones_to_those_who_may_mend_them(sign_in, best, add):
    add("Our partners", key="p", days=-3, until=-1)
    for group in GROUPS:
        html = sign_in(group).get("/admin/").content.decode()
        assert ("Best results that readers cannot see" in html) == (group in MAY_CHANGE)
    BestResult.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert "readers cannot see" not in sign_in("Reviewers", name="other").get("/admin/").content.decode()


def test_small_counts_are_hidden_in_the_list_its_search_and_its_addresses(staff_client):
    shown = Miss.objects.create(month=MONTH, language="en", words="zeppelin", times=3, times_corrected=1)
    hidden = Miss.objects.create(month=MONTH, language="en", words="zanzibarnik", times=2, times_corrected=0)
    html = staff_client.get(MISSES).content.decode()
    assert "zeppelin" in html and "zanzibarnik" not in html
    assert "fewer than 3 times" in html
    assert "zanzibarnik</" not in staff_client.get(f"{MISSES}?q=zanzibarnik").content.decode()
    assert staff_client.get(f"{MISSES}{hidden.pk}/change/").status_code == 302
    assert staff_client.get(f"{MISSES}{shown.pk}/change/").status_code == 200


def test_the_misses_are_narrowed_to_a_language_and_a_month(staff_client):
    for month, language, words in (("2026-10-01", "en", "zeppelin"), ("2026-11-01", "es", "dirigible")):
        Miss.objects.create(month=month, language=language, words=words, times=5, times_corrected=0)
    for query, shown in {
        "?language=es": {"dirigible"},
        "?month__year=2026&month__month=10": {"zeppelin"},
        "?language=xx": set(),
        "": {"zeppelin", "dirigible"},
    }.items():
        html = staff_client.get(MISSES + query).content.decode()
        assert {words for words in ("zeppelin", "dirigible") if f">{words}</" in html} == shown, query


def test_each_line_of_the_misses_leads_to_what_one_can_do(staff_client, sign_in):
    Miss.objects.create(month=MONTH, language="es", words="escuela lejana", times=3, times_corrected=0)
    html = staff_client.get(MISSES).content.decode()
    for address in re.findall(r'href="(/admin/search/[^"]*escuela[^"]*)"', html):
        response = staff_client.get(address.replace("&amp;", "&"))
        assert response.status_code == 200
        assert "escuela lejana" in response.content.decode()
    assert "Try it" in html and "Add synonyms" in html and "Add a best result" in html
    assert "Add synonyms" not in sign_in("Writers").get(MISSES).content.decode()


@pytest.mark.parametrize("address", [SYNONYMS, BEST, MISSES, "/admin/"])
def test_the_lists_cost_the_same_for_three_rows_and_for_sixty(staff_client, add, address):
    def make(number):
        add(f"Item {number}", key=f"i{number}", days=-3, until=-1)
        item = Item.objects.get(owner_key=f"i{number}")
        row = BestResult(queries=f"query {number}")
        row.choose(item)
        row.save()
        Synonym.objects.create(words=f"one {number}\ntwo {number}")
        Miss.objects.create(month=MONTH, language="en", words=f"words {number}", times=5, times_corrected=0)

    def queries():
        staff_client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert staff_client.get(address).status_code == 200
        return len(captured)

    for number in range(3):
        make(number)
    few = queries()
    for number in range(3, 45):
        make(number)
    assert queries() == few
