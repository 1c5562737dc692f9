"""axe-core in a page of the browser."""

import os
from pathlib import Path

import axe_playwright_python

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_ABOUT_COLOR = ["color-contrast", "link-in-text-block"]  # the dark theme changes nothing else
# Each width and each color scheme once: a phone in light, a desk in dark.
SCREENS = ((390, "light"), (1280, "dark"))
IS_DEEP = os.environ.get("TESTS") == "deep"
# Only what is asked for comes back: describing every element that keeps the rules takes longer than judging it.
JUDGE = """async (rules) => {
  const found = await axe.run({runOnly: rules, resultTypes: ["violations"], selectors: false});
  const broken = found.violations.flatMap(
    (rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html.slice(0, 140)}`));
  return [found.passes.map((rule) => rule.id), broken];
}"""


def screens_for(number):
    """The screens on which the page of a number in a long list is judged: one and the other in turns, or both."""
    return SCREENS if IS_DEEP else SCREENS[number % len(SCREENS) :][:1]


def run_axe(page, rules):
    """Names of the rules that were kept, and a line for each place that breaks one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    passed, broken = page.evaluate(JUDGE, rules)
    return set(passed), broken
