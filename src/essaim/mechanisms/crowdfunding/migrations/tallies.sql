-- What pledges add up to follows every statement that writes pledges, lines or matches: what it took away and what it
-- added, summed, is one small change for each count that moved.

-- Each row as it is now (sign 1) and as it was (-1).
CREATE FUNCTION crowdfunding_pledges_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM now_there'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM was_there'
    ELSE 'SELECT 1 AS sign, * FROM now_there UNION ALL SELECT -1 AS sign, * FROM was_there' END;
BEGIN
  EXECUTE format($query$
    WITH counted AS (
      SELECT *, CASE state WHEN 'paid' THEN captured - refunded - lost - credited - given ELSE amount END AS worth
      FROM (%s) moved WHERE state IN ('held', 'paid')
    ), turned AS (
      SELECT campaign_id, id, sum(sign) AS sign FROM counted GROUP BY campaign_id, id HAVING sum(sign) <> 0
    )
    INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
    SELECT campaign_id, facet, name, sum(n), sum(worth) FROM (
      SELECT campaign_id, facet, label AS name, sign AS n, sign * worth AS worth
      FROM counted CROSS JOIN LATERAL (VALUES
        ('all', '', true),
        ('time', to_char(date_bin('15 minutes', confirmed_at, 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), true),
        ('place', place, place <> ''),
        ('country', country, country <> ''),
        ('wall', '', on_wall AND NOT anonymous)
      ) AS told(facet, label, is_told) WHERE is_told
      UNION ALL
      SELECT turned.campaign_id, 'tier', l.tier_id::text, turned.sign * l.quantity, 0
      FROM turned JOIN crowdfunding_pledgeline l ON l.pledge_id = turned.id AND l.holds
    ) parts
    GROUP BY campaign_id, facet, name HAVING sum(n) <> 0 OR sum(worth) <> 0
    ORDER BY campaign_id, facet, name
    ON CONFLICT (campaign_id, facet, name) DO UPDATE
      SET n = crowdfunding_tally.n + excluded.n, amount = crowdfunding_tally.amount + excluded.amount
  $query$, moved);
  RETURN NULL;
END $$;

CREATE FUNCTION crowdfunding_lines_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM now_there'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM was_there'
    ELSE 'SELECT 1 AS sign, * FROM now_there UNION ALL SELECT -1 AS sign, * FROM was_there' END;
BEGIN
  EXECUTE format($query$
    INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
    SELECT g.campaign_id, 'tier', l.tier_id::text, sum(l.sign * l.quantity), 0
    FROM (%s) l JOIN crowdfunding_pledge g ON g.id = l.pledge_id AND g.state IN ('held', 'paid')
    WHERE l.holds GROUP BY 1, 2, 3 HAVING sum(l.sign * l.quantity) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (campaign_id, facet, name) DO UPDATE SET n = crowdfunding_tally.n + excluded.n
  $query$, moved);
  RETURN NULL;
END $$;

CREATE FUNCTION crowdfunding_matches_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM now_there'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM was_there'
    ELSE 'SELECT 1 AS sign, * FROM now_there UNION ALL SELECT -1 AS sign, * FROM was_there' END;
BEGIN
  EXECUTE format($query$
    INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
    SELECT campaign_id, 'matched', '', 0, sum(sign * amount) FROM (%s) moved
    GROUP BY campaign_id HAVING sum(sign * amount) <> 0 ORDER BY campaign_id
    ON CONFLICT (campaign_id, facet, name) DO UPDATE SET amount = crowdfunding_tally.amount + excluded.amount
  $query$, moved);
  RETURN NULL;
END $$;

CREATE TRIGGER crowdfunding_pledges_tallied_new AFTER INSERT ON crowdfunding_pledge
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_pledges_tallied();
CREATE TRIGGER crowdfunding_pledges_tallied_changed AFTER UPDATE ON crowdfunding_pledge
  REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
  FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_pledges_tallied();
CREATE TRIGGER crowdfunding_pledges_tallied_gone AFTER DELETE ON crowdfunding_pledge
  REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_pledges_tallied();
CREATE TRIGGER crowdfunding_lines_tallied_new AFTER INSERT ON crowdfunding_pledgeline
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_lines_tallied();
CREATE TRIGGER crowdfunding_lines_tallied_changed AFTER UPDATE ON crowdfunding_pledgeline
  REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
  FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_lines_tallied();
CREATE TRIGGER crowdfunding_lines_tallied_gone AFTER DELETE ON crowdfunding_pledgeline
  REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_lines_tallied();
CREATE TRIGGER crowdfunding_matches_tallied_new AFTER INSERT ON crowdfunding_match
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_matches_tallied();
CREATE TRIGGER crowdfunding_matches_tallied_changed AFTER UPDATE ON crowdfunding_match
  REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
  FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_matches_tallied();
CREATE TRIGGER crowdfunding_matches_tallied_gone AFTER DELETE ON crowdfunding_match
  REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_matches_tallied();
