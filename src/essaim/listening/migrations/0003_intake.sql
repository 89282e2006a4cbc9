-- Foreign keys would look up and lock the source and the voice of each mention, row by row: half the time of an
-- intake. Only intake writes mentions, in the transaction that has just written their voices; here is the other
-- half of the promise: what mentions name is not deleted.
ALTER TABLE listening_mention DROP CONSTRAINT listening_mention_source_id_fkey;
ALTER TABLE listening_mention DROP CONSTRAINT listening_mention_voice_id_fkey;
DROP INDEX listening_mention_waiting;

CREATE FUNCTION listening_voice_is_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM listening_mention WHERE voice_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'mentions name this voice';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER listening_voice_is_heard BEFORE DELETE ON listening_voice
    FOR EACH ROW EXECUTE FUNCTION listening_voice_is_heard();

CREATE FUNCTION listening_source_is_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM listening_mention WHERE source_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'mentions come from this source';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER listening_source_is_read BEFORE DELETE ON listening_source
    FOR EACH ROW EXECUTE FUNCTION listening_source_is_read();

-- Words are folded, not stemmed: the language of a mention is known later, and a search finds beginnings of words.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH CONFIGURATION listening (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION listening
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
