"""Contrast of every pair of colors that the design uses, in both themes, from static/css/tokens.css (WCAG 2.2 AA).

Text needs 4.5; the bounds of controls, marks and the strokes of charts need 3.
"""

import re

import pytest
from django.conf import settings

TEXT, UI = 4.5, 3.0
TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"

GROUNDS = ("paper", "surface", "sunk")
PAIRS = (
    [(word, ground, TEXT) for ground in (*GROUNDS, "mark") for word in ("ink", "muted", "link", "visited", "action")]
    + [(word, ground, TEXT) for ground in GROUNDS for word in ("action-hover", "success", "error", "warning")]
    + [("on-action", "action", TEXT), ("on-action", "action-hover", TEXT)]
    + [(word, "field", TEXT) for word in ("on-field", "field-muted", "field-gold")]
    + [("paper", "ink", TEXT), ("field-rule", "field", UI), ("focus", "field", UI)]
    + [("rule", ground, UI) for ground in GROUNDS]
    + [("focus-edge", ground, UI) for ground in GROUNDS]
    + [(f"chart-{n}", ground, UI) for n in range(1, 6) for ground in GROUNDS]
)


def luminance(color):
    """Relative luminance of "#RRGGBB"."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes(css):
    """Two dicts token → "#RRGGBB": the light theme, and the dark one laid over it."""

    def read(text):
        return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", text))

    head, dark_begins, rest = css.partition("@media (prefers-color-scheme: dark)")
    assert dark_begins, "tokens.css has no dark theme"
    return {"light": read(head), "dark": read(head) | read(rest.partition("@media")[0])}


def test_the_measure_is_that_of_wcag():
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colors_can_be_read(theme):
    token = themes(TOKENS.read_text())[theme]
    found = {(word, ground): (ratio(token[word], token[ground]), least) for word, ground, least in PAIRS}
    too_weak = [
        f"{word} on {ground}: {value:.2f}, needs {least}"
        for (word, ground), (value, least) in found.items()
        if value < least
    ]
    assert not too_weak, "\n".join(["", *too_weak])


def test_the_dark_theme_changes_every_color_of_a_ground_and_of_the_words_on_it():
    found = themes(TOKENS.read_text())
    for name in (*GROUNDS, "mark", "ink", "muted", "link", "visited", "action"):
        assert found["light"][name] != found["dark"][name], name


def test_no_other_style_sheet_of_the_readers_pages_names_a_raw_color():
    """Print is black on white by its nature, and says so itself."""
    named = {}
    for file in sorted((settings.BASE_DIR / "static" / "css").glob("*.css")):
        if file.name not in ("tokens.css", "print.css") and not file.name.startswith("admin"):
            css = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
            found = re.findall(r":[^;{}]*?(#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\()", css)
            if found:
                named[file.name] = found
    assert not named
