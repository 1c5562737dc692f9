"""Lists that grow: the queries of a page with few rows and with many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

FEW, MANY = 3, 6


def queries(client, address, at_least):
    """The queries of a second visit; `at_least` words must stand on the page, so that nobody counts an empty list."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    shown = response.content.decode().count("Grown")
    assert shown >= at_least, f"{address} shows {shown} of the rows"
    return captured.captured_queries


def grow(make, client, address, at_least=FEW):
    """Queries with few rows and with many. `make(number)` makes the row of that number."""
    for number in range(FEW):
        make(number)
    few = queries(client, address, at_least)
    for number in range(FEW, MANY):
        make(number)
    many = queries(client, address, at_least)
    text = "\n".join(query["sql"][:160] for query in many)
    print(f"{address}: {len(few)} queries for {FEW} rows, {len(many)} for {MANY}")
    assert len(few) == len(many), f"{address}: {len(few)} queries for {FEW} rows, {len(many)} for {MANY}:\n{text}"
    return len(many), text
