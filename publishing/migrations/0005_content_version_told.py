from django.db import migrations, models

TELL = """
CREATE FUNCTION publishing_tell_content_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY content_version;
    RETURN NULL;
END $$;
CREATE TRIGGER publishing_contentversion_told AFTER INSERT OR UPDATE ON publishing_contentversion
    FOR EACH STATEMENT EXECUTE FUNCTION publishing_tell_content_version();
"""
BE_SILENT = """
DROP TRIGGER publishing_contentversion_told ON publishing_contentversion;
DROP FUNCTION publishing_tell_content_version();
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_earlier_files_and_ends")]

    operations = [
        migrations.AddField(
            model_name="contentversion",
            name="last_removal",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        # Sent when the transaction commits, once however often the version rose in it.
        migrations.RunSQL(TELL, BE_SILENT),
    ]
