"""What constraints cannot say is said by triggers; the SQL stands beside this file."""

from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).resolve().parent / "guards.sql").read_text(encoding="utf-8")

UNDO = """
DROP TRIGGER contest_ballotbox_sealed ON contest_ballotbox;
DROP TRIGGER contest_awarddecision_kept ON contest_awarddecision;
DROP TRIGGER contest_rungreached_kept ON contest_rungreached;
DROP TRIGGER contest_ballotline_kept ON contest_ballotline;
DROP TRIGGER contest_authorship_whole ON contest_authorship;
DROP FUNCTION contest_seal_kept, contest_append_only, contest_shares_whole;
"""


class Migration(migrations.Migration):
    dependencies = [("contest", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, UNDO)]
