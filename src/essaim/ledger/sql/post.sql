-- Entries with their postings in one statement, so that both statement-level checks see all of it.
-- Keys must differ within a call. Returns one row per key, written now or standing already.
CREATE FUNCTION ledger_post(
    keys text[], kinds text[], memos text[], evidences text[], fingerprints text[], line_counts int[],
    undone bigint[], activities bigint[], at_ timestamptz, author bigint,
    entry_numbers int[], accounts bigint[], amounts bigint[]
) RETURNS TABLE (number int, id bigint, fingerprint text, is_new boolean) LANGUAGE plpgsql
-- Planned anew each time, for one entry or for ten thousand: the planner takes any array for a short one, and what
-- is quick for a few rows compares ten thousand with ten thousand one by one. Both settings end with the call.
SET plan_cache_mode = force_custom_plan SET enable_nestloop = on AS $$
#variable_conflict use_column
DECLARE
    new_entries int;
BEGIN
    IF cardinality(keys) > 100 THEN
        SET LOCAL enable_nestloop = off;
    END IF;
    PERFORM ledger_lock(accounts, amounts);
    RETURN QUERY
    WITH given AS (
        SELECT * FROM unnest(keys, kinds, memos, evidences, fingerprints, line_counts, undone, activities)
            WITH ORDINALITY AS g(key, kind, memo, evidence, fingerprint, lines, reverses_id, activity_id, number)
    ), entries AS (
        INSERT INTO ledger_journalentry
            (key, kind, memo, evidence, fingerprint, lines, reverses_id, activity_id, author_id, at)
        SELECT key, kind, memo, evidence, fingerprint, lines, reverses_id, activity_id, author, at_
        FROM given ORDER BY number
        ON CONFLICT (key) DO NOTHING
        RETURNING ledger_journalentry.id, ledger_journalentry.key, ledger_journalentry.fingerprint
    ), postings AS (
        INSERT INTO ledger_posting (entry_id, account_id, amount)
        SELECT e.id, p.account, p.amount
        FROM unnest(entry_numbers, accounts, amounts) WITH ORDINALITY AS p(number, account, amount, place)
        JOIN given g ON g.number = p.number
        JOIN entries e ON e.key = g.key
        ORDER BY p.place
    )
    SELECT g.number::int, e.id, e.fingerprint::text, true
    FROM entries e JOIN given g ON g.key = e.key;
    GET DIAGNOSTICS new_entries = ROW_COUNT;
    IF new_entries = cardinality(keys) THEN
        RETURN;
    END IF;
    -- A second statement has a snapshot of its own: it sees the key another session has just written.
    RETURN QUERY
    SELECT g.number::int, e.id, e.fingerprint::text, false
    FROM (SELECT * FROM ledger_journalentry WHERE key = ANY (keys)) e
    JOIN unnest(keys) WITH ORDINALITY AS g(key, number) ON g.key = e.key;
END $$;
