"""The starting content in the tables, for tests that want it there and do not ask how it came."""

from tests.rows import put_back, rows_of_all_tables

_kept = {}


def load_once():
    """Fill the tables with the starting content: the first who asks in a process loads it, all others get a copy of the
    rows, which takes a hundredth of the time. Inside of a transaction or not.
    """
    from coalition_site.content_loader import load_starting_content

    if _kept:
        put_back(_kept)
    else:
        load_starting_content()
        _kept.update(rows_of_all_tables())
