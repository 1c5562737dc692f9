"""What the rules of the next migration ask of entries that are there already."""

from django.db import migrations
from django.utils import timezone


def complete(apps, schema_editor):
    entries = apps.get_model("blog", "Entry").objects
    for entry in entries.filter(dated_on=None).exclude(published_at=None):
        entries.filter(pk=entry.pk).update(dated_on=timezone.localdate(entry.published_at))
    entries.filter(series=None).update(series_position=None)
    for entry in entries.filter(corrected_on=None).exclude(correction=""):
        entries.filter(pk=entry.pk).update(corrected_on=timezone.localdate(entry.updated_at))


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
