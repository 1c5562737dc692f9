"""The few things of Postgres' text search that Django's own expressions do not say."""

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, F, Func, Value

from search.languages import ALL_CONFIGURATIONS


class Matches(Func):
    """Whether a tsvector matches a tsquery, of which a text is in Postgres' notation: Matches("own", "'school':A")."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, vector, query):
        super().__init__(vector, Value(query) if isinstance(query, str) else query)


def phrase(words):
    """The tsquery for words that stand one after the other, in whichever language they are."""
    queries = [
        Func(Value(name), Value(" ".join(words)), function="phraseto_tsquery", arg_joiner="::regconfig, ",
             output_field=SearchQueryField())
        for name in ALL_CONFIGURATIONS
    ]  # fmt: skip
    return Func(*queries, template="(%(expressions)s)", arg_joiner=" || ", output_field=SearchQueryField())


def both(first, second):
    """The tsquery that two others satisfy together."""
    return Func(first, second, template="(%(expressions)s)", arg_joiner=" && ", output_field=SearchQueryField())


def only_field(vector, weight):
    """The part of a tsvector that carries one weight: only_field("own", "A") is the title."""
    return Func(
        F(vector), Value(f"{{{weight}}}"), template='ts_filter(%(expressions)s::"char"[])',
        output_field=SearchVectorField(),
    )  # fmt: skip


def quoted(lexeme):
    """A lexeme as it stands in a tsquery."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def any_of(queries):
    """A tsquery, as text, that any of others satisfies."""
    return "(" + " | ".join(queries) + ")"


def all_of(queries):
    """A tsquery, as text, that all of others satisfy together."""
    return "(" + " & ".join(queries) + ")"
