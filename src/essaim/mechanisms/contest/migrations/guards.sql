-- An idea's shares add up to the whole. Checked when the transaction ends, so that a share may pass from one author
-- to another in two statements.
CREATE FUNCTION contest_shares_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked bigint := COALESCE(NEW.idea_id, OLD.idea_id);
  total integer;
BEGIN
  SELECT sum(share) INTO total FROM contest_authorship WHERE idea_id = checked;
  IF total IS NOT NULL AND total <> 10000 THEN
    RAISE EXCEPTION 'shares of idea % add up to % basis points, not 10000', checked, total
      USING ERRCODE = 'check_violation', CONSTRAINT = 'authorship_shares_whole';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER contest_authorship_whole
  AFTER INSERT OR UPDATE OR DELETE ON contest_authorship
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contest_shares_whole();

-- The ballots' history, and what was paid, are only ever added to.
CREATE FUNCTION contest_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER contest_ballotline_kept
  BEFORE UPDATE OR DELETE ON contest_ballotline
  FOR EACH STATEMENT EXECUTE FUNCTION contest_append_only();
CREATE TRIGGER contest_rungreached_kept
  BEFORE UPDATE OR DELETE ON contest_rungreached
  FOR EACH STATEMENT EXECUTE FUNCTION contest_append_only();

CREATE TRIGGER contest_awarddecision_kept
  BEFORE UPDATE OR DELETE ON contest_awarddecision
  FOR EACH STATEMENT EXECUTE FUNCTION contest_append_only();

-- A sealed count is not sealed again.
CREATE FUNCTION contest_seal_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sealed_at IS NOT NULL AND (NEW.seal, NEW.count, NEW.sealed_at) IS DISTINCT FROM (OLD.seal, OLD.count, OLD.sealed_at)
  THEN
    RAISE EXCEPTION 'the count is sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER contest_ballotbox_sealed
  BEFORE UPDATE ON contest_ballotbox FOR EACH ROW EXECUTE FUNCTION contest_seal_kept();
