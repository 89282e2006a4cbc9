-- Every statement that writes cheers says by how much it moved the counts, in a row per camp and minute,
-- whoever runs it: what the fold sums up is exact.
CREATE FUNCTION cheer_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO cheer_shift (campaign_id, phase_id, camp_id, kind, minute, by)
  SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at), count(*)
  FROM fresh GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;

CREATE TRIGGER cheer_came AFTER INSERT ON cheer_cheer
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cheer_came();

-- A cheer that changes sides keeps its minute: the old side loses what the new one wins.
CREATE FUNCTION cheer_turned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM after) THEN  -- most batches change nothing, and this is asked after each
    RETURN NULL;
  END IF;
  INSERT INTO cheer_shift (campaign_id, phase_id, camp_id, kind, minute, by)
  SELECT campaign_id, phase_id, camp_id, kind, minute, sum(by) FROM (
    SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at) AS minute, 1 AS by FROM after
    UNION ALL
    SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at), -1 FROM before
  ) moved GROUP BY 1, 2, 3, 4, 5 HAVING sum(by) <> 0;
  RETURN NULL;
END $$;

CREATE TRIGGER cheer_turned AFTER UPDATE ON cheer_cheer
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION cheer_turned();

CREATE FUNCTION cheer_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO cheer_shift (campaign_id, phase_id, camp_id, kind, minute, by)
  SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at), -count(*)
  FROM gone GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;

CREATE TRIGGER cheer_went AFTER DELETE ON cheer_cheer
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION cheer_went();

-- What is cheered for stays: the other half of the constraints that cheers do without.
CREATE FUNCTION cheer_keeps_camp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM cheer_cheer WHERE campaign_id = OLD.campaign_id AND camp_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'camp ' || OLD.id || ' is cheered for';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER cheer_keeps_camp BEFORE DELETE ON cheer_camp FOR EACH ROW EXECUTE FUNCTION cheer_keeps_camp();

CREATE FUNCTION cheer_keeps_phase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM cheer_cheer WHERE phase_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'phase ' || OLD.id || ' has cheers';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER cheer_keeps_phase BEFORE DELETE ON initiatives_phase
  FOR EACH ROW EXECUTE FUNCTION cheer_keeps_phase();
