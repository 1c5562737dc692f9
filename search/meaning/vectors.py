"""The vectors of items: made by the worker, kept as half-precision numbers in a table of their own."""

import struct

from django.db import transaction

from search import meaning
from search.models import Item, Meaning

ENCODED = ("title", "summary", "body")  # what `Meaning.text_of` makes a text from
AT_ONCE = 100  # items; a tenth of a second each
LONGEST_TEXT = 3_000  # characters of which the model reads what it can, some 200 words


def encode_missing(most=AT_ONCE):
    """Encode items that have no vector yet, at most as many; return whether there may be more. Nothing where it is off.

    Texts are read by the model outside of any transaction. One that has changed meanwhile is left for the next time.
    """
    if not meaning.is_on():
        return False
    encoder = meaning.encoder()
    items = Item.objects.filter(language=meaning.LANGUAGE, meaning=None).order_by("pk")[:most]
    texts = {pk: texts for pk, *texts in items.values_list("pk", *ENCODED)}
    made = {pk: packed(encoder.encode(Meaning.text_of(*its)[:LONGEST_TEXT])) for pk, its in texts.items()}
    with transaction.atomic():
        # Whoever publishes writes these rows: what is the same now stays so until this is stored.
        locked = Item.objects.filter(pk__in=made).order_by("pk").select_for_update()
        now = {pk: its for pk, *its in locked.values_list("pk", *ENCODED)}
        Meaning.objects.bulk_create(
            (Meaning(item_id=pk, digest=Meaning.digest_of(*now[pk]), vector=vector)
             for pk, vector in made.items() if now.get(pk) == texts[pk]),
            ignore_conflicts=True,
        )  # fmt: skip
    return len(made) == most


def vectors_of(keys):
    """Key of an item → its vector, for those that have one."""
    rows = Meaning.objects.filter(item__in=keys).values_list("item", "vector")
    return {key: unpacked(vector) for key, vector in rows}


def packed(vector):
    return struct.pack(f"<{len(vector)}e", *vector)


def unpacked(vector):
    return struct.unpack(f"<{len(vector) // 2}e", vector)
