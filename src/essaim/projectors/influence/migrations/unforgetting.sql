DROP TRIGGER influence_voices_leave ON listening_voice;
DROP TRIGGER influence_claim_silences ON listening_claim;
DROP FUNCTION influence_voices_erased();
DROP FUNCTION influence_claim_proved();
DROP FUNCTION influence_forget(bigint[]);
