from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0011_orders_of_lists'),
    ]

    operations = [
        # What is sorted by stays in the row. Rows that are there already are written anew by the worker.
        migrations.RunSQL(
            "ALTER TABLE search_item ALTER sort_title SET STORAGE MAIN",
            "ALTER TABLE search_item ALTER sort_title SET STORAGE EXTENDED",
        ),
    ]
