from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).parent / "sql" / "guards.sql").read_text()
UNDO = """
DROP TRIGGER append_only ON products_sale;
DROP TRIGGER append_only ON products_royaltyshare;
DROP TRIGGER shares_within_rate ON products_product;
DROP TRIGGER shares_within_rate ON products_royaltyshare;
DROP FUNCTION products_append_only();
DROP FUNCTION products_shares_within_rate();
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, UNDO)]
