"""What is remembered for a content version, and when it is forgotten."""

import pytest
from django.utils.translation import override

from publishing import remembered as module
from publishing.freshness import Known
from publishing.remembered import remembered, remembered_each


class Told:
    """In the place of the watcher: what a process knows is what the test says."""

    known = Known(1, 0)


@pytest.fixture
def told(monkeypatch):
    monkeypatch.setattr(module, "watcher", Told())
    return module.watcher


@pytest.fixture
def asked(told):
    """(function that is remembered, the list of what it was asked)"""
    times = []

    @remembered
    def ask(*arguments):
        times.append(arguments)
        return len(times)

    return ask, times


def test_it_is_asked_once_a_version_for_each_argument(asked, told):
    ask, times = asked
    assert [ask("a"), ask("a"), ask("b"), ask("a")] == [1, 1, 2, 1]
    told.known = Known(2, 0)
    assert ask("a") == 3
    assert len(times) == 3


def test_of_large_answers_fewer_are_kept(told):
    times = []

    @remembered(most=2)
    def ask(number):
        times.append(number)
        return number

    assert [ask(number) for number in (1, 2, 1, 2, 3, 3, 1)] == [1, 2, 1, 2, 3, 3, 1]
    assert times == [1, 2, 3, 1]


def test_each_language_has_its_own(asked):
    ask, _times = asked
    assert ask() == 1
    with override("es"):
        assert ask() == 2
    assert ask() == 1


def test_who_is_not_sure_of_the_version_asks_each_time(asked, told):
    ask, _times = asked
    ask()
    told.known = None
    assert [ask(), ask()] == [2, 3]


def test_it_is_forgotten_when_a_moment_has_come(asked, told, monkeypatch):
    told.known = Known(1, 0, moment=1000.0)
    ask, _times = asked
    monkeypatch.setattr("time.time", lambda: 999.0)
    assert [ask(), ask()] == [1, 1]
    monkeypatch.setattr("time.time", lambda: 1000.0)
    assert [ask(), ask()] == [2, 3]


def test_what_was_asked_at_a_later_hour_is_forgotten_when_the_clock_is_set_back(asked, monkeypatch):
    ask, _times = asked
    monkeypatch.setattr("time.time", lambda: 5000.0)
    ask()
    monkeypatch.setattr("time.time", lambda: 1400.0)
    assert [ask(), ask()] == [2, 2]


def test_what_is_published_while_it_is_asked_is_not_missed(told):
    given = []

    @remembered
    def ask():
        given.append(len(given))
        told.known = Known(2, 0)  # in the middle of the first time
        return given[-1]

    assert [ask(), ask(), ask()] == [0, 1, 1]


def test_of_many_keys_only_the_new_ones_are_asked_for(told):
    asked = []

    @remembered_each
    def squares(keys):
        asked.append(list(keys))
        return {key: key * key for key in keys if key != 4}

    assert squares([1, 2]) == {1: 1, 2: 4}
    assert squares([3, 2, 4, 1]) == {3: 9, 2: 4, 1: 1}
    assert squares([4]) == {}
    told.known = Known(2, 0)
    squares([1])
    assert asked == [[1, 2], [3, 4], [4], [1]]
