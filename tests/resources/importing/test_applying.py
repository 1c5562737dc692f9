"""From a plan to drafts and to the public: all rows or none, and the same for everything that a file may hold."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Activity, Revision
from publishing.publish import ensured_revision
from publishing.retiring import retire
from publishing.revisions import add_revision
from resources.importing import applying
from resources.importing.applying import Refused, apply
from resources.kinds import LinkKind, Scheme
from resources.models import Identifier, Publication, Series, WorkLink
from resources.records import Link, Record
from tests.drafts import live_tables
from tests.library import draft_work, person, publish_a_full_work, publish_work
from tests.resources.formats.samples import ARTICLE, REPORT
from tests.resources.importing.imports import exported, faults, imported, outcomes, plan_of
from tests.resources.records import person as name
from tests.resources.records import record
from vocabulary.models import Organization, Person

pytestmark = pytest.mark.django_db
ERIC = (Scheme.ERIC, "ED477535")


def test_an_import_makes_drafts_with_a_note_and_an_author(editor):
    result = apply(plan_of(ARTICLE), by=editor, note="Imported from a.csv")
    assert (result.made, result.updated, result.published) == (1, 0, 0)
    (revision,) = Revision.objects.all()
    assert (revision.author, revision.note, revision.number) == (editor, "Imported from a.csv", 1)
    assert revision.data["item"]["slug"] == "where-it-all-comes-together"
    assert Publication.objects.get().owner == editor
    assert Publication.objects.public().count() == 0


def test_new_people_are_logged_with_who_added_them(editor):
    apply(plan_of(ARTICLE), by=editor, note="Imported from a.csv")
    entries = LogEntry.objects.filter(user=editor, change_message="Imported from a.csv")
    assert {entry.object_repr for entry in entries} == {
        "Blank, Martin J.", "Villarreal, Lisa", "American Federation of Teachers", "American Educator",
    }  # fmt: skip


def test_new_people_of_the_same_name_as_others_get_addresses_of_their_own():
    person("Blank", "Martin J.", suffix="Jr.", slug="martin-j-blank")
    imported(ARTICLE, record("学校", authors=["学校"]))
    assert Person.objects.get(family="Blank", suffix="").slug == "martin-j-blank-2"
    assert Organization.objects.get(label="学校").slug == "organization-2"


def test_published_works_are_public_at_once_and_say_why():
    imported(ARTICLE, REPORT)
    assert Publication.objects.public().count() == 2
    assert {act.text for act in Activity.objects.filter(kind="published")} == {"Imported from a test"}


def test_all_works_of_an_import_change_at_its_end(monkeypatch):
    """None of them may have changed before a harvester asked, and be seen only afterwards."""
    start = timezone.now()
    moments = (start + timedelta(seconds=number) for number in count())
    monkeypatch.setattr(timezone, "now", lambda: next(moments))
    imported(ARTICLE, REPORT)
    changes = set(Publication.objects.values_list("updated_at", flat=True))
    assert len(changes) == 1
    assert changes.pop() > max(Activity.objects.values_list("created_at", flat=True))


def test_an_update_is_the_next_version_and_keeps_what_the_file_does_not_carry():
    work = publish_work(
        "One",
        identifiers=[("eric", "ED477535")],
        links=[("full_text", "https://example.org/a")],
        authors=[person("Doe")],
    )
    link = work.links.get()
    imported(
        record(
            "One", identifiers=[ERIC], authors=[name("Doe")], links=("https://example.org/b", "https://example.org/a")
        )
    )
    work = Publication.objects.get()
    assert Revision.objects.of(work).newest().number == 2
    kept = work.links.get(address="https://example.org/a")
    assert (kept.pk, kept.kind, kept.ordering) == (link.pk, "full_text", 1)
    assert WorkLink.objects.get(ordering=0).kind == "record"


def test_a_file_that_says_what_stands_at_a_link_is_believed():
    work = publish_work("One", identifiers=[("eric", "ED477535")], links=[("record", "https://example.org/a")])
    imported(record("One", identifiers=[ERIC], links=[Link("https://example.org/a", LinkKind.NOTICE)]))
    assert [(link.kind, link.ordering) for link in work.links.all()] == [("notice", 0)]


def test_a_second_person_of_the_same_name_stays_with_her_work():
    person("Doe", "Jane", slug="jane-doe")
    other = person("Doe", "Jane", slug="another-jane-doe")
    publish_work("One", identifiers=[("eric", "ED477535")], authors=[other])
    imported(record("One", identifiers=[ERIC], authors=[name("Doe", "Jane")], edition="2nd ed."))
    assert Publication.objects.get().contributors.get().person == other


def test_a_file_works_relations_and_pictures_stay(settings, tmp_path):
    work = publish_a_full_work()
    before = live_tables()
    (told,) = [one for one in exported() if one.key == work.slug]
    imported(replace(told, edition="2nd ed."))
    after = live_tables()
    for table in ("resources_workfile", "resources_relation", "resources_identifier", "resources_contributor"):
        assert after[table] == before[table]
    assert Publication.objects.get(pk=work.pk).edition == "2nd ed."


def test_an_open_draft_takes_the_change_and_stays_a_draft():
    work = publish_work("One", identifiers=[("eric", "ED477535")])
    draft_work("One, unfinished", work=work, identifiers=[("eric", "ED477535")])
    plan = plan_of(record("One", identifiers=[ERIC], edition="2nd ed."))
    assert plan.rows[0].notes == ("It has an open draft. The change is saved in it and not published.",)
    apply(plan, with_publishing=True)
    work.refresh_from_db()
    assert (work.title, work.edition) == ("One", "")
    assert ensured_revision(work).data["item"]["edition"] == "2nd ed."


def test_what_was_taken_offline_does_not_come_back():
    work = publish_work("One", identifiers=[("eric", "ED477535")])
    retire(work)
    imported(record("One", identifiers=[ERIC], edition="2nd ed."))
    assert Publication.objects.public().count() == 0
    assert ensured_revision(work).data["item"]["edition"] == "2nd ed."


def test_a_row_that_cannot_be_public_stops_all(monkeypatch):
    monkeypatch.setattr(applying, "RESERVED_SLUGS", frozenset())
    before, revisions = live_tables(), Revision.objects.count()
    plan = plan_of(REPORT, Record("Author"))
    with pytest.raises(Refused, match="Row 3, “Author”: “author” has another meaning here.* Nothing was imported."):
        apply(plan, with_publishing=True)
    assert (live_tables(), Revision.objects.count()) == (before, revisions)


def test_a_faulty_row_stops_all():
    plan = plan_of(REPORT, Record("One", volume="3"))
    with pytest.raises(Refused, match="Some rows have faults. Nothing was imported."):
        apply(plan)
    assert Revision.objects.count() == Person.objects.count() == 0


def test_somebody_who_saves_in_between_stops_all():
    work = publish_work("One", identifiers=[("eric", "ED477535")])
    plan = plan_of(REPORT, record("One", identifiers=[ERIC], edition="2nd ed."))
    base = ensured_revision(work)
    add_revision(Publication, work.pk, base.data, base=base)
    with pytest.raises(Refused, match="Row 3, “One”: Somebody else has saved this publication a moment ago."):
        apply(plan)
    assert Publication.objects.count() == 1


def test_a_number_taken_in_between_stops_all():
    plan = plan_of(REPORT)
    publish_work("Another", identifiers=[("doi", "10.1234/abc")])
    with pytest.raises(Refused, match="Row 2, “.*Nothing was imported."):
        apply(plan, with_publishing=True)
    assert Identifier.objects.count() == 1
    assert Person.objects.count() == 0


def test_a_work_more_costs_few_statements():
    """A thousand works take half a minute so; with some seventy statements for each they took minutes."""

    def statements(number):
        rows = [
            replace(REPORT, title=f"{number} {n}", key="", identifiers=(), tags=("Arts", f"Tag {n}"))
            for n in range(number)
        ]
        plan = plan_of(*rows)
        with CaptureQueriesContext(connection) as captured:
            apply(plan, with_publishing=True)
        return len(captured)

    assert (statements(23) - statements(3)) / 20 <= 24


def test_addresses_are_free_whatever_the_titles_and_keys():
    publish_work("One", issued_year=1990)
    new = [record("One", issued=(2011,)), Record("Three", key="chosen"), Record("2011"), Record("学校")]
    imported(*new, Record("Two", key="my-key"))
    assert {work.slug for work in Publication.objects.all()} == {
        "one", "one-2", "chosen-2", "2011-2", "publication-2", "my-key",
    }  # fmt: skip


def test_a_journal_of_another_issn_keeps_its_own():
    imported(ARTICLE)
    other = replace(
        ARTICLE,
        title="Another",
        key="",
        identifiers=[record("", identifiers=[(Scheme.ISSN, "1059-308X")]).identifiers[0]],
    )
    imported(other)
    assert Series.objects.get().issn == "0148-432X"
    assert outcomes(plan_of(other)) == ["same"]


def test_everything_that_was_exported_comes_back_into_an_empty_library():
    imported(ARTICLE, REPORT)
    told = exported()
    Publication.objects.all().delete()
    Revision.objects.all().delete()
    assert outcomes(plan_of(*told)) == ["new", "new"]
    imported(*told)
    assert exported() == told
    assert faults(plan_of(*told)) == []
