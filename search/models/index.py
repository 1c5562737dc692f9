"""The index: what was published, as the search sees it, and what is known about its words.

`search.indexing` writes items and what belongs to them, by way of `search.rows`; `search.meaning.vectors` what they
mean; `search.statistics` what is counted. `search.tasks` notes in `Statistics` that counting is due, and
`search.rebuilding` by which version all rows are written. Nobody else writes here.
"""

from hashlib import md5

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from publishing.models import PublishableQuerySet


class ItemQuerySet(PublishableQuerySet):
    """`public()` is that of all content: the clock decides, nothing has to run."""

    def of(self, label, keys):
        return self.filter(owner_label=label, owner_key__in=keys)


class Item(models.Model):
    """One item of content, with the window in which it is public.

    `own` holds the words of its own texts with their places (A title, B authors, C summary, D body) and is what items
    are ranked by. `everything` holds each word of the item and of all pages of its files once, without places; what
    matches is found and counted by it alone, so that a report of 300 pages counts as fast as a short text.
    `title_words` holds the folded words of the title, by which it is suggested while somebody types.
    """

    owner_label = models.CharField(max_length=100)
    owner_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=50)
    language = models.CharField(max_length=12)
    title = models.TextField()
    sort_title = models.CharField(max_length=500, db_index=True)
    title_words = models.TextField(default="")
    authors = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    address = models.TextField()
    year = models.SmallIntegerField(null=True)
    dated_on = models.DateField(null=True)
    facets = ArrayField(models.TextField(), help_text="name:value")
    identifiers = ArrayField(models.TextField())
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    own = SearchVectorField()
    everything = SearchVectorField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_label", "owner_key"], name="search_item_one_row_an_owner")
        ]
        # Without fastupdate a write takes a little longer, and no reader ever searches a list of pending entries.
        indexes = [
            GinIndex(fields=["everything"], name="search_item_everything", fastupdate=False),
            GinIndex(fields=["facets"], name="search_item_facets", fastupdate=False),
            GinIndex(fields=["identifiers"], name="search_item_identifiers", fastupdate=False),
            # A hash, because an address may be longer than other indexes take.
            HashIndex(fields=["address"], name="search_item_address"),
            GinIndex(SearchVector("title_words", config="simple"), name="search_item_title_words", fastupdate=False),
            # The orders of lists; that by title has the index of its column.
            models.Index(
                F("dated_on").desc(nulls_last=True), F("published_at").desc(), F("id").desc(), name="search_item_newest"
            ),
            models.Index(fields=["-published_at", "-id"], name="search_item_published"),
        ]

    def __str__(self):
        return self.title


class FileQuerySet(models.QuerySet):
    def of_owners(self, owners):
        """The files of items, which are given as pairs of label and key, at least one."""
        labels, keys = zip(*owners, strict=True)
        # More than was asked for where keys of two models are the same; the caller looks at both.
        return self.filter(item__owner_label__in=labels, item__owner_key__in=keys).select_related("item").only(
            "address", "label", "language", "version", "size_of_words", "item__owner_label", "item__owner_key"
        )  # fmt: skip


class File(models.Model):
    """A file of an item, as public as the item. `words` holds each word of all its pages once, without places."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="files")
    address = models.TextField(blank=True)
    label = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12)
    version = models.CharField(max_length=100, blank=True)
    words = SearchVectorField()
    size_of_words = models.PositiveIntegerField()

    objects = FileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "address"], name="search_file_one_row_an_address")]

    def __str__(self):
        return self.label or self.address


class PageText(models.Model):
    """One page of a file, as public as its item."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="pages")
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()
    own = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="search_pagetext_one_row_a_page")]
        indexes = [GinIndex(fields=["own"], name="search_pagetext_own", fastupdate=False)]

    def __str__(self):
        return f"{self.file}, {self.number}"


class Meaning(models.Model):
    """What an item means, as a vector of half-precision numbers: only where SEARCH_BY_MEANING is on."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True)
    digest = models.CharField(max_length=32)  # of the text that was encoded
    vector = models.BinaryField()

    def __str__(self):
        return str(self.item)

    @staticmethod
    def text_of(title, summary, body):
        """What the vector of an item is made from."""
        return f"{title}. {summary} {body}"

    @classmethod
    def digest_of(cls, *texts):
        """What tells one text from another."""
        return md5(cls.text_of(*texts).encode(), usedforsecurity=False).hexdigest()


class TitleStart(models.Model):
    """The folded title of an item from one of its words on: who types that word is shown the item.

    A row a word, because the first rows that begin with a letter are read from this index as fast as one row is. A
    tsvector knows beginnings of words too, but collects every match before the first is seen.
    """

    LONGEST = 40  # characters

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="title_starts")
    language = models.CharField(max_length=12)
    is_inside = models.BooleanField()
    text = models.CharField(max_length=LONGEST)

    class Meta:
        indexes = [
            models.Index(
                F("language"), F("is_inside"), OpClass("text", "text_pattern_ops"), name="search_titlestart_text"
            )
        ]

    def __str__(self):
        return self.text


class Statistics(models.Model):
    """One row: the size of the index when its words were last counted. A length is the different words of a text.

    `seconds`: how long counting took. `index_version`: the `rebuilding.INDEX_VERSION` by which all rows are written.
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    items = models.PositiveIntegerField(default=0)
    item_length = models.FloatField(default=1)
    pages = models.PositiveIntegerField(default=0)
    page_length = models.FloatField(default=1)
    counted_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    is_due = models.BooleanField(default=False)
    index_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=True), name="search_statistics_one_row")]

    def __str__(self):
        return str(self.counted_at)


class Lexeme(models.Model):
    """In how many items, and on how many pages, a stemmed word stood when words were last counted."""

    lexeme = models.TextField(primary_key=True)
    items = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()

    def __str__(self):
        return self.lexeme


class Word(models.Model):
    """A word as it is written in public texts of one language: what misspelled and unfinished words may be meant for.

    `leads`: it is one of the most common of those with the same first letters.
    """

    word = models.TextField()
    configuration = models.CharField(max_length=50)
    lexeme = models.TextField()
    items = models.PositiveIntegerField()
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "configuration"], name="search_word_one_row_a_word")]
        indexes = [
            GinIndex(fields=["word"], name="search_word_similar", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["lexeme", "configuration"], name="search_word_lexeme"),
            models.Index(fields=["word"], name="search_word_begins", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["word"], name="search_word_leads", opclasses=["text_pattern_ops"], condition=Q(leads=True)
            ),
        ]

    def __str__(self):
        return self.word
