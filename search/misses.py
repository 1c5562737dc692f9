"""What people searched for and did not find: words and how often, no person, no time of day, no address.

Robots could fill the table with nonsense. So it is bounded: a month holds so many different words; when it is full,
only words that stand there already are counted on. What was searched fewer than three times in a month nobody sees, and
after `KEPT_MONTHS` everything is deleted.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.languages import base, folded, words

logger = logging.getLogger(__name__)

LONGEST_WORDS = 60  # characters
MOST_OF_A_MONTH = 5_000  # different words
MOST_DIGITS = 6  # of an identifier such as ED477535; more may be a telephone or a card
SHOWN_FROM = 3  # times in a month
KEPT_MONTHS = 13
KEPT_FOR = timedelta(days=30.5 * KEPT_MONTHS)

# One statement: the words of the month counted on, or a row for new ones while there is room.
NOTE = """
    WITH known AS (
        UPDATE search_miss SET times = times + 1, times_corrected = times_corrected + %(corrected)s
        WHERE month = %(month)s AND language = %(language)s AND words = %(words)s RETURNING id
    )
    INSERT INTO search_miss (month, language, words, times, times_corrected)
    SELECT %(month)s, %(language)s, %(words)s, 1, %(corrected)s
    WHERE NOT EXISTS (SELECT FROM known) AND (SELECT count(*) FROM search_miss WHERE month = %(month)s) < %(most)s
    ON CONFLICT (month, language, words) DO UPDATE
    SET times = search_miss.times + 1, times_corrected = search_miss.times_corrected + %(corrected)s
"""


class MissQuerySet(models.QuerySet):
    def shown(self):
        """Without what so few people searched that it might speak of one of them."""
        return self.filter(times__gte=SHOWN_FROM)

    def past_their_time(self):
        return self.filter(month__lt=timezone.localdate() - KEPT_FOR)


class Miss(models.Model):
    """Words of one month that found nothing, or something only after their spelling was corrected."""

    month = models.DateField(_("month"), help_text="Its first day.")
    language = models.CharField(_("language"), max_length=12)
    words = models.CharField(_("words"), max_length=LONGEST_WORDS)
    times = models.PositiveIntegerField(_("times"))
    times_corrected = models.PositiveIntegerField(_("found after correction"))

    objects = MissQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        ordering = ["-month", "-times", "words"]
        constraints = [
            models.UniqueConstraint(fields=["month", "language", "words"], name="search_miss_one_row_a_month")
        ]

    def __str__(self):
        return self.words


def note(text, language, total=0):
    """Count a search that found nothing by the typed words; `total` is what was found after correcting them.

    For the first page of a search without filters. Never fails the page that calls it: where the database takes no
    writes, nothing is counted.
    """
    kept = words_to_keep(text)
    if not kept:
        return
    values = {
        "month": timezone.localdate().replace(day=1),
        "language": base(language),
        "words": kept,
        "corrected": int(total > 0),
        "most": MOST_OF_A_MONTH,
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NOTE, values)
    except (DatabaseError, InterfaceError):
        logger.warning("A search without results could not be counted.", exc_info=True)


def words_to_keep(text):
    """The words of a typed text as they are counted; empty for what may be about a person: mail, a long number."""
    if "@" in text or sum(one.isdigit() for one in text) > MOST_DIGITS:
        return ""
    kept = " ".join(words(folded(text[: 10 * LONGEST_WORDS])))
    if len(kept) <= LONGEST_WORDS:
        return kept
    return kept[: LONGEST_WORDS + 1].rpartition(" ")[0] or kept[:LONGEST_WORDS]


def delete_old_misses():
    """Delete the months whose time has passed; give the number of rows."""
    return Miss.objects.past_their_time().delete()[0]


def kept_in_words():
    return ngettext(
        "The words of searches that found nothing: %(months)s month.",
        "The words of searches that found nothing: %(months)s months.",
        KEPT_MONTHS,
    ) % {"months": KEPT_MONTHS}
