-- What changes under the graph without a new mention: a post deleted or gone, a voice claimed or erased.
CREATE FUNCTION influence_month(moment timestamptz) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(year FROM moment AT TIME ZONE 'UTC')::int * 12
            + extract(month FROM moment AT TIME ZONE 'UTC')::int - 1)::smallint
$$;

CREATE FUNCTION influence_mention_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO influence_stale (voice_id, month)
    SELECT OLD.voice_id, influence_month(OLD.published_at) WHERE OLD.voice_id IS NOT NULL
    UNION
    SELECT c.voice_id, influence_month(c.published_at) FROM listening_mention c
    WHERE c.parent_id = OLD.id AND c.voice_id IS NOT NULL;
    RETURN NULL;
END
$$;

CREATE TRIGGER influence_mention_gone AFTER UPDATE OF gone_at, parent_id ON listening_mention
    FOR EACH ROW WHEN (OLD.gone_at IS DISTINCT FROM NEW.gone_at OR OLD.parent_id > NEW.parent_id
                       OR OLD.parent_id IS NOT NULL AND NEW.parent_id IS NULL)
    EXECUTE FUNCTION influence_mention_changed();
CREATE TRIGGER influence_mention_deleted AFTER DELETE ON listening_mention
    FOR EACH ROW EXECUTE FUNCTION influence_mention_changed();

CREATE FUNCTION influence_voice_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'listening_voice' THEN
        INSERT INTO influence_stale (voice_id) VALUES (OLD.id);
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO influence_stale (voice_id) VALUES (OLD.voice_id);
    ELSE
        INSERT INTO influence_stale (voice_id) VALUES (NEW.voice_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER influence_voice_erased AFTER DELETE ON listening_voice
    FOR EACH ROW EXECUTE FUNCTION influence_voice_changed();
CREATE TRIGGER influence_claim_changed AFTER INSERT OR UPDATE OR DELETE ON listening_claim
    FOR EACH ROW EXECUTE FUNCTION influence_voice_changed();
