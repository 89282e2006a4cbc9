"""What pledges add up to, kept by triggers; the SQL stands beside this file."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

TALLIES = (Path(__file__).resolve().parent / "tallies.sql").read_text(encoding="utf-8")

# What stands already, counted once.
COUNTED = """
INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
SELECT campaign_id, facet, name, sum(n), sum(worth) FROM (
  SELECT campaign_id, facet, label AS name, 1 AS n, worth FROM (
    SELECT *, CASE state WHEN 'paid' THEN captured - refunded - lost - credited - given ELSE amount END AS worth
    FROM crowdfunding_pledge WHERE state IN ('held', 'paid')) counted
  CROSS JOIN LATERAL (VALUES
    ('all', '', true),
    ('time', to_char(date_bin('15 minutes', confirmed_at, 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), true),
    ('place', place, place <> ''), ('country', country, country <> ''), ('wall', '', on_wall AND NOT anonymous)
  ) AS told(facet, label, is_told) WHERE is_told
  UNION ALL
  SELECT g.campaign_id, 'tier', l.tier_id::text, l.quantity, 0
  FROM crowdfunding_pledgeline l JOIN crowdfunding_pledge g ON g.id = l.pledge_id AND g.state IN ('held', 'paid')
  WHERE l.holds
  UNION ALL
  SELECT campaign_id, 'matched', '', 0, amount FROM crowdfunding_match WHERE amount > 0
) parts GROUP BY 1, 2, 3;
"""

UNDO = """
DROP FUNCTION crowdfunding_pledges_tallied, crowdfunding_lines_tallied, crowdfunding_matches_tallied CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("crowdfunding", "0004_story_pictures"), ("initiatives", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "facet",
                    models.CharField(
                        choices=[
                            ("all", "All"),
                            ("time", "Time"),
                            ("place", "Place"),
                            ("country", "Country"),
                            ("wall", "Wall"),
                            ("tier", "Tier"),
                            ("matched", "Matched"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80)),
                ("n", models.BigIntegerField(default=0)),
                ("amount", models.BigIntegerField(default=0)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("campaign", "facet", "name"), name="tally_once")],
            },
        ),
        migrations.RunSQL(COUNTED + TALLIES, UNDO),
    ]
