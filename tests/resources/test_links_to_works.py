"""Links into the library are dead where no reader finds a list, a work or a file."""

import pytest

from publishing.checks.links import dead_paths
from publishing.publish import publish
from resources.models import StoredFile
from tests.library import draft_work, person, publish_work, topic

PLACE = "/resources/publications/"


def dead(places):
    """Those of some places in the library at which nothing answers."""
    return {path.removeprefix(PLACE) for path in dead_paths({f"{PLACE}{place}" for place in places})}


@pytest.fixture
def library(db):
    """A public work on shelves, and the draft of another that stands on others."""
    publish_work(
        "Learning Together", issued_year=1998, work_kind="case_study", topics=[topic("Health")], tags=["Ideas"],
        authors=[person("Doe", "Jane")],
    )  # fmt: skip
    draft_work("Unheard of", issued_year=2020, topics=[topic("Secret")], tags=["hidden"], work_kind="book")


def test_lists_answer_where_they_hold_public_works(library, client, django_assert_max_num_queries):
    good = {
        "feed/atom/", "feed/rss", "export/ris/", "found/export/csv/", "chosen/", "chosen/export/bibtex/", "topic/",
        "topic/health/", "topic/health/feed/atom/", "topic/health/export/csl/", "author/jane-doe/", "tag/ideas/",
        "year/1998/", "year/1998", "kind/case-study/", "a-z/l/",
    }  # fmt: skip
    bad = {
        "feed/json/", "export/pdf/", "found/feed/atom/", "chosen/export/pdf/", "shelf/health/", "topic/nowhere/",
        "topic/secret/", "topic/nowhere/feed/atom/", "topic/health/feed/json/", "topic/health/export/pdf/",
        "tag/hidden/", "year/2020/", "year/19998/", "year/x/", "kind/book/", "kind/poem/", "a-z/u/", "a-z/ll/",
    }  # fmt: skip
    with django_assert_max_num_queries(18):
        assert dead(good | bad) == bad
    for place in good | bad:
        response = client.get(f"{PLACE}{place}", follow=True)
        assert (response.status_code == 200) == (place in good), place


def test_the_former_address_of_a_shelf_answers_while_it_holds_public_works(library):
    from vocabulary.models import Topic

    for record in Topic.objects.all():
        record.slug = f"new-{record.slug}"
        record.save()
    assert dead({"topic/health/", "topic/new-health/", "topic/secret/", "topic/new-secret/"}) == {
        "topic/secret/", "topic/new-secret/",
    }  # fmt: skip


def test_files_and_exports_answer_with_their_work(kept_work, django_assert_max_num_queries):
    own = ("", "export/ris/", "cover.webp", "files/evaluation-toolkit.pdf")
    good = {f"evaluation-toolkit/{part}" for part in own}
    bad = {f"evaluation-toolkit/{part}" for part in ("export/pdf/", "cover.png", "files/other.pdf", "files/")}
    bad |= {f"nowhere/{part}" for part in own}
    with django_assert_max_num_queries(6):
        assert dead(good | bad) == bad
    publish(draft_work("Evaluation Toolkit", work=kept_work, slug="toolkit", files=[StoredFile.objects.get()]))
    assert dead(good) == {"evaluation-toolkit/cover.webp"}  # which no page leads to from elsewhere
    assert dead({f"toolkit/{part}" for part in ("cover.webp", "files/toolkit.pdf")}) == set()
    publish(draft_work("Evaluation Toolkit", work=kept_work, slug="toolkit", files=[]))
    assert dead({"toolkit/", "toolkit/cover.webp", "toolkit/files/toolkit.pdf"}) == {
        "toolkit/cover.webp", "toolkit/files/toolkit.pdf",
    }  # fmt: skip


def test_only_languages_of_the_site_answer(library):
    assert dead_paths({f"/es{PLACE}learning-together/", f"/fr{PLACE}learning-together/"}) == {
        f"/fr{PLACE}learning-together/"
    }
