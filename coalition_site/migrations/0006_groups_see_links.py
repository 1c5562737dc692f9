from django.db import migrations

from publishing.roles import LIBRARIANS, MANAGERS, REVIEWERS, WRITERS, grant


def forward(apps, schema_editor):
    grant(apps, {group: {"links.outwardlink": ("view",)} for group in (WRITERS, REVIEWERS, LIBRARIANS, MANAGERS)})
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="resources", model="linksighting").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("coalition_site", "0005_groups_and_promotions"),
        ("links", "0001_initial"),
        ("resources", "0006_outward_links_in_one_table"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
