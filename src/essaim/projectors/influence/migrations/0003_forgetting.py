"""Whoever leaves the map leaves what runs and plans stored, in the transaction in which he leaves."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent


class Migration(migrations.Migration):
    dependencies = [("influence", "0002_triggers")]
    operations = [
        migrations.RunSQL(
            (HERE / "forgetting.sql").read_text(encoding="utf-8"),
            (HERE / "unforgetting.sql").read_text(encoding="utf-8"),
        )
    ]
