"""What stands beside a text to read next is looked up in the index by address or key."""

import pytest
from django.db import connection, transaction
from django.db.models import Q

from search.models import Item

pytestmark = pytest.mark.django_db


def test_an_address_is_looked_up_without_reading_the_whole_table():
    rows = Item.objects.filter(Q(address="/about/") | Q(owner_label="pages.page", owner_key="1"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "search_item_address" in rows.explain()
