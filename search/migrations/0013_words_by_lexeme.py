from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0012_titles_in_rows'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='word',
            index=models.Index(fields=['lexeme', 'configuration'], name='search_word_lexeme'),
        ),
    ]
