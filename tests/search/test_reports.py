"""Works with pages: each shows once, with its best pages under it."""

from search.documents import SearchFile, SearchPage
from search.engine import Query, search
from search.models import Item, PageText


def pages(*texts):
    return [SearchPage(number, text) for number, text in enumerate(texts, start=1)]


def test_a_work_shows_once_with_its_best_pages(add, count_words):
    add("A report", "About schools", pages=pages("Contents", "A nurse, a nurse", "A gym", "Our nurse and many others"))
    add("Nurses", "A nurse")
    count_words()
    report = next(hit for hit in search(Query("nurse")).hits if hit.title == "A report")
    assert [page.number for page in report.pages] == [2, 4]
    assert (True, "nurse") in report.pages[0].pieces
    assert search(Query("nurse")).total == 2


def test_a_page_that_is_all_about_it_lifts_its_work(add, titles, count_words):
    add("Passing", "Many words of which one is dentist, and others that say something else altogether")
    add("A report", "About schools", pages=pages("dentist dentist dentist", "A gym"))
    count_words()
    assert titles("dentist") == ["A report", "Passing"]


def test_words_that_stand_on_different_pages_count_as_all_words(add, count_words):
    add("A report", pages=pages("dentist", "nurse"))
    count_words()
    answer = search(Query("dentist nurse"))
    assert answer.total_with_all_words == 1
    assert {page.number for page in answer.hits[0].pages} == {1, 2}


def test_a_phrase_is_found_on_a_page_and_only_that_page_is_shown(add, titles, count_words):
    add("A report", pages=pages("service that is full", "a full service school"))
    add("Apart", pages=pages("full", "service"))
    count_words()
    (hit,) = search(Query('"full service"')).hits
    assert hit.title == "A report"
    assert [page.number for page in hit.pages] == [2]


def test_pages_are_as_public_as_their_work(add, titles, count_words):
    add("To come", days=1, pages=pages("dentist"))
    add("Gone", days=-2, until=-1, pages=pages("dentist"))
    count_words()
    assert titles("dentist") == []


def test_a_work_that_is_written_again_has_its_new_pages_only(add, titles, count_words):
    add("A report", pages=pages("dentist", "nurse"))
    add("A report", pages=pages("gym"), key="1")
    count_words()
    assert titles("dentist") == []
    assert titles("gym") == ["A report"]
    assert Item.objects.count() == PageText.objects.count() == 1


def test_pages_of_two_files_of_one_work_stand_apart_and_lead_to_their_files(add, count_words):
    in_spanish = {"label": "In Spanish", "language": "es"}
    both = [
        SearchFile(lambda: pages("A nurse"), "/report.pdf"),
        SearchFile(lambda: pages("Una enfermera nurse"), "/informe.pdf", **in_spanish),
    ]
    add("A report", files=both)
    count_words()
    (hit,) = search(Query("nurse")).hits
    assert {(page.address, page.number, page.label) for page in hit.pages} == {
        ("/report.pdf", 1, ""),
        ("/informe.pdf", 1, "In Spanish"),
    }
    (hit,) = search(Query("enfermeras")).hits
    assert [(page.address, page.pieces) for page in hit.pages] == [
        ("/informe.pdf", [(False, "Una "), (True, "enfermera"), (False, " nurse")])
    ]


def test_the_words_of_a_title_are_marked(add, count_words):
    add("Nurses & <gardens>", "About schools")
    count_words()
    (hit,) = search(Query("nurse")).hits
    assert hit.marked_title == [(True, "Nurses"), (False, " & <gardens>")]


def test_a_file_that_has_not_changed_is_not_read_again(add, titles, count_words):
    readings = []

    def reading(text):
        readings.append(text)
        return pages(text)

    def file(text, version, label=""):
        return SearchFile(lambda: reading(text), "/report.pdf", version=version, label=label)

    add("A report", key="1", files=[file("dentist", "1")])
    add("A new title", "gym", key="1", files=[file("dentist", "1", "The whole")])
    count_words()
    assert readings == ["dentist"]
    assert titles("dentist") == titles("gym") == ["A new title"]
    (hit,) = search(Query("dentist")).hits
    assert [page.label for page in hit.pages] == ["The whole"]
    add("A new title", key="1", files=[file("nurse", "2")])
    assert readings == ["dentist", "nurse"]
    assert titles("dentist") == titles("gym") == []
    assert titles("nurse") == ["A new title"]


def test_a_file_in_another_language_now_is_read_anew(add, titles, count_words):
    for language in ("en", "es"):
        add("A report", key="1", files=[SearchFile(lambda: pages("enfermeras"), version="1", language=language)])
    count_words()
    assert titles("enfermera") == ["A report"]


def test_a_file_with_more_words_than_the_index_holds_is_found_by_its_first(add, titles, count_words):
    words = [f"{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")) * 12 for number in range(30_000)]
    add("A report", key="1", pages=pages(*(" ".join(words[start : start + 500]) for start in range(0, 30_000, 500))))
    count_words()
    assert titles(words[3]) == ["A report"]
