-- The stream is append-only. One change is allowed, once: an activity becomes a tombstone, that is, `erased_at`
-- is set and payload fields become null. Nothing is deleted, nothing is truncated.

CREATE FUNCTION activity_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'activities are never removed (%)', TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Erase with activity.erasure; correct with a new act.';
END $$;

CREATE FUNCTION activity_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL
        OR (to_jsonb(NEW) - 'payload' - 'erased_at') <> (to_jsonb(OLD) - 'payload' - 'erased_at')
        OR EXISTS (
            SELECT FROM jsonb_each(OLD.payload) AS before FULL JOIN jsonb_each(NEW.payload) AS after USING (key)
            WHERE after.value IS DISTINCT FROM before.value
                AND (before.key IS NULL OR after.value IS DISTINCT FROM 'null'::jsonb)
        )
    THEN
        RAISE EXCEPTION 'activity % changes only when it is erased, once', OLD.id
            USING ERRCODE = 'restrict_violation', HINT = 'Erase with activity.erasure; correct with a new act.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER activity_kept BEFORE DELETE OR TRUNCATE ON activity_activity
    FOR EACH STATEMENT EXECUTE FUNCTION activity_is_kept();
CREATE TRIGGER activity_erased BEFORE UPDATE ON activity_activity
    FOR EACH ROW EXECUTE FUNCTION activity_only_erased();
