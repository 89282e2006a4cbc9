"""Sessions that no longer hold are told of at once; the SQL stands in `../sql/`."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "recognition.sql"

UNDO = """
DROP TRIGGER people_session_ended ON django_session;
DROP TRIGGER people_member_changed ON people_member;
DROP FUNCTION people_session_ended, people_member_changed;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_append_only"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO)]
