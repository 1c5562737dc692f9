"""What is known about the words of the index: how common they are, and how they are written.

Counted by the worker and after a rebuild, never in a reader's request. Counts that are a little old are harmless: they
weigh words, and tell whose stem a lexeme is (`search.engine.lexemes`). Whether a word is known at all, and whether
anybody may see it, is always asked of the index itself.
"""

from time import monotonic

from django.db import connection, transaction
from django.utils import timezone

from publishing.models import ContentVersion
from search.languages import ANY_OTHER, CONFIGURATIONS
from search.models import Item, Lexeme, PageText, Statistics, Word

SHORTEST_WORD = 3  # letters; of those that a correction may offer
LONGEST_WORD = 40
LOCK = 0x776F726473  # of Postgres, held by one count
LEADING, FIRST_LETTERS = 30, 3  # so many of the words with the same first letters are its most common

COUNT_LEXEMES = """
    INSERT INTO search_lexeme (lexeme, items, pages)
    SELECT lexeme, coalesce(i.ndoc, 0), coalesce(p.ndoc, 0)
    FROM (SELECT word AS lexeme, ndoc FROM ts_stat(%s)) i FULL JOIN (SELECT word AS lexeme, ndoc FROM ts_stat(%s)) p
    USING (lexeme)
"""
# Only letters: a number is not misspelled but another number, and such lexemes need no quoting in a tsquery.
COUNT_WORDS = """
    INSERT INTO search_word (word, configuration, lexeme, items, leads)
    SELECT word, %(configuration)s, (tsvector_to_array(stemmed))[1], ndoc,
           row_number() OVER (PARTITION BY left(word, %(letters)s) ORDER BY ndoc DESC, word) <= %(leading)s
    FROM ts_stat(%(texts)s) CROSS JOIN LATERAL to_tsvector(%(configuration)s::regconfig, word) AS stemmed
    WHERE word ~ '^[[:alpha:]]+$' AND length(word) BETWEEN %(shortest)s AND %(longest)s AND length(stemmed) = 1
"""
# Postgres would take “math/robotics” for a file and “iel.org” for a host, and no word of them for a word.
UNSTEMMED = """
    SELECT to_tsvector('search_simple', translate(text, './@', '   ')) FROM (
        SELECT concat_ws(' ', title, authors, summary, body, keywords) FROM ({items}) AS items
        UNION ALL SELECT text FROM ({pages}) AS pages
    ) AS texts (text)
"""
MEASURE = """
    SELECT count(*), coalesce(avg(length(vector)), 1) FROM ({texts}) AS texts (vector)
"""


def refresh():
    """Count all words of public texts anew. Readers see the old counts until the new ones are complete."""
    # In a transaction of its own: whoever publishes while words are counted asks for the next count.
    Statistics.objects.update(is_due=False)
    with transaction.atomic(), connection.cursor() as cursor:
        started = monotonic()
        # Two at a time would write the same rows. Neither who reads nor who publishes is kept waiting by this lock.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        everything, items, pages = (_sql(cursor, rows) for rows in _public_vectors())
        Lexeme.objects.all().delete()
        cursor.execute(COUNT_LEXEMES, [everything, pages])
        _count_words(cursor)
        measured = {}
        for name, texts in (("item", items), ("page", pages)):
            cursor.execute(MEASURE.format(texts=texts))
            measured[f"{name}s"], measured[f"{name}_length"] = cursor.fetchone()
        measured |= {"counted_at": timezone.now(), "seconds": monotonic() - started}
        Statistics.objects.update_or_create(defaults=measured)
    # What processes remember was read with the old counts. After the commit: who publishes holds this row, and may wait
    # for that of the statistics.
    ContentVersion.bump()


def _public_vectors():
    items = Item.objects.public()
    pages = PageText.objects.filter(item__in=items)
    return items.values("everything"), items.values("own"), pages.values("own")


def _count_words(cursor):
    Word.objects.all().delete()
    for configuration in [*CONFIGURATIONS.values(), ANY_OTHER]:
        parameters = {
            "configuration": configuration,
            "texts": _texts(cursor, configuration),
            "shortest": SHORTEST_WORD,
            "longest": LONGEST_WORD,
            "letters": FIRST_LETTERS,
            "leading": LEADING,
        }
        cursor.execute(COUNT_WORDS, parameters)


def _texts(cursor, configuration):
    """SQL that gives the unstemmed words of each public text of one configuration."""
    languages = [code for code, name in CONFIGURATIONS.items() if name == configuration]
    items, pages = Item.objects.public(), PageText.objects.filter(item__in=Item.objects.public())
    # A file may be in another language than its item.
    if languages:
        items, pages = items.filter(language__in=languages), pages.filter(file__language__in=languages)
    else:
        items, pages = items.exclude(language__in=CONFIGURATIONS), pages.exclude(file__language__in=CONFIGURATIONS)
    of_items = _sql(cursor, items.values("title", "authors", "summary", "body", "keywords"))
    of_pages = _sql(cursor, pages.values("text"))
    return UNSTEMMED.format(items=of_items, pages=of_pages)


def _sql(cursor, rows):
    """The statement of a queryset as one text: `ts_stat` takes no parameters."""
    return cursor.mogrify(*rows.query.sql_with_params()).decode()
