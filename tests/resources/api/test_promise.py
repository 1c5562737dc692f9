"""docs/json.md and the answers say the same, field by field, and what version 1 once promised is still there."""

import re
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from links.models import OutwardLink
from publishing.retiring import retire
from resources.citations import STYLES
from resources.exports import FOR_ONE_WORK
from resources.kinds import Access, ContributorRole, Kind, Level, License, LinkKind, RelationKind, Scheme
from resources.models import Publication, Series, StoredFile
from resources.shelves import SHELVES
from tests.library import person, publish_a_full_work, publish_work, saved
from vocabulary.models import Place, Result, Role, Topic

pytestmark = pytest.mark.django_db

LIST = "/resources/publications.json"
ONE = "/resources/publications/{}.json"
HANDBOOK = Path(settings.BASE_DIR) / "docs" / "json.md"
PROMISED = Path(__file__).parent / "version_1.txt"
ROW = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<second>[^|]+) \|(?: (?P<third>[^|]+) \|)?$", re.MULTILINE)


def chapter(title):
    return HANDBOOK.read_text(encoding="utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def documented(title):
    """Path of a field → its type, as a chapter of the handbook has them."""
    return {row["name"]: row["second"] for row in ROW.finditer(chapter(title)) if row["third"]}


def is_address(value):
    return isinstance(value, str) and re.match(r"https?://[a-z]", value) is not None


def is_written_as(pattern, value):
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


FITS = {
    "text": lambda value: isinstance(value, str) and value != "",
    "address": is_address,
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "true or false": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "list of objects": lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    "list of texts": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "date": lambda value: is_written_as(r"\d{4}(-\d\d(-\d\d)?)?", value),
    "day": lambda value: isinstance(value, str) and bool(date.fromisoformat(value)),
    "moment": lambda value: (
        is_written_as(r".+\.\d{6}Z", value) and datetime.fromisoformat(value).utcoffset() is not None
    ),
}


def fits(value, kind):
    plain = kind.removesuffix(" or null")
    return plain != kind if value is None else FITS[plain](value)


def fields_in(data, path=""):
    """Pairs of a path and a value, for everything that stands in an answer."""
    for name, value in data.items():
        here = f"{path}{name}"
        yield here, value
        if isinstance(value, dict):
            yield from fields_in(value, f"{here}.")
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from fields_in(one, f"{here}[].")


def values_in(*answers):
    found = defaultdict(list)
    for data in answers:
        for path, value in fields_in(data):
            found[path].append(value)
    return found


@pytest.fixture(scope="module")
def works(kept_for_the_module):
    """Works that have together all that can be known, and one with nothing but a title."""
    work = publish_a_full_work()
    OutwardLink.objects.create(address=work.links.get().address, seen_on=date(2026, 11, 3))
    work.links.update(label="At ERIC")
    work.files.update(label="Summary", language="es")
    StoredFile.objects.update(is_tagged=True)
    for model in (Topic, Role, Result, Place):
        model.objects.update(label_es="En español")
    author = person("Berg", "Jan", particle="van der", suffix="Jr.", orcid="0000-0002-1825-0097")
    series = saved(Series(label="Yearbook", issn="0148-432X"))
    chapter = publish_work(
        "A Chapter",
        authors=[author],
        book="A Book",
        series_id=series.pk,
        volume="7",
        page_range="4-9",
        edition="2nd ed.",
    )
    return work, chapter, publish_work("A title and no more")


def publication(client, work):
    return client.get(ONE.format(work.slug)).json()["publication"]


def assert_told(found, table):
    assert found.keys() == table.keys()
    wrong = {path: values for path, values in found.items() if not all(fits(value, table[path]) for value in values)}
    assert not wrong, {path: (table[path], values) for path, values in wrong.items()}


def test_every_field_of_a_work_is_in_the_handbook_with_its_type_and_the_other_way_round(client, works):
    found = values_in(*(publication(client, work) for work in works))
    assert_told(found, documented("A publication"))


def test_every_field_of_a_work_is_filled_where_its_fact_is_known(client, works):
    found = values_in(*(publication(client, work) for work in works))
    assert not {path for path, values in found.items() if all(value in (None, []) for value in values)}


def test_an_empty_work_has_the_same_fields_as_a_full_one(client, works):
    full, _chapter, bare = (publication(client, work) for work in works)
    assert list(full) == list(bare)
    assert bare["links"] == bare["files"] == bare["tags"] == [] and bare["issued"] is None


def test_every_field_of_the_list_is_in_the_handbook_and_the_other_way_round(client, works):
    answers = [client.get(LIST).json(), client.get(f"{LIST}?page_size=1&page=2").json()]
    of_list = [{name: value for name, value in one.items() if name != "publications"} for one in answers]
    found = values_in(*of_list) | {"publications": [one["publications"] for one in answers]}
    assert_told(found, documented("The list"))
    assert set(documented("A publication")) == set(values_in(*answers[0]["publications"]))


def test_every_field_of_a_refusal_is_in_the_handbook_and_the_other_way_round(client, works):
    gone, gone_too = (Publication.objects.get(pk=work.pk) for work in works[:2])
    retire(gone, replacement="/resources/")
    retire(gone_too)
    answers = [client.get(ONE.format(slug)) for slug in ("nothing", *(work.slug for work in works[:2]))]
    assert [answer.status_code for answer in answers] == [404, 410, 410]
    assert_told(values_in(*(answer.json() for answer in answers)), documented("When there is no such answer"))


def test_the_handbook_names_every_parameter_of_the_list(client, works):
    told = {row["name"] for row in ROW.finditer(chapter("The list")) if not row["third"]}
    assert told == {*SHELVES, "updated_since", "page_size", "after"}
    assert not [note for name in told for note in client.get(LIST, {name: ""}).json()["notes"]]


def test_the_handbook_names_every_value_that_a_field_of_fixed_words_can_have():
    words = {
        "kind.slug": [value.replace("_", "-") for value in Kind.values],
        "contributors[].role": ContributorRole.values,
        "identifiers[].scheme": Scheme.values,
        "links[].kind": LinkKind.values,
        "levels[].slug": Level.values,
        "access": Access.values,
        "license.name": License.values,
        "relations[].kind": [*RelationKind.values, *(kind.reverse_name for kind in RelationKind)],
    }
    meanings = {row["name"]: row["third"] for row in ROW.finditer(chapter("A publication"))}
    assert {name: set(re.findall(r"`([^`]+)`", meanings[name])) for name in words} == {
        name: set(values) for name, values in words.items()
    }
    styles = {path.removeprefix("citations.") for path in meanings if path.startswith("citations.")}
    assert styles == {style.name.replace("-", "_") for style in STYLES}
    assert {path.removeprefix("exports.") for path in meanings if path.startswith("exports.")} == set(FOR_ONE_WORK)


def test_no_field_that_version_1_ever_promised_is_gone_or_has_another_type():
    promised = dict(line.split(": ") for line in PROMISED.read_text(encoding="utf-8").splitlines())
    now = {
        f"{title}, {path}": kind
        for title in ("The list", "A publication", "When there is no such answer")
        for path, kind in documented(title).items()
    }
    assert promised.items() <= now.items()
    assert len(promised) > 100
