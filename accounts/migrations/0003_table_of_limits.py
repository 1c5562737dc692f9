"""The table of settings.CACHES: how often somebody tried to sign in, in one place for all processes."""

from django.core.management import call_command
from django.db import migrations


def forward(apps, schema_editor):
    call_command("createcachetable", "accounts_limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rights")]

    operations = [
        migrations.RunPython(forward, migrations.RunPython.noop),
    ]
