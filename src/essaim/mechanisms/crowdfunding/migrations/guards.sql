-- A campaign has one outcome, and passes its minimum once.
CREATE FUNCTION crowdfunding_outcome_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.outcome <> '' AND (NEW.outcome, NEW.closed_at, NEW.raised, NEW.backers)
      IS DISTINCT FROM (OLD.outcome, OLD.closed_at, OLD.raised, OLD.backers)
    OR OLD.passed_at IS NOT NULL AND (NEW.passed_at IS DISTINCT FROM OLD.passed_at OR NEW.outcome = 'failed')
  THEN
    RAISE EXCEPTION 'the outcome of campaign % is written', OLD.initiative_id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'campaign_one_outcome';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER crowdfunding_campaign_outcome
  BEFORE UPDATE ON crowdfunding_campaign FOR EACH ROW EXECUTE FUNCTION crowdfunding_outcome_kept();

-- The legal mode of a campaign was chosen at its creation.
CREATE FUNCTION crowdfunding_mode_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.rules -> 'legal_mode' IS DISTINCT FROM OLD.rules -> 'legal_mode' THEN
    RAISE EXCEPTION 'the legal mode of campaign % is frozen', OLD.slug
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'campaign_mode_frozen';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER crowdfunding_initiative_mode
  BEFORE UPDATE OF rules ON initiatives_initiative FOR EACH ROW
  WHEN (OLD.mechanism = 'crowdfunding') EXECUTE FUNCTION crowdfunding_mode_kept();

-- A reward never has more places taken by pledges that count than there are. The campaign's lock already sees to it.
CREATE FUNCTION crowdfunding_stock_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  over text;
BEGIN
  IF NEW.state NOT IN ('held', 'paid') OR OLD.state IN ('held', 'paid') THEN
    RETURN NEW;
  END IF;
  SELECT t.title INTO over FROM crowdfunding_pledgeline mine JOIN crowdfunding_tier t ON t.id = mine.tier_id
  WHERE mine.pledge_id = NEW.id AND mine.holds AND t.stock IS NOT NULL AND t.stock < (
    SELECT sum(l.quantity) FROM crowdfunding_pledgeline l JOIN crowdfunding_pledge g ON g.id = l.pledge_id
    WHERE l.tier_id = t.id AND l.holds AND (g.state IN ('held', 'paid') OR g.id = NEW.id)) LIMIT 1;
  IF over IS NOT NULL THEN
    RAISE EXCEPTION 'more of "%" is promised than there is', over
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tier_stock';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER crowdfunding_pledge_stock
  BEFORE UPDATE OF state ON crowdfunding_pledge FOR EACH ROW EXECUTE FUNCTION crowdfunding_stock_kept();

-- What was settled, what was said about delays, and money by hand are only ever added to.
CREATE FUNCTION crowdfunding_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER crowdfunding_settlement_kept
  BEFORE UPDATE OR DELETE ON crowdfunding_settlement
  FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_append_only();
CREATE TRIGGER crowdfunding_delay_kept
  BEFORE UPDATE OR DELETE ON crowdfunding_delay
  FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_append_only();
CREATE TRIGGER crowdfunding_potmovement_kept
  BEFORE UPDATE OR DELETE ON crowdfunding_potmovement
  FOR EACH STATEMENT EXECUTE FUNCTION crowdfunding_append_only();

-- A payment by hand is confirmed once, and keeps its amount.
CREATE FUNCTION crowdfunding_offline_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL
    OR (NEW.amount, NEW.way, NEW.pledge_id, NEW.entered_by_id) IS DISTINCT FROM
       (OLD.amount, OLD.way, OLD.pledge_id, OLD.entered_by_id)
  THEN
    RAISE EXCEPTION 'money by hand keeps what was written' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER crowdfunding_offlinemoney_kept
  BEFORE UPDATE OR DELETE ON crowdfunding_offlinemoney FOR EACH ROW EXECUTE FUNCTION crowdfunding_offline_kept();
