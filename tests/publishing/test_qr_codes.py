"""The codes that a phone reads from paper."""

from publishing.templatetags.qr_code import LONGEST, SMALL, drawn

ADDRESS = "https://www.example.org/resources/publications/"


def test_a_code_grows_with_its_address_and_a_large_one_says_so():
    short, long = drawn(ADDRESS), drawn(ADDRESS + "?work=a-work" * 50)
    assert short["size"] < SMALL < long["size"]
    assert (short["is_large"], long["is_large"]) == (False, True)
    assert max(int(stroke.split()[0]) for stroke in long["path"].split("M")[1:]) < long["size"]


def test_the_longest_address_has_a_code_and_a_longer_one_has_none():
    assert drawn("é" * (LONGEST // 2))
    assert drawn("é" * (LONGEST // 2) + "e") is None
