"""The word that somebody is still typing: how it may go on, and what it was meant to be.

The words come from the vocabulary that the worker keeps; one counts only while a public item holds it, whatever was
counted last. How many are looked up is bounded, so that one letter is answered as fast as ten.
"""

from django.db import connection

from search.engine.spelling import one_slip_away
from search.languages import configuration_of, folded, words
from search.models import Item
from search.statistics import FIRST_LETTERS

MOST_LIKELY = 30  # words that are looked up for one that was typed
SHORTEST_SLIP, LONGEST_SLIP = 5, 20  # letters of a word in which one slip is forgiven
MOST_SLIPS = 4  # words of a text in which slips are looked for, the first ones
SPELLED_WITHIN = 5_000  # characters of a text in which the accents of a word are looked up
LAST_LETTER = "\U0010ffff"  # sorts after all others

# Of one stem its most common form, the language of the page first. Lexemes of this table are letters only: each is a
# tsquery as it stands.
COMPLETIONS = """
    SELECT likely.word, holder.language, holder.texts
    FROM (
        SELECT * FROM (
            SELECT DISTINCT ON (configuration, lexeme) *
            FROM (
                SELECT word, configuration, lexeme, items, configuration = %s AS is_own FROM search_word
                WHERE word LIKE %s AND word <> %s {leads} ORDER BY is_own DESC, items DESC, word LIMIT {likely}
            ) AS common
            ORDER BY configuration, lexeme, items DESC, word
        ) AS one_of_a_stem
        ORDER BY is_own DESC, items DESC, word
    ) AS likely
    CROSS JOIN LATERAL (
        SELECT language, concat_ws(' ', title, summary, left(body, {within})) AS texts FROM ({public}) AS public
        WHERE everything @@ (plainto_tsquery(likely.configuration::regconfig, %s) && likely.lexeme::tsquery) LIMIT 1
    ) AS holder
    ORDER BY is_own DESC, items DESC, likely.word
    LIMIT %s
"""
# Each typed word comes as one text, “word edit edit …”, with what may follow an edit: the rest of an unfinished word.
# Where a public item holds the word as it was typed, that one comes back.
CORRECTIONS = """
    SELECT typed.word, near.word
    FROM unnest(%s::text[], %s::text[]) AS given (edits, rest)
    CROSS JOIN split_part(edits, ' ', 1) AS typed (word)
    CROSS JOIN LATERAL (
        SELECT likely.word, is_typed FROM (
            SELECT known.word, lexeme, items,
                   edit = typed.word AS is_typed, left(edit, 1) = left(typed.word, 1) AS is_near
            FROM unnest(string_to_array(edits, ' ')) AS edit
            JOIN search_word AS known ON known.word ~>=~ edit AND known.word ~<=~ (edit || rest)
            ORDER BY is_typed DESC, is_near DESC, items DESC, word LIMIT {likely}
        ) AS likely
        CROSS JOIN LATERAL (
            SELECT 1 FROM ({public}) AS public WHERE everything @@ likely.lexeme::tsquery LIMIT 1
        ) AS holder
        ORDER BY is_typed DESC, is_near DESC, items DESC, likely.word LIMIT 1
    ) AS near
    WHERE NOT is_typed
"""


def completions(before, last, typed, language, limit):
    """Pairs (word, language) of words that begin with `last` and stand in a public item with all words `before`.

    `typed` is none of them. A word has its accents where that item has them.
    """
    holders = Item.objects.public().values("language", "title", "summary", "body", "everything")
    public, parameters = holders.query.sql_with_params()
    first_letters = folded(last)
    leads = "AND leads" if len(first_letters) <= FIRST_LETTERS else ""
    statement = COMPLETIONS.format(public=public, leads=leads, likely=MOST_LIKELY, within=SPELLED_WITHIN)
    likely = [configuration_of(language), f"{first_letters}%", folded(typed)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*likely, *parameters, " ".join(before), limit])
        return [(_as_written(word, texts), its_language) for word, its_language, texts in cursor.fetchall()]


def _as_written(word, texts):
    """A folded word as a text spells it: “educacion” → “educación”; as it is, where the text has it in other forms."""
    if texts.isascii():
        return word
    return next((one.lower() for one in words(texts) if folded(one) == word), word)


def without_slips(typed):
    """Typed words, the last one unfinished; those that no public item holds are replaced by one that is a slip away."""
    edits, rests = {}, {}
    for place, word in enumerate(map(folded, typed), start=1):
        if SHORTEST_SLIP <= len(word) <= LONGEST_SLIP and word.isalpha() and len(edits) < MOST_SLIPS:
            edits[word] = " ".join([word, *one_slip_away(word)])
            rests[word] = LAST_LETTER if place == len(typed) else ""
    meant = _meant(list(edits.values()), list(rests.values())) if edits else {}
    return [meant.get(folded(word), word) for word in typed]


def _meant(edits, rests):
    public, parameters = Item.objects.public().values("everything").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(CORRECTIONS.format(public=public, likely=MOST_LIKELY), [edits, rests, *parameters])
        return dict(cursor.fetchall())
