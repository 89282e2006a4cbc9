"""The database itself keeps what was agreed to: evidence, acceptances and consents are written once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION people_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER evidence_written_once BEFORE UPDATE OR DELETE ON people_evidence
  FOR EACH ROW EXECUTE FUNCTION people_written_once();
CREATE TRIGGER acceptance_written_once BEFORE UPDATE OR DELETE ON people_acceptance
  FOR EACH ROW EXECUTE FUNCTION people_written_once();
CREATE TRIGGER consent_written_once BEFORE UPDATE OR DELETE ON people_consent
  FOR EACH ROW EXECUTE FUNCTION people_written_once();

ALTER TABLE people_evidence ADD CONSTRAINT evidence_hash_is_the_texts
  CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
"""

UNGUARD = """
ALTER TABLE people_evidence DROP CONSTRAINT evidence_hash_is_the_texts;
DROP TRIGGER evidence_written_once ON people_evidence;
DROP TRIGGER acceptance_written_once ON people_acceptance;
DROP TRIGGER consent_written_once ON people_consent;
DROP FUNCTION people_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
