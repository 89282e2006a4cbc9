"""What constraints cannot say is said by triggers; the SQL stands beside this file."""

from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).resolve().parent / "guards.sql").read_text(encoding="utf-8")

UNDO = """
DROP TRIGGER crowdfunding_offlinemoney_kept ON crowdfunding_offlinemoney;
DROP TRIGGER crowdfunding_potmovement_kept ON crowdfunding_potmovement;
DROP TRIGGER crowdfunding_delay_kept ON crowdfunding_delay;
DROP TRIGGER crowdfunding_settlement_kept ON crowdfunding_settlement;
DROP TRIGGER crowdfunding_pledge_stock ON crowdfunding_pledge;
DROP TRIGGER crowdfunding_initiative_mode ON initiatives_initiative;
DROP TRIGGER crowdfunding_campaign_outcome ON crowdfunding_campaign;
DROP FUNCTION crowdfunding_offline_kept, crowdfunding_append_only, crowdfunding_stock_kept, crowdfunding_mode_kept,
  crowdfunding_outcome_kept;
"""


class Migration(migrations.Migration):
    dependencies = [("crowdfunding", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, UNDO)]
