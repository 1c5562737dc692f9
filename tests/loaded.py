"""The starting content in the tables, for tests that want it there and do not ask how it came."""

from dataclasses import dataclass

from tests.rows import put_back, rows_of_all_tables

_kept = {}


@dataclass(frozen=True)
class FirstLoad:
    """The first load of this process: the number of items that were written, and of the queries that it took."""

    items: int
    queries: int


def load_once():
    """Fill the tables with the starting content, and give the FirstLoad: the first who asks in a process loads it, all
    others get a copy of the rows, which takes a hundredth of the time. Inside of a transaction or not.
    """
    if _kept:
        put_back(_kept["rows"])
    else:
        _kept["first"] = _load()
        _kept["rows"] = rows_of_all_tables()
    return _kept["first"]


def _load():
    from django.db import connection

    from coalition_site.content_loader import load_starting_content

    queries = []

    def note(execute, sql, *rest):
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        items = load_starting_content()
    return FirstLoad(items, len(queries))
