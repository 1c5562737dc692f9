"""What the tables hold, taken and put back: for tests with real transactions, which nothing takes back by itself."""

import io

from django.db import connection, transaction

from search.models import File, Item, PageText, TitleStart


def rows_of_all_tables(without=frozenset()):
    """What every table holds, but for those that are named, as Postgres copies it: its name → its rows, each a line."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in without:
                continue
            file = io.BytesIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', file)
            rows[table] = file.getvalue().splitlines(keepends=True)
    return rows


def put_back(rows):
    """Write the tables that hold something else now. Sequences go on, so no key is given twice."""
    with transaction.atomic(), connection.cursor() as cursor:
        now = rows_of_all_tables()
        changed = [table for table in rows if rows[table] != now[table] and sorted(rows[table]) != sorted(now[table])]
        for table in changed:  # what they say of each other is looked at when all are complete
            cursor.execute(f'DELETE FROM "{table}"')
        for table in changed:
            cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(b"".join(rows[table])))


def index_rows():
    """All rows of the search index, but for keys that a row gets anew when it is written anew."""
    columns = {
        Item: [field.name for field in Item._meta.concrete_fields],
        File: [field.name for field in File._meta.concrete_fields if field.name != "id"],
        PageText: ["item", "file__address", "number", "text", "own"],
        TitleStart: ["item", "language", "is_inside", "text"],
    }
    return [sorted(model.objects.values_list(*names), key=repr) for model, names in columns.items()]
