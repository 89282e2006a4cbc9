"""Who looked at whom cannot be changed, nor forgotten before a year has passed."""

from django.db import migrations

KEPT = """
CREATE FUNCTION listening_look_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR OLD.at > now() - interval '1 year' THEN
        RAISE check_violation USING MESSAGE = 'who looked at whom is kept for a year';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER listening_look_is_kept BEFORE UPDATE OR DELETE ON listening_look
    FOR EACH ROW EXECUTE FUNCTION listening_look_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("listening", "0005_law")]
    operations = [migrations.RunSQL(KEPT, "DROP FUNCTION listening_look_is_kept CASCADE")]
