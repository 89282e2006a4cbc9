-- Nobody stays in what runs and plans stored: one statement for a no, an erasure, a claim by somebody who said no.
-- A circle that loses people is told of with those who are left.
CREATE FUNCTION influence_forget(gone bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('essaim.influence'));
    DELETE FROM influence_figures WHERE node = ANY(gone);
    DELETE FROM influence_seed WHERE node = ANY(gone);
    WITH vacated AS (
        DELETE FROM influence_seat WHERE node = ANY(gone) RETURNING circle_id, node
    ), fewer AS (
        SELECT circle_id, count(*) AS people, count(*) FILTER (WHERE node > 0) AS members FROM vacated GROUP BY 1
    )
    UPDATE influence_circle c SET size = c.size - f.people, members = c.members - f.members
    FROM fewer f WHERE c.id = f.circle_id;
    DELETE FROM influence_tie WHERE source = ANY(gone) OR target = ANY(gone);
END
$$;

CREATE FUNCTION influence_voices_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM influence_forget(array_agg(-id)) FROM gone HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER influence_voices_leave AFTER DELETE ON listening_voice
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION influence_voices_erased();

CREATE FUNCTION influence_claim_proved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM influence_consenting WHERE member_id = NEW.member_id) THEN
        PERFORM influence_forget(ARRAY[-NEW.voice_id]);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER influence_claim_silences AFTER INSERT OR UPDATE OF proved_at, ended_at ON listening_claim
    FOR EACH ROW WHEN (NEW.proved_at IS NOT NULL AND NEW.ended_at IS NULL)
    EXECUTE FUNCTION influence_claim_proved();
