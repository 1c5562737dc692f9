"""Pages: en dashes, and the short second numbers of MLA and Chicago."""

import pytest

from resources.citations.page_ranges import for_chicago, for_mla, in_full

# The ranges that Chicago's editors print, without the commas in thousands that page numbers do not have:
# https://cmosshoptalk.com/2018/04/10/316-7-316-17-or-316-317-chicago-style-for-number-ranges/
CHICAGO = ["3–10", "71–72", "96–117", "100–104", "1100–1113", "101–8", "808–33", "1103–4", "321–28", "498–532",
           "1087–89", "1496–500", "11564–615", "12991–3001"]  # fmt: skip
IN_FULL = ["3-10", "71-72", "96-117", "100-104", "1100-1113", "101-108", "808-833", "1103-1104", "321-328", "498-532",
           "1087-1089", "1496-1500", "11564-11615", "12991-13001"]  # fmt: skip


@pytest.mark.parametrize(("typed", "cited"), list(zip(IN_FULL, CHICAGO, strict=True)))
def test_chicago_shortens_by_its_rule(typed, cited):
    assert for_chicago(typed) == cited


@pytest.mark.parametrize(
    ("typed", "cited"),
    [
        ("2-3", "2–3"),
        ("21-48", "21–48"),
        ("89-99", "89–99"),
        ("96-101", "96–101"),
        ("103-104", "103–04"),
        ("395-401", "395–401"),
        ("923-1003", "923–1003"),
        ("1003-1005", "1003–05"),
        ("1608-1774", "1608–774"),
    ],
)
def test_mla_keeps_two_digits_and_what_changes(typed, cited):
    assert for_mla(typed) == cited


@pytest.mark.parametrize(
    ("typed", "apa", "mla", "chicago"),
    [
        ("4-9, 43", "4–9, 43", "4–9, 43", "4–9, 43"),
        ("99 -- 120", "99–120", "99–120", "99–120"),
        ("288–313", "288–313", "288–313", "288–313"),
        ("165-76", "165–176", "165–76", "165–76"),
        ("iv-xii", "iv–xii", "iv–xii", "iv–xii"),
        ("S112-S118", "S112–S118", "S112–S118", "S112–S118"),
        ("120-110", "120–110", "120–110", "120–110"),
        ("17", "17", "17", "17"),
        ("", "", "", ""),
    ],
)
def test_every_kind_of_pages_keeps_its_meaning(typed, apa, mla, chicago):
    assert (in_full(typed), for_mla(typed), for_chicago(typed)) == (apa, mla, chicago)
