"""The tables of the search: the index, what the staff keep for it, what readers did not find."""

from search.misses import Miss
from search.models.index import File, Item, Lexeme, Meaning, PageText, Statistics, TitleStart, Word
from search.models.staff import BestResult, Synonym

__all__ = [
    "BestResult",
    "File",
    "Item",
    "Lexeme",
    "Meaning",
    "Miss",
    "PageText",
    "Statistics",
    "Synonym",
    "TitleStart",
    "Word",
]
