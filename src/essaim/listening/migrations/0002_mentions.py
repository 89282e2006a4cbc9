"""Mentions are partitioned by month, which only SQL can say."""

from pathlib import Path

from django.db import migrations

MENTIONS = (Path(__file__).resolve().parent / "mentions.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("listening", "0001_initial")]
    operations = [migrations.RunSQL(MENTIONS, "DROP TABLE listening_mention")]
