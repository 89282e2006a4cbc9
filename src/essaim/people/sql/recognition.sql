-- Who keeps sessions in mind (essaim.people.recognition) hears at once when one no longer holds:
-- the member was shut out, erased, or has another password; the session was ended.
CREATE FUNCTION people_member_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('people_recognition', 'member:' || NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER people_member_changed AFTER UPDATE OF password, is_active ON people_member
  FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password OR OLD.is_active IS DISTINCT FROM NEW.is_active)
  EXECUTE FUNCTION people_member_changed();

-- The channel is open to whoever can read the database's notices: a session's key is told as its hash.
CREATE FUNCTION people_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('people_recognition', 'session:' || encode(sha256(convert_to(OLD.session_key, 'UTF8')), 'hex'));
  RETURN NULL;
END $$;

CREATE TRIGGER people_session_ended AFTER DELETE ON django_session
  FOR EACH ROW EXECUTE FUNCTION people_session_ended();
