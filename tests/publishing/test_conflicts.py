"""The second save never silently wins, whoever saves, however many, whatever the form says of its base."""

import signal
from contextlib import contextmanager

import pytest

from pages.models import Page, RichText
from publishing import compare
from publishing.compare import changes, mark_words
from publishing.models import Revision
from publishing.publish import NotReady, ensured_revision, publish
from publishing.revisions import Stale, add_revision
from tests.drafts import block, edit, open_form, save_draft
from tests.threads import in_threads

SAVES, PUBLISHES, CLASHES = 60, 20, 8


@pytest.fixture
def page(make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>The first words of all.</p>")
    return page


def test_the_second_of_two_saves_is_kept_beside_and_both_texts_are_shown(staff_client, page):
    hers, his = open_form(staff_client, page), open_form(staff_client, page)
    edit(staff_client, page, data=his, title="His title")
    words = {"pages_richtext_set-0-text": "<p>Her words of all.</p>"}
    response = edit(staff_client, page, data=hers, title="Her title", follow=True, **words)
    html = response.content.decode()
    assert "Somebody else saved first" in html
    for text in ("<del>His</del>", "<ins>Her</ins>", "Her words of all."):
        assert text in html.replace("<ins>Her</ins> <ins>words</ins>", "Her words")
    assert Revision.objects.of(page).newest().title == "His title"
    parked = Revision.objects.of(page).get(is_parked=True)
    assert parked.title == "Her title"
    assert "Her words of all." in parked.data["parts"]["pages.richtext"][0]["text"]


def test_she_chooses_from_both_texts_and_saves(staff_client, page):
    hers, his = open_form(staff_client, page), open_form(staff_client, page)
    edit(staff_client, page, data=his, title="His title", summary="His summary.")
    words = {"pages_richtext_set-0-text": "<p>Her words.</p>"}
    url = edit(staff_client, page, data=hers, title="Her title", **words)["Location"]
    parked = Revision.objects.of(page).get(is_parked=True)
    theirs = Revision.objects.of(page).newest()
    found = [change.key for change in changes(Page, theirs.data, parked.data)]
    choice = {f"choice-{n}": "mine" if key.startswith("pages.") else "theirs" for n, key in enumerate(found)}
    staff_client.post(url, {"_theirs": theirs.pk} | choice)
    merged = Revision.objects.of(page).newest()
    assert merged.number == theirs.number + 1
    assert (merged.data["item"]["title"], merged.data["item"]["summary"]) == ("His title", "His summary.")
    assert merged.data["parts"]["pages.richtext"][0]["text"] == "<p>Her words.</p>"
    assert Revision.objects.filter(pk=parked.pk).exists()


def test_a_choice_made_on_an_older_text_is_asked_again(staff_client, page):
    hers, his = open_form(staff_client, page), open_form(staff_client, page)
    edit(staff_client, page, data=his, title="His title")
    url = edit(staff_client, page, data=hers, title="Her title")["Location"]
    stale = Revision.objects.of(page).newest()
    save_draft(page, title="A third title")
    response = staff_client.post(url, {"_theirs": stale.pk, "choice-0": "mine"}, follow=True)
    assert "Please look again" in response.content.decode()
    assert Revision.objects.of(page).newest().title == "A third title"


@pytest.mark.parametrize("base", ["", "0", "-1", "999999999", "9" * 30, "x", "１", "None", None, "other"])
def test_a_form_with_a_missing_or_forged_base_never_wins(staff_client, page, make_page, base):
    if base == "other":
        base = str(ensured_revision(make_page("Policy")).pk)
    data = open_form(staff_client, page) | {"title": "Forged"}
    data.pop("_base")
    if base is not None:
        data["_base"] = base
    newest = ensured_revision(page)
    response = edit(staff_client, page, data=data, follow=True)
    assert "Somebody else saved first" in response.content.decode()
    assert Revision.objects.of(page).newest() == newest
    assert Revision.objects.of(page).filter(is_parked=True, title="Forged").exists()


def test_a_block_that_he_deleted_and_she_changed_is_shown_and_can_be_kept(staff_client, page):
    hers, his = open_form(staff_client, page), open_form(staff_client, page)
    edit(staff_client, page, data=his, **{"pages_richtext_set-0-DELETE": "on"})
    words = {"pages_richtext_set-0-text": "<p>Her words.</p>"}
    url = edit(staff_client, page, data=hers, **words)["Location"]
    theirs = Revision.objects.of(page).newest()
    staff_client.post(url, {"_theirs": theirs.pk, "choice-0": "mine"})
    rows = Revision.objects.of(page).newest().data["parts"]["pages.richtext"]
    assert [row["text"] for row in rows] == ["<p>Her words.</p>"]


def test_words_are_marked_where_they_differ():
    old, new = mark_words("One big word ", "One small word ")
    assert old == [("same", "One"), ("gone", " big"), ("same", " word ")]
    assert new == [("same", "One"), ("new", " small"), ("same", " word ")]


@contextmanager
def within(seconds):
    """Fails as soon as what is inside has computed for longer, however busy the machine is with other work."""

    def give_up(*_signal):
        pytest.fail(f"It computed for more than {seconds} seconds.")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("change", ["one cell", "all cells"])
def test_the_largest_table_is_compared_in_seconds(change):
    old = "\n".join(" | ".join(f"cell {row} {column}" for column in range(50)) for row in range(500))
    new = old.replace("cell 3 4 |", "cell x 4 |") if change == "one cell" else old.replace("cell", "field")
    with within(seconds=10):
        before, after = mark_words(old, new)
    assert ["".join(words for _, words in side) for side in (before, after)] == [old, new]
    if change == "one cell":
        assert [words for mark, words in after if mark == "new"] == [" x"]


def test_two_texts_that_are_equal_have_no_changes(page):
    data = ensured_revision(page).data
    assert changes(Page, data, data) == []


def test_what_came_went_and_moved_is_said_in_the_language_of_the_editor(page, monkeypatch):
    def change(data):
        data["parts"]["pages.heading"] = [block("heading", text="New")]
        data["parts"]["pages.richtext"][0]["ordering"] = 20

    monkeypatch.setattr(compare, "_", lambda words: f"{words} in Spanish")
    old, new = ensured_revision(page).data, save_draft(page, change).data
    assert {change.label for change in changes(Page, old, new)} == {"added in Spanish", "position in Spanish"}
    assert {change.label for change in changes(Page, new, old)} == {"removed in Spanish", "position in Spanish"}


@pytest.mark.django_db(transaction=True)
def test_of_many_saves_at_once_from_one_base_exactly_one_wins_and_no_text_is_lost(page):
    base = ensured_revision(page)

    def save(index):
        data = {**base.data, "item": base.data["item"] | {"title": f"Text {index}"}}
        try:
            return add_revision(Page, page.pk, data, base=base)
        except Stale:
            return add_revision(Page, page.pk, data, base=base, is_parked=True)

    saved = in_threads(SAVES, save)
    assert [revision.is_parked for revision in saved].count(False) == 1
    titles = set(Revision.objects.of(page).values_list("title", flat=True))
    assert titles >= {f"Text {index}" for index in range(SAVES)}


@pytest.mark.django_db(transaction=True)
def test_of_many_publishes_at_once_exactly_one_happens(page):
    revision = save_draft(page, title="Published once")
    results = in_threads(PUBLISHES, lambda index: publish(Revision.objects.get(pk=revision.pk)))
    assert [type(result) for result in results].count(Page) == 1
    assert [type(result) for result in results].count(Stale) == PUBLISHES - 1
    assert Page.objects.get(pk=page.pk).title == "Published once"


@pytest.mark.django_db(transaction=True)
def test_of_many_items_that_want_one_address_exactly_one_gets_it(make_page):
    pages = [make_page(f"Page {index}", published_at=None) for index in range(CLASHES)]
    drafts = [save_draft(page, slug="wanted") for page in pages]
    results = in_threads(CLASHES, lambda index: publish(Revision.objects.get(pk=drafts[index].pk)))
    assert [type(result) for result in results].count(Page) == 1
    refused = [result for result in results if isinstance(result, NotReady)]
    assert len(refused) == CLASHES - 1
    assert all(error.sentences() for error in refused)
    assert Page.objects.public().filter(path="/wanted/").count() == 1
