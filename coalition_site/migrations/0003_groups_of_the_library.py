from django.db import migrations

from publishing.roles import ALL, LIBRARIANS, MANAGERS, PUBLISH, REVIEWERS, WRITE, WRITERS, grant

VOCABULARIES = ("topic", "role", "result", "place", "person", "organization")
RECORD = ("view", "add", "change", "delete")


def rights(publication, records):
    """Rights on publications and on all that they are described by."""
    return {
        "resources.publication": publication,
        "resources.series": records,
        "resources.storedfile": ("view",),
        "resources.downloadcount": ("view",),
        "resources.linksighting": ("view",),
        "taggit.tag": records,
    } | {f"vocabulary.{name}": records for name in VOCABULARIES}


TABLE = {
    WRITERS: rights(WRITE, ("view", "add")),
    REVIEWERS: rights(PUBLISH, ("view", "add", "change")),
    LIBRARIANS: rights(ALL, RECORD),
    MANAGERS: rights(ALL, RECORD),
}


def forward(apps, schema_editor):
    grant(apps, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("coalition_site", "0002_groups"),
        ("resources", "0001_initial"),
        ("vocabulary", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
