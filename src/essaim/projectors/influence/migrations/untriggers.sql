DROP TRIGGER influence_mention_gone ON listening_mention;
DROP TRIGGER influence_mention_deleted ON listening_mention;
DROP TRIGGER influence_voice_erased ON listening_voice;
DROP TRIGGER influence_claim_changed ON listening_claim;
DROP FUNCTION influence_mention_changed();
DROP FUNCTION influence_voice_changed();
DROP FUNCTION influence_month(timestamptz);
