"""Two topics that mean the same, and somebody who merges at the same moment."""

import pytest

from tests.library import topic
from vocabulary.admin import MergeForm


@pytest.fixture
def twins(db):
    """(gone, keep): two topics that mean the same."""
    return topic("Assessment", label_es="Valoración"), topic("Evaluation", label_es="Evaluación")


@pytest.fixture
def merged_meanwhile(monkeypatch):
    """A function: when an editor has chosen what stays, somebody else's merge of two records is done first."""

    def prepare(merge, gone, keep):
        checked = MergeForm.is_valid

        def is_valid(form):
            is_fine = checked(form)
            merge(gone, keep)
            return is_fine

        monkeypatch.setattr(MergeForm, "is_valid", is_valid)

    return prepare
