"""Sample libraries: only where nothing else is, the same for the same seed, and in the index as if published."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coalition_site.content_loader import FOLDER
from coalition_site.sample_texts import Text, Vocabulary, read_words
from resources.models import Contributor, FilePage, Publication, StoredFile
from search.engine import Query, search
from search.models import File, Item, PageText
from tests.library import publish_work


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(read_words(FOLDER))


def make(publications=3, pages=2, seed=1):
    out = StringIO()
    call_command("make_sample", publications=publications, pages_each=pages, seed=seed, stdout=out)
    return out.getvalue()


def library():
    """What readers would see of the works, without keys and moments."""
    works = [
        (work.title, work.summary, work.abstract, work.work_kind, work.issued_year, work.levels, work.published_at,
         [term.label for term in work.topics.order_by("label")], [str(one.maker) for one in work.contributors.all()])
        for work in Publication.objects.order_by("published_at")
    ]  # fmt: skip
    pages = FilePage.objects.order_by("file__name", "number").values_list("file__sha256", "number", "text")
    return works, list(pages)


def index():
    """All rows of the index, but for the keys that the database gave."""
    of_items = Item.objects.order_by("owner_key").values_list("owner_key", "title", "facets", "own", "everything")
    of_files = File.objects.order_by("address").values_list("address", "item__owner_key", "words", "version")
    of_pages = PageText.objects.order_by("file__address", "number").values_list("file__address", "number", "own")
    return list(of_items), list(of_files), list(of_pages)


@pytest.mark.django_db(transaction=True)
def test_a_library_of_works_is_made_and_found():
    said = make(publications=3, pages=2)
    assert "3 of 3 works written" in said and "3 of 3 works indexed" in said
    assert (Publication.objects.public().count(), FilePage.objects.count()) == (3, 6)
    assert all(work.title.startswith("Sample ") for work in Publication.objects.all())
    assert all("Sample" in str(one.maker) for one in Contributor.objects.all())
    words = FilePage.objects.filter(number=2).first().text.split()
    hits = search(Query(f'"{" ".join(words[:4])}"')).hits
    assert [page.number for hit in hits for page in hit.pages] == [2]


@pytest.mark.django_db(transaction=True)
def test_the_index_is_that_of_a_rebuild():
    make()
    before = index()
    assert all(before)
    call_command("rebuild_search", stdout=StringIO())
    assert index() == before


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_makes_the_same_works_and_another_seed_others():
    libraries = []
    for seed in (7, 7, 8):
        make(seed=seed)
        libraries.append(library())
        Publication.objects.all().delete()
        StoredFile.objects.all().delete()
        Item.objects.all().delete()
    assert libraries[0] == libraries[1]
    assert libraries[0] != libraries[2]


@pytest.mark.django_db
def test_a_library_with_works_is_refused():
    publish_work("Making the Difference")
    with pytest.raises(CommandError, match="This database holds publications"):
        make()
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("numbers", [{"publications": 0}, {"pages": 0}])
def test_numbers_that_make_nothing_are_refused(numbers):
    with pytest.raises(CommandError, match="at least 1"):
        make(**numbers)


def test_a_work_is_the_same_however_many_others_are_made(vocabulary):
    assert Text(vocabulary, 1, 12).page() == Text(vocabulary, 1, 12).page() != Text(vocabulary, 1, 13).page()


def test_few_words_are_common_and_many_are_rare(vocabulary):
    """As in real texts: a handful makes up a fifth of what is read, and new ones turn up on each page."""
    text = Text(vocabulary, 1, 1)
    pages = [text.page().lower().replace(".", "").split() for _ in range(40)]
    read = [word for page in pages for word in page]
    counts = sorted((read.count(word) for word in set(read)), reverse=True)
    assert sum(counts[:10]) > len(read) / 8
    assert counts.count(1) > len(counts) / 3
    assert len({word for page in pages for word in page}) > 1.5 * len({word for page in pages[:20] for word in page})
