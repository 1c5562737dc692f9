"""Words as search finds them."""

import pytest

from resources.files.page_text import clean_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the commu\ufffenity works", "the community works"),
        ("the commu-\r\nnity works", "the community works"),
        ("in\ufffecluding part\ufffenerships", "including partnerships"),
        ("a school\ufffebased plan", "a school-based plan"),
        ("self-\nesteem", "self-esteem"),
        ("school-to-\nwork", "school-to-work"),
        ("from 2010-\r\n2012", "from 2010-2012"),
        ("Cross\ufffeSector", "Cross-Sector"),
        ("well-known", "well-known"),
        ("ends here -\r\nand goes on", "ends here - and goes on"),
    ],
)
def test_a_word_broken_over_lines_is_one_word_and_a_compound_keeps_its_hyphen(text, words):
    assert clean_text(text) == words


def test_ligatures_become_letters_but_signs_stay():
    assert clean_text("an oﬃce of ﬁve: 10² and ½") == "an office of five: 10² and ½"


def test_accents_are_composed_so_that_they_match():
    assert clean_text("nin\u0303os") == "niños"


def test_control_and_invisible_characters_go_and_spaces_are_single():
    assert clean_text(" a\x00b\x07 \t c\u00ad\u200b\ue000d\u00a0\u2003e\r\n\r\n") == "ab cd e"
