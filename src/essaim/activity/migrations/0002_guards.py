from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_suffix(".sql")
UNDO = """
DROP TRIGGER activity_kept ON activity_activity;
DROP TRIGGER activity_erased ON activity_activity;
DROP FUNCTION activity_is_kept();
DROP FUNCTION activity_only_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS.read_text(), UNDO)]
