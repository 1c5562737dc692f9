"""Citations as one line with stars around what is italic, so that a table of tests can be read."""

from resources.citations import cite


def marked(record, style, accessed=None):
    runs = cite(record, style, accessed).runs
    return "".join(f"*{run.text}*" if run.is_italic else run.text for run in runs)
