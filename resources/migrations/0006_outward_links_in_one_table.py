from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0005_deletedwork'),
    ]

    operations = [
        migrations.DeleteModel(
            name='LinkSighting',
        ),
    ]
