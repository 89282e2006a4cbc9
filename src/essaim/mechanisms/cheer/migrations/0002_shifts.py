"""Cheers say by how much they move the counts; the SQL stands in `../sql/`."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "shifts.sql"

UNDO = """
DROP TRIGGER cheer_came ON cheer_cheer;
DROP TRIGGER cheer_turned ON cheer_cheer;
DROP TRIGGER cheer_went ON cheer_cheer;
DROP TRIGGER cheer_keeps_camp ON cheer_camp;
DROP TRIGGER cheer_keeps_phase ON initiatives_phase;
DROP FUNCTION cheer_came, cheer_turned, cheer_went, cheer_keeps_camp, cheer_keeps_phase;
"""


class Migration(migrations.Migration):
    dependencies = [("cheer", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO)]
