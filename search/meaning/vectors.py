"""The vectors of items: made by the worker, kept as half-precision numbers in a table of their own."""

import struct

from django.db import transaction

from search import meaning
from search.models import Item, Meaning

AT_ONCE = 100  # items; a tenth of a second each
LONGEST_TEXT = 3_000  # characters of which the model reads what it can, some 200 words


def encode_missing(most=AT_ONCE):
    """Encode items that have no vector yet, at most as many; return whether there may be more. Nothing where it is off.

    Texts are read by the model outside of any transaction. One that has changed meanwhile is left for the next time.
    """
    if not meaning.is_on():
        return False
    encoder = meaning.encoder()
    items = Item.objects.filter(language=meaning.LANGUAGE, meaning=None).with_text_to_encode().order_by("pk")[:most]
    made = {item.pk: (item.digest, packed(encoder.encode(item.text[:LONGEST_TEXT]))) for item in items}
    with transaction.atomic():
        # Whoever publishes writes these rows: what is the same now stays so until this is stored.
        list(Item.objects.filter(pk__in=made).order_by("pk").select_for_update().values_list("pk"))
        now = dict(Item.objects.filter(pk__in=made).with_text_to_encode().values_list("pk", "digest"))
        Meaning.objects.bulk_create(
            (Meaning(item_id=pk, digest=digest, vector=vector)
             for pk, (digest, vector) in made.items() if now.get(pk) == digest),
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
