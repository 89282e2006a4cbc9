"""The equation of every campaign, for the check of the books: what came in is what went out plus what is left."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.ledger import checks, words

# Rows (what pledges say) beside lines (what the books say). One row per campaign whose two sides differ.
EQUATION = """
WITH said AS (
  SELECT campaign_id AS id, sum(captured - refunded - lost - credited - given) AS net
  FROM crowdfunding_pledge GROUP BY campaign_id
), jar AS (
  SELECT a.initiative_id AS id, -sum(p.amount) AS held
  FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id WHERE a.role = 'escrow' GROUP BY 1
), own AS (
  SELECT split_part(e.key, ':', 2)::bigint AS id, -sum(p.amount) AS moved
  FROM ledger_journalentry e JOIN ledger_posting p ON p.entry_id = e.id JOIN ledger_account a ON a.id = p.account_id
  WHERE e.key LIKE 'crowdfunding:%' AND a.role = 'escrow'
    AND e.kind IN ('crowdfunding.settle', 'crowdfunding.recall', 'crowdfunding.match') GROUP BY 1
), lost AS (
  SELECT g.campaign_id AS id, sum(p.amount) AS borne
  FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id JOIN ledger_journalentry e ON e.id = p.entry_id
  JOIN ledger_payment y ON e.evidence = y.provider || ' ' || y.reference
  JOIN crowdfunding_charge c ON c.payment_id = y.id JOIN crowdfunding_pledge g ON g.id = c.pledge_id
  WHERE a.role = 'house' AND a.name = 'losses' GROUP BY 1
)
SELECT i.slug FROM initiatives_initiative i
LEFT JOIN said ON said.id = i.id LEFT JOIN jar ON jar.id = i.id
LEFT JOIN own ON own.id = i.id LEFT JOIN lost ON lost.id = i.id
WHERE i.mechanism = 'crowdfunding'
  AND coalesce(said.net, 0) + coalesce(lost.borne, 0) + coalesce(own.moved, 0) <> coalesce(jar.held, 0)
"""

PLACES = """
SELECT t.id || ' ' || t.title FROM crowdfunding_tier t JOIN crowdfunding_pledgeline l ON l.tier_id = t.id AND l.holds
JOIN crowdfunding_pledge g ON g.id = l.pledge_id AND g.state IN ('held', 'paid')
WHERE t.stock IS NOT NULL GROUP BY t.id HAVING sum(l.quantity) > t.stock
"""

# Every count kept with the pledges beside the pledges counted again. One row per count that differs.
TALLIES = """
WITH counted AS (
  SELECT *, CASE state WHEN 'paid' THEN captured - refunded - lost - credited - given ELSE amount END AS worth
  FROM crowdfunding_pledge WHERE state IN ('held', 'paid')
), again AS (
  SELECT campaign_id, facet, name, sum(n) AS n, sum(worth) AS amount FROM (
    SELECT campaign_id, facet, label AS name, 1 AS n, worth FROM counted CROSS JOIN LATERAL (VALUES
      ('all', '', true),
      ('time', to_char(date_bin('15 minutes', confirmed_at, 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'),
       true),
      ('place', place, place <> ''), ('country', country, country <> ''), ('wall', '', on_wall AND NOT anonymous)
    ) AS told(facet, label, is_told) WHERE is_told
    UNION ALL
    SELECT g.campaign_id, 'tier', l.tier_id::text, l.quantity, 0
    FROM counted g JOIN crowdfunding_pledgeline l ON l.pledge_id = g.id AND l.holds
    UNION ALL
    SELECT campaign_id, 'matched', '', 0, amount FROM crowdfunding_match
  ) parts GROUP BY 1, 2, 3
)
SELECT concat_ws(' ', campaign_id, facet, name)
FROM again FULL JOIN crowdfunding_tally kept USING (campaign_id, facet, name)
WHERE coalesce(again.n, 0) <> coalesce(kept.n, 0) OR coalesce(again.amount, 0) <> coalesce(kept.amount, 0)
"""


def register() -> None:
    checks.ask("crowdfunding", _("The campaign's pledges and the books do not agree."), EQUATION)
    checks.ask("crowdfunding-stock", _("More of a reward is promised than there is."), PLACES)
    checks.ask("crowdfunding-tallies", _("What is shown of a campaign is not what its pledges add up to."), TALLIES)
    words.declare_kinds(
        {
            "crowdfunding.settle": _("Campaign settled"),
            "crowdfunding.recall": _("Settled money called back, to be paid back"),
            "crowdfunding.offline": _("Pledge received by hand"),
            "crowdfunding.back": _("Pledge paid back by hand"),
            "crowdfunding.credit": _("Pledge kept as a credit"),
            "crowdfunding.gift": _("Pledge given to the house"),
            "crowdfunding.match": _("Added by a sponsor’s pot"),
            "crowdfunding.pot": _("Sponsor’s pot"),
        }
    )
