"""What strangers make up takes no memory for good."""

import tracemalloc

from coalition_site.page_cache.requests import query_of


def test_long_queries_are_not_remembered():
    tracemalloc.start()
    try:
        for number in range(200):
            assert query_of(f"x={number}&page=2&q=" + "(" * 3_900, frozenset({"page"})) == "page=2"
            query_of(f"q={number}" + "(" * 3_900, frozenset({"q"}))
        kept, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 200_000
