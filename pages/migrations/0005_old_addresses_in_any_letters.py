"""Old addresses are stored decoded, as requests come: one that was typed with “%20” in it has never led anywhere."""

import pages.redirects
from django.db import migrations, models


def decode(apps, schema_editor):
    redirects = apps.get_model("pages", "Redirect").objects
    for redirect in redirects.filter(old_path__contains="%"):
        path = pages.redirects.normal_path(redirect.old_path)
        if not redirects.filter(old_path=path).exists():
            redirects.filter(pk=redirect.pk).update(old_path=path)


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_retention")]

    operations = [
        migrations.AlterField(
            model_name="redirect",
            name="old_path",
            field=models.CharField(
                help_text="The path after the name of the site, such as /about/mission.aspx",
                max_length=800,
                unique=True,
                validators=[pages.redirects.validate_old_path],
                verbose_name="old address",
            ),
        ),
        migrations.RunPython(decode, migrations.RunPython.noop),
    ]
