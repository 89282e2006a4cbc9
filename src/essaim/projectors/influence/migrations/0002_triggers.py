"""Mentions and claims that change leave a note: what is drawn from them is drawn again."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent


class Migration(migrations.Migration):
    dependencies = [("influence", "0001_initial"), ("listening", "0002_mentions")]
    operations = [
        migrations.RunSQL(
            (HERE / "triggers.sql").read_text(encoding="utf-8"), (HERE / "untriggers.sql").read_text(encoding="utf-8")
        )
    ]
