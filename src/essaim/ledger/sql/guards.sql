-- What the books never do, whoever writes: stand unbalanced, change, lose a line, drop below a floor.

-- Postings of one statement: the touched entries are whole and balanced, then balances and floors follow.
-- EXECUTE plans each time anew: a plan kept from one entry would crawl over ten thousand, and the other way round.
CREATE FUNCTION ledger_check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken text;
BEGIN
    EXECUTE $query$
    SELECT coalesce(e.key, 'without a row')
    FROM (
        SELECT p.entry_id, a.unit, sum(p.amount) AS total, count(*) AS lines,
               bool_or(a.code = 'house:exchange:' || a.unit) AS exchanged
        FROM ledger_posting p LEFT JOIN ledger_account a ON a.id = p.account_id
        WHERE p.entry_id IN (SELECT DISTINCT entry_id FROM written)
        GROUP BY p.entry_id, a.unit
    ) per_unit
    LEFT JOIN ledger_journalentry e ON e.id = per_unit.entry_id
    GROUP BY per_unit.entry_id, e.id
    HAVING e.id IS NULL OR bool_or(unit IS NULL) OR bool_or(total <> 0) OR sum(per_unit.lines) <> max(e.lines) OR (count(*) > 1 AND NOT bool_and(exchanged))
    LIMIT 1
    $query$ INTO broken;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'entry % is unbalanced, incomplete or mixes units', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';
    END IF;

    PERFORM ledger_lock(array_agg(account_id), array_agg(amount)) FROM written;
    EXECUTE $query$
    UPDATE ledger_account a
    SET balance = a.balance + CASE WHEN a.kind IN ('asset', 'expense') THEN moved.amount ELSE -moved.amount END
    FROM (SELECT account_id, sum(amount)::bigint AS amount FROM written GROUP BY account_id) moved
    WHERE a.id = moved.account_id AND NOT a.summed
    $query$;

    EXECUTE $query$
    SELECT a.code
    FROM ledger_account a
    JOIN (SELECT account_id, bool_or(amount > 0) AS debited, bool_or(amount < 0) AS credited
          FROM written GROUP BY account_id) moved ON moved.account_id = a.id
    WHERE a.summed AND a.floor IS NOT NULL
      AND CASE WHEN a.kind IN ('asset', 'expense') THEN moved.credited ELSE moved.debited END
      AND (SELECT sum(CASE WHEN a.kind IN ('asset', 'expense') THEN p.amount ELSE -p.amount END)
           FROM ledger_posting p WHERE p.account_id = a.id) < a.floor
    LIMIT 1
    $query$ INTO broken;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'account % would fall below its floor', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_floor', DETAIL = broken;
    END IF;
    RETURN NULL;
END $$;

-- Lock, in id order, the rows whose balance is kept and the summed ones that have a floor and are drawn on.
CREATE FUNCTION ledger_lock(accounts bigint[], amounts bigint[]) RETURNS void LANGUAGE sql AS $$
    SELECT NULL::void FROM (
        SELECT count(*) FROM (
            SELECT a.id
            FROM ledger_account a
            JOIN (SELECT account, bool_or(amount > 0) AS debited, bool_or(amount < 0) AS credited
                  FROM unnest(accounts, amounts) AS u(account, amount) GROUP BY account) moved
              ON moved.account = a.id
            WHERE NOT a.summed
               OR (a.floor IS NOT NULL
                   AND CASE WHEN a.kind IN ('asset', 'expense') THEN moved.credited ELSE moved.debited END)
            ORDER BY a.id
            FOR NO KEY UPDATE OF a
        ) locked
    ) counted
$$;

-- Entries of one statement: none without its postings, and a reversal mirrors what it reverses.
CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken text;
BEGIN
    EXECUTE $query$
    SELECT w.key FROM written w
    WHERE NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.entry_id = w.id) LIMIT 1
    $query$ INTO broken;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'entry % has no postings', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM written WHERE reverses_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    EXECUTE $query$
    SELECT key FROM (
        SELECT w.key, p.account_id, p.amount FROM written w JOIN ledger_posting p ON p.entry_id = w.id
        WHERE w.reverses_id IS NOT NULL
        UNION ALL
        SELECT w.key, p.account_id, p.amount FROM written w JOIN ledger_posting p ON p.entry_id = w.reverses_id
    ) both_entries GROUP BY key, account_id HAVING sum(amount) <> 0 LIMIT 1
    $query$ INTO broken;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'entry % does not mirror the one it reverses', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_mirrors';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: correct by reversing', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_append_only';
END $$;

-- An account keeps what it was opened as; its balance moves with postings only.
CREATE FUNCTION ledger_check_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance <> 0 THEN
            RAISE EXCEPTION 'account % opens with a balance', NEW.code
                USING ERRCODE = 'check_violation', CONSTRAINT = 'account_kept';
        END IF;
    ELSIF (NEW.balance IS DISTINCT FROM OLD.balance AND pg_trigger_depth() < 2)
        OR (NEW.code, NEW.unit, NEW.kind, NEW.role, NEW.summed, NEW.secret)
           IS DISTINCT FROM (OLD.code, OLD.unit, OLD.kind, OLD.role, OLD.summed, OLD.secret)
        OR (NEW.owner_id, NEW.initiative_id, NEW.floor)
           IS DISTINCT FROM (OLD.owner_id, OLD.initiative_id, OLD.floor) THEN
        RAISE EXCEPTION 'account % keeps what it was opened as', OLD.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_kept';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_postings_checked AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_postings();
CREATE TRIGGER ledger_entries_checked AFTER INSERT ON ledger_journalentry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();
CREATE TRIGGER ledger_postings_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seals_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_accounts_stay BEFORE DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_account_kept BEFORE INSERT OR UPDATE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_check_account();

-- The role that runs the house gives these rights up, guards or not. (Where a foreign key leads to the table, the
-- database needs UPDATE for its own check.)
REVOKE UPDATE, DELETE ON ledger_posting FROM PUBLIC, CURRENT_USER;
REVOKE DELETE ON ledger_journalentry FROM PUBLIC, CURRENT_USER;
REVOKE DELETE ON ledger_account FROM PUBLIC, CURRENT_USER;
REVOKE UPDATE, DELETE ON ledger_seal FROM PUBLIC, CURRENT_USER;
