"""The triggers that guard the books, and the function that writes them; the SQL stands in `../sql/`."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"

UNDO = """
DROP FUNCTION ledger_post;
DROP TRIGGER ledger_postings_checked ON ledger_posting;
DROP TRIGGER ledger_postings_kept ON ledger_posting;
DROP TRIGGER ledger_entries_checked ON ledger_journalentry;
DROP TRIGGER ledger_entries_kept ON ledger_journalentry;
DROP TRIGGER ledger_seals_kept ON ledger_seal;
DROP TRIGGER ledger_accounts_stay ON ledger_account;
DROP TRIGGER ledger_account_kept ON ledger_account;
DROP FUNCTION ledger_check_postings, ledger_check_entries, ledger_lock, ledger_refuse, ledger_check_account;
GRANT UPDATE, DELETE ON ledger_posting, ledger_journalentry, ledger_seal, ledger_account TO CURRENT_USER;
"""


def guards(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(guards("guards.sql"), UNDO),
        migrations.RunSQL(guards("post.sql"), migrations.RunSQL.noop),
    ]
