"""The command that measures: run files, figures, and nothing left behind."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search.benchmark import replicated
from search.models import Item

TEXTS = [
    {"id": "a", "title": "attendance", "text": "why pupils stay away from school"},
    {"id": "b", "title": "dentists", "text": "who come to school on mondays"},
]


@pytest.fixture
def collection(tmp_path):
    write(tmp_path / "docs.jsonl", TEXTS)
    write(tmp_path / "queries.jsonl", [{"id": "1", "text": "pupils"}, {"id": "2", "text": "school monday"}])
    write(tmp_path / "queries.typo.jsonl", [{"id": "1", "text": "atendance"}, {"id": "2", "text": "qqqqqq"}])
    return tmp_path


def write(file, rows):
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def schemas():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace ORDER BY 1")
        return cursor.fetchall()


def ranks(file):
    return [line.split("\t")[:3] for line in file.read_text().splitlines()]


@pytest.mark.django_db(transaction=True)
def test_a_collection_is_measured_in_tables_of_its_own(collection, tmp_path):
    before, out, folder = schemas(), StringIO(), tmp_path / "runs"
    call_command("search_benchmark", collection, out=folder, queries=["queries", "queries.typo"], stdout=out)
    assert ranks(folder / "queries.run") == [["1", "a", "1"], ["2", "b", "1"], ["2", "a", "2"]]
    assert ranks(folder / "queries.typo.run") == [["1", "a", "1"]]
    figures = json.loads(out.getvalue().splitlines()[-1])
    assert set(figures) == {"p50_ms", "p95_ms", "reference_p50_ms", "reference_p95_ms", "documents"}
    assert figures["documents"] == 2
    assert schemas() == before
    assert Item.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_tables_of_the_site_are_back_when_something_fails(collection, tmp_path):
    before = schemas()
    write(collection / "queries.jsonl", [{"id": "1"}])
    with pytest.raises(KeyError):
        call_command("search_benchmark", collection, out=tmp_path, scale=3, stdout=StringIO())
    assert schemas() == before
    assert Item.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_any_collection_can_be_measured(tmp_path):
    long_id = "https://example.org/" + "x" * 100
    write(
        tmp_path / "docs.jsonl",
        [
            {"id": 7, "title": None, "text": "why pupils stay away"},
            {"id": long_id, "text": "dentists " * 100_000},
            {"id": "empty", "title": "", "text": ""},
            {"id": 7, "title": "the same id again \ud83d", "text": "nul \0 and \ud83d half a character"},
        ],
    )
    queries = ["pupils", "dentists \ud83d", "", "???", " ".join(["away", "whoever"] * 200), "title:again", '"half a']
    write(tmp_path / "queries.jsonl", [{"id": number, "text": text} for number, text in enumerate(queries)])
    call_command("search_benchmark", tmp_path, out=tmp_path / "many", scale=9, stdout=StringIO())
    call_command("search_benchmark", tmp_path, out=tmp_path, stdout=StringIO())
    found = ranks(tmp_path / "queries.run")
    assert ["0", "7", "1"] in found
    assert ["1", long_id, "1"] in found
    assert not {"3"} & {query for query, _, _ in found}


def test_a_file_that_is_missing_is_named(collection, tmp_path):
    with pytest.raises(CommandError, match=r"queries\.long\.jsonl"):
        call_command("search_benchmark", collection, out=tmp_path, queries=["queries.long"])


def test_copies_differ_and_keep_the_originals():
    texts = list(replicated(TEXTS, 7))
    assert texts[:2] == TEXTS
    assert len({text["id"] for text in texts}) == len({text["text"] for text in texts}) == 7


@pytest.mark.django_db(transaction=True)
def test_suggestions_are_measured_letter_by_letter(collection):
    before, out = schemas(), StringIO()
    call_command("suggestion_benchmark", collection, scale=4, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "4 texts indexed."
    assert [line.split(" times")[0].split()[-1] for line in lines[1:]] == ["2", "2", "2", "8", "5", "19"]
    assert schemas() == before
    assert Item.objects.count() == 0


def test_a_missing_file_is_named_before_anything_is_measured(collection):
    with pytest.raises(CommandError, match=r"queries\.long\.jsonl"):
        call_command("suggestion_benchmark", collection, queries=["queries.long"])
