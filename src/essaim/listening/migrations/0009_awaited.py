from django.db import migrations, models

AWAITED = """
INSERT INTO listening_key (key) SELECT DISTINCT parent_key FROM listening_waiting ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("listening", "0008_unmatched")]
    operations = [
        migrations.AlterField(model_name="key", name="mention_id", field=models.BigIntegerField(null=True)),
        migrations.AlterField(model_name="key", name="published_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(AWAITED, "DELETE FROM listening_key WHERE mention_id IS NULL"),
    ]
