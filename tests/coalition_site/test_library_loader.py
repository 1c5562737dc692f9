"""Loading the library again: the work of editors is left alone, and a fault in a file writes nothing."""

import shutil

import pytest
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from coalition_site import library_loader
from coalition_site.content_loader import FOLDER
from coalition_site.library_loader import SECTIONS
from coalition_site.loading import Loader
from publishing.parts import part_models
from publishing.publish import NotReady, publish
from resources.models import Publication
from tests.coalition_site.starting import work
from tests.drafts import save_draft
from vocabulary.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the library’s files that a test may change."""
    for name in ("vocabulary.toml", "publications.csv", "publications.toml"):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copytree(FOLDER / "files", tmp_path / "files")
    return tmp_path


def load(folder=FOLDER):
    with transaction.atomic():
        loader = Loader()
        library_loader.load_library(loader, folder)
    return loader.number_written


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything():
    from coalition_site.models import LoadedContent
    from publishing.models import ContentVersion, Revision

    models = (Publication, *part_models(Publication), *SECTIONS.values(), Revision, LoadedContent, ContentVersion)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_a_second_load_writes_nothing(library):
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        assert load() == 0
    assert everything() == before
    assert len(queries) < 50


def test_loading_costs_a_bounded_number_of_queries_an_item(library):
    assert library.queries / library.items < 30


def test_a_changed_row_is_written_again_where_nobody_edited_the_work(library, folder):
    change(folder / "publications.csv", "Findings to Date", "Findings Until Now")
    before = work("evaluation-findings-to-date").pk
    assert load(folder) == 1
    changed = work("evaluation-findings-to-date")
    assert (changed.pk, changed.subtitle) == (before, "Findings Until Now")
    assert load(folder) == 0


def test_an_edited_work_is_left_alone_though_its_row_changed(library, folder):
    publish(save_draft(work("evaluation-findings-to-date"), subtitle="An editor’s subtitle"), check_links=False)
    change(folder / "publications.csv", "Findings to Date", "Findings Until Now")
    assert load(folder) == 0
    assert work("evaluation-findings-to-date").subtitle == "An editor’s subtitle"


def test_a_deleted_work_does_not_come_back(library, folder):
    work("results-2013").delete()
    change(folder / "publications.csv", '"Community Schools Results, 2013"', '"Community Schools Results of 2013"')
    assert load(folder) == 0
    assert not Publication.objects.filter(slug="results-2013").exists()


def test_a_changed_file_is_read_anew(library, folder):
    shutil.copy(FOLDER / "files" / "vision-and-mission.pdf", folder / "files" / "your-leadership-role.pdf")
    assert load(folder) == 1
    [one] = work("your-leadership-role").files.all()
    assert one.file == work("vision-and-mission").files.get().file


def test_a_renamed_or_merged_word_stays_with_its_works(library, folder):
    from vocabulary.merging import merge

    topic = Topic.objects.get(slug="evaluation")
    topic.label = "How well it works"
    topic.save()
    merge(Topic.objects.get(slug="results"), Topic.objects.get(slug="research"))
    change(folder / "publications.csv", "Findings to Date", "Findings Until Now")
    assert load(folder) == 1
    labels = {term.label for term in work("evaluation-findings-to-date").topics.all()}
    assert labels == {"How well it works", "Research"}


def test_a_changed_word_follows_its_file_unless_an_editor_changed_it(library, folder):
    Topic.objects.filter(slug="health").update(label_es="La salud")
    change(folder / "vocabulary.toml", 'label_es = "Salud"', 'label_es = "Salud escolar"')
    change(folder / "vocabulary.toml", 'label_es = "Investigación"', 'label_es = "Investigaciones"')
    assert load(folder) == 1
    spanish = Topic.objects.filter(slug__in=["health", "research"]).order_by("slug").values_list("label_es", flat=True)
    assert list(spanish) == ["La salud", "Investigaciones"]


FAULTS = {
    "a topic without a record": ("publications.csv", "Evaluation; Results", "Evaluation; Zeppelins", "row 4"),
    "a wrong check digit": ("publications.csv", "ISBN 0937846112", "ISBN 0937846113", "row 6"),
    "a month without a name": ("publications.csv", "2003,5,", "2003,Mayo de,", "row 6"),
    "a relation to nothing": ("publications.toml", '["learning-together"]', '["learning"]', "row 3"),
    "a word of no meaning": ("publications.toml", 'certainty = "A"', 'certain = "A"', "row 2"),
    "an unknown certainty": ("publications.toml", 'certainty = "A"', 'certainty = "C"', "row 2"),
    "facts of no work": ("publications.toml", "[making-the-difference]", "[making-a-difference]", "publications.toml"),
    "a larger place that is none": ("vocabulary.toml", 'within = "maryland"', 'within = "delaware"', "baltimore"),
    "an unknown field": ("vocabulary.toml", 'label_es = "Salud"', 'labels_es = "Salud"', "health"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_writes_nothing_at_all_and_the_error_names_its_place(library, folder, fault):
    file, old, new, place = FAULTS[fault]
    change(folder / file, old, new)
    before = everything()
    with pytest.raises((ValidationError, FieldDoesNotExist, NotReady)) as refusal:
        load(folder)
    assert everything() == before
    assert place in "\n".join([str(refusal.value), *refusal.value.__notes__])
