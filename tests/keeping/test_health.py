"""Backups, proofs and the check of the content on the health page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from keeping.models import Outcome
from tests.publishing.test_health import ADDRESS, line

KINDS = [(Outcome.Kind.BACKUP, "Backup", 2), (Outcome.Kind.PROOF, "Proof of a backup", 15)]


@pytest.mark.parametrize(("kind", "name", "days"), KINDS)
def test_a_backup_is_good_until_it_is_late(editor, clock, kind, name, days):
    assert line(editor, name).sentence.startswith("None was ever")
    assert not line(editor, name).is_good
    Outcome.note(kind, True)
    assert line(editor, name).is_good
    clock(timezone.now() + timedelta(days=days, minutes=1))
    found = line(editor, name)
    assert not found.is_good
    assert "docs/operations.md" in found.advice


@pytest.mark.parametrize(("kind", "name", "days"), KINDS)
def test_one_that_failed_is_told_with_its_reason_until_the_next_one(editor, clock, staff_client, kind, name, days):
    Outcome.note(kind, True)
    clock(timezone.now() + timedelta(minutes=1))
    Outcome.note(kind, False, "The disk is full.")
    assert not line(editor, name).is_good
    assert "The last good one was" in line(editor, name).sentence
    assert "The disk is full." in staff_client.get(ADDRESS).content.decode()
    clock(timezone.now() + timedelta(minutes=1))
    Outcome.note(kind, True)
    assert line(editor, name).is_good


def test_what_the_check_of_the_content_found_is_one_line(editor, clock):
    name = "Content as a whole"
    assert line(editor, name).is_good
    Outcome.note(Outcome.Kind.CHECK, False, "3")
    assert line(editor, name).sentence.endswith("3 things were found.")
    assert not line(editor, name).is_good
    clock(timezone.now() + timedelta(minutes=1))
    Outcome.note(Outcome.Kind.CHECK, True, "0")
    assert line(editor, name).is_good


def test_a_check_of_the_content_that_breaks_off_is_told_with_its_reason(editor, clock, staff_client):
    name = "Content as a whole"
    Outcome.note(Outcome.Kind.CHECK, True, "0")
    clock(timezone.now() + timedelta(minutes=1))
    Outcome.note(Outcome.Kind.CHECK, False, "Links that lead nowhere: ValueError: no")
    assert line(editor, name).sentence.endswith("broke off.")
    assert not line(editor, name).is_good
    assert "Links that lead nowhere: ValueError: no" in staff_client.get(ADDRESS).content.decode()


def test_a_check_of_the_content_is_good_until_it_is_late(editor, clock):
    name = "Content as a whole"
    Outcome.note(Outcome.Kind.CHECK, True, "0")
    clock(timezone.now() + timedelta(days=14))
    assert line(editor, name).is_good
    clock(timezone.now() + timedelta(days=1, minutes=1))
    assert not line(editor, name).is_good
    assert "docs/operations.md" in line(editor, name).advice
