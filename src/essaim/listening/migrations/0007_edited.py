"""When the author of a mention last changed its words."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("listening", "0006_looks")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE listening_mention ADD COLUMN edited_at timestamptz",
            "ALTER TABLE listening_mention DROP COLUMN edited_at",
        )
    ]
