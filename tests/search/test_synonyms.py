"""Other words for the same: within a language, from Spanish to English, from the editors and from other apps."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from search import registry
from search.documents import SearchPage
from search.engine import Query, search
from search.engine.synonyms import group_of, groups_in_use, synonyms_in
from search.languages import words
from search.models import Synonym
from vocabulary.models import Topic


@pytest.fixture
def names_of_topics(monkeypatch):
    """The one source besides the editors: topics."""

    def source():
        return [Topic.objects.annotate(words=F("label"), words_es=F("label_es"), names=F("other_names"))]

    monkeypatch.setattr(registry, "_synonym_sources", [])
    registry.register_synonym_source(source)


def used(text, language):
    """What else could be searched for: triples of typed words, others, and their language where it is another one."""
    return [(one.typed, one.others, one.language) for one in synonyms_in(words(text), language, groups_in_use())]


ABSENCE = {"words": "absenteeism\nattendance", "words_es": "ausentismo\nasistencia"}


def test_a_spanish_query_is_searched_in_english_too_and_says_so(add, titles):
    Synonym.objects.create(**ABSENCE)
    add("Pupils who come", "on attendance")
    add("Niños", "sobre ausentismo", language="es")
    assert used("asistencia", "es") == [
        ("asistencia", ("ausentismo",), ""),
        ("asistencia", ("absenteeism", "attendance"), "en"),
    ]
    assert set(titles("asistencia", language="es")) == {"Pupils who come", "Niños"}


def test_spanish_words_typed_on_an_english_page_find_english_texts(add):
    Synonym.objects.create(**ABSENCE)
    assert used("Asistencia escolar", "en") == [("asistencia", ("absenteeism", "attendance"), "en")]


def test_english_words_on_an_english_page_are_not_searched_in_spanish(add):
    Synonym.objects.create(**ABSENCE)
    assert used("attendance", "en") == [("attendance", ("absenteeism",), "")]
    Synonym.objects.create(words="parents", words_es="padres")
    assert used("parents", "en") == []


def test_english_words_on_a_spanish_page_are_searched_in_spanish_too(add):
    Synonym.objects.create(words="parents", words_es="padres")
    assert used("parents", "es") == [("parents", ("padres",), "es")]


@pytest.mark.parametrize("typed", ["Out of school time", "OUT-OF-SCHOOL TIME", "time: out-of-school time!"])
def test_small_words_of_a_synonym_do_not_keep_it_from_being_found(add, titles, typed):
    Synonym.objects.create(words="out-of-school time\nNo Child Left Behind")
    add("A law", "a child who was left behind")
    assert titles(typed) == ["A law"]


def test_small_english_words_do_no_harm_in_a_spanish_query(add, titles):
    Synonym.objects.create(words="Elementary and Secondary Education Act", words_es="ley de educación")
    add("A law", "the act on elementary and secondary education")
    assert titles("la ley de educación", language="es") == ["A law"]


def test_a_longer_phrase_that_holds_the_typed_one_is_not_searched_besides(add):
    Synonym.objects.create(words="coordinator\nsite coordinator\ncommunity school director")
    assert used("coordinators", "en") == [("coordinator", ("community school director",), "")]


@pytest.mark.parametrize(("typed", "other"), [("families", "kin"), ("family", "kin"), ("ACCIÓN", "deed")])
def test_case_accents_and_simple_plurals_do_not_count(add, typed, other):
    Synonym.objects.create(words="family\nkin")
    Synonym.objects.create(words="accion\ndeed")
    assert used(typed, "en")[0][1] == (other,)


def test_the_words_of_other_apps_translate_and_their_other_names_lead_to_the_translation_only(add, names_of_topics):
    Topic.objects.create(
        label="Family engagement",
        label_es="Participación de las familias",
        slug="families",
        other_names="parent involvement\nparticipación de los padres",
    )
    assert used("participacion de las familias", "es") == [
        ("Participación de las familias", ("Family engagement",), "en")
    ]
    assert used("participación de los padres", "es") == [("participación de los padres", ("Family engagement",), "en")]
    assert used("parent involvement", "en") == []
    assert used("family engagement", "en") == []


def test_a_phrase_of_which_a_word_stands_in_no_public_text_is_not_named(add):
    Synonym.objects.create(words="beacon\nlighthouse\npharos\nlighted harbor")
    add("Lighthouse")
    add("Harbor")
    add("Pharos", days=1)
    add("Lighted", until=-0.5)
    assert [used.others for used in search(Query("beacon")).synonyms] == [("lighthouse",)]


def test_a_telling_synonym_of_common_words_stands_before_texts_with_those(add, count_words, titles):
    Synonym.objects.create(words="open schools\nexpanded learning")
    for number in range(20):
        add(f"School {number}", "A school that is open.")
    add("Expanded learning", "A report.")
    add("Expanded areas, learning halls", "Not the phrase, but its words too.", days=-2)
    count_words()
    assert titles("open schools")[0] == "Expanded learning"


def test_a_word_that_no_text_holds_finds_by_its_synonyms_what_says_more_of_them_first(add, count_words):
    Synonym.objects.create(words="funding\nmoney", words_es="financiamiento")
    add("Schools", "There is no more to say of funding.", days=-0.1)
    add("Funding of schools", "Funding, and who asks for it.")
    add("Money", pages=[SearchPage(1, "Contents"), SearchPage(7, "Where money comes from")])
    count_words()
    answer = search(Query("financiamiento", language="es"))
    assert [hit.title for hit in answer.hits][-1] == "Schools"
    assert {(True, "Funding")} <= set(answer.hits[0].marked_title + answer.hits[1].marked_title)
    assert [page.number for hit in answer.hits for page in hit.pages] == [7]


def test_of_many_synonyms_of_one_phrase_the_best_counts(add, count_words, titles):
    Synonym.objects.create(words="beacon\nlighthouse\npharos\nseamark\nlantern")
    add("Beacon", "A beacon.")
    add("All", "lighthouse pharos seamark lantern")
    for number in range(10):
        add(f"Other {number}", "another text")
    count_words()
    assert titles("beacon") == ["Beacon", "All"]


def test_all_groups_cost_one_statement_however_many_there_are(add, names_of_topics):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            groups_in_use()
        return len(captured)

    for number in range(40):
        Synonym.objects.create(words=f"one {number}\ntwo {number}")
        Topic.objects.create(label=f"Topic {number}", label_es=f"Tema {number}", slug=f"t{number}")
    assert statements() == 1
    groups = groups_in_use()
    assert [phrase.text for phrase in groups[0]] == ["one 0", "two 0"]
    assert [tuple(phrase) for phrase in groups[-1]] == [("Topic 39", "en"), ("Tema 39", "es")]


def test_synonyms_that_are_handed_in_stand_in_the_place_of_those_that_are_kept(add, titles):
    kept = Synonym.objects.create(words="beacon\nlighthouse")
    add("Lighthouse")
    add("Pharos")
    changed = [group_of("beacon\npharos", "")]
    assert [hit.title for hit in search(Query("beacon"), synonyms=changed).hits] == ["Pharos"]
    assert titles("beacon") == ["Lighthouse"]
    assert groups_in_use(without=kept) == [] or kept.phrases not in [
        [phrase.text for phrase in group] for group in groups_in_use(without=kept)
    ]


def test_a_change_of_synonyms_reaches_readers_pages(db):
    from publishing.models import ContentVersion

    before = ContentVersion.current()
    Synonym.objects.create(words="beacon\nlighthouse").delete()
    assert ContentVersion.current() == before + 2


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "beacon"},
        {"words": "Beacon\nbeacons"},
        {"words": "!!!\n???"},
        {"words": "\n".join(f"line {number}" for number in range(31))},
        {"words": "a\nb", "words_es": "x" * 101},
    ],
)
def test_a_group_without_two_words_or_with_endless_lines_is_refused(db, fields):
    with pytest.raises(ValidationError):
        Synonym(**fields).full_clean()


def test_one_word_in_each_language_is_a_group(db):
    Synonym(words="parents", words_es="padres").full_clean()
