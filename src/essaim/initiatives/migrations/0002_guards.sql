-- Rules freeze at the opening. Afterwards they change only together with a published amendment that holds
-- exactly the rules before and after; and an amendment, once published, is never rewritten.

CREATE FUNCTION initiative_rules_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.frozen_at IS DISTINCT FROM OLD.frozen_at OR NEW.opened_at IS DISTINCT FROM OLD.opened_at
        OR NEW.mechanism <> OLD.mechanism
    THEN
        RAISE EXCEPTION 'initiative % is open: its opening and its mechanism stay', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.rules <> OLD.rules OR NEW.rules_version <> OLD.rules_version) AND NOT EXISTS (
        SELECT FROM initiatives_amendment
        WHERE initiative_id = OLD.id AND version = NEW.rules_version AND version = OLD.rules_version + 1
            AND rules_before = OLD.rules AND rules_after = NEW.rules
    )
    THEN
        RAISE EXCEPTION 'the rules of initiative % are frozen', OLD.id
            USING ERRCODE = 'restrict_violation', HINT = 'Publish an amendment in the same transaction.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION amendment_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'amendments are never rewritten (%)', TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Publish another amendment.';
END $$;

CREATE TRIGGER initiative_frozen BEFORE UPDATE ON initiatives_initiative
    FOR EACH ROW EXECUTE FUNCTION initiative_rules_frozen();
CREATE TRIGGER amendment_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON initiatives_amendment
    FOR EACH STATEMENT EXECUTE FUNCTION amendment_is_kept();
