"""How Postgres would answer a statement on a large site: whether it would walk through the whole of a table.

With the few rows of a test it would read every table from end to end, and be right. So it is told that each has many
rows, and that to read all of one, or to put two side by side, took forever: what it then still reads from end to end
has no index that helps.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

ROWS = 100_000
PLANNER = """
    SELECT set_config(name, 'off', true)
    FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit']) AS name;
    SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', relname::text, 'relpages', 1,
                                     'reltuples', {rows}::real)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ %s
"""
# What does not grow with the works and their pages: a few hundred rows, and few are added in a year.
SMALL = (
    "account", "auth_", "axes_", "blog_", "coalition_site_", "django_", "faq_", "feedback_", "mfa_", "pages_",
    "publishing_contentversion", "publishing_heartbeat", "publishing_picture", "resources_deletedwork",
    "search_bestresult", "search_miss", "search_statistics", "search_synonym", "vocabulary_place",
    "vocabulary_result", "vocabulary_role", "vocabulary_topic",
)  # fmt: skip
# Nodes that give their first rows without having read all: with a Limit above them they read as many as it wants.
STREAMING = frozenset({
    "Append", "Incremental Sort", "Limit", "Merge Append", "Nested Loop", "ProjectSet", "Result", "Subquery Scan",
    "Unique",
})  # fmt: skip
# Nearly every row of a table meets these, so that they narrow nothing.
OF_NEARLY_ALL = re.compile(r"\((?:published_at <=|retired_at >|retired_at IS NULL)[^()]*\)")


@dataclass(frozen=True)
class Walk:
    """A part of a plan that reads a table from end to end."""

    table: str
    how: str  # the kind of the scan

    def __str__(self):
        return f"{self.how} of {self.table}"


@contextmanager
def kept(statements):
    """Inside the block, what the connection is asked to read is noted in a list: pairs of SQL and parameters."""

    def note(execute, sql, parameters, many, context):
        if sql.lstrip(" (\n").startswith(("SELECT", "WITH")):
            statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield


@contextmanager
def planned_for_many_rows():
    """Inside the block Postgres takes every table for a large one that is not `SMALL`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNER.format(rows=ROWS), [f"^({'|'.join(SMALL)})"])
        yield
        transaction.set_rollback(True)


def walks_of(sql, parameters):
    """The `Walk`s of a statement through large tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        [(plan,)] = cursor.fetchall()
    return list(_walks(plan[0]["Plan"], is_limited=False))


def _walks(node, is_limited, table=""):
    kind, table = node["Node Type"], node.get("Relation Name", table)
    is_scan = "Scan" in kind and kind != "Bitmap Heap Scan" and table and not table.startswith(SMALL)
    if is_scan and not _is_narrowed(node) and not is_limited:
        yield Walk(table, kind)
    is_limited = kind == "Limit" or (is_limited and kind in STREAMING)
    for below in node.get("Plans", []):
        is_subplan = below.get("Parent Relationship") in ("InitPlan", "SubPlan")
        yield from _walks(below, is_limited and not is_subplan, table if kind == "Bitmap Heap Scan" else "")


def _is_narrowed(node):
    if node["Node Type"] == "Seq Scan":
        return False
    condition = node.get("Index Cond", "")
    return bool(re.search(r"\w", OF_NEARLY_ALL.sub("", condition).replace("AND", "")))
