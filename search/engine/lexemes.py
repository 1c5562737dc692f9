"""What the index knows about words: how each language stems them, and how many public items hold them.

One statement for all words of a query. Counts of common words come from the table that the worker keeps; rare ones are
counted as the index stands, so that a word published a second ago is known, and one that no public text holds is not.

The index does not say by the rules of which language a lexeme was made. Those of English make “comun” of “comunity”,
and that lexeme is there, but from “comunidad”. So a word is foreign to the index where words that gave it its lexemes
were counted by the rules of other languages, and none by those of its own. Between two counts that may be one that was
published a moment ago.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from publishing.remembered import remembered
from search.languages import ALL_CONFIGURATIONS, ANY_OTHER, CONFIGURATIONS, configuration_of
from search.models import Item

COMMON = 50  # items; from here on the kept count is good enough
STATEMENT = """
    SELECT typed.word, asked.configuration, lexeme, coalesce(pages, 0),
           CASE WHEN items >= {common} THEN items ELSE (
               SELECT count(*) FROM ({public}) AS public WHERE everything @@ quote_literal(lexeme)::tsquery
           ) END,
           EXISTS (SELECT 1 FROM search_word AS counted
                   WHERE counted.lexeme = stemmed.lexeme AND counted.configuration = asked.configuration)
           OR asked.configuration = '{unstemmed}'
              AND EXISTS (SELECT 1 FROM search_word AS counted WHERE counted.word = stemmed.lexeme) AS is_own,
           EXISTS (SELECT 1 FROM search_word AS counted
                   WHERE counted.lexeme = stemmed.lexeme AND counted.configuration <> asked.configuration) AS is_others
    FROM unnest(%s::text[]) AS typed (word)
    CROSS JOIN unnest(%s::text[]) AS asked (configuration)
    CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector(configuration::regconfig, word))) AS stemmed (lexeme)
    LEFT JOIN search_lexeme USING (lexeme)
"""
# Spanish stems need the accent of “-ción” that many leave out, and that our configuration takes away: the index holds
# “educacion” for the singular and “educ” for the plural and the verb. Queries ask for both.
_ENDING_ION = re.compile(r"(?<=[cs])i[oó]n(?:es)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Lexeme:
    """A stemmed word, with the number of public items and of pages that hold it."""

    text: str
    items: int
    pages: int


@dataclass
class Lexicon:
    """What is known about the words of one query.

    `by_word`: word → the lexemes that any public item holds. `stopped`: small words, which no text is found by.
    `small`: those that are small in any language; a synonym may be of another one than the query. `foreign`: typed
    words of which no text holds a form, only words that share a stem with them by the rules of another language.
    """

    by_word: dict[str, list[Lexeme]]
    stopped: set[str]
    small: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)

    def unknown(self, words):
        """Those of some words that stand in no public text, neither themselves nor in another form."""
        return [word for word in words if word not in self.stopped and (not self.by_word[word] or word in self.foreign)]


def look_up(typed, others, language):
    """The `Lexicon` of words that were typed on a page of a language, and of others; at most one statement."""
    asked = defaultdict(set)  # a spelling → the words that it may stand for
    for word in (*typed, *others):
        for spelling in (word, *_variants(word)):
            asked[spelling].add(word)
    found = {word: {} for words in asked.values() for word in words}
    stems, foreign = {word: set() for word in found}, set(typed)
    for spelling, configuration, lexeme, pages, items, is_own, is_others in _rows(tuple(asked)) if asked else []:
        for word in asked[spelling]:
            stems[word].add(configuration)
            if items:
                found[word][lexeme] = Lexeme(lexeme, items, pages)
            if items and (is_own or not is_others):
                foreign.discard(word)
    likely = _likely_configuration([stems[word] for word in typed], language)
    stopped = {word for word in found if likely not in stems[word]}
    small = {word for word in found if not stems[word].issuperset(CONFIGURATIONS.values())}
    by_word = {word: [] if word in stopped else list(found[word].values()) for word in found}
    return Lexicon(by_word, stopped, small, foreign)


@remembered(most=100)  # the pages and the narrowings of one search ask for the same words
def _rows(words):
    """A tuple for each lexeme of each word: (word, configuration, lexeme, number of public pages, of public items,
    whether a word was counted that has it by the rules of this configuration, whether by those of another).
    """
    public, parameters = Item.objects.public().values("everything").query.sql_with_params()
    with connection.cursor() as cursor:
        statement = STATEMENT.format(common=COMMON, public=public, unstemmed=ANY_OTHER)
        cursor.execute(statement, [*parameters, list(words), ALL_CONFIGURATIONS])
        return cursor.fetchall()


def _variants(word):
    """Other spellings of a Spanish noun: “educacion” → “educaciones”, and the other way round."""
    if not _ENDING_ION.search(word):
        return []
    return [_ENDING_ION.sub("ion", word), _ENDING_ION.sub("iones", word)]


def _likely_configuration(stems, language):
    """The language of a query is the one of which it has the most small words; that of the page where none tells."""
    own = configuration_of(language)
    return max(CONFIGURATIONS.values(), key=lambda name: (sum(name not in its for its in stems), name == own))
