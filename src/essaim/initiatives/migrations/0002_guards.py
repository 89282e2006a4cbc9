from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).with_suffix(".sql")
UNDO = """
DROP TRIGGER initiative_frozen ON initiatives_initiative;
DROP TRIGGER amendment_kept ON initiatives_amendment;
DROP FUNCTION initiative_rules_frozen();
DROP FUNCTION amendment_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS.read_text(), UNDO)]
