"""The staff’s side of the search in the admin: who may do what, and the lists."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.models import BestResult, Item, Miss, Synonym
from tests.search.staff_side import BEST, SYNONYMS, TRY, best_form

MISSES = "/admin/search/miss/"
GROUPS = ("Writers", "Reviewers", "Librarians", "Managers")
MAY_CHANGE = set(GROUPS) - {"Writers"}
MONTH = timezone.localdate().replace(day=1)


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
