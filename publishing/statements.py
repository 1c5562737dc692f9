"""Statements that are put together once and run with other keys each time: putting them together takes longer.

rows = [Topic.objects.filter(IsAnyOf(F("pk"), Value(Keys("topics")))).values_list("pk")]
execute(rows[0].query.sql_with_params(), {"topics": [1, 2]})
"""

import json

from django.db import connection
from django.db.models import BooleanField, F, Func
from django.db.models.functions import JSONObject


class Keys(list):
    """Stands in the parameters of a statement for keys that are known when it runs."""

    def __init__(self, name):
        super().__init__()
        self.name = name


class IsAnyOf(Func):
    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def execute(statement, keys):
    """Run a statement, given as SQL and its parameters, with keys in the places of its `Keys`; returns its rows."""
    sql, parameters = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys[one.name] if isinstance(one, Keys) else one for one in parameters])
        return cursor.fetchall()


def as_json(model, *, without=(), behind=""):
    """The columns of a row of a model as one value, so that rows of several models fit into one union.

    `behind`: the foreign key that leads to that row from those which are asked for.
    """
    names = [field.attname for field in model._meta.concrete_fields if field.name not in without]
    way = f"{behind}__" if behind else ""
    return JSONObject(**{name: F(f"{way}{name}") for name in names})


def columns_of(model, data):
    """{attname: value} of what `as_json` gave."""
    values = json.loads(data)
    return {
        field.attname: field.to_python(values[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in values
    }
