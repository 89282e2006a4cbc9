-- made by the migrations 26644570cb59da1563a792f469577ac40ee10b651bc51e59165776c204f66e71
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', true);
SET LOCAL check_function_bodies = false;
SET LOCAL xmloption = content;
SET LOCAL client_min_messages = warning;
SET LOCAL row_security = off;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.activity_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'activities are never removed (%)', TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Erase with activity.erasure; correct with a new act.';
END $$;

CREATE FUNCTION public.activity_only_erased() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL
        OR (to_jsonb(NEW) - 'payload' - 'erased_at') <> (to_jsonb(OLD) - 'payload' - 'erased_at')
        OR EXISTS (
            SELECT FROM jsonb_each(OLD.payload) AS before FULL JOIN jsonb_each(NEW.payload) AS after USING (key)
            WHERE after.value IS DISTINCT FROM before.value
                AND (before.key IS NULL OR after.value IS DISTINCT FROM 'null'::jsonb)
        )
    THEN
        RAISE EXCEPTION 'activity % changes only when it is erased, once', OLD.id
            USING ERRCODE = 'restrict_violation', HINT = 'Erase with activity.erasure; correct with a new act.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.amendment_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'amendments are never rewritten (%)', TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Publish another amendment.';
END $$;

CREATE FUNCTION public.cheer_came() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  INSERT INTO cheer_shift (campaign_id, phase_id, camp_id, kind, minute, by)
  SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at), count(*)
  FROM fresh GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;

CREATE FUNCTION public.cheer_keeps_camp() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF EXISTS (SELECT FROM cheer_cheer WHERE campaign_id = OLD.campaign_id AND camp_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'camp ' || OLD.id || ' is cheered for';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION public.cheer_keeps_phase() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF EXISTS (SELECT FROM cheer_cheer WHERE phase_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'phase ' || OLD.id || ' has cheers';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION public.cheer_turned() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM after) THEN  -- most batches change nothing, and this is asked after each
    RETURN NULL;
  END IF;
  INSERT INTO cheer_shift (campaign_id, phase_id, camp_id, kind, minute, by)
  SELECT campaign_id, phase_id, camp_id, kind, minute, sum(by) FROM (
    SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at) AS minute, 1 AS by FROM after
    UNION ALL
    SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at), -1 FROM before
  ) moved GROUP BY 1, 2, 3, 4, 5 HAVING sum(by) <> 0;
  RETURN NULL;
END $$;

CREATE FUNCTION public.cheer_went() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  INSERT INTO cheer_shift (campaign_id, phase_id, camp_id, kind, minute, by)
  SELECT campaign_id, phase_id, camp_id, kind, date_trunc('minute', cast_at), -count(*)
  FROM gone GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;

CREATE FUNCTION public.contest_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.contest_seal_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.sealed_at IS NOT NULL AND (NEW.seal, NEW.count, NEW.sealed_at) IS DISTINCT FROM (OLD.seal, OLD.count, OLD.sealed_at)
  THEN
    RAISE EXCEPTION 'the count is sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.contest_shares_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  checked bigint := COALESCE(NEW.idea_id, OLD.idea_id);
  total integer;
BEGIN
  SELECT sum(share) INTO total FROM contest_authorship WHERE idea_id = checked;
  IF total IS NOT NULL AND total <> 10000 THEN
    RAISE EXCEPTION 'shares of idea % add up to % basis points, not 10000', checked, total
      USING ERRCODE = 'check_violation', CONSTRAINT = 'authorship_shares_whole';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.crowdfunding_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.crowdfunding_lines_tallied() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
  moved text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM now_there'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM was_there'
    ELSE 'SELECT 1 AS sign, * FROM now_there UNION ALL SELECT -1 AS sign, * FROM was_there' END;
BEGIN
  EXECUTE format($query$
    INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
    SELECT g.campaign_id, 'tier', l.tier_id::text, sum(l.sign * l.quantity), 0
    FROM (%s) l JOIN crowdfunding_pledge g ON g.id = l.pledge_id AND g.state IN ('held', 'paid')
    WHERE l.holds GROUP BY 1, 2, 3 HAVING sum(l.sign * l.quantity) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (campaign_id, facet, name) DO UPDATE SET n = crowdfunding_tally.n + excluded.n
  $query$, moved);
  RETURN NULL;
END $_$;

CREATE FUNCTION public.crowdfunding_matches_tallied() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
  moved text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM now_there'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM was_there'
    ELSE 'SELECT 1 AS sign, * FROM now_there UNION ALL SELECT -1 AS sign, * FROM was_there' END;
BEGIN
  EXECUTE format($query$
    INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
    SELECT campaign_id, 'matched', '', 0, sum(sign * amount) FROM (%s) moved
    GROUP BY campaign_id HAVING sum(sign * amount) <> 0 ORDER BY campaign_id
    ON CONFLICT (campaign_id, facet, name) DO UPDATE SET amount = crowdfunding_tally.amount + excluded.amount
  $query$, moved);
  RETURN NULL;
END $_$;

CREATE FUNCTION public.crowdfunding_mode_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NEW.rules -> 'legal_mode' IS DISTINCT FROM OLD.rules -> 'legal_mode' THEN
    RAISE EXCEPTION 'the legal mode of campaign % is frozen', OLD.slug
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'campaign_mode_frozen';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.crowdfunding_offline_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL
    OR (NEW.amount, NEW.way, NEW.pledge_id, NEW.entered_by_id) IS DISTINCT FROM
       (OLD.amount, OLD.way, OLD.pledge_id, OLD.entered_by_id)
  THEN
    RAISE EXCEPTION 'money by hand keeps what was written' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.crowdfunding_outcome_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.outcome <> '' AND (NEW.outcome, NEW.closed_at, NEW.raised, NEW.backers)
      IS DISTINCT FROM (OLD.outcome, OLD.closed_at, OLD.raised, OLD.backers)
    OR OLD.passed_at IS NOT NULL AND (NEW.passed_at IS DISTINCT FROM OLD.passed_at OR NEW.outcome = 'failed')
  THEN
    RAISE EXCEPTION 'the outcome of campaign % is written', OLD.initiative_id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'campaign_one_outcome';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.crowdfunding_pledges_tallied() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
  moved text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM now_there'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM was_there'
    ELSE 'SELECT 1 AS sign, * FROM now_there UNION ALL SELECT -1 AS sign, * FROM was_there' END;
BEGIN
  EXECUTE format($query$
    WITH counted AS (
      SELECT *, CASE state WHEN 'paid' THEN captured - refunded - lost - credited - given ELSE amount END AS worth
      FROM (%s) moved WHERE state IN ('held', 'paid')
    ), turned AS (
      SELECT campaign_id, id, sum(sign) AS sign FROM counted GROUP BY campaign_id, id HAVING sum(sign) <> 0
    )
    INSERT INTO crowdfunding_tally (campaign_id, facet, name, n, amount)
    SELECT campaign_id, facet, name, sum(n), sum(worth) FROM (
      SELECT campaign_id, facet, label AS name, sign AS n, sign * worth AS worth
      FROM counted CROSS JOIN LATERAL (VALUES
        ('all', '', true),
        ('time', to_char(date_bin('15 minutes', confirmed_at, 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), true),
        ('place', place, place <> ''),
        ('country', country, country <> ''),
        ('wall', '', on_wall AND NOT anonymous)
      ) AS told(facet, label, is_told) WHERE is_told
      UNION ALL
      SELECT turned.campaign_id, 'tier', l.tier_id::text, turned.sign * l.quantity, 0
      FROM turned JOIN crowdfunding_pledgeline l ON l.pledge_id = turned.id AND l.holds
    ) parts
    GROUP BY campaign_id, facet, name HAVING sum(n) <> 0 OR sum(worth) <> 0
    ORDER BY campaign_id, facet, name
    ON CONFLICT (campaign_id, facet, name) DO UPDATE
      SET n = crowdfunding_tally.n + excluded.n, amount = crowdfunding_tally.amount + excluded.amount
  $query$, moved);
  RETURN NULL;
END $_$;

CREATE FUNCTION public.crowdfunding_stock_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  over text;
BEGIN
  IF NEW.state NOT IN ('held', 'paid') OR OLD.state IN ('held', 'paid') THEN
    RETURN NEW;
  END IF;
  SELECT t.title INTO over FROM crowdfunding_pledgeline mine JOIN crowdfunding_tier t ON t.id = mine.tier_id
  WHERE mine.pledge_id = NEW.id AND mine.holds AND t.stock IS NOT NULL AND t.stock < (
    SELECT sum(l.quantity) FROM crowdfunding_pledgeline l JOIN crowdfunding_pledge g ON g.id = l.pledge_id
    WHERE l.tier_id = t.id AND l.holds AND (g.state IN ('held', 'paid') OR g.id = NEW.id)) LIMIT 1;
  IF over IS NOT NULL THEN
    RAISE EXCEPTION 'more of "%" is promised than there is', over
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tier_stock';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.influence_claim_proved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM influence_consenting WHERE member_id = NEW.member_id) THEN
        PERFORM influence_forget(ARRAY[-NEW.voice_id]);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.influence_forget(gone bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.influence_mention_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO influence_stale (voice_id, month)
    SELECT OLD.voice_id, influence_month(OLD.published_at) WHERE OLD.voice_id IS NOT NULL
    UNION
    SELECT c.voice_id, influence_month(c.published_at) FROM listening_mention c
    WHERE c.parent_id = OLD.id AND c.voice_id IS NOT NULL;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.influence_month(moment timestamp with time zone) RETURNS smallint
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT (extract(year FROM moment AT TIME ZONE 'UTC')::int * 12
            + extract(month FROM moment AT TIME ZONE 'UTC')::int - 1)::smallint
$$;

CREATE FUNCTION public.influence_voice_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.influence_voices_erased() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM influence_forget(array_agg(-id)) FROM gone HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.initiative_rules_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.frozen_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.frozen_at IS DISTINCT FROM OLD.frozen_at OR NEW.opened_at IS DISTINCT FROM OLD.opened_at
        OR NEW.mechanism <> OLD.mechanism
    THEN
        RAISE EXCEPTION 'initiative % is open: its opening and its mechanism stay', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.rules <> OLD.rules OR NEW.rules_version <> OLD.rules_version) AND NOT EXISTS (
        SELECT FROM initiatives_amendment
        WHERE initiative_id = OLD.id AND version = NEW.rules_version AND version = OLD.rules_version + 1
            AND rules_before = OLD.rules AND rules_after = NEW.rules
    )
    THEN
        RAISE EXCEPTION 'the rules of initiative % are frozen', OLD.id
            USING ERRCODE = 'restrict_violation', HINT = 'Publish an amendment in the same transaction.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.ledger_check_account() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.ledger_check_entries() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
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
END $_$;

CREATE FUNCTION public.ledger_check_postings() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
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
END $_$;

CREATE FUNCTION public.ledger_lock(accounts bigint[], amounts bigint[]) RETURNS void
    LANGUAGE sql
    AS $$
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

CREATE FUNCTION public.ledger_post(keys text[], kinds text[], memos text[], evidences text[], fingerprints text[], line_counts integer[], undone bigint[], activities bigint[], at_ timestamp with time zone, author bigint, entry_numbers integer[], accounts bigint[], amounts bigint[]) RETURNS TABLE(number integer, id bigint, fingerprint text, is_new boolean)
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_nestloop TO 'on'
    AS $$
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

CREATE FUNCTION public.ledger_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: correct by reversing', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_append_only';
END $$;

CREATE FUNCTION public.listening_look_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR OLD.at > now() - interval '1 year' THEN
        RAISE check_violation USING MESSAGE = 'who looked at whom is kept for a year';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.listening_source_is_read() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM listening_mention WHERE source_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'mentions come from this source';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.listening_voice_is_heard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM listening_mention WHERE voice_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'mentions name this voice';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.people_member_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('people_recognition', 'member:' || NEW.id);
  RETURN NULL;
END $$;

CREATE FUNCTION public.people_session_ended() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('people_recognition', 'session:' || encode(sha256(convert_to(OLD.session_key, 'UTF8')), 'hex'));
  RETURN NULL;
END $$;

CREATE FUNCTION public.people_written_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.products_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.products_shares_within_rate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    product_in_question bigint := CASE TG_TABLE_NAME WHEN 'products_product' THEN NEW.id ELSE NULL END;
    rate integer;
    most integer;
BEGIN
    IF product_in_question IS NULL THEN
        product_in_question := (to_jsonb(NEW) ->> 'product_id')::bigint;
    END IF;
    SELECT royalty_rate INTO rate FROM products_product WHERE id = product_in_question FOR NO KEY UPDATE;
    SELECT max(total) INTO most FROM (
        SELECT sum(running.basis_points) AS total
        FROM products_royaltyshare began
        JOIN products_royaltyshare running
          ON running.product_id = began.product_id
         AND running.starts <= began.starts AND running.ends > began.starts
        WHERE began.product_id = product_in_question
        GROUP BY began.id
    ) sums;
    IF most > rate THEN
        RAISE EXCEPTION 'shares of product % add up to % basis points, its rate is %', product_in_question, most, rate
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_within_rate';
    END IF;
    RETURN NULL;
END $$;

CREATE TEXT SEARCH CONFIGURATION public.listening (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR asciiword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR word WITH public.unaccent, simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR hword_part WITH public.unaccent, simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR hword_asciipart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR asciihword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR hword WITH public.unaccent, simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.listening
    ADD MAPPING FOR uint WITH simple;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.activity_activity (
    id bigint NOT NULL,
    type character varying(60) NOT NULL,
    verb character varying(20) NOT NULL,
    object_type character varying(60) NOT NULL,
    object_id bigint,
    initiative_id bigint,
    payload jsonb NOT NULL,
    origin character varying(60) NOT NULL,
    weight double precision NOT NULL,
    public boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    actor_id bigint,
    community_id bigint,
    target_id bigint
);

ALTER TABLE public.activity_activity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activity_activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.activity_delivery (
    id bigint NOT NULL,
    projector character varying(40) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts smallint NOT NULL,
    error text NOT NULL,
    activity_id bigint NOT NULL,
    CONSTRAINT activity_delivery_attempts_check CHECK ((attempts >= 0))
);

ALTER TABLE public.activity_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activity_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);

ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);

ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);

ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.banktransfer_booking (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    day date NOT NULL,
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    party character varying(140) NOT NULL,
    iban character varying(34) NOT NULL,
    text text NOT NULL,
    state character varying(7) NOT NULL,
    why character varying(20) NOT NULL,
    reason character varying(300) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    statement_id bigint NOT NULL,
    transfer_id bigint
);

ALTER TABLE public.banktransfer_booking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.banktransfer_booking_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.banktransfer_order (
    id bigint NOT NULL,
    kind character varying(6) NOT NULL,
    key character varying(100) NOT NULL,
    name character varying(35),
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    party character varying(140) NOT NULL,
    iban character varying(34) NOT NULL,
    memo character varying(140) NOT NULL,
    state character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    transfer_id bigint,
    returned_at timestamp with time zone,
    CONSTRAINT bank_order_above_zero CHECK ((amount > 0))
);

ALTER TABLE public.banktransfer_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.banktransfer_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.banktransfer_statement (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    first_day date,
    last_day date,
    new integer NOT NULL,
    known integer NOT NULL,
    faults jsonb NOT NULL,
    read_at timestamp with time zone NOT NULL,
    reader_id bigint NOT NULL,
    CONSTRAINT banktransfer_statement_known_check CHECK ((known >= 0)),
    CONSTRAINT banktransfer_statement_new_check CHECK ((new >= 0))
);

ALTER TABLE public.banktransfer_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.banktransfer_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.banktransfer_transfer (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    reference character varying(25),
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    memo character varying(300) NOT NULL,
    return_path character varying(300) NOT NULL,
    closed boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.banktransfer_transfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.banktransfer_transfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_blockedauthor (
    id bigint NOT NULL,
    supporter character varying(100) NOT NULL,
    blocked_at timestamp with time zone NOT NULL,
    blocked_by_id bigint NOT NULL,
    community_id bigint NOT NULL
);

ALTER TABLE public.cheer_blockedauthor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_blockedauthor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_camp (
    id bigint NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(60) NOT NULL,
    colour character varying(7) NOT NULL,
    second_colour character varying(7) NOT NULL,
    emblem character varying(100) NOT NULL,
    "position" smallint NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT cheer_camp_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.cheer_camp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_camp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_cheer (
    id bigint NOT NULL,
    period bigint NOT NULL,
    supporter character varying(100) NOT NULL,
    kind smallint NOT NULL,
    cast_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    camp_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    phase_id bigint NOT NULL,
    CONSTRAINT cheer_changed_after CHECK (((changed_at IS NULL) OR (changed_at >= cast_at)))
);

ALTER TABLE public.cheer_cheer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_cheer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_cheermessage (
    id bigint NOT NULL,
    words character varying(140) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(120) NOT NULL,
    decided_at timestamp with time zone,
    cheer_id bigint NOT NULL,
    decided_by_id bigint,
    sifted_at timestamp with time zone,
    CONSTRAINT cheer_message_decided_when CHECK ((((decided_at IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (decided_at IS NOT NULL)))),
    CONSTRAINT cheer_message_refused_why CHECK (((NOT ((state)::text = 'refused'::text)) OR (NOT ((reason)::text = ''::text))))
);

ALTER TABLE public.cheer_cheermessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_cheermessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_guestpass (
    id bigint NOT NULL,
    supporter character varying(100) NOT NULL,
    way character varying(6) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    given_at timestamp with time zone,
    campaign_id bigint NOT NULL
);

ALTER TABLE public.cheer_guestpass ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_guestpass_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_lightorder (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    colours jsonb NOT NULL,
    intensity double precision NOT NULL,
    until timestamp with time zone,
    reason character varying(240) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    campaign_id bigint NOT NULL,
    given_by_id bigint NOT NULL,
    CONSTRAINT cheer_light_intensity CHECK (((intensity >= (0.0)::double precision) AND (intensity <= (1.0)::double precision))),
    CONSTRAINT cheer_light_order_why CHECK ((NOT ((reason)::text = ''::text)))
);

ALTER TABLE public.cheer_lightorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_lightorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_lightrig (
    campaign_id bigint NOT NULL,
    told jsonb NOT NULL
);

CREATE TABLE public.cheer_personallink (
    id bigint NOT NULL,
    supporter character varying(100) NOT NULL,
    token character varying(40) NOT NULL,
    named boolean NOT NULL,
    came integer NOT NULL,
    cheered integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT cheer_link_counts CHECK (((came >= 0) AND (cheered >= 0)))
);

ALTER TABLE public.cheer_personallink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_personallink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_round (
    phase_id bigint NOT NULL,
    title character varying(80) NOT NULL,
    reveal_at timestamp with time zone,
    sealed_at timestamp with time zone,
    count jsonb NOT NULL,
    seal character varying(64) NOT NULL,
    told_to bigint NOT NULL,
    revealed_at timestamp with time zone,
    thanked_at timestamp with time zone,
    turnout jsonb NOT NULL
);

CREATE TABLE public.cheer_shift (
    id bigint NOT NULL,
    kind smallint NOT NULL,
    minute timestamp with time zone NOT NULL,
    by integer NOT NULL,
    camp_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    phase_id bigint NOT NULL
);

ALTER TABLE public.cheer_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_tally (
    id bigint NOT NULL,
    kind smallint NOT NULL,
    minute timestamp with time zone NOT NULL,
    count integer NOT NULL,
    camp_id bigint NOT NULL,
    phase_id bigint NOT NULL
);

ALTER TABLE public.cheer_tally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_tally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_total (
    id bigint NOT NULL,
    kind smallint NOT NULL,
    count integer NOT NULL,
    camp_id bigint NOT NULL,
    phase_id bigint NOT NULL
);

ALTER TABLE public.cheer_total ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cheer_total_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cheer_wordlist (
    language character varying(5) NOT NULL,
    words text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint NOT NULL
);

CREATE TABLE public.communities_charterversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    evidence_id bigint NOT NULL,
    published_by_id bigint NOT NULL,
    community_id bigint NOT NULL,
    CONSTRAINT communities_charterversion_number_check CHECK ((number >= 0))
);

ALTER TABLE public.communities_charterversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.communities_charterversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.communities_community (
    id bigint NOT NULL,
    slug character varying(60) NOT NULL,
    name character varying(80) NOT NULL,
    sort_key character varying(80) NOT NULL,
    search_key text NOT NULL,
    summary character varying(200) NOT NULL,
    description text NOT NULL,
    visibility character varying(12) NOT NULL,
    interests character varying(40)[] NOT NULL,
    place character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint NOT NULL,
    parent_id bigint,
    CONSTRAINT community_not_its_own_parent CHECK (((parent_id IS NULL) OR (NOT ((parent_id = id) AND (parent_id IS NOT NULL)))))
);

ALTER TABLE public.communities_community ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.communities_community_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.communities_membership (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    joined_at timestamp with time zone,
    left_at timestamp with time zone,
    charter_id bigint,
    community_id bigint NOT NULL,
    invited_by_id bigint,
    member_id bigint NOT NULL,
    CONSTRAINT membership_active_accepted_charter CHECK (((NOT ((state)::text = 'active'::text)) OR ((charter_id IS NOT NULL) AND (joined_at IS NOT NULL)))),
    CONSTRAINT membership_role_needs_presence CHECK ((((role)::text = 'member'::text) OR ((state)::text = 'active'::text)))
);

ALTER TABLE public.communities_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.communities_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_authorship (
    id bigint NOT NULL,
    share smallint NOT NULL,
    since timestamp with time zone NOT NULL,
    member_id bigint NOT NULL,
    idea_id bigint NOT NULL,
    CONSTRAINT authorship_share_within CHECK ((share <= 10000)),
    CONSTRAINT contest_authorship_share_check CHECK ((share >= 0))
);

ALTER TABLE public.contest_authorship ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_authorship_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_awarddecision (
    id bigint NOT NULL,
    taken_back boolean NOT NULL,
    reason text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    decided_by_id bigint NOT NULL,
    reached_id bigint NOT NULL
);

ALTER TABLE public.contest_awarddecision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_awarddecision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_ballotbox (
    id bigint NOT NULL,
    salt bytea NOT NULL,
    source character varying(40) NOT NULL,
    source_url character varying(200) NOT NULL,
    sealed_at timestamp with time zone,
    seal character varying(64) NOT NULL,
    count jsonb NOT NULL,
    initiative_id bigint NOT NULL
);

ALTER TABLE public.contest_ballotbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_ballotbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_ballotline (
    id bigint NOT NULL,
    value smallint,
    at timestamp with time zone NOT NULL,
    cause character varying(10) NOT NULL,
    contest_id bigint NOT NULL,
    voter_id bigint NOT NULL,
    idea_id bigint NOT NULL,
    CONSTRAINT ballot_line_value CHECK (((value = ANY (ARRAY['-1'::integer, 0, 1])) OR (value IS NULL)))
);

ALTER TABLE public.contest_ballotline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_ballotline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_coauthoroffer (
    id bigint NOT NULL,
    share smallint NOT NULL,
    state character varying(10) NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    giver_id bigint NOT NULL,
    member_id bigint NOT NULL,
    idea_id bigint NOT NULL,
    CONSTRAINT contest_coauthoroffer_share_check CHECK ((share >= 0))
);

ALTER TABLE public.contest_coauthoroffer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_coauthoroffer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_funding (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    unit character varying(8) NOT NULL,
    key character varying(120) NOT NULL,
    funded_at timestamp with time zone NOT NULL,
    contest_id bigint NOT NULL,
    funded_by_id bigint NOT NULL,
    CONSTRAINT contest_funding_amount_check CHECK ((amount >= 0))
);

ALTER TABLE public.contest_funding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_funding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_idea (
    contribution_ptr_id bigint NOT NULL,
    number integer NOT NULL,
    sort_key character varying(200) NOT NULL,
    search_text text NOT NULL,
    categories character varying(80)[] NOT NULL,
    place character varying(80) NOT NULL,
    origin jsonb NOT NULL,
    merged_at timestamp with time zone,
    moderation smallint,
    source_id character varying(80),
    contest_id bigint NOT NULL,
    merged_into_id bigint,
    CONSTRAINT contest_idea_number_check CHECK ((number >= 0)),
    CONSTRAINT idea_merged_when CHECK ((((merged_at IS NULL) AND (merged_into_id IS NULL)) OR ((merged_at IS NOT NULL) AND (merged_into_id IS NOT NULL)))),
    CONSTRAINT idea_not_into_itself CHECK ((NOT ((merged_into_id = contribution_ptr_id) AND (merged_into_id IS NOT NULL))))
);

CREATE TABLE public.contest_juryscore (
    id bigint NOT NULL,
    score smallint NOT NULL,
    comment text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    idea_id bigint NOT NULL,
    juror_id bigint NOT NULL,
    CONSTRAINT contest_juryscore_score_check CHECK ((score >= 0)),
    CONSTRAINT jury_score_within CHECK ((score <= 100))
);

ALTER TABLE public.contest_juryscore ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_juryscore_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_juryseat (
    id bigint NOT NULL,
    appointed_at timestamp with time zone NOT NULL,
    appointed_by_id bigint NOT NULL,
    contest_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.contest_juryseat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_juryseat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_officialanswer (
    id bigint NOT NULL,
    verdict character varying(12) NOT NULL,
    body text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    author_id bigint NOT NULL,
    idea_id bigint NOT NULL
);

ALTER TABLE public.contest_officialanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_officialanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_panelseat (
    id bigint NOT NULL,
    score smallint,
    comment text NOT NULL,
    scored_at timestamp with time zone,
    member_id bigint NOT NULL,
    test_id bigint NOT NULL,
    CONSTRAINT contest_panelseat_score_check CHECK ((score >= 0)),
    CONSTRAINT panel_score_within CHECK (((score <= 100) OR (score IS NULL)))
);

ALTER TABLE public.contest_panelseat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_panelseat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_paneltest (
    id bigint NOT NULL,
    rung character varying(40) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    passed boolean,
    idea_id bigint NOT NULL,
    opened_by_id bigint NOT NULL
);

ALTER TABLE public.contest_paneltest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_paneltest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_placeholder (
    id bigint NOT NULL,
    source_id character varying(80) NOT NULL,
    contest_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.contest_placeholder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_placeholder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_rungreached (
    id bigint NOT NULL,
    rung character varying(40) NOT NULL,
    reached_at timestamp with time zone NOT NULL,
    votes integer NOT NULL,
    amount bigint NOT NULL,
    unit character varying(8) NOT NULL,
    entry_key character varying(120) NOT NULL,
    product_id bigint,
    attempt smallint NOT NULL,
    decided_by_id bigint,
    idea_id bigint NOT NULL,
    CONSTRAINT contest_rungreached_amount_check CHECK ((amount >= 0)),
    CONSTRAINT contest_rungreached_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT contest_rungreached_votes_check CHECK ((votes >= 0))
);

ALTER TABLE public.contest_rungreached ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_rungreached_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_surgealarm (
    id bigint NOT NULL,
    hour timestamp with time zone NOT NULL,
    arrivals integer NOT NULL,
    usual double precision NOT NULL,
    deviations double precision NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    note text NOT NULL,
    idea_id bigint NOT NULL,
    settled_by_id bigint,
    CONSTRAINT contest_surgealarm_arrivals_check CHECK ((arrivals >= 0))
);

ALTER TABLE public.contest_surgealarm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_surgealarm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_voiding (
    id bigint NOT NULL,
    reason text NOT NULL,
    votes integer NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    contest_id bigint NOT NULL,
    decided_by_id bigint NOT NULL,
    idea_id bigint,
    CONSTRAINT contest_voiding_votes_check CHECK ((votes >= 0))
);

ALTER TABLE public.contest_voiding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_voiding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contest_vote (
    id bigint NOT NULL,
    value smallint NOT NULL,
    cast_at timestamp with time zone NOT NULL,
    contest_id bigint NOT NULL,
    idea_id bigint NOT NULL,
    voiding_id bigint,
    voter_id bigint NOT NULL,
    CONSTRAINT vote_value CHECK ((value = ANY (ARRAY['-1'::integer, 0, 1])))
);

ALTER TABLE public.contest_vote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contest_vote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_budgetline (
    id bigint NOT NULL,
    label character varying(120) NOT NULL,
    amount bigint NOT NULL,
    "position" smallint NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT budget_line_above_zero CHECK ((amount > 0)),
    CONSTRAINT crowdfunding_budgetline_amount_check CHECK ((amount >= 0)),
    CONSTRAINT crowdfunding_budgetline_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.crowdfunding_budgetline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_budgetline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_campaign (
    id bigint NOT NULL,
    cover character varying(100) NOT NULL,
    cover_text character varying(160) NOT NULL,
    risks text NOT NULL,
    survey jsonb NOT NULL,
    lock_at timestamp with time zone,
    source_id character varying(80),
    passed_at timestamp with time zone,
    outcome character varying(10) NOT NULL,
    closed_at timestamp with time zone,
    raised bigint NOT NULL,
    backers integer NOT NULL,
    worked_off_at timestamp with time zone,
    initiative_id bigint NOT NULL,
    CONSTRAINT campaign_closed_with_outcome CHECK ((((closed_at IS NULL) AND ((outcome)::text = ''::text)) OR ((NOT ((outcome)::text = ''::text)) AND (closed_at IS NOT NULL)))),
    CONSTRAINT crowdfunding_campaign_backers_check CHECK ((backers >= 0))
);

ALTER TABLE public.crowdfunding_campaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_charge (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    superseded_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    payment_id uuid NOT NULL,
    pledge_id bigint NOT NULL,
    CONSTRAINT crowdfunding_charge_amount_check CHECK ((amount >= 0))
);

ALTER TABLE public.crowdfunding_charge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_charge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_delay (
    id bigint NOT NULL,
    before date NOT NULL,
    after date NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    tier_id bigint NOT NULL,
    CONSTRAINT delay_is_later CHECK ((after > before))
);

ALTER TABLE public.crowdfunding_delay ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_delay_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_delivery (
    id bigint NOT NULL,
    state character varying(9) NOT NULL,
    carrier character varying(60) NOT NULL,
    tracking character varying(60) NOT NULL,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    pledge_id bigint NOT NULL
);

ALTER TABLE public.crowdfunding_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_letter (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(80) NOT NULL,
    "to" character varying(254) NOT NULL,
    subject character varying(200) NOT NULL,
    text text NOT NULL,
    state character varying(7) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    pledge_id bigint NOT NULL
);

ALTER TABLE public.crowdfunding_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_match (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    campaign_id bigint NOT NULL,
    pledge_id bigint NOT NULL,
    pot_id bigint NOT NULL,
    CONSTRAINT crowdfunding_match_amount_check CHECK ((amount >= 0))
);

ALTER TABLE public.crowdfunding_match ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_match_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_offlinemoney (
    id bigint NOT NULL,
    way character varying(3) NOT NULL,
    amount bigint NOT NULL,
    reference character varying(80) NOT NULL,
    received_on date NOT NULL,
    key character varying(80) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_id bigint,
    entered_by_id bigint NOT NULL,
    pledge_id bigint NOT NULL,
    CONSTRAINT crowdfunding_offlinemoney_amount_check CHECK ((amount >= 0)),
    CONSTRAINT offline_above_zero CHECK ((amount > 0)),
    CONSTRAINT offline_confirmed_by_someone CHECK ((((confirmed_at IS NULL) AND (confirmed_by_id IS NULL)) OR ((confirmed_at IS NOT NULL) AND (confirmed_by_id IS NOT NULL))))
);

ALTER TABLE public.crowdfunding_offlinemoney ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_offlinemoney_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_pledge (
    id bigint NOT NULL,
    number integer NOT NULL,
    key uuid NOT NULL,
    token character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(80) NOT NULL,
    language character varying(8) NOT NULL,
    method character varying(8) NOT NULL,
    on_failure character varying(6) NOT NULL,
    unit character varying(5) NOT NULL,
    rewards bigint NOT NULL,
    gift bigint NOT NULL,
    shipping bigint NOT NULL,
    amount bigint NOT NULL,
    captured bigint NOT NULL,
    refunded bigint NOT NULL,
    lost bigint NOT NULL,
    credited bigint NOT NULL,
    given bigint NOT NULL,
    state character varying(9) NOT NULL,
    late boolean NOT NULL,
    waived boolean NOT NULL,
    anonymous boolean NOT NULL,
    amount_hidden boolean NOT NULL,
    on_wall boolean NOT NULL,
    message character varying(200) NOT NULL,
    place character varying(80) NOT NULL,
    country character varying(2) NOT NULL,
    address jsonb NOT NULL,
    answers jsonb NOT NULL,
    engraving_checked_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    capture_asked_at timestamp with time zone,
    settled_at timestamp with time zone,
    backer_id bigint,
    campaign_id bigint NOT NULL,
    replaces_id bigint,
    tier_id bigint,
    CONSTRAINT crowdfunding_pledge_amount_check CHECK ((amount >= 0)),
    CONSTRAINT crowdfunding_pledge_gift_check CHECK ((gift >= 0)),
    CONSTRAINT crowdfunding_pledge_number_check CHECK ((number >= 0)),
    CONSTRAINT crowdfunding_pledge_rewards_check CHECK ((rewards >= 0)),
    CONSTRAINT crowdfunding_pledge_shipping_check CHECK ((shipping >= 0)),
    CONSTRAINT pledge_adds_up CHECK (((amount = ((rewards + gift) + shipping)) AND (amount > 0))),
    CONSTRAINT pledge_counts_since CHECK (((NOT (confirmed_at IS NULL)) OR (NOT ((state)::text = ANY ((ARRAY['held'::character varying, 'paid'::character varying])::text[]))))),
    CONSTRAINT pledge_gives_back_within CHECK (((credited >= 0) AND (given >= 0) AND (lost >= 0) AND (refunded >= 0) AND (captured >= (refunded + lost)) AND (captured >= (credited + given))))
);

ALTER TABLE public.crowdfunding_pledge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_pledge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_pledgeline (
    id bigint NOT NULL,
    quantity smallint NOT NULL,
    amount bigint NOT NULL,
    options jsonb NOT NULL,
    holds boolean NOT NULL,
    pledge_id bigint NOT NULL,
    tier_id bigint NOT NULL,
    CONSTRAINT crowdfunding_pledgeline_amount_check CHECK ((amount >= 0)),
    CONSTRAINT crowdfunding_pledgeline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT pledge_line_some CHECK ((quantity > 0))
);

ALTER TABLE public.crowdfunding_pledgeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_pledgeline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_pot (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    sponsor character varying(120) NOT NULL,
    unit character varying(5) NOT NULL,
    factor integer NOT NULL,
    per_gift bigint,
    per_person bigint,
    per_project bigint,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    opened_by_id bigint NOT NULL,
    CONSTRAINT crowdfunding_pot_factor_check CHECK ((factor >= 0)),
    CONSTRAINT crowdfunding_pot_per_gift_check CHECK ((per_gift >= 0)),
    CONSTRAINT crowdfunding_pot_per_person_check CHECK ((per_person >= 0)),
    CONSTRAINT crowdfunding_pot_per_project_check CHECK ((per_project >= 0)),
    CONSTRAINT pot_factor_above_zero CHECK ((factor > 0))
);

ALTER TABLE public.crowdfunding_pot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_pot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_potcampaign (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    campaign_id bigint NOT NULL,
    pot_id bigint NOT NULL
);

ALTER TABLE public.crowdfunding_potcampaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_potcampaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_potmovement (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    reference character varying(80) NOT NULL,
    key character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    pot_id bigint NOT NULL
);

ALTER TABLE public.crowdfunding_potmovement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_potmovement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_question (
    contribution_ptr_id bigint NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    CONSTRAINT question_answered_by_someone CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL))))
);

CREATE TABLE public.crowdfunding_refund (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    cause character varying(10) NOT NULL,
    reason character varying(300) NOT NULL,
    key character varying(120) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    asked_by_id bigint,
    payment_id uuid,
    pledge_id bigint NOT NULL,
    CONSTRAINT crowdfunding_refund_amount_check CHECK ((amount >= 0)),
    CONSTRAINT refund_above_zero CHECK ((amount > 0))
);

ALTER TABLE public.crowdfunding_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_settlement (
    id bigint NOT NULL,
    number integer NOT NULL,
    fee bigint NOT NULL,
    vat bigint NOT NULL,
    paid_out bigint NOT NULL,
    matched bigint NOT NULL,
    unit character varying(5) NOT NULL,
    key character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT crowdfunding_settlement_number_check CHECK ((number >= 0))
);

ALTER TABLE public.crowdfunding_settlement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_settlement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_storypicture (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    file character varying(100) NOT NULL,
    width smallint NOT NULL,
    height smallint NOT NULL,
    alt character varying(240) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    campaign_id bigint NOT NULL,
    sender_id bigint NOT NULL,
    CONSTRAINT crowdfunding_storypicture_height_check CHECK ((height >= 0)),
    CONSTRAINT crowdfunding_storypicture_width_check CHECK ((width >= 0)),
    CONSTRAINT story_picture_described CHECK ((NOT ((alt)::text = ''::text)))
);

ALTER TABLE public.crowdfunding_storypicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_storypicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_stretchgoal (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    reached_at timestamp with time zone,
    campaign_id bigint NOT NULL,
    CONSTRAINT crowdfunding_stretchgoal_amount_check CHECK ((amount >= 0))
);

ALTER TABLE public.crowdfunding_stretchgoal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_stretchgoal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_tally (
    id bigint NOT NULL,
    facet character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    n bigint NOT NULL,
    amount bigint NOT NULL,
    campaign_id bigint NOT NULL
);

ALTER TABLE public.crowdfunding_tally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_tally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_teammember (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    role character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    campaign_id bigint NOT NULL,
    member_id bigint,
    CONSTRAINT crowdfunding_teammember_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.crowdfunding_teammember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_teammember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_tier (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    image character varying(100) NOT NULL,
    image_text character varying(160) NOT NULL,
    amount bigint NOT NULL,
    stock integer,
    per_person smallint,
    early_until timestamp with time zone,
    delivery_month date,
    promised_month date,
    ships boolean NOT NULL,
    shipping jsonb NOT NULL,
    options jsonb NOT NULL,
    addon boolean NOT NULL,
    withdrawn_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    campaign_id bigint NOT NULL,
    vat smallint,
    CONSTRAINT crowdfunding_tier_amount_check CHECK ((amount >= 0)),
    CONSTRAINT crowdfunding_tier_per_person_check CHECK ((per_person >= 0)),
    CONSTRAINT crowdfunding_tier_position_check CHECK (("position" >= 0)),
    CONSTRAINT crowdfunding_tier_stock_check CHECK ((stock >= 0)),
    CONSTRAINT crowdfunding_tier_vat_check CHECK ((vat >= 0)),
    CONSTRAINT tier_above_zero CHECK ((amount > 0)),
    CONSTRAINT tier_per_person CHECK (((per_person IS NULL) OR (per_person > 0)))
);

ALTER TABLE public.crowdfunding_tier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_tier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crowdfunding_update (
    contribution_ptr_id bigint NOT NULL,
    number integer NOT NULL,
    backers_only boolean NOT NULL,
    CONSTRAINT crowdfunding_update_number_check CHECK ((number >= 0))
);

CREATE TABLE public.crowdfunding_withdrawal (
    id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    amount bigint NOT NULL,
    receipt text NOT NULL,
    sha256 character varying(64) NOT NULL,
    pledge_id bigint NOT NULL,
    CONSTRAINT crowdfunding_withdrawal_amount_check CHECK ((amount >= 0)),
    CONSTRAINT withdrawal_confirmed_with_receipt CHECK ((((confirmed_at IS NULL) AND (receipt = ''::text)) OR ((confirmed_at IS NOT NULL) AND (NOT (receipt = ''::text)))))
);

ALTER TABLE public.crowdfunding_withdrawal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crowdfunding_withdrawal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.donation_donation (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    lines jsonb NOT NULL,
    struck jsonb NOT NULL,
    platforms jsonb NOT NULL,
    posts integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    given_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    acceptance_id bigint,
    member_id bigint NOT NULL,
    source_id bigint,
    CONSTRAINT donation_donation_posts_check CHECK ((posts >= 0)),
    CONSTRAINT donation_given_with_consent CHECK ((((state)::text = 'draft'::text) OR ((acceptance_id IS NOT NULL) AND (lines = '[]'::jsonb)))),
    CONSTRAINT donation_withdrawn_when CHECK (((NOT ((state)::text = 'withdrawn'::text)) OR (withdrawn_at IS NOT NULL)))
);

ALTER TABLE public.donation_donation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.donation_donation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feed_line (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    count integer NOT NULL,
    people integer NOT NULL,
    community_id bigint,
    contribution_id bigint,
    latest_id bigint NOT NULL,
    member_id bigint,
    CONSTRAINT feed_line_count_check CHECK ((count >= 0)),
    CONSTRAINT feed_line_people_check CHECK ((people >= 0)),
    CONSTRAINT line_one_audience CHECK (((community_id IS NULL) OR (member_id IS NULL)))
);

ALTER TABLE public.feed_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feed_part (
    id bigint NOT NULL,
    actor bigint,
    activity_id bigint NOT NULL,
    line_id bigint NOT NULL
);

ALTER TABLE public.feed_part ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_part_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_circle (
    id bigint NOT NULL,
    name integer NOT NULL,
    size integer NOT NULL,
    members integer NOT NULL,
    cohesion double precision NOT NULL,
    overlap double precision NOT NULL,
    x double precision NOT NULL,
    y double precision NOT NULL,
    topics jsonb NOT NULL,
    mood jsonb NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT influence_circle_members_check CHECK ((members >= 0)),
    CONSTRAINT influence_circle_name_check CHECK ((name >= 0)),
    CONSTRAINT influence_circle_size_check CHECK ((size >= 0))
);

ALTER TABLE public.influence_circle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_circle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_consenting (
    member_id bigint NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.influence_figures (
    id bigint NOT NULL,
    node bigint NOT NULL,
    heard integer NOT NULL,
    carried integer NOT NULL,
    first_at timestamp with time zone,
    favour jsonb NOT NULL,
    topics jsonb NOT NULL,
    roles jsonb NOT NULL,
    posts jsonb NOT NULL,
    x double precision NOT NULL,
    y double precision NOT NULL,
    reach double precision,
    spread double precision,
    spread_low double precision,
    spread_high double precision,
    bridging double precision,
    participation double precision,
    advocacy double precision,
    parts jsonb NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT influence_figures_carried_check CHECK ((carried >= 0)),
    CONSTRAINT influence_figures_heard_check CHECK ((heard >= 0))
);

ALTER TABLE public.influence_figures ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_figures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_mark (
    id bigint NOT NULL,
    mention_id bigint NOT NULL
);

ALTER TABLE public.influence_mark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_mark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_plan (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    as_of timestamp with time zone,
    budget integer NOT NULL,
    voices boolean NOT NULL,
    parameters jsonb NOT NULL,
    nodes bigint NOT NULL,
    spread double precision,
    low double precision,
    high double precision,
    ratio double precision,
    seconds double precision,
    overlap double precision,
    error text NOT NULL,
    asked_by_id bigint,
    CONSTRAINT influence_plan_budget_check CHECK ((budget >= 0)),
    CONSTRAINT influence_plan_nodes_check CHECK ((nodes >= 0))
);

ALTER TABLE public.influence_plan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_ruleset (
    id bigint NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    reason character varying(240) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by_id bigint NOT NULL,
    CONSTRAINT influence_ruleset_version_check CHECK ((version >= 0))
);

ALTER TABLE public.influence_ruleset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_ruleset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_run (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    as_of timestamp with time zone,
    ended_at timestamp with time zone,
    step character varying(20) NOT NULL,
    parameters jsonb NOT NULL,
    versions jsonb NOT NULL,
    durations jsonb NOT NULL,
    nodes bigint NOT NULL,
    arcs bigint NOT NULL,
    figures jsonb NOT NULL,
    error text NOT NULL,
    asked_by_id bigint,
    CONSTRAINT influence_run_arcs_check CHECK ((arcs >= 0)),
    CONSTRAINT influence_run_nodes_check CHECK ((nodes >= 0))
);

ALTER TABLE public.influence_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_seat (
    id bigint NOT NULL,
    node bigint NOT NULL,
    ties integer NOT NULL,
    rank integer NOT NULL,
    circle_id bigint NOT NULL,
    CONSTRAINT influence_seat_rank_check CHECK ((rank >= 0)),
    CONSTRAINT influence_seat_ties_check CHECK ((ties >= 0))
);

ALTER TABLE public.influence_seat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_seat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_seed (
    id bigint NOT NULL,
    rank integer NOT NULL,
    node bigint NOT NULL,
    reach double precision NOT NULL,
    invited_at timestamp with time zone,
    invited_by_id bigint,
    plan_id bigint NOT NULL,
    CONSTRAINT influence_seed_rank_check CHECK ((rank >= 0))
);

ALTER TABLE public.influence_seed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_seed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_stale (
    id bigint NOT NULL,
    voice_id bigint NOT NULL,
    month smallint
);

ALTER TABLE public.influence_stale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.influence_stale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.influence_tie (
    source bigint NOT NULL,
    target bigint NOT NULL,
    month smallint NOT NULL,
    told boolean NOT NULL,
    count integer NOT NULL,
    weight bigint NOT NULL,
    CONSTRAINT influence_tie_of_two CHECK ((NOT (source = target)))
);

CREATE TABLE public.initiatives_amendment (
    id bigint NOT NULL,
    version integer NOT NULL,
    reason text NOT NULL,
    rules_before jsonb NOT NULL,
    rules_after jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    author_id bigint NOT NULL,
    initiative_id bigint NOT NULL,
    CONSTRAINT initiatives_amendment_version_check CHECK ((version >= 0))
);

ALTER TABLE public.initiatives_amendment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_amendment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.initiatives_comment (
    contribution_ptr_id bigint NOT NULL,
    official boolean NOT NULL,
    about_id bigint NOT NULL,
    in_reply_to_id bigint
);

CREATE TABLE public.initiatives_contribution (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    title character varying(160) NOT NULL,
    body text NOT NULL,
    language character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    edited_at timestamp with time zone,
    author_id bigint NOT NULL,
    initiative_id bigint
);

ALTER TABLE public.initiatives_contribution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_contribution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.initiatives_initiative (
    id bigint NOT NULL,
    slug character varying(80) NOT NULL,
    mechanism character varying(40) NOT NULL,
    preset character varying(40) NOT NULL,
    title character varying(120) NOT NULL,
    summary character varying(240) NOT NULL,
    brief text NOT NULL,
    rules jsonb NOT NULL,
    rules_version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    frozen_at timestamp with time zone,
    closed_at timestamp with time zone,
    halted_at timestamp with time zone,
    halted_reason text NOT NULL,
    community_id bigint NOT NULL,
    created_by_id bigint NOT NULL,
    CONSTRAINT initiatives_initiative_rules_version_check CHECK ((rules_version >= 0))
);

ALTER TABLE public.initiatives_initiative ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_initiative_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.initiatives_phase (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    planned_start timestamp with time zone,
    planned_end timestamp with time zone,
    begun_at timestamp with time zone,
    ended_at timestamp with time zone,
    change_reason text NOT NULL,
    changed_by_id bigint,
    initiative_id bigint NOT NULL,
    CONSTRAINT initiatives_phase_position_check CHECK (("position" >= 0)),
    CONSTRAINT phase_ends_after_start CHECK ((ends_at >= starts_at))
);

ALTER TABLE public.initiatives_phase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_phase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.initiatives_picture (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    large character varying(100) NOT NULL,
    small character varying(100) NOT NULL,
    width smallint NOT NULL,
    height smallint NOT NULL,
    alt character varying(240) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    contribution_id bigint,
    sender_id bigint NOT NULL,
    CONSTRAINT initiatives_picture_height_check CHECK ((height >= 0)),
    CONSTRAINT initiatives_picture_width_check CHECK ((width >= 0))
);

ALTER TABLE public.initiatives_picture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_picture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.initiatives_reaction (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    contribution_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.initiatives_reaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_reaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.initiatives_revision (
    id bigint NOT NULL,
    title character varying(160) NOT NULL,
    body text NOT NULL,
    extra jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    contribution_id bigint NOT NULL,
    editor_id bigint NOT NULL
);

ALTER TABLE public.initiatives_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.initiatives_revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_account (
    id bigint NOT NULL,
    code character varying(80) NOT NULL,
    unit character varying(5) NOT NULL,
    kind character varying(10) NOT NULL,
    role character varying(8) NOT NULL,
    name character varying(40) NOT NULL,
    number character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    initiative_id bigint,
    floor bigint,
    summed boolean NOT NULL,
    balance bigint,
    secret character varying(32) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    owner_id bigint,
    CONSTRAINT account_floor CHECK (((floor IS NULL) OR (balance IS NULL) OR (balance >= floor))),
    CONSTRAINT account_summed_or_kept CHECK ((summed = (balance IS NULL)))
);

ALTER TABLE public.ledger_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_bookscheck (
    id bigint NOT NULL,
    entries integer NOT NULL,
    postings integer NOT NULL,
    faults jsonb NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    CONSTRAINT ledger_bookscheck_entries_check CHECK ((entries >= 0)),
    CONSTRAINT ledger_bookscheck_postings_check CHECK ((postings >= 0))
);

ALTER TABLE public.ledger_bookscheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_bookscheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_journalentry (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    memo character varying(500) NOT NULL,
    evidence character varying(300) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    lines integer NOT NULL,
    at timestamp with time zone NOT NULL,
    activity_id bigint,
    author_id bigint,
    reverses_id bigint,
    CONSTRAINT journalentry_keyed CHECK ((NOT ((key)::text = ''::text))),
    CONSTRAINT journalentry_kind_one_word CHECK (((kind)::text ~ '^[a-z][a-z0-9._-]{0,39}$'::text)),
    CONSTRAINT journalentry_two_lines CHECK ((lines >= 2)),
    CONSTRAINT ledger_journalentry_lines_check CHECK ((lines >= 0))
);

ALTER TABLE public.ledger_journalentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_journalentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_payment (
    id uuid NOT NULL,
    provider character varying(40) NOT NULL,
    reference character varying(100),
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    memo character varying(300) NOT NULL,
    state character varying(10) NOT NULL,
    captured bigint NOT NULL,
    refunded bigint NOT NULL,
    lost bigint NOT NULL,
    captured_at timestamp with time zone,
    attempted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    payer_id bigint,
    target_id bigint NOT NULL,
    authorised bigint NOT NULL,
    capture character varying(5) NOT NULL,
    expires_at timestamp with time zone,
    purpose character varying(40) NOT NULL,
    return_path character varying(300) NOT NULL,
    until timestamp with time zone,
    CONSTRAINT payment_above_zero CHECK ((amount > 0)),
    CONSTRAINT payment_returned_within CHECK (((captured >= (refunded + lost)) AND (lost >= 0) AND (refunded >= 0)))
);

CREATE TABLE public.ledger_payout (
    id uuid NOT NULL,
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    destination character varying(60) NOT NULL,
    state character varying(10) NOT NULL,
    identity character varying(10) NOT NULL,
    approvals_needed smallint NOT NULL,
    provider character varying(40) NOT NULL,
    reference character varying(100),
    requested_at timestamp with time zone NOT NULL,
    leaves_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    failed_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT ledger_payout_approvals_needed_check CHECK ((approvals_needed >= 0)),
    CONSTRAINT payout_above_zero CHECK ((amount > 0))
);

CREATE TABLE public.ledger_payoutapproval (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    approver_id bigint NOT NULL,
    payout_id uuid NOT NULL
);

ALTER TABLE public.ledger_payoutapproval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_payoutapproval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_payoutrules (
    id bigint NOT NULL,
    two_persons_above bigint NOT NULL,
    minimum bigint NOT NULL,
    hold_days smallint NOT NULL,
    identity_above bigint NOT NULL,
    CONSTRAINT ledger_payoutrules_hold_days_check CHECK ((hold_days >= 0)),
    CONSTRAINT payoutrules_one_row CHECK ((id = 1))
);

ALTER TABLE public.ledger_payoutrules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_payoutrules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_payoutstep (
    id bigint NOT NULL,
    state character varying(20) NOT NULL,
    reason character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id bigint,
    payout_id uuid NOT NULL
);

ALTER TABLE public.ledger_payoutstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_payoutstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_posting (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    account_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    CONSTRAINT posting_not_zero CHECK ((NOT (amount = 0)))
);

ALTER TABLE public.ledger_posting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_providerevent (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    event_id character varying(100) NOT NULL,
    type character varying(60) NOT NULL,
    reference character varying(100) NOT NULL,
    amount bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    body jsonb NOT NULL,
    outcome character varying(8) NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE public.ledger_providerevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_providerevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_providerline (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    line_id character varying(100) NOT NULL,
    kind character varying(20) NOT NULL,
    amount bigint NOT NULL,
    fee bigint NOT NULL,
    unit character varying(5) NOT NULL,
    reference character varying(100) NOT NULL,
    at timestamp with time zone NOT NULL,
    memo character varying(300) NOT NULL,
    read_at timestamp with time zone NOT NULL
);

ALTER TABLE public.ledger_providerline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_providerline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_request (
    id bigint NOT NULL,
    key character varying(100) NOT NULL,
    kind character varying(7) NOT NULL,
    amount bigint NOT NULL,
    state character varying(7) NOT NULL,
    attempts smallint NOT NULL,
    next_at timestamp with time zone NOT NULL,
    reason character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    payment_id uuid NOT NULL,
    CONSTRAINT ledger_request_attempts_check CHECK ((attempts >= 0))
);

ALTER TABLE public.ledger_request ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_seal (
    id bigint NOT NULL,
    last_entry_id bigint NOT NULL,
    entries integer NOT NULL,
    hash character varying(64) NOT NULL,
    previous_hash character varying(64) NOT NULL,
    totals jsonb NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    CONSTRAINT ledger_seal_entries_check CHECK ((entries >= 0))
);

ALTER TABLE public.ledger_seal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_seal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_claim (
    id bigint NOT NULL,
    proof character varying(10) NOT NULL,
    code character varying(40) NOT NULL,
    evidence character varying(1000) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    proved_at timestamp with time zone,
    ended_at timestamp with time zone,
    member_id bigint NOT NULL,
    voice_id bigint NOT NULL
);

ALTER TABLE public.listening_claim ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_claim_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_answer (
    id bigint NOT NULL,
    text text NOT NULL,
    by_hand boolean NOT NULL,
    state character varying(10) NOT NULL,
    url character varying(2000) NOT NULL,
    error character varying(500) NOT NULL,
    key uuid NOT NULL,
    written_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    author_id bigint NOT NULL,
    item_id bigint NOT NULL
);

ALTER TABLE public.listening_desk_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_brand (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    own boolean NOT NULL,
    words character varying(80)[] NOT NULL,
    words_at timestamp with time zone NOT NULL,
    matched_to bigint,
    created_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone
);

ALTER TABLE public.listening_desk_brand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_brand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_brandmention (
    id bigint NOT NULL,
    mention_id bigint NOT NULL,
    published_at timestamp with time zone NOT NULL,
    source_id bigint NOT NULL,
    voice_id bigint,
    brand_id bigint NOT NULL
);

ALTER TABLE public.listening_desk_brandmention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_brandmention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_burst (
    id bigint NOT NULL,
    day date NOT NULL,
    mentions integer NOT NULL,
    expected double precision NOT NULL,
    score double precision NOT NULL,
    found_at timestamp with time zone NOT NULL,
    brand_id bigint,
    CONSTRAINT listening_desk_burst_mentions_check CHECK ((mentions >= 0))
);

ALTER TABLE public.listening_desk_burst ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_burst_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_item (
    mention_id bigint NOT NULL,
    published_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    voice_id bigint,
    state character varying(10) NOT NULL,
    snoozed_until timestamp with time zone,
    reason character varying(10) NOT NULL,
    note character varying(500) NOT NULL,
    first_answer_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    assignee_id bigint,
    changed_by_id bigint,
    CONSTRAINT desk_closed_with_reason CHECK (((NOT ((state)::text = 'closed'::text)) OR (NOT ((reason)::text = ''::text)))),
    CONSTRAINT desk_snoozed_until_when CHECK ((((snoozed_until IS NOT NULL) AND ((state)::text = 'snoozed'::text)) OR (NOT ((state)::text = 'snoozed'::text))))
);

CREATE TABLE public.listening_desk_panel (
    id bigint NOT NULL,
    sources bigint[] NOT NULL,
    brands bigint[] NOT NULL,
    reason character varying(240) NOT NULL,
    locked_at timestamp with time zone NOT NULL,
    starts_on date NOT NULL,
    ended_on date,
    locked_by_id bigint
);

ALTER TABLE public.listening_desk_panel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_panel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_promise (
    id bigint NOT NULL,
    mention_id bigint NOT NULL,
    text character varying(300) NOT NULL,
    due_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    outcome character varying(10) NOT NULL,
    outcome_text character varying(500) NOT NULL,
    url character varying(1000) NOT NULL,
    settled_at timestamp with time zone,
    made_by_id bigint NOT NULL,
    settled_by_id bigint,
    CONSTRAINT desk_promise_settled_when CHECK (((((outcome)::text = ''::text) AND (settled_at IS NULL)) OR ((NOT ((outcome)::text = ''::text)) AND (settled_at IS NOT NULL))))
);

ALTER TABLE public.listening_desk_promise ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_promise_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_stale (
    day date NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.listening_desk_sum (
    id bigint NOT NULL,
    day date NOT NULL,
    dimension character varying(8) NOT NULL,
    value character varying(100) NOT NULL,
    polarity smallint,
    mentions integer NOT NULL,
    people bigint[] NOT NULL,
    brand_id bigint,
    CONSTRAINT listening_desk_sum_mentions_check CHECK ((mentions >= 0))
);

ALTER TABLE public.listening_desk_sum ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_sum_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_desk_watch (
    id bigint NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT desk_watch_is_one CHECK ((id = 1))
);

ALTER TABLE public.listening_desk_watch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_desk_watch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_key (
    key bytea NOT NULL,
    mention_id bigint,
    published_at timestamp with time zone
);

CREATE TABLE public.listening_look (
    id bigint NOT NULL,
    voice_id bigint NOT NULL,
    what character varying(20) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    actor_id bigint NOT NULL
);

ALTER TABLE public.listening_look ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_look_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_mention (
    id bigint NOT NULL,
    published_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source_id bigint NOT NULL,
    platform character varying(40) NOT NULL,
    external_id character varying(500) DEFAULT ''::character varying NOT NULL,
    url character varying(2000) DEFAULT ''::character varying NOT NULL,
    voice_id bigint,
    tie character varying(6) DEFAULT 'post'::character varying NOT NULL,
    title character varying(500) DEFAULT ''::character varying NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    language character varying(3) DEFAULT ''::character varying NOT NULL,
    reactions integer DEFAULT 0 NOT NULL,
    reach bigint,
    tags character varying(100)[] DEFAULT '{}'::character varying[] NOT NULL,
    names bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    labels jsonb DEFAULT '{}'::jsonb NOT NULL,
    parent_key bytea,
    parent_id bigint,
    alike_id bigint,
    gone_at timestamp with time zone,
    edited_at timestamp with time zone,
    CONSTRAINT listening_mention_tie_check CHECK (((tie)::text = ANY ((ARRAY['post'::character varying, 'reply'::character varying, 'repost'::character varying, 'quote'::character varying, 'like'::character varying])::text[])))
)
PARTITION BY RANGE (published_at);

ALTER TABLE public.listening_mention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_mention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_mention_other (
    id bigint CONSTRAINT listening_mention_id_not_null NOT NULL,
    published_at timestamp with time zone CONSTRAINT listening_mention_published_at_not_null NOT NULL,
    received_at timestamp with time zone CONSTRAINT listening_mention_received_at_not_null NOT NULL,
    source_id bigint CONSTRAINT listening_mention_source_id_not_null NOT NULL,
    platform character varying(40) CONSTRAINT listening_mention_platform_not_null NOT NULL,
    external_id character varying(500) DEFAULT ''::character varying CONSTRAINT listening_mention_external_id_not_null NOT NULL,
    url character varying(2000) DEFAULT ''::character varying CONSTRAINT listening_mention_url_not_null NOT NULL,
    voice_id bigint,
    tie character varying(6) DEFAULT 'post'::character varying CONSTRAINT listening_mention_tie_not_null NOT NULL,
    title character varying(500) DEFAULT ''::character varying CONSTRAINT listening_mention_title_not_null NOT NULL,
    text text DEFAULT ''::text CONSTRAINT listening_mention_text_not_null NOT NULL,
    language character varying(3) DEFAULT ''::character varying CONSTRAINT listening_mention_language_not_null NOT NULL,
    reactions integer DEFAULT 0 CONSTRAINT listening_mention_reactions_not_null NOT NULL,
    reach bigint,
    tags character varying(100)[] DEFAULT '{}'::character varying[] CONSTRAINT listening_mention_tags_not_null NOT NULL,
    names bigint[] DEFAULT '{}'::bigint[] CONSTRAINT listening_mention_names_not_null NOT NULL,
    labels jsonb DEFAULT '{}'::jsonb CONSTRAINT listening_mention_labels_not_null NOT NULL,
    parent_key bytea,
    parent_id bigint,
    alike_id bigint,
    gone_at timestamp with time zone,
    edited_at timestamp with time zone,
    CONSTRAINT listening_mention_tie_check CHECK (((tie)::text = ANY ((ARRAY['post'::character varying, 'reply'::character varying, 'repost'::character varying, 'quote'::character varying, 'like'::character varying])::text[])))
);

CREATE TABLE public.listening_month (
    first_day date NOT NULL,
    looked integer NOT NULL,
    stirs integer NOT NULL,
    CONSTRAINT listening_month_looked_check CHECK ((looked >= 0)),
    CONSTRAINT listening_month_stirs_check CHECK ((stirs >= 0))
);

CREATE TABLE public.listening_objection (
    id bigint NOT NULL,
    key bytea NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.listening_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_plea (
    id bigint NOT NULL,
    platform character varying(40) NOT NULL,
    key bytea NOT NULL,
    handle bytea,
    reply_to bytea,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome character varying(10) NOT NULL,
    reason text NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint
);

ALTER TABLE public.listening_plea ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_plea_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_run (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    read bigint NOT NULL,
    added bigint NOT NULL,
    again bigint NOT NULL,
    alike bigint NOT NULL,
    gone bigint NOT NULL,
    total bigint,
    refused jsonb NOT NULL,
    refusals integer NOT NULL,
    error jsonb,
    source_id bigint NOT NULL,
    CONSTRAINT listening_run_added_check CHECK ((added >= 0)),
    CONSTRAINT listening_run_again_check CHECK ((again >= 0)),
    CONSTRAINT listening_run_alike_check CHECK ((alike >= 0)),
    CONSTRAINT listening_run_gone_check CHECK ((gone >= 0)),
    CONSTRAINT listening_run_read_check CHECK ((read >= 0)),
    CONSTRAINT listening_run_refusals_check CHECK ((refusals >= 0)),
    CONSTRAINT listening_run_total_check CHECK ((total >= 0))
);

ALTER TABLE public.listening_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_source (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    address character varying(1000) NOT NULL,
    options jsonb NOT NULL,
    state character varying(10) NOT NULL,
    retention_days smallint NOT NULL,
    every_minutes integer NOT NULL,
    cursor jsonb NOT NULL,
    next_run_at timestamp with time zone,
    last_run_at timestamp with time zone,
    last_success_at timestamp with time zone,
    failing_since timestamp with time zone,
    failures smallint NOT NULL,
    last_error jsonb,
    mentions bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    community_id bigint,
    created_by_id bigint,
    backfill jsonb,
    removed_at timestamp with time zone,
    CONSTRAINT listening_source_every_minutes_check CHECK ((every_minutes >= 0)),
    CONSTRAINT listening_source_failures_check CHECK ((failures >= 0)),
    CONSTRAINT listening_source_mentions_check CHECK ((mentions >= 0)),
    CONSTRAINT listening_source_retention_days_check CHECK ((retention_days >= 0))
);

ALTER TABLE public.listening_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_sources_host (
    name character varying(260) NOT NULL,
    next_at timestamp with time zone NOT NULL,
    refused_until timestamp with time zone,
    refusals smallint NOT NULL,
    robots text,
    robots_until timestamp with time zone,
    CONSTRAINT listening_sources_host_refusals_check CHECK ((refusals >= 0))
);

CREATE TABLE public.listening_sources_optout (
    id bigint NOT NULL,
    host character varying(253) NOT NULL,
    reason character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    noted_by_id bigint
);

ALTER TABLE public.listening_sources_optout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_sources_optout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_suggestion (
    id bigint NOT NULL,
    reason character varying(40) NOT NULL,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    declined_at timestamp with time zone,
    member_id bigint NOT NULL,
    voice_id bigint NOT NULL
);

ALTER TABLE public.listening_suggestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_suggestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_unmatched (
    member_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.listening_voice (
    id bigint NOT NULL,
    platform character varying(40) NOT NULL,
    key bytea NOT NULL,
    pseudonym character varying(60) NOT NULL,
    handle bytea,
    handle_until timestamp with time zone,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    mentions integer NOT NULL,
    CONSTRAINT listening_voice_mentions_check CHECK ((mentions >= 0))
);

ALTER TABLE public.listening_voice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.listening_voice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listening_waiting (
    mention_id bigint NOT NULL,
    published_at timestamp with time zone NOT NULL,
    parent_key bytea NOT NULL
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_heard (
    activity_id bigint NOT NULL
);

CREATE TABLE public.notices_letter (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    frequency character varying(8) NOT NULL,
    topic character varying(12) NOT NULL,
    activities bigint[] NOT NULL,
    message_id uuid NOT NULL,
    state character varying(9) NOT NULL,
    attempts smallint NOT NULL,
    error text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    sent_at timestamp with time zone,
    member_id bigint NOT NULL,
    CONSTRAINT notices_letter_attempts_check CHECK ((attempts >= 0))
);

ALTER TABLE public.notices_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_notice (
    id bigint NOT NULL,
    topic character varying(12) NOT NULL,
    activity_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.notices_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_pending (
    id bigint NOT NULL,
    topic character varying(12) NOT NULL,
    activity_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.notices_pending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_pending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_preference (
    id bigint NOT NULL,
    topic character varying(12) NOT NULL,
    frequency character varying(8) NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.notices_preference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_preference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_seen (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    activity_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.notices_seen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_seen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_acceptance (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    member_id bigint NOT NULL,
    evidence_id bigint NOT NULL
);

ALTER TABLE public.people_acceptance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_acceptance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_apitoken (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    sha256 character varying(64) NOT NULL,
    hint character varying(8) NOT NULL,
    scopes character varying(40)[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    member_id bigint NOT NULL
);

ALTER TABLE public.people_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_consent (
    id bigint NOT NULL,
    purpose character varying(20) NOT NULL,
    granted boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    member_id bigint NOT NULL,
    evidence_id bigint NOT NULL
);

ALTER TABLE public.people_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_evidence (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    language character varying(8) NOT NULL,
    version integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    text text NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    CONSTRAINT evidence_hash_is_the_texts CHECK (((sha256)::text = encode(sha256(convert_to(text, 'UTF8'::name)), 'hex'::text))),
    CONSTRAINT people_evidence_version_check CHECK ((version >= 0))
);

ALTER TABLE public.people_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_house (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    taglines jsonb NOT NULL,
    promises jsonb NOT NULL,
    legal_notices jsonb NOT NULL,
    terms_of_use jsonb NOT NULL,
    legal_person text NOT NULL,
    logo character varying(100) NOT NULL,
    colour_main character varying(7) NOT NULL,
    colour_accent character varying(7) NOT NULL,
    colour_calm character varying(7) NOT NULL,
    currency character varying(3) NOT NULL,
    languages character varying(8)[] NOT NULL,
    minimum_age smallint NOT NULL,
    modules_off character varying(40)[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    CONSTRAINT house_is_one CHECK ((id = 1)),
    CONSTRAINT people_house_minimum_age_check CHECK ((minimum_age >= 0))
);

ALTER TABLE public.people_house ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_house_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_houserole (
    id bigint NOT NULL,
    role character varying(12) NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    granted_by_id bigint,
    member_id bigint NOT NULL,
    CONSTRAINT house_role_not_by_oneself CHECK (((granted_by_id IS NULL) OR (NOT ((granted_by_id = member_id) AND (granted_by_id IS NOT NULL)))))
);

ALTER TABLE public.people_houserole ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_houserole_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_member (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    email character varying(254) NOT NULL,
    handle character varying(30) NOT NULL,
    display_name character varying(80) NOT NULL,
    sort_key character varying(80) NOT NULL,
    skeleton character varying(30) NOT NULL,
    languages character varying(8)[] NOT NULL,
    interests character varying(40)[] NOT NULL,
    place character varying(80) NOT NULL,
    bio text NOT NULL,
    avatar character varying(100) NOT NULL,
    language character varying(8) NOT NULL,
    birth_year smallint,
    email_confirmed_at timestamp with time zone,
    is_active boolean NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT member_erased_is_empty CHECK (((erased_at IS NULL) OR ((bio = ''::text) AND (birth_year IS NULL) AND (NOT is_active) AND ((place)::text = ''::text)))),
    CONSTRAINT member_handle_wellformed CHECK (((handle)::text ~ '^[A-Za-z0-9]([A-Za-z0-9_.-]{1,28})[A-Za-z0-9]$'::text)),
    CONSTRAINT people_member_birth_year_check CHECK ((birth_year >= 0))
);

ALTER TABLE public.people_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products_credit (
    id bigint NOT NULL,
    what character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    contribution_id bigint,
    member_id bigint NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT products_credit_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.products_credit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_credit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products_product (
    id bigint NOT NULL,
    slug character varying(80) NOT NULL,
    name character varying(120) NOT NULL,
    summary character varying(240) NOT NULL,
    story text NOT NULL,
    image character varying(100) NOT NULL,
    image_text character varying(200) NOT NULL,
    unit character varying(8) NOT NULL,
    royalty_rate integer NOT NULL,
    net_sales_terms text NOT NULL,
    launched_at timestamp with time zone NOT NULL,
    community_id bigint,
    launched_by_id bigint NOT NULL,
    origin_id bigint,
    CONSTRAINT product_rate_in_range CHECK ((royalty_rate <= 10000)),
    CONSTRAINT products_product_royalty_rate_check CHECK ((royalty_rate >= 0))
);

ALTER TABLE public.products_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products_royaltyshare (
    id bigint NOT NULL,
    basis_points integer NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    granted_by_id bigint NOT NULL,
    holder_id bigint NOT NULL,
    origin_id bigint,
    product_id bigint NOT NULL,
    CONSTRAINT products_royaltyshare_basis_points_check CHECK ((basis_points >= 0)),
    CONSTRAINT share_above_nothing CHECK ((basis_points > 0)),
    CONSTRAINT share_term_not_empty CHECK ((ends > starts))
);

ALTER TABLE public.products_royaltyshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_royaltyshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products_sale (
    id bigint NOT NULL,
    sold_on date NOT NULL,
    since date,
    channel character varying(60) NOT NULL,
    quantity integer NOT NULL,
    gross bigint NOT NULL,
    discounts bigint NOT NULL,
    returns bigint NOT NULL,
    vat bigint NOT NULL,
    net bigint NOT NULL,
    unit character varying(8) NOT NULL,
    source character varying(160) NOT NULL,
    version integer NOT NULL,
    product_id bigint NOT NULL,
    reverses_id bigint,
    arrived_in_id bigint NOT NULL,
    CONSTRAINT products_sale_version_check CHECK ((version >= 0)),
    CONSTRAINT sale_net_adds_up CHECK ((net = (((gross - discounts) - returns) - vat)))
);

ALTER TABLE public.products_sale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_sale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products_salesfile (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    content bytea NOT NULL,
    brought_at timestamp with time zone NOT NULL,
    brought_by_id bigint NOT NULL,
    product_id bigint
);

ALTER TABLE public.products_salesfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_salesfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.products_salesimport (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    digest character varying(64) NOT NULL,
    rows integer NOT NULL,
    corrected integer NOT NULL,
    known integer NOT NULL,
    refused jsonb NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    imported_by_id bigint,
    CONSTRAINT products_salesimport_corrected_check CHECK ((corrected >= 0)),
    CONSTRAINT products_salesimport_known_check CHECK ((known >= 0)),
    CONSTRAINT products_salesimport_rows_check CHECK ((rows >= 0))
);

ALTER TABLE public.products_salesimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_salesimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reading_aspect (
    id bigint NOT NULL,
    language character varying(3) NOT NULL,
    name character varying(60) NOT NULL,
    words character varying(60)[] NOT NULL
);

ALTER TABLE public.reading_aspect ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reading_aspect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reading_correction (
    id bigint NOT NULL,
    mention_id bigint NOT NULL,
    field character varying(10) NOT NULL,
    value character varying(10) NOT NULL,
    was character varying(10) NOT NULL,
    language character varying(3) NOT NULL,
    grams bytea NOT NULL,
    space smallint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    actor_id bigint NOT NULL,
    was_by_id bigint NOT NULL,
    CONSTRAINT reading_correction_space_check CHECK ((space >= 0))
);

ALTER TABLE public.reading_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reading_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reading_edition (
    id bigint NOT NULL,
    readers bigint[] NOT NULL,
    since timestamp with time zone NOT NULL
);

ALTER TABLE public.reading_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reading_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reading_reader (
    id bigint NOT NULL,
    task character varying(10) NOT NULL,
    language character varying(3) NOT NULL,
    basis character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    file character varying(200) NOT NULL,
    digest character varying(64) NOT NULL,
    card jsonb NOT NULL,
    corrections integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT reading_reader_corrections_check CHECK ((corrections >= 0))
);

ALTER TABLE public.reading_reader ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reading_reader_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reading_reading (
    mention_id bigint NOT NULL,
    language character varying(3) NOT NULL,
    polarity smallint NOT NULL,
    polarity_confidence double precision NOT NULL,
    kind character varying(10) NOT NULL,
    kind_confidence double precision NOT NULL,
    hostile boolean NOT NULL,
    hostile_confidence double precision NOT NULL,
    aspects character varying(60)[] NOT NULL,
    by_hand character varying(10)[] NOT NULL,
    read_at timestamp with time zone NOT NULL,
    model_id bigint NOT NULL,
    topic_id bigint,
    CONSTRAINT reading_kind_known CHECK (((kind)::text = ANY ((ARRAY['opinion'::character varying, 'experience'::character varying, 'suggestion'::character varying, 'claim'::character varying, 'question'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT reading_polarity_of_three CHECK ((polarity = ANY (ARRAY['-1'::integer, 0, 1])))
);

CREATE TABLE public.reading_topic (
    id bigint NOT NULL,
    language character varying(3) NOT NULL,
    name character varying(120) NOT NULL,
    named_by_hand boolean NOT NULL,
    words character varying(40)[] NOT NULL,
    mentions integer NOT NULL,
    found_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    CONSTRAINT reading_topic_mentions_check CHECK ((mentions >= 0))
);

ALTER TABLE public.reading_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reading_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rewards_award (
    id bigint NOT NULL,
    points integer NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    activity_id bigint NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT rewards_award_points_check CHECK ((points >= 0)),
    CONSTRAINT rewards_award_version_check CHECK ((version >= 0))
);

ALTER TABLE public.rewards_award ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rewards_award_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rewards_ruleset (
    id bigint NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    reason character varying(240) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by_id bigint NOT NULL,
    CONSTRAINT rewards_ruleset_version_check CHECK ((version >= 0))
);

ALTER TABLE public.rewards_ruleset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rewards_ruleset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.royalties_point (
    activity_id bigint NOT NULL
);

CREATE TABLE public.royalties_schedule (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    months smallint NOT NULL,
    hold_days smallint NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    decided_by_id bigint NOT NULL,
    CONSTRAINT royalties_schedule_hold_days_check CHECK ((hold_days >= 0)),
    CONSTRAINT royalties_schedule_months_check CHECK ((months >= 0))
);

ALTER TABLE public.royalties_schedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.royalties_schedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.royalties_statement (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    label character varying(10) NOT NULL,
    version integer NOT NULL,
    net bigint NOT NULL,
    owed bigint NOT NULL,
    settled bigint NOT NULL,
    credited bigint NOT NULL,
    taken bigint NOT NULL,
    carried bigint NOT NULL,
    unit character varying(8) NOT NULL,
    since_arrival bigint NOT NULL,
    through_arrival bigint NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    holder_id bigint NOT NULL,
    point_id bigint NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT royalties_statement_version_check CHECK ((version >= 0)),
    CONSTRAINT statement_parts_not_negative CHECK (((carried >= 0) AND (credited >= 0) AND (settled >= 0) AND (taken >= 0)))
);

ALTER TABLE public.royalties_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.royalties_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.royalties_step (
    id bigint NOT NULL,
    statement_key character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    amount bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.royalties_step ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.royalties_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.royalties_takenback (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    correction_id bigint NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.royalties_takenback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.royalties_takenback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sandbox_order (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    key character varying(64) NOT NULL,
    reference character varying(64) NOT NULL,
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    memo character varying(300) NOT NULL,
    return_path character varying(300) NOT NULL,
    choice character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    capture character varying(5) NOT NULL,
    closed character varying(10) NOT NULL
);

ALTER TABLE public.sandbox_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sandbox_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sandbox_till (
    id bigint NOT NULL,
    payouts character varying(20) NOT NULL,
    CONSTRAINT sandbox_one_till CHECK ((id = 1))
);

ALTER TABLE public.sandbox_till ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sandbox_till_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sandbox_word (
    id bigint NOT NULL,
    event_id character varying(40) NOT NULL,
    type character varying(40) NOT NULL,
    amount bigint NOT NULL,
    request_key character varying(64),
    occurred_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    copies smallint NOT NULL,
    attempts smallint NOT NULL,
    answer character varying(200) NOT NULL,
    order_id bigint NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT sandbox_word_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT sandbox_word_copies_check CHECK ((copies >= 0))
);

ALTER TABLE public.sandbox_word ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sandbox_word_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);

ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);

ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.standing_pastscore (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    value numeric(18,6) NOT NULL,
    low numeric(18,6),
    high numeric(18,6),
    basis jsonb NOT NULL,
    concluded_at timestamp with time zone NOT NULL,
    community_id bigint,
    member_id bigint NOT NULL
);

ALTER TABLE public.standing_pastscore ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.standing_pastscore_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.standing_score (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    value numeric(18,6) NOT NULL,
    low numeric(18,6),
    high numeric(18,6),
    basis jsonb NOT NULL,
    concluded_at timestamp with time zone NOT NULL,
    community_id bigint,
    member_id bigint NOT NULL
);

ALTER TABLE public.standing_score ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.standing_score_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.stripe_checkout (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    mode character varying(9) NOT NULL,
    session character varying(100) NOT NULL,
    url text NOT NULL,
    amount bigint NOT NULL,
    unit character varying(5) NOT NULL,
    memo character varying(300) NOT NULL,
    intent character varying(100) NOT NULL,
    customer character varying(100) NOT NULL,
    agreement character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.stripe_checkout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stripe_checkout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.studio_listen_proposal (
    id bigint NOT NULL,
    mention_id bigint NOT NULL,
    title character varying(160) NOT NULL,
    text text NOT NULL,
    name character varying(60) NOT NULL,
    voice character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    contribution_id bigint,
    initiative_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    member_id bigint,
    CONSTRAINT proposal_taken_as_something CHECK ((((contribution_id IS NOT NULL) AND ((state)::text = 'taken'::text)) OR ((NOT ((state)::text = 'taken'::text)) AND (contribution_id IS NULL))))
);

ALTER TABLE public.studio_listen_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.studio_listen_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tables_savedlayout (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    written jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL
);

ALTER TABLE public.tables_savedlayout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tables_savedlayout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tables_upload (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    content bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL
);

ALTER TABLE public.tables_upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tables_upload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webhooks_endpoint (
    id bigint NOT NULL,
    url character varying(500) NOT NULL,
    events character varying(60)[] NOT NULL,
    secret character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    failing_since timestamp with time zone,
    disabled_at timestamp with time zone,
    disabled_reason text NOT NULL,
    owner_id bigint NOT NULL
);

ALTER TABLE public.webhooks_endpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webhooks_endpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webhooks_message (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    attempts smallint NOT NULL,
    tried_at timestamp with time zone,
    arrived_at timestamp with time zone,
    status smallint,
    error character varying(300) NOT NULL,
    activity_id bigint,
    endpoint_id bigint NOT NULL,
    CONSTRAINT webhooks_message_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT webhooks_message_status_check CHECK ((status >= 0))
);

ALTER TABLE public.webhooks_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webhooks_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webmention_received (
    id bigint NOT NULL,
    key bytea NOT NULL,
    source character varying(2000) NOT NULL,
    target character varying(2000) NOT NULL,
    state character varying(10) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    due_at timestamp with time zone,
    tries smallint NOT NULL,
    error jsonb,
    CONSTRAINT webmention_received_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.webmention_received ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webmention_received_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webmention_reply (
    id bigint NOT NULL,
    parent character varying(2000) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.webmention_reply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webmention_reply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.listening_mention ATTACH PARTITION public.listening_mention_other DEFAULT;

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

INSERT INTO public.auth_permission VALUES
	(1, 'Can add member', 1, 'add_member'),
	(2, 'Can change member', 1, 'change_member'),
	(3, 'Can delete member', 1, 'delete_member'),
	(4, 'Can view member', 1, 'view_member'),
	(5, 'Can add api token', 2, 'add_apitoken'),
	(6, 'Can change api token', 2, 'change_apitoken'),
	(7, 'Can delete api token', 2, 'delete_apitoken'),
	(8, 'Can view api token', 2, 'view_apitoken'),
	(9, 'Can add evidence', 3, 'add_evidence'),
	(10, 'Can change evidence', 3, 'change_evidence'),
	(11, 'Can delete evidence', 3, 'delete_evidence'),
	(12, 'Can view evidence', 3, 'view_evidence'),
	(13, 'Can add acceptance', 4, 'add_acceptance'),
	(14, 'Can change acceptance', 4, 'change_acceptance'),
	(15, 'Can delete acceptance', 4, 'delete_acceptance'),
	(16, 'Can view acceptance', 4, 'view_acceptance'),
	(17, 'Can add house', 5, 'add_house'),
	(18, 'Can change house', 5, 'change_house'),
	(19, 'Can delete house', 5, 'delete_house'),
	(20, 'Can view house', 5, 'view_house'),
	(21, 'Can add consent', 6, 'add_consent'),
	(22, 'Can change consent', 6, 'change_consent'),
	(23, 'Can delete consent', 6, 'delete_consent'),
	(24, 'Can view consent', 6, 'view_consent'),
	(25, 'Can add house role', 7, 'add_houserole'),
	(26, 'Can change house role', 7, 'change_houserole'),
	(27, 'Can delete house role', 7, 'delete_houserole'),
	(28, 'Can view house role', 7, 'view_houserole'),
	(29, 'Can add permission', 8, 'add_permission'),
	(30, 'Can change permission', 8, 'change_permission'),
	(31, 'Can delete permission', 8, 'delete_permission'),
	(32, 'Can view permission', 8, 'view_permission'),
	(33, 'Can add group', 9, 'add_group'),
	(34, 'Can change group', 9, 'change_group'),
	(35, 'Can delete group', 9, 'delete_group'),
	(36, 'Can view group', 9, 'view_group'),
	(37, 'Can add content type', 10, 'add_contenttype'),
	(38, 'Can change content type', 10, 'change_contenttype'),
	(39, 'Can delete content type', 10, 'delete_contenttype'),
	(40, 'Can view content type', 10, 'view_contenttype'),
	(41, 'Can add session', 11, 'add_session'),
	(42, 'Can change session', 11, 'change_session'),
	(43, 'Can delete session', 11, 'delete_session'),
	(44, 'Can view session', 11, 'view_session'),
	(45, 'Can add email address', 12, 'add_emailaddress'),
	(46, 'Can change email address', 12, 'change_emailaddress'),
	(47, 'Can delete email address', 12, 'delete_emailaddress'),
	(48, 'Can view email address', 12, 'view_emailaddress'),
	(49, 'Can add email confirmation', 13, 'add_emailconfirmation'),
	(50, 'Can change email confirmation', 13, 'change_emailconfirmation'),
	(51, 'Can delete email confirmation', 13, 'delete_emailconfirmation'),
	(52, 'Can view email confirmation', 13, 'view_emailconfirmation'),
	(53, 'Can add authenticator', 14, 'add_authenticator'),
	(54, 'Can change authenticator', 14, 'change_authenticator'),
	(55, 'Can delete authenticator', 14, 'delete_authenticator'),
	(56, 'Can view authenticator', 14, 'view_authenticator'),
	(57, 'Can add social account', 15, 'add_socialaccount'),
	(58, 'Can change social account', 15, 'change_socialaccount'),
	(59, 'Can delete social account', 15, 'delete_socialaccount'),
	(60, 'Can view social account', 15, 'view_socialaccount'),
	(61, 'Can add social application', 16, 'add_socialapp'),
	(62, 'Can change social application', 16, 'change_socialapp'),
	(63, 'Can delete social application', 16, 'delete_socialapp'),
	(64, 'Can view social application', 16, 'view_socialapp'),
	(65, 'Can add social application token', 17, 'add_socialtoken'),
	(66, 'Can change social application token', 17, 'change_socialtoken'),
	(67, 'Can delete social application token', 17, 'delete_socialtoken'),
	(68, 'Can view social application token', 17, 'view_socialtoken'),
	(69, 'Can add user session', 18, 'add_usersession'),
	(70, 'Can change user session', 18, 'change_usersession'),
	(71, 'Can delete user session', 18, 'delete_usersession'),
	(72, 'Can view user session', 18, 'view_usersession'),
	(73, 'Can add access attempt', 19, 'add_accessattempt'),
	(74, 'Can change access attempt', 19, 'change_accessattempt'),
	(75, 'Can delete access attempt', 19, 'delete_accessattempt'),
	(76, 'Can view access attempt', 19, 'view_accessattempt'),
	(77, 'Can add access log', 20, 'add_accesslog'),
	(78, 'Can change access log', 20, 'change_accesslog'),
	(79, 'Can delete access log', 20, 'delete_accesslog'),
	(80, 'Can view access log', 20, 'view_accesslog'),
	(81, 'Can add access failure', 21, 'add_accessfailurelog'),
	(82, 'Can change access failure', 21, 'change_accessfailurelog'),
	(83, 'Can delete access failure', 21, 'delete_accessfailurelog'),
	(84, 'Can view access failure', 21, 'view_accessfailurelog'),
	(85, 'Can add access attempt expiration', 22, 'add_accessattemptexpiration'),
	(86, 'Can change access attempt expiration', 22, 'change_accessattemptexpiration'),
	(87, 'Can delete access attempt expiration', 22, 'delete_accessattemptexpiration'),
	(88, 'Can view access attempt expiration', 22, 'view_accessattemptexpiration'),
	(89, 'Can add procrastinate event', 23, 'add_procrastinateevent'),
	(90, 'Can change procrastinate event', 23, 'change_procrastinateevent'),
	(91, 'Can delete procrastinate event', 23, 'delete_procrastinateevent'),
	(92, 'Can view procrastinate event', 23, 'view_procrastinateevent'),
	(93, 'Can add procrastinate job', 24, 'add_procrastinatejob'),
	(94, 'Can change procrastinate job', 24, 'change_procrastinatejob'),
	(95, 'Can delete procrastinate job', 24, 'delete_procrastinatejob'),
	(96, 'Can view procrastinate job', 24, 'view_procrastinatejob'),
	(97, 'Can add procrastinate periodic defer', 25, 'add_procrastinateperiodicdefer'),
	(98, 'Can change procrastinate periodic defer', 25, 'change_procrastinateperiodicdefer'),
	(99, 'Can delete procrastinate periodic defer', 25, 'delete_procrastinateperiodicdefer'),
	(100, 'Can view procrastinate periodic defer', 25, 'view_procrastinateperiodicdefer'),
	(101, 'Can add procrastinate worker', 26, 'add_procrastinateworker'),
	(102, 'Can change procrastinate worker', 26, 'change_procrastinateworker'),
	(103, 'Can delete procrastinate worker', 26, 'delete_procrastinateworker'),
	(104, 'Can view procrastinate worker', 26, 'view_procrastinateworker'),
	(105, 'Can add community', 27, 'add_community'),
	(106, 'Can change community', 27, 'change_community'),
	(107, 'Can delete community', 27, 'delete_community'),
	(108, 'Can view community', 27, 'view_community'),
	(109, 'Can add charter version', 28, 'add_charterversion'),
	(110, 'Can change charter version', 28, 'change_charterversion'),
	(111, 'Can delete charter version', 28, 'delete_charterversion'),
	(112, 'Can view charter version', 28, 'view_charterversion'),
	(113, 'Can add membership', 29, 'add_membership'),
	(114, 'Can change membership', 29, 'change_membership'),
	(115, 'Can delete membership', 29, 'delete_membership'),
	(116, 'Can view membership', 29, 'view_membership'),
	(117, 'Can add activity', 30, 'add_activity'),
	(118, 'Can change activity', 30, 'change_activity'),
	(119, 'Can delete activity', 30, 'delete_activity'),
	(120, 'Can view activity', 30, 'view_activity'),
	(121, 'Can add delivery', 31, 'add_delivery'),
	(122, 'Can change delivery', 31, 'change_delivery'),
	(123, 'Can delete delivery', 31, 'delete_delivery'),
	(124, 'Can view delivery', 31, 'view_delivery'),
	(125, 'Can add books check', 32, 'add_bookscheck'),
	(126, 'Can change books check', 32, 'change_bookscheck'),
	(127, 'Can delete books check', 32, 'delete_bookscheck'),
	(128, 'Can view books check', 32, 'view_bookscheck'),
	(129, 'Can add seal', 33, 'add_seal'),
	(130, 'Can change seal', 33, 'change_seal'),
	(131, 'Can delete seal', 33, 'delete_seal'),
	(132, 'Can view seal', 33, 'view_seal'),
	(133, 'Can add account', 34, 'add_account'),
	(134, 'Can change account', 34, 'change_account'),
	(135, 'Can delete account', 34, 'delete_account'),
	(136, 'Can view account', 34, 'view_account'),
	(137, 'Can add journal entry', 35, 'add_journalentry'),
	(138, 'Can change journal entry', 35, 'change_journalentry'),
	(139, 'Can delete journal entry', 35, 'delete_journalentry'),
	(140, 'Can view journal entry', 35, 'view_journalentry'),
	(141, 'Can add payment', 36, 'add_payment'),
	(142, 'Can change payment', 36, 'change_payment'),
	(143, 'Can delete payment', 36, 'delete_payment'),
	(144, 'Can view payment', 36, 'view_payment'),
	(145, 'Can add payout', 37, 'add_payout'),
	(146, 'Can change payout', 37, 'change_payout'),
	(147, 'Can delete payout', 37, 'delete_payout'),
	(148, 'Can view payout', 37, 'view_payout'),
	(149, 'Can add payout approval', 38, 'add_payoutapproval'),
	(150, 'Can change payout approval', 38, 'change_payoutapproval'),
	(151, 'Can delete payout approval', 38, 'delete_payoutapproval'),
	(152, 'Can view payout approval', 38, 'view_payoutapproval'),
	(153, 'Can add payout rules', 39, 'add_payoutrules'),
	(154, 'Can change payout rules', 39, 'change_payoutrules'),
	(155, 'Can delete payout rules', 39, 'delete_payoutrules'),
	(156, 'Can view payout rules', 39, 'view_payoutrules'),
	(157, 'Can add payout step', 40, 'add_payoutstep'),
	(158, 'Can change payout step', 40, 'change_payoutstep'),
	(159, 'Can delete payout step', 40, 'delete_payoutstep'),
	(160, 'Can view payout step', 40, 'view_payoutstep'),
	(161, 'Can add posting', 41, 'add_posting'),
	(162, 'Can change posting', 41, 'change_posting'),
	(163, 'Can delete posting', 41, 'delete_posting'),
	(164, 'Can view posting', 41, 'view_posting'),
	(165, 'Can add provider event', 42, 'add_providerevent'),
	(166, 'Can change provider event', 42, 'change_providerevent'),
	(167, 'Can delete provider event', 42, 'delete_providerevent'),
	(168, 'Can view provider event', 42, 'view_providerevent'),
	(169, 'Can add request', 43, 'add_request'),
	(170, 'Can change request', 43, 'change_request'),
	(171, 'Can delete request', 43, 'delete_request'),
	(172, 'Can view request', 43, 'view_request'),
	(173, 'Can add provider line', 44, 'add_providerline'),
	(174, 'Can change provider line', 44, 'change_providerline'),
	(175, 'Can delete provider line', 44, 'delete_providerline'),
	(176, 'Can view provider line', 44, 'view_providerline'),
	(177, 'Can add past score', 45, 'add_pastscore'),
	(178, 'Can change past score', 45, 'change_pastscore'),
	(179, 'Can delete past score', 45, 'delete_pastscore'),
	(180, 'Can view past score', 45, 'view_pastscore'),
	(181, 'Can add score', 46, 'add_score'),
	(182, 'Can change score', 46, 'change_score'),
	(183, 'Can delete score', 46, 'delete_score'),
	(184, 'Can view score', 46, 'view_score'),
	(185, 'Can add mention', 47, 'add_mention'),
	(186, 'Can change mention', 47, 'change_mention'),
	(187, 'Can delete mention', 47, 'delete_mention'),
	(188, 'Can view mention', 47, 'view_mention'),
	(189, 'Can add objection', 48, 'add_objection'),
	(190, 'Can change objection', 48, 'change_objection'),
	(191, 'Can delete objection', 48, 'delete_objection'),
	(192, 'Can view objection', 48, 'view_objection'),
	(193, 'Can add key', 49, 'add_key'),
	(194, 'Can change key', 49, 'change_key'),
	(195, 'Can delete key', 49, 'delete_key'),
	(196, 'Can view key', 49, 'view_key'),
	(197, 'Can add source', 50, 'add_source'),
	(198, 'Can change source', 50, 'change_source'),
	(199, 'Can delete source', 50, 'delete_source'),
	(200, 'Can view source', 50, 'view_source'),
	(201, 'Can add run', 51, 'add_run'),
	(202, 'Can change run', 51, 'change_run'),
	(203, 'Can delete run', 51, 'delete_run'),
	(204, 'Can view run', 51, 'view_run'),
	(205, 'Can add voice', 52, 'add_voice'),
	(206, 'Can change voice', 52, 'change_voice'),
	(207, 'Can delete voice', 52, 'delete_voice'),
	(208, 'Can view voice', 52, 'view_voice'),
	(209, 'Can add suggestion', 53, 'add_suggestion'),
	(210, 'Can change suggestion', 53, 'change_suggestion'),
	(211, 'Can delete suggestion', 53, 'delete_suggestion'),
	(212, 'Can view suggestion', 53, 'view_suggestion'),
	(213, 'Can add claim', 54, 'add_claim'),
	(214, 'Can change claim', 54, 'change_claim'),
	(215, 'Can delete claim', 54, 'delete_claim'),
	(216, 'Can view claim', 54, 'view_claim'),
	(217, 'Can add look', 55, 'add_look'),
	(218, 'Can change look', 55, 'change_look'),
	(219, 'Can delete look', 55, 'delete_look'),
	(220, 'Can view look', 55, 'view_look'),
	(221, 'Can add month', 56, 'add_month'),
	(222, 'Can change month', 56, 'change_month'),
	(223, 'Can delete month', 56, 'delete_month'),
	(224, 'Can view month', 56, 'view_month'),
	(225, 'Can add waiting', 57, 'add_waiting'),
	(226, 'Can change waiting', 57, 'change_waiting'),
	(227, 'Can delete waiting', 57, 'delete_waiting'),
	(228, 'Can view waiting', 57, 'view_waiting'),
	(229, 'Can add plea', 58, 'add_plea'),
	(230, 'Can change plea', 58, 'change_plea'),
	(231, 'Can delete plea', 58, 'delete_plea'),
	(232, 'Can view plea', 58, 'view_plea'),
	(233, 'Can add unmatched', 59, 'add_unmatched'),
	(234, 'Can change unmatched', 59, 'change_unmatched'),
	(235, 'Can delete unmatched', 59, 'delete_unmatched'),
	(236, 'Can view unmatched', 59, 'view_unmatched'),
	(237, 'Can add host', 60, 'add_host'),
	(238, 'Can change host', 60, 'change_host'),
	(239, 'Can delete host', 60, 'delete_host'),
	(240, 'Can view host', 60, 'view_host'),
	(241, 'Can add opt out', 61, 'add_optout'),
	(242, 'Can change opt out', 61, 'change_optout'),
	(243, 'Can delete opt out', 61, 'delete_optout'),
	(244, 'Can view opt out', 61, 'view_optout'),
	(245, 'Can add brand', 62, 'add_brand'),
	(246, 'Can change brand', 62, 'change_brand'),
	(247, 'Can delete brand', 62, 'delete_brand'),
	(248, 'Can view brand', 62, 'view_brand'),
	(249, 'Can add stale', 63, 'add_stale'),
	(250, 'Can change stale', 63, 'change_stale'),
	(251, 'Can delete stale', 63, 'delete_stale'),
	(252, 'Can view stale', 63, 'view_stale'),
	(253, 'Can add item', 64, 'add_item'),
	(254, 'Can change item', 64, 'change_item'),
	(255, 'Can delete item', 64, 'delete_item'),
	(256, 'Can view item', 64, 'view_item'),
	(257, 'Can add answer', 65, 'add_answer'),
	(258, 'Can change answer', 65, 'change_answer'),
	(259, 'Can delete answer', 65, 'delete_answer'),
	(260, 'Can view answer', 65, 'view_answer'),
	(261, 'Can add panel', 66, 'add_panel'),
	(262, 'Can change panel', 66, 'change_panel'),
	(263, 'Can delete panel', 66, 'delete_panel'),
	(264, 'Can view panel', 66, 'view_panel'),
	(265, 'Can add promise', 67, 'add_promise'),
	(266, 'Can change promise', 67, 'change_promise'),
	(267, 'Can delete promise', 67, 'delete_promise'),
	(268, 'Can view promise', 67, 'view_promise'),
	(269, 'Can add sum', 68, 'add_sum'),
	(270, 'Can change sum', 68, 'change_sum'),
	(271, 'Can delete sum', 68, 'delete_sum'),
	(272, 'Can view sum', 68, 'view_sum'),
	(273, 'Can add watch', 69, 'add_watch'),
	(274, 'Can change watch', 69, 'change_watch'),
	(275, 'Can delete watch', 69, 'delete_watch'),
	(276, 'Can view watch', 69, 'view_watch'),
	(277, 'Can add brand mention', 70, 'add_brandmention'),
	(278, 'Can change brand mention', 70, 'change_brandmention'),
	(279, 'Can delete brand mention', 70, 'delete_brandmention'),
	(280, 'Can view brand mention', 70, 'view_brandmention'),
	(281, 'Can add burst', 71, 'add_burst'),
	(282, 'Can change burst', 71, 'change_burst'),
	(283, 'Can delete burst', 71, 'delete_burst'),
	(284, 'Can view burst', 71, 'view_burst'),
	(285, 'Can add edition', 72, 'add_edition'),
	(286, 'Can change edition', 72, 'change_edition'),
	(287, 'Can delete edition', 72, 'delete_edition'),
	(288, 'Can view edition', 72, 'view_edition'),
	(289, 'Can add topic', 73, 'add_topic'),
	(290, 'Can change topic', 73, 'change_topic'),
	(291, 'Can delete topic', 73, 'delete_topic'),
	(292, 'Can view topic', 73, 'view_topic'),
	(293, 'Can add aspect', 74, 'add_aspect'),
	(294, 'Can change aspect', 74, 'change_aspect'),
	(295, 'Can delete aspect', 74, 'delete_aspect'),
	(296, 'Can view aspect', 74, 'view_aspect'),
	(297, 'Can add reader', 75, 'add_reader'),
	(298, 'Can change reader', 75, 'change_reader'),
	(299, 'Can delete reader', 75, 'delete_reader'),
	(300, 'Can view reader', 75, 'view_reader'),
	(301, 'Can add correction', 76, 'add_correction'),
	(302, 'Can change correction', 76, 'change_correction'),
	(303, 'Can delete correction', 76, 'delete_correction'),
	(304, 'Can view correction', 76, 'view_correction'),
	(305, 'Can add reading', 77, 'add_reading'),
	(306, 'Can change reading', 77, 'change_reading'),
	(307, 'Can delete reading', 77, 'delete_reading'),
	(308, 'Can view reading', 77, 'view_reading'),
	(309, 'Can add initiative', 78, 'add_initiative'),
	(310, 'Can change initiative', 78, 'change_initiative'),
	(311, 'Can delete initiative', 78, 'delete_initiative'),
	(312, 'Can view initiative', 78, 'view_initiative'),
	(313, 'Can add contribution', 79, 'add_contribution'),
	(314, 'Can change contribution', 79, 'change_contribution'),
	(315, 'Can delete contribution', 79, 'delete_contribution'),
	(316, 'Can view contribution', 79, 'view_contribution'),
	(317, 'Can add amendment', 80, 'add_amendment'),
	(318, 'Can change amendment', 80, 'change_amendment'),
	(319, 'Can delete amendment', 80, 'delete_amendment'),
	(320, 'Can view amendment', 80, 'view_amendment'),
	(321, 'Can add phase', 81, 'add_phase'),
	(322, 'Can change phase', 81, 'change_phase'),
	(323, 'Can delete phase', 81, 'delete_phase'),
	(324, 'Can view phase', 81, 'view_phase'),
	(325, 'Can add picture', 82, 'add_picture'),
	(326, 'Can change picture', 82, 'change_picture'),
	(327, 'Can delete picture', 82, 'delete_picture'),
	(328, 'Can view picture', 82, 'view_picture'),
	(329, 'Can add reaction', 83, 'add_reaction'),
	(330, 'Can change reaction', 83, 'change_reaction'),
	(331, 'Can delete reaction', 83, 'delete_reaction'),
	(332, 'Can view reaction', 83, 'view_reaction'),
	(333, 'Can add revision', 84, 'add_revision'),
	(334, 'Can change revision', 84, 'change_revision'),
	(335, 'Can delete revision', 84, 'delete_revision'),
	(336, 'Can view revision', 84, 'view_revision'),
	(337, 'Can add comment', 85, 'add_comment'),
	(338, 'Can change comment', 85, 'change_comment'),
	(339, 'Can delete comment', 85, 'delete_comment'),
	(340, 'Can view comment', 85, 'view_comment'),
	(341, 'Can add product', 86, 'add_product'),
	(342, 'Can change product', 86, 'change_product'),
	(343, 'Can delete product', 86, 'delete_product'),
	(344, 'Can view product', 86, 'view_product'),
	(345, 'Can add credit', 87, 'add_credit'),
	(346, 'Can change credit', 87, 'change_credit'),
	(347, 'Can delete credit', 87, 'delete_credit'),
	(348, 'Can view credit', 87, 'view_credit'),
	(349, 'Can add royalty share', 88, 'add_royaltyshare'),
	(350, 'Can change royalty share', 88, 'change_royaltyshare'),
	(351, 'Can delete royalty share', 88, 'delete_royaltyshare'),
	(352, 'Can view royalty share', 88, 'view_royaltyshare'),
	(353, 'Can add sales file', 89, 'add_salesfile'),
	(354, 'Can change sales file', 89, 'change_salesfile'),
	(355, 'Can delete sales file', 89, 'delete_salesfile'),
	(356, 'Can view sales file', 89, 'view_salesfile'),
	(357, 'Can add sales import', 90, 'add_salesimport'),
	(358, 'Can change sales import', 90, 'change_salesimport'),
	(359, 'Can delete sales import', 90, 'delete_salesimport'),
	(360, 'Can view sales import', 90, 'view_salesimport'),
	(361, 'Can add sale', 91, 'add_sale'),
	(362, 'Can change sale', 91, 'change_sale'),
	(363, 'Can delete sale', 91, 'delete_sale'),
	(364, 'Can view sale', 91, 'view_sale'),
	(365, 'Can add order', 92, 'add_order'),
	(366, 'Can change order', 92, 'change_order'),
	(367, 'Can delete order', 92, 'delete_order'),
	(368, 'Can view order', 92, 'view_order'),
	(369, 'Can add till', 93, 'add_till'),
	(370, 'Can change till', 93, 'change_till'),
	(371, 'Can delete till', 93, 'delete_till'),
	(372, 'Can view till', 93, 'view_till'),
	(373, 'Can add word', 94, 'add_word'),
	(374, 'Can change word', 94, 'change_word'),
	(375, 'Can delete word', 94, 'delete_word'),
	(376, 'Can view word', 94, 'view_word'),
	(377, 'Can add checkout', 95, 'add_checkout'),
	(378, 'Can change checkout', 95, 'change_checkout'),
	(379, 'Can delete checkout', 95, 'delete_checkout'),
	(380, 'Can view checkout', 95, 'view_checkout'),
	(381, 'Can add transfer', 96, 'add_transfer'),
	(382, 'Can change transfer', 96, 'change_transfer'),
	(383, 'Can delete transfer', 96, 'delete_transfer'),
	(384, 'Can view transfer', 96, 'view_transfer'),
	(385, 'Can add statement', 97, 'add_statement'),
	(386, 'Can change statement', 97, 'change_statement'),
	(387, 'Can delete statement', 97, 'delete_statement'),
	(388, 'Can view statement', 97, 'view_statement'),
	(389, 'Can add order', 98, 'add_order'),
	(390, 'Can change order', 98, 'change_order'),
	(391, 'Can delete order', 98, 'delete_order'),
	(392, 'Can view order', 98, 'view_order'),
	(393, 'Can add booking', 99, 'add_booking'),
	(394, 'Can change booking', 99, 'change_booking'),
	(395, 'Can delete booking', 99, 'delete_booking'),
	(396, 'Can view booking', 99, 'view_booking'),
	(397, 'Can add endpoint', 100, 'add_endpoint'),
	(398, 'Can change endpoint', 100, 'change_endpoint'),
	(399, 'Can delete endpoint', 100, 'delete_endpoint'),
	(400, 'Can view endpoint', 100, 'view_endpoint'),
	(401, 'Can add message', 101, 'add_message'),
	(402, 'Can change message', 101, 'change_message'),
	(403, 'Can delete message', 101, 'delete_message'),
	(404, 'Can view message', 101, 'view_message'),
	(405, 'Can add saved layout', 102, 'add_savedlayout'),
	(406, 'Can change saved layout', 102, 'change_savedlayout'),
	(407, 'Can delete saved layout', 102, 'delete_savedlayout'),
	(408, 'Can view saved layout', 102, 'view_savedlayout'),
	(409, 'Can add upload', 103, 'add_upload'),
	(410, 'Can change upload', 103, 'change_upload'),
	(411, 'Can delete upload', 103, 'delete_upload'),
	(412, 'Can view upload', 103, 'view_upload'),
	(413, 'Can add donation', 104, 'add_donation'),
	(414, 'Can change donation', 104, 'change_donation'),
	(415, 'Can delete donation', 104, 'delete_donation'),
	(416, 'Can view donation', 104, 'view_donation'),
	(417, 'Can add reply', 105, 'add_reply'),
	(418, 'Can change reply', 105, 'change_reply'),
	(419, 'Can delete reply', 105, 'delete_reply'),
	(420, 'Can view reply', 105, 'view_reply'),
	(421, 'Can add received', 106, 'add_received'),
	(422, 'Can change received', 106, 'change_received'),
	(423, 'Can delete received', 106, 'delete_received'),
	(424, 'Can view received', 106, 'view_received'),
	(425, 'Can add line', 107, 'add_line'),
	(426, 'Can change line', 107, 'change_line'),
	(427, 'Can delete line', 107, 'delete_line'),
	(428, 'Can view line', 107, 'view_line'),
	(429, 'Can add part', 108, 'add_part'),
	(430, 'Can change part', 108, 'change_part'),
	(431, 'Can delete part', 108, 'delete_part'),
	(432, 'Can view part', 108, 'view_part'),
	(433, 'Can add heard', 109, 'add_heard'),
	(434, 'Can change heard', 109, 'change_heard'),
	(435, 'Can delete heard', 109, 'delete_heard'),
	(436, 'Can view heard', 109, 'view_heard'),
	(437, 'Can add letter', 110, 'add_letter'),
	(438, 'Can change letter', 110, 'change_letter'),
	(439, 'Can delete letter', 110, 'delete_letter'),
	(440, 'Can view letter', 110, 'view_letter'),
	(441, 'Can add notice', 111, 'add_notice'),
	(442, 'Can change notice', 111, 'change_notice'),
	(443, 'Can delete notice', 111, 'delete_notice'),
	(444, 'Can view notice', 111, 'view_notice'),
	(445, 'Can add pending', 112, 'add_pending'),
	(446, 'Can change pending', 112, 'change_pending'),
	(447, 'Can delete pending', 112, 'delete_pending'),
	(448, 'Can view pending', 112, 'view_pending'),
	(449, 'Can add preference', 113, 'add_preference'),
	(450, 'Can change preference', 113, 'change_preference'),
	(451, 'Can delete preference', 113, 'delete_preference'),
	(452, 'Can view preference', 113, 'view_preference'),
	(453, 'Can add seen', 114, 'add_seen'),
	(454, 'Can change seen', 114, 'change_seen'),
	(455, 'Can delete seen', 114, 'delete_seen'),
	(456, 'Can view seen', 114, 'view_seen'),
	(457, 'Can add rule set', 115, 'add_ruleset'),
	(458, 'Can change rule set', 115, 'change_ruleset'),
	(459, 'Can delete rule set', 115, 'delete_ruleset'),
	(460, 'Can view rule set', 115, 'view_ruleset'),
	(461, 'Can add award', 116, 'add_award'),
	(462, 'Can change award', 116, 'change_award'),
	(463, 'Can delete award', 116, 'delete_award'),
	(464, 'Can view award', 116, 'view_award'),
	(465, 'Can add point', 117, 'add_point'),
	(466, 'Can change point', 117, 'change_point'),
	(467, 'Can delete point', 117, 'delete_point'),
	(468, 'Can view point', 117, 'view_point'),
	(469, 'Can add schedule', 118, 'add_schedule'),
	(470, 'Can change schedule', 118, 'change_schedule'),
	(471, 'Can delete schedule', 118, 'delete_schedule'),
	(472, 'Can view schedule', 118, 'view_schedule'),
	(473, 'Can add statement', 119, 'add_statement'),
	(474, 'Can change statement', 119, 'change_statement'),
	(475, 'Can delete statement', 119, 'delete_statement'),
	(476, 'Can view statement', 119, 'view_statement'),
	(477, 'Can add step', 120, 'add_step'),
	(478, 'Can change step', 120, 'change_step'),
	(479, 'Can delete step', 120, 'delete_step'),
	(480, 'Can view step', 120, 'view_step'),
	(481, 'Can add taken back', 121, 'add_takenback'),
	(482, 'Can change taken back', 121, 'change_takenback'),
	(483, 'Can delete taken back', 121, 'delete_takenback'),
	(484, 'Can view taken back', 121, 'view_takenback'),
	(485, 'Can add consenting', 122, 'add_consenting'),
	(486, 'Can change consenting', 122, 'change_consenting'),
	(487, 'Can delete consenting', 122, 'delete_consenting'),
	(488, 'Can view consenting', 122, 'view_consenting'),
	(489, 'Can add mark', 123, 'add_mark'),
	(490, 'Can change mark', 123, 'change_mark'),
	(491, 'Can delete mark', 123, 'delete_mark'),
	(492, 'Can view mark', 123, 'view_mark'),
	(493, 'Can add stale', 124, 'add_stale'),
	(494, 'Can change stale', 124, 'change_stale'),
	(495, 'Can delete stale', 124, 'delete_stale'),
	(496, 'Can view stale', 124, 'view_stale'),
	(497, 'Can add plan', 125, 'add_plan'),
	(498, 'Can change plan', 125, 'change_plan'),
	(499, 'Can delete plan', 125, 'delete_plan'),
	(500, 'Can view plan', 125, 'view_plan');
INSERT INTO public.auth_permission VALUES
	(501, 'Can add rule set', 126, 'add_ruleset'),
	(502, 'Can change rule set', 126, 'change_ruleset'),
	(503, 'Can delete rule set', 126, 'delete_ruleset'),
	(504, 'Can view rule set', 126, 'view_ruleset'),
	(505, 'Can add run', 127, 'add_run'),
	(506, 'Can change run', 127, 'change_run'),
	(507, 'Can delete run', 127, 'delete_run'),
	(508, 'Can view run', 127, 'view_run'),
	(509, 'Can add circle', 128, 'add_circle'),
	(510, 'Can change circle', 128, 'change_circle'),
	(511, 'Can delete circle', 128, 'delete_circle'),
	(512, 'Can view circle', 128, 'view_circle'),
	(513, 'Can add seat', 129, 'add_seat'),
	(514, 'Can change seat', 129, 'change_seat'),
	(515, 'Can delete seat', 129, 'delete_seat'),
	(516, 'Can view seat', 129, 'view_seat'),
	(517, 'Can add seed', 130, 'add_seed'),
	(518, 'Can change seed', 130, 'change_seed'),
	(519, 'Can delete seed', 130, 'delete_seed'),
	(520, 'Can view seed', 130, 'view_seed'),
	(521, 'Can add tie', 131, 'add_tie'),
	(522, 'Can change tie', 131, 'change_tie'),
	(523, 'Can delete tie', 131, 'delete_tie'),
	(524, 'Can view tie', 131, 'view_tie'),
	(525, 'Can add figures', 132, 'add_figures'),
	(526, 'Can change figures', 132, 'change_figures'),
	(527, 'Can delete figures', 132, 'delete_figures'),
	(528, 'Can view figures', 132, 'view_figures'),
	(529, 'Can add ballot box', 133, 'add_ballotbox'),
	(530, 'Can change ballot box', 133, 'change_ballotbox'),
	(531, 'Can delete ballot box', 133, 'delete_ballotbox'),
	(532, 'Can view ballot box', 133, 'view_ballotbox'),
	(533, 'Can add funding', 134, 'add_funding'),
	(534, 'Can change funding', 134, 'change_funding'),
	(535, 'Can delete funding', 134, 'delete_funding'),
	(536, 'Can view funding', 134, 'view_funding'),
	(537, 'Can add idea', 135, 'add_idea'),
	(538, 'Can change idea', 135, 'change_idea'),
	(539, 'Can delete idea', 135, 'delete_idea'),
	(540, 'Can view idea', 135, 'view_idea'),
	(541, 'Can add co author offer', 136, 'add_coauthoroffer'),
	(542, 'Can change co author offer', 136, 'change_coauthoroffer'),
	(543, 'Can delete co author offer', 136, 'delete_coauthoroffer'),
	(544, 'Can view co author offer', 136, 'view_coauthoroffer'),
	(545, 'Can add ballot line', 137, 'add_ballotline'),
	(546, 'Can change ballot line', 137, 'change_ballotline'),
	(547, 'Can delete ballot line', 137, 'delete_ballotline'),
	(548, 'Can view ballot line', 137, 'view_ballotline'),
	(549, 'Can add authorship', 138, 'add_authorship'),
	(550, 'Can change authorship', 138, 'change_authorship'),
	(551, 'Can delete authorship', 138, 'delete_authorship'),
	(552, 'Can view authorship', 138, 'view_authorship'),
	(553, 'Can add jury score', 139, 'add_juryscore'),
	(554, 'Can change jury score', 139, 'change_juryscore'),
	(555, 'Can delete jury score', 139, 'delete_juryscore'),
	(556, 'Can view jury score', 139, 'view_juryscore'),
	(557, 'Can add jury seat', 140, 'add_juryseat'),
	(558, 'Can change jury seat', 140, 'change_juryseat'),
	(559, 'Can delete jury seat', 140, 'delete_juryseat'),
	(560, 'Can view jury seat', 140, 'view_juryseat'),
	(561, 'Can add official answer', 141, 'add_officialanswer'),
	(562, 'Can change official answer', 141, 'change_officialanswer'),
	(563, 'Can delete official answer', 141, 'delete_officialanswer'),
	(564, 'Can view official answer', 141, 'view_officialanswer'),
	(565, 'Can add panel test', 142, 'add_paneltest'),
	(566, 'Can change panel test', 142, 'change_paneltest'),
	(567, 'Can delete panel test', 142, 'delete_paneltest'),
	(568, 'Can view panel test', 142, 'view_paneltest'),
	(569, 'Can add panel seat', 143, 'add_panelseat'),
	(570, 'Can change panel seat', 143, 'change_panelseat'),
	(571, 'Can delete panel seat', 143, 'delete_panelseat'),
	(572, 'Can view panel seat', 143, 'view_panelseat'),
	(573, 'Can add placeholder', 144, 'add_placeholder'),
	(574, 'Can change placeholder', 144, 'change_placeholder'),
	(575, 'Can delete placeholder', 144, 'delete_placeholder'),
	(576, 'Can view placeholder', 144, 'view_placeholder'),
	(577, 'Can add rung reached', 145, 'add_rungreached'),
	(578, 'Can change rung reached', 145, 'change_rungreached'),
	(579, 'Can delete rung reached', 145, 'delete_rungreached'),
	(580, 'Can view rung reached', 145, 'view_rungreached'),
	(581, 'Can add award decision', 146, 'add_awarddecision'),
	(582, 'Can change award decision', 146, 'change_awarddecision'),
	(583, 'Can delete award decision', 146, 'delete_awarddecision'),
	(584, 'Can view award decision', 146, 'view_awarddecision'),
	(585, 'Can add surge alarm', 147, 'add_surgealarm'),
	(586, 'Can change surge alarm', 147, 'change_surgealarm'),
	(587, 'Can delete surge alarm', 147, 'delete_surgealarm'),
	(588, 'Can view surge alarm', 147, 'view_surgealarm'),
	(589, 'Can add voiding', 148, 'add_voiding'),
	(590, 'Can change voiding', 148, 'change_voiding'),
	(591, 'Can delete voiding', 148, 'delete_voiding'),
	(592, 'Can view voiding', 148, 'view_voiding'),
	(593, 'Can add vote', 149, 'add_vote'),
	(594, 'Can change vote', 149, 'change_vote'),
	(595, 'Can delete vote', 149, 'delete_vote'),
	(596, 'Can view vote', 149, 'view_vote'),
	(597, 'Can add update', 150, 'add_update'),
	(598, 'Can change update', 150, 'change_update'),
	(599, 'Can delete update', 150, 'delete_update'),
	(600, 'Can view update', 150, 'view_update'),
	(601, 'Can add pledge', 151, 'add_pledge'),
	(602, 'Can change pledge', 151, 'change_pledge'),
	(603, 'Can delete pledge', 151, 'delete_pledge'),
	(604, 'Can view pledge', 151, 'view_pledge'),
	(605, 'Can add delivery', 152, 'add_delivery'),
	(606, 'Can change delivery', 152, 'change_delivery'),
	(607, 'Can delete delivery', 152, 'delete_delivery'),
	(608, 'Can view delivery', 152, 'view_delivery'),
	(609, 'Can add pot', 153, 'add_pot'),
	(610, 'Can change pot', 153, 'change_pot'),
	(611, 'Can delete pot', 153, 'delete_pot'),
	(612, 'Can view pot', 153, 'view_pot'),
	(613, 'Can add match', 154, 'add_match'),
	(614, 'Can change match', 154, 'change_match'),
	(615, 'Can delete match', 154, 'delete_match'),
	(616, 'Can view match', 154, 'view_match'),
	(617, 'Can add pot campaign', 155, 'add_potcampaign'),
	(618, 'Can change pot campaign', 155, 'change_potcampaign'),
	(619, 'Can delete pot campaign', 155, 'delete_potcampaign'),
	(620, 'Can view pot campaign', 155, 'view_potcampaign'),
	(621, 'Can add pot movement', 156, 'add_potmovement'),
	(622, 'Can change pot movement', 156, 'change_potmovement'),
	(623, 'Can delete pot movement', 156, 'delete_potmovement'),
	(624, 'Can view pot movement', 156, 'view_potmovement'),
	(625, 'Can add question', 157, 'add_question'),
	(626, 'Can change question', 157, 'change_question'),
	(627, 'Can delete question', 157, 'delete_question'),
	(628, 'Can view question', 157, 'view_question'),
	(629, 'Can add refund', 158, 'add_refund'),
	(630, 'Can change refund', 158, 'change_refund'),
	(631, 'Can delete refund', 158, 'delete_refund'),
	(632, 'Can view refund', 158, 'view_refund'),
	(633, 'Can add settlement', 159, 'add_settlement'),
	(634, 'Can change settlement', 159, 'change_settlement'),
	(635, 'Can delete settlement', 159, 'delete_settlement'),
	(636, 'Can view settlement', 159, 'view_settlement'),
	(637, 'Can add stretch goal', 160, 'add_stretchgoal'),
	(638, 'Can change stretch goal', 160, 'change_stretchgoal'),
	(639, 'Can delete stretch goal', 160, 'delete_stretchgoal'),
	(640, 'Can view stretch goal', 160, 'view_stretchgoal'),
	(641, 'Can add team member', 161, 'add_teammember'),
	(642, 'Can change team member', 161, 'change_teammember'),
	(643, 'Can delete team member', 161, 'delete_teammember'),
	(644, 'Can view team member', 161, 'view_teammember'),
	(645, 'Can add tier', 162, 'add_tier'),
	(646, 'Can change tier', 162, 'change_tier'),
	(647, 'Can delete tier', 162, 'delete_tier'),
	(648, 'Can view tier', 162, 'view_tier'),
	(649, 'Can add pledge line', 163, 'add_pledgeline'),
	(650, 'Can change pledge line', 163, 'change_pledgeline'),
	(651, 'Can delete pledge line', 163, 'delete_pledgeline'),
	(652, 'Can view pledge line', 163, 'view_pledgeline'),
	(653, 'Can add delay', 164, 'add_delay'),
	(654, 'Can change delay', 164, 'change_delay'),
	(655, 'Can delete delay', 164, 'delete_delay'),
	(656, 'Can view delay', 164, 'view_delay'),
	(657, 'Can add withdrawal', 165, 'add_withdrawal'),
	(658, 'Can change withdrawal', 165, 'change_withdrawal'),
	(659, 'Can delete withdrawal', 165, 'delete_withdrawal'),
	(660, 'Can view withdrawal', 165, 'view_withdrawal'),
	(661, 'Can add budget line', 166, 'add_budgetline'),
	(662, 'Can change budget line', 166, 'change_budgetline'),
	(663, 'Can delete budget line', 166, 'delete_budgetline'),
	(664, 'Can view budget line', 166, 'view_budgetline'),
	(665, 'Can add campaign', 167, 'add_campaign'),
	(666, 'Can change campaign', 167, 'change_campaign'),
	(667, 'Can delete campaign', 167, 'delete_campaign'),
	(668, 'Can view campaign', 167, 'view_campaign'),
	(669, 'Can add offline money', 168, 'add_offlinemoney'),
	(670, 'Can change offline money', 168, 'change_offlinemoney'),
	(671, 'Can delete offline money', 168, 'delete_offlinemoney'),
	(672, 'Can view offline money', 168, 'view_offlinemoney'),
	(673, 'Can add letter', 169, 'add_letter'),
	(674, 'Can change letter', 169, 'change_letter'),
	(675, 'Can delete letter', 169, 'delete_letter'),
	(676, 'Can view letter', 169, 'view_letter'),
	(677, 'Can add charge', 170, 'add_charge'),
	(678, 'Can change charge', 170, 'change_charge'),
	(679, 'Can delete charge', 170, 'delete_charge'),
	(680, 'Can view charge', 170, 'view_charge'),
	(681, 'Can add story picture', 171, 'add_storypicture'),
	(682, 'Can change story picture', 171, 'change_storypicture'),
	(683, 'Can delete story picture', 171, 'delete_storypicture'),
	(684, 'Can view story picture', 171, 'view_storypicture'),
	(685, 'Can add tally', 172, 'add_tally'),
	(686, 'Can change tally', 172, 'change_tally'),
	(687, 'Can delete tally', 172, 'delete_tally'),
	(688, 'Can view tally', 172, 'view_tally'),
	(689, 'Can add round', 173, 'add_round'),
	(690, 'Can change round', 173, 'change_round'),
	(691, 'Can delete round', 173, 'delete_round'),
	(692, 'Can view round', 173, 'view_round'),
	(693, 'Can add camp', 174, 'add_camp'),
	(694, 'Can change camp', 174, 'change_camp'),
	(695, 'Can delete camp', 174, 'delete_camp'),
	(696, 'Can view camp', 174, 'view_camp'),
	(697, 'Can add cheer', 175, 'add_cheer'),
	(698, 'Can change cheer', 175, 'change_cheer'),
	(699, 'Can delete cheer', 175, 'delete_cheer'),
	(700, 'Can view cheer', 175, 'view_cheer'),
	(701, 'Can add cheer message', 176, 'add_cheermessage'),
	(702, 'Can change cheer message', 176, 'change_cheermessage'),
	(703, 'Can delete cheer message', 176, 'delete_cheermessage'),
	(704, 'Can view cheer message', 176, 'view_cheermessage'),
	(705, 'Can add shift', 177, 'add_shift'),
	(706, 'Can change shift', 177, 'change_shift'),
	(707, 'Can delete shift', 177, 'delete_shift'),
	(708, 'Can view shift', 177, 'view_shift'),
	(709, 'Can add tally', 178, 'add_tally'),
	(710, 'Can change tally', 178, 'change_tally'),
	(711, 'Can delete tally', 178, 'delete_tally'),
	(712, 'Can view tally', 178, 'view_tally'),
	(713, 'Can add blocked author', 179, 'add_blockedauthor'),
	(714, 'Can change blocked author', 179, 'change_blockedauthor'),
	(715, 'Can delete blocked author', 179, 'delete_blockedauthor'),
	(716, 'Can view blocked author', 179, 'view_blockedauthor'),
	(717, 'Can add guest pass', 180, 'add_guestpass'),
	(718, 'Can change guest pass', 180, 'change_guestpass'),
	(719, 'Can delete guest pass', 180, 'delete_guestpass'),
	(720, 'Can view guest pass', 180, 'view_guestpass'),
	(721, 'Can add light order', 181, 'add_lightorder'),
	(722, 'Can change light order', 181, 'change_lightorder'),
	(723, 'Can delete light order', 181, 'delete_lightorder'),
	(724, 'Can view light order', 181, 'view_lightorder'),
	(725, 'Can add light rig', 182, 'add_lightrig'),
	(726, 'Can change light rig', 182, 'change_lightrig'),
	(727, 'Can delete light rig', 182, 'delete_lightrig'),
	(728, 'Can view light rig', 182, 'view_lightrig'),
	(729, 'Can add personal link', 183, 'add_personallink'),
	(730, 'Can change personal link', 183, 'change_personallink'),
	(731, 'Can delete personal link', 183, 'delete_personallink'),
	(732, 'Can view personal link', 183, 'view_personallink'),
	(733, 'Can add word list', 184, 'add_wordlist'),
	(734, 'Can change word list', 184, 'change_wordlist'),
	(735, 'Can delete word list', 184, 'delete_wordlist'),
	(736, 'Can view word list', 184, 'view_wordlist'),
	(737, 'Can add total', 185, 'add_total'),
	(738, 'Can change total', 185, 'change_total'),
	(739, 'Can delete total', 185, 'delete_total'),
	(740, 'Can view total', 185, 'view_total'),
	(741, 'Can add proposal', 186, 'add_proposal'),
	(742, 'Can change proposal', 186, 'change_proposal'),
	(743, 'Can delete proposal', 186, 'delete_proposal'),
	(744, 'Can view proposal', 186, 'view_proposal');

INSERT INTO public.django_content_type VALUES
	(1, 'people', 'member'),
	(2, 'people', 'apitoken'),
	(3, 'people', 'evidence'),
	(4, 'people', 'acceptance'),
	(5, 'people', 'house'),
	(6, 'people', 'consent'),
	(7, 'people', 'houserole'),
	(8, 'auth', 'permission'),
	(9, 'auth', 'group'),
	(10, 'contenttypes', 'contenttype'),
	(11, 'sessions', 'session'),
	(12, 'account', 'emailaddress'),
	(13, 'account', 'emailconfirmation'),
	(14, 'mfa', 'authenticator'),
	(15, 'socialaccount', 'socialaccount'),
	(16, 'socialaccount', 'socialapp'),
	(17, 'socialaccount', 'socialtoken'),
	(18, 'usersessions', 'usersession'),
	(19, 'axes', 'accessattempt'),
	(20, 'axes', 'accesslog'),
	(21, 'axes', 'accessfailurelog'),
	(22, 'axes', 'accessattemptexpiration'),
	(23, 'procrastinate', 'procrastinateevent'),
	(24, 'procrastinate', 'procrastinatejob'),
	(25, 'procrastinate', 'procrastinateperiodicdefer'),
	(26, 'procrastinate', 'procrastinateworker'),
	(27, 'communities', 'community'),
	(28, 'communities', 'charterversion'),
	(29, 'communities', 'membership'),
	(30, 'activity', 'activity'),
	(31, 'activity', 'delivery'),
	(32, 'ledger', 'bookscheck'),
	(33, 'ledger', 'seal'),
	(34, 'ledger', 'account'),
	(35, 'ledger', 'journalentry'),
	(36, 'ledger', 'payment'),
	(37, 'ledger', 'payout'),
	(38, 'ledger', 'payoutapproval'),
	(39, 'ledger', 'payoutrules'),
	(40, 'ledger', 'payoutstep'),
	(41, 'ledger', 'posting'),
	(42, 'ledger', 'providerevent'),
	(43, 'ledger', 'request'),
	(44, 'ledger', 'providerline'),
	(45, 'standing', 'pastscore'),
	(46, 'standing', 'score'),
	(47, 'listening', 'mention'),
	(48, 'listening', 'objection'),
	(49, 'listening', 'key'),
	(50, 'listening', 'source'),
	(51, 'listening', 'run'),
	(52, 'listening', 'voice'),
	(53, 'listening', 'suggestion'),
	(54, 'listening', 'claim'),
	(55, 'listening', 'look'),
	(56, 'listening', 'month'),
	(57, 'listening', 'waiting'),
	(58, 'listening', 'plea'),
	(59, 'listening', 'unmatched'),
	(60, 'listening_sources', 'host'),
	(61, 'listening_sources', 'optout'),
	(62, 'listening_desk', 'brand'),
	(63, 'listening_desk', 'stale'),
	(64, 'listening_desk', 'item'),
	(65, 'listening_desk', 'answer'),
	(66, 'listening_desk', 'panel'),
	(67, 'listening_desk', 'promise'),
	(68, 'listening_desk', 'sum'),
	(69, 'listening_desk', 'watch'),
	(70, 'listening_desk', 'brandmention'),
	(71, 'listening_desk', 'burst'),
	(72, 'reading', 'edition'),
	(73, 'reading', 'topic'),
	(74, 'reading', 'aspect'),
	(75, 'reading', 'reader'),
	(76, 'reading', 'correction'),
	(77, 'reading', 'reading'),
	(78, 'initiatives', 'initiative'),
	(79, 'initiatives', 'contribution'),
	(80, 'initiatives', 'amendment'),
	(81, 'initiatives', 'phase'),
	(82, 'initiatives', 'picture'),
	(83, 'initiatives', 'reaction'),
	(84, 'initiatives', 'revision'),
	(85, 'initiatives', 'comment'),
	(86, 'products', 'product'),
	(87, 'products', 'credit'),
	(88, 'products', 'royaltyshare'),
	(89, 'products', 'salesfile'),
	(90, 'products', 'salesimport'),
	(91, 'products', 'sale'),
	(92, 'sandbox', 'order'),
	(93, 'sandbox', 'till'),
	(94, 'sandbox', 'word'),
	(95, 'stripe', 'checkout'),
	(96, 'banktransfer', 'transfer'),
	(97, 'banktransfer', 'statement'),
	(98, 'banktransfer', 'order'),
	(99, 'banktransfer', 'booking'),
	(100, 'webhooks', 'endpoint'),
	(101, 'webhooks', 'message'),
	(102, 'tables', 'savedlayout'),
	(103, 'tables', 'upload'),
	(104, 'donation', 'donation'),
	(105, 'webmention', 'reply'),
	(106, 'webmention', 'received'),
	(107, 'feed', 'line'),
	(108, 'feed', 'part'),
	(109, 'notices', 'heard'),
	(110, 'notices', 'letter'),
	(111, 'notices', 'notice'),
	(112, 'notices', 'pending'),
	(113, 'notices', 'preference'),
	(114, 'notices', 'seen'),
	(115, 'rewards', 'ruleset'),
	(116, 'rewards', 'award'),
	(117, 'royalties', 'point'),
	(118, 'royalties', 'schedule'),
	(119, 'royalties', 'statement'),
	(120, 'royalties', 'step'),
	(121, 'royalties', 'takenback'),
	(122, 'influence', 'consenting'),
	(123, 'influence', 'mark'),
	(124, 'influence', 'stale'),
	(125, 'influence', 'plan'),
	(126, 'influence', 'ruleset'),
	(127, 'influence', 'run'),
	(128, 'influence', 'circle'),
	(129, 'influence', 'seat'),
	(130, 'influence', 'seed'),
	(131, 'influence', 'tie'),
	(132, 'influence', 'figures'),
	(133, 'contest', 'ballotbox'),
	(134, 'contest', 'funding'),
	(135, 'contest', 'idea'),
	(136, 'contest', 'coauthoroffer'),
	(137, 'contest', 'ballotline'),
	(138, 'contest', 'authorship'),
	(139, 'contest', 'juryscore'),
	(140, 'contest', 'juryseat'),
	(141, 'contest', 'officialanswer'),
	(142, 'contest', 'paneltest'),
	(143, 'contest', 'panelseat'),
	(144, 'contest', 'placeholder'),
	(145, 'contest', 'rungreached'),
	(146, 'contest', 'awarddecision'),
	(147, 'contest', 'surgealarm'),
	(148, 'contest', 'voiding'),
	(149, 'contest', 'vote'),
	(150, 'crowdfunding', 'update'),
	(151, 'crowdfunding', 'pledge'),
	(152, 'crowdfunding', 'delivery'),
	(153, 'crowdfunding', 'pot'),
	(154, 'crowdfunding', 'match'),
	(155, 'crowdfunding', 'potcampaign'),
	(156, 'crowdfunding', 'potmovement'),
	(157, 'crowdfunding', 'question'),
	(158, 'crowdfunding', 'refund'),
	(159, 'crowdfunding', 'settlement'),
	(160, 'crowdfunding', 'stretchgoal'),
	(161, 'crowdfunding', 'teammember'),
	(162, 'crowdfunding', 'tier'),
	(163, 'crowdfunding', 'pledgeline'),
	(164, 'crowdfunding', 'delay'),
	(165, 'crowdfunding', 'withdrawal'),
	(166, 'crowdfunding', 'budgetline'),
	(167, 'crowdfunding', 'campaign'),
	(168, 'crowdfunding', 'offlinemoney'),
	(169, 'crowdfunding', 'letter'),
	(170, 'crowdfunding', 'charge'),
	(171, 'crowdfunding', 'storypicture'),
	(172, 'crowdfunding', 'tally'),
	(173, 'cheer', 'round'),
	(174, 'cheer', 'camp'),
	(175, 'cheer', 'cheer'),
	(176, 'cheer', 'cheermessage'),
	(177, 'cheer', 'shift'),
	(178, 'cheer', 'tally'),
	(179, 'cheer', 'blockedauthor'),
	(180, 'cheer', 'guestpass'),
	(181, 'cheer', 'lightorder'),
	(182, 'cheer', 'lightrig'),
	(183, 'cheer', 'personallink'),
	(184, 'cheer', 'wordlist'),
	(185, 'cheer', 'total'),
	(186, 'studio_listen', 'proposal');

INSERT INTO public.django_migrations VALUES
	(1, 'people', '0001_initial', '2000-01-01 00:00:00+00'),
	(2, 'account', '0001_initial', '2000-01-01 00:00:00+00'),
	(3, 'account', '0002_email_max_length', '2000-01-01 00:00:00+00'),
	(4, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2000-01-01 00:00:00+00'),
	(5, 'account', '0004_alter_emailaddress_drop_unique_email', '2000-01-01 00:00:00+00'),
	(6, 'account', '0005_emailaddress_idx_upper_email', '2000-01-01 00:00:00+00'),
	(7, 'account', '0006_emailaddress_lower', '2000-01-01 00:00:00+00'),
	(8, 'account', '0007_emailaddress_idx_email', '2000-01-01 00:00:00+00'),
	(9, 'account', '0008_emailaddress_unique_primary_email_fixup', '2000-01-01 00:00:00+00'),
	(10, 'account', '0009_emailaddress_unique_primary_email', '2000-01-01 00:00:00+00'),
	(11, 'communities', '0001_initial', '2000-01-01 00:00:00+00'),
	(12, 'activity', '0001_initial', '2000-01-01 00:00:00+00'),
	(13, 'activity', '0002_guards', '2000-01-01 00:00:00+00'),
	(14, 'activity', '0003_no_index_twice', '2000-01-01 00:00:00+00'),
	(15, 'contenttypes', '0001_initial', '2000-01-01 00:00:00+00'),
	(16, 'contenttypes', '0002_remove_content_type_name', '2000-01-01 00:00:00+00'),
	(17, 'auth', '0001_initial', '2000-01-01 00:00:00+00'),
	(18, 'auth', '0002_alter_permission_name_max_length', '2000-01-01 00:00:00+00'),
	(19, 'auth', '0003_alter_user_email_max_length', '2000-01-01 00:00:00+00'),
	(20, 'auth', '0004_alter_user_username_opts', '2000-01-01 00:00:00+00'),
	(21, 'auth', '0005_alter_user_last_login_null', '2000-01-01 00:00:00+00'),
	(22, 'auth', '0006_require_contenttypes_0002', '2000-01-01 00:00:00+00'),
	(23, 'auth', '0007_alter_validators_add_error_messages', '2000-01-01 00:00:00+00'),
	(24, 'auth', '0008_alter_user_username_max_length', '2000-01-01 00:00:00+00'),
	(25, 'auth', '0009_alter_user_last_name_max_length', '2000-01-01 00:00:00+00'),
	(26, 'auth', '0010_alter_group_name_max_length', '2000-01-01 00:00:00+00'),
	(27, 'auth', '0011_update_proxy_permissions', '2000-01-01 00:00:00+00'),
	(28, 'auth', '0012_alter_user_first_name_max_length', '2000-01-01 00:00:00+00'),
	(29, 'axes', '0001_initial', '2000-01-01 00:00:00+00'),
	(30, 'axes', '0002_auto_20151217_2044', '2000-01-01 00:00:00+00'),
	(31, 'axes', '0003_auto_20160322_0929', '2000-01-01 00:00:00+00'),
	(32, 'axes', '0004_auto_20181024_1538', '2000-01-01 00:00:00+00'),
	(33, 'axes', '0005_remove_accessattempt_trusted', '2000-01-01 00:00:00+00'),
	(34, 'axes', '0006_remove_accesslog_trusted', '2000-01-01 00:00:00+00'),
	(35, 'axes', '0007_alter_accessattempt_unique_together', '2000-01-01 00:00:00+00'),
	(36, 'axes', '0008_accessfailurelog', '2000-01-01 00:00:00+00'),
	(37, 'axes', '0009_add_session_hash', '2000-01-01 00:00:00+00'),
	(38, 'axes', '0010_accessattemptexpiration', '2000-01-01 00:00:00+00'),
	(39, 'banktransfer', '0001_initial', '2000-01-01 00:00:00+00'),
	(40, 'banktransfer', '0002_parts', '2000-01-01 00:00:00+00'),
	(41, 'initiatives', '0001_initial', '2000-01-01 00:00:00+00'),
	(42, 'initiatives', '0002_guards', '2000-01-01 00:00:00+00'),
	(43, 'cheer', '0001_initial', '2000-01-01 00:00:00+00'),
	(44, 'cheer', '0002_shifts', '2000-01-01 00:00:00+00'),
	(45, 'cheer', '0003_wall', '2000-01-01 00:00:00+00'),
	(46, 'cheer', '0004_total', '2000-01-01 00:00:00+00'),
	(47, 'contest', '0001_initial', '2000-01-01 00:00:00+00'),
	(48, 'contest', '0002_guards', '2000-01-01 00:00:00+00'),
	(49, 'contest', '0003_no_index_twice', '2000-01-01 00:00:00+00'),
	(50, 'ledger', '0001_initial', '2000-01-01 00:00:00+00'),
	(51, 'ledger', '0002_guards', '2000-01-01 00:00:00+00'),
	(52, 'crowdfunding', '0001_initial', '2000-01-01 00:00:00+00'),
	(53, 'crowdfunding', '0002_guards', '2000-01-01 00:00:00+00'),
	(54, 'crowdfunding', '0003_tier_vat', '2000-01-01 00:00:00+00'),
	(55, 'crowdfunding', '0004_story_pictures', '2000-01-01 00:00:00+00'),
	(56, 'crowdfunding', '0005_tallies', '2000-01-01 00:00:00+00'),
	(57, 'crowdfunding', '0006_wall', '2000-01-01 00:00:00+00'),
	(58, 'crowdfunding', '0007_passed_on_then_taken_back', '2000-01-01 00:00:00+00'),
	(59, 'sessions', '0001_initial', '2000-01-01 00:00:00+00'),
	(60, 'people', '0002_append_only', '2000-01-01 00:00:00+00'),
	(61, 'people', '0003_recognition', '2000-01-01 00:00:00+00'),
	(62, 'listening', '0001_initial', '2000-01-01 00:00:00+00'),
	(63, 'listening', '0002_mentions', '2000-01-01 00:00:00+00'),
	(64, 'listening', '0003_intake', '2000-01-01 00:00:00+00'),
	(65, 'listening', '0004_backfill', '2000-01-01 00:00:00+00'),
	(66, 'listening', '0005_law', '2000-01-01 00:00:00+00'),
	(67, 'donation', '0001_initial', '2000-01-01 00:00:00+00'),
	(68, 'feed', '0001_initial', '2000-01-01 00:00:00+00'),
	(69, 'influence', '0001_initial', '2000-01-01 00:00:00+00'),
	(70, 'influence', '0002_triggers', '2000-01-01 00:00:00+00'),
	(71, 'influence', '0003_forgetting', '2000-01-01 00:00:00+00'),
	(72, 'listening', '0006_looks', '2000-01-01 00:00:00+00'),
	(73, 'listening', '0007_edited', '2000-01-01 00:00:00+00'),
	(74, 'listening', '0008_unmatched', '2000-01-01 00:00:00+00'),
	(75, 'listening', '0009_awaited', '2000-01-01 00:00:00+00'),
	(76, 'listening_desk', '0001_initial', '2000-01-01 00:00:00+00'),
	(77, 'listening_desk', '0002_rare', '2000-01-01 00:00:00+00'),
	(78, 'listening_sources', '0001_initial', '2000-01-01 00:00:00+00'),
	(79, 'mfa', '0001_initial', '2000-01-01 00:00:00+00'),
	(80, 'mfa', '0002_authenticator_timestamps', '2000-01-01 00:00:00+00'),
	(81, 'mfa', '0003_authenticator_type_uniq', '2000-01-01 00:00:00+00'),
	(82, 'notices', '0001_initial', '2000-01-01 00:00:00+00'),
	(83, 'procrastinate', '0001_initial', '2000-01-01 00:00:00+00'),
	(84, 'procrastinate', '0002_drop_started_at_column', '2000-01-01 00:00:00+00'),
	(85, 'procrastinate', '0003_drop_started_at_column', '2000-01-01 00:00:00+00'),
	(86, 'procrastinate', '0004_drop_procrastinate_version_table', '2000-01-01 00:00:00+00'),
	(87, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2000-01-01 00:00:00+00'),
	(88, 'procrastinate', '0006_fix_trigger_status_events_insert', '2000-01-01 00:00:00+00'),
	(89, 'procrastinate', '0007_add_queueing_lock_column', '2000-01-01 00:00:00+00'),
	(90, 'procrastinate', '0008_close_fetch_job_race_condition', '2000-01-01 00:00:00+00'),
	(91, 'procrastinate', '0009_add_defer_job_function', '2000-01-01 00:00:00+00'),
	(92, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2000-01-01 00:00:00+00'),
	(93, 'procrastinate', '0011_add_foreign_key_index', '2000-01-01 00:00:00+00'),
	(94, 'procrastinate', '0012_add_locks_to_periodic_defer', '2000-01-01 00:00:00+00'),
	(95, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2000-01-01 00:00:00+00'),
	(96, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2000-01-01 00:00:00+00'),
	(97, 'procrastinate', '0015_add_trigger_on_job_deletion', '2000-01-01 00:00:00+00'),
	(98, 'procrastinate', '0016_delete_finished_jobs', '2000-01-01 00:00:00+00'),
	(99, 'procrastinate', '0017_add_checks_to_finish_job', '2000-01-01 00:00:00+00'),
	(100, 'procrastinate', '0018_add_checks_to_retry_job', '2000-01-01 00:00:00+00'),
	(101, 'procrastinate', '0019_fix_finish_job_compat_issue', '2000-01-01 00:00:00+00'),
	(102, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2000-01-01 00:00:00+00'),
	(103, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2000-01-01 00:00:00+00'),
	(104, 'procrastinate', '0022_null_locks_excluded', '2000-01-01 00:00:00+00'),
	(105, 'procrastinate', '0023_remove_old_finish_job_function', '2000-01-01 00:00:00+00'),
	(106, 'procrastinate', '0024_job_id_bigint', '2000-01-01 00:00:00+00'),
	(107, 'procrastinate', '0025_add_models', '2000-01-01 00:00:00+00'),
	(108, 'procrastinate', '0026_add_job_priority', '2000-01-01 00:00:00+00'),
	(109, 'procrastinate', '0027_add_periodic_job_priority', '2000-01-01 00:00:00+00'),
	(110, 'procrastinate', '0028_add_cancel_states', '2000-01-01 00:00:00+00'),
	(111, 'procrastinate', '0029_add_additional_params_to_retry_job', '2000-01-01 00:00:00+00'),
	(112, 'procrastinate', '0030_alter_procrastinateevent_options', '2000-01-01 00:00:00+00'),
	(113, 'procrastinate', '0031_add_indexes_for_fetch_job', '2000-01-01 00:00:00+00'),
	(114, 'procrastinate', '0032_pre_cancel_notification', '2000-01-01 00:00:00+00'),
	(115, 'procrastinate', '0033_post_cancel_notification', '2000-01-01 00:00:00+00'),
	(116, 'procrastinate', '0034_pre_add_heartbeat', '2000-01-01 00:00:00+00'),
	(117, 'procrastinate', '0035_post_add_heartbeat', '2000-01-01 00:00:00+00'),
	(118, 'procrastinate', '0036_add_worker_model', '2000-01-01 00:00:00+00'),
	(119, 'procrastinate', '0037_pre_batch_defer_jobs', '2000-01-01 00:00:00+00'),
	(120, 'procrastinate', '0038_post_batch_defer_jobs', '2000-01-01 00:00:00+00'),
	(121, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2000-01-01 00:00:00+00'),
	(122, 'procrastinate', '0040_pre_retry_failed_job', '2000-01-01 00:00:00+00'),
	(123, 'procrastinate', '0041_post_retry_failed_job', '2000-01-01 00:00:00+00'),
	(124, 'products', '0001_initial', '2000-01-01 00:00:00+00'),
	(125, 'products', '0002_guards', '2000-01-01 00:00:00+00'),
	(126, 'reading', '0001_initial', '2000-01-01 00:00:00+00'),
	(127, 'reading', '0002_hostile', '2000-01-01 00:00:00+00'),
	(128, 'rewards', '0001_initial', '2000-01-01 00:00:00+00'),
	(129, 'royalties', '0001_initial', '2000-01-01 00:00:00+00'),
	(130, 'sandbox', '0001_initial', '2000-01-01 00:00:00+00'),
	(131, 'socialaccount', '0001_initial', '2000-01-01 00:00:00+00'),
	(132, 'socialaccount', '0002_token_max_lengths', '2000-01-01 00:00:00+00'),
	(133, 'socialaccount', '0003_extra_data_default_dict', '2000-01-01 00:00:00+00'),
	(134, 'socialaccount', '0004_app_provider_id_settings', '2000-01-01 00:00:00+00'),
	(135, 'socialaccount', '0005_socialtoken_nullable_app', '2000-01-01 00:00:00+00'),
	(136, 'socialaccount', '0006_alter_socialaccount_extra_data', '2000-01-01 00:00:00+00'),
	(137, 'standing', '0001_initial', '2000-01-01 00:00:00+00'),
	(138, 'stripe', '0001_initial', '2000-01-01 00:00:00+00'),
	(139, 'studio_listen', '0001_initial', '2000-01-01 00:00:00+00'),
	(140, 'tables', '0001_initial', '2000-01-01 00:00:00+00'),
	(141, 'usersessions', '0001_initial', '2000-01-01 00:00:00+00'),
	(142, 'webhooks', '0001_initial', '2000-01-01 00:00:00+00'),
	(143, 'webmention', '0001_initial', '2000-01-01 00:00:00+00');

SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);

SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);

SELECT pg_catalog.setval('public.activity_activity_id_seq', 1, false);

SELECT pg_catalog.setval('public.activity_delivery_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_permission_id_seq', 744, true);

SELECT pg_catalog.setval('public.axes_accessattempt_id_seq', 1, false);

SELECT pg_catalog.setval('public.axes_accessfailurelog_id_seq', 1, false);

SELECT pg_catalog.setval('public.axes_accesslog_id_seq', 1, false);

SELECT pg_catalog.setval('public.banktransfer_booking_id_seq', 1, false);

SELECT pg_catalog.setval('public.banktransfer_order_id_seq', 1, false);

SELECT pg_catalog.setval('public.banktransfer_statement_id_seq', 1, false);

SELECT pg_catalog.setval('public.banktransfer_transfer_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_blockedauthor_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_camp_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_cheer_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_cheermessage_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_guestpass_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_lightorder_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_personallink_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_shift_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_tally_id_seq', 1, false);

SELECT pg_catalog.setval('public.cheer_total_id_seq', 1, false);

SELECT pg_catalog.setval('public.communities_charterversion_id_seq', 1, false);

SELECT pg_catalog.setval('public.communities_community_id_seq', 1, false);

SELECT pg_catalog.setval('public.communities_membership_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_authorship_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_awarddecision_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_ballotbox_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_ballotline_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_coauthoroffer_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_funding_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_juryscore_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_juryseat_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_officialanswer_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_panelseat_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_paneltest_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_placeholder_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_rungreached_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_surgealarm_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_voiding_id_seq', 1, false);

SELECT pg_catalog.setval('public.contest_vote_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_budgetline_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_campaign_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_charge_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_delay_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_delivery_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_letter_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_match_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_offlinemoney_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_pledge_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_pledgeline_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_pot_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_potcampaign_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_potmovement_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_refund_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_settlement_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_storypicture_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_stretchgoal_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_tally_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_teammember_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_tier_id_seq', 1, false);

SELECT pg_catalog.setval('public.crowdfunding_withdrawal_id_seq', 1, false);

SELECT pg_catalog.setval('public.django_content_type_id_seq', 186, true);

SELECT pg_catalog.setval('public.django_migrations_id_seq', 143, true);

SELECT pg_catalog.setval('public.donation_donation_id_seq', 1, false);

SELECT pg_catalog.setval('public.feed_line_id_seq', 1, false);

SELECT pg_catalog.setval('public.feed_part_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_circle_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_figures_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_mark_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_plan_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_ruleset_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_run_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_seat_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_seed_id_seq', 1, false);

SELECT pg_catalog.setval('public.influence_stale_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_amendment_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_contribution_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_initiative_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_phase_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_picture_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_reaction_id_seq', 1, false);

SELECT pg_catalog.setval('public.initiatives_revision_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_account_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_bookscheck_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_journalentry_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_payoutapproval_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_payoutrules_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_payoutstep_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_posting_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_providerevent_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_providerline_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_request_id_seq', 1, false);

SELECT pg_catalog.setval('public.ledger_seal_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_claim_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_answer_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_brand_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_brandmention_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_burst_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_panel_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_promise_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_sum_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_desk_watch_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_look_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_mention_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_objection_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_plea_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_run_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_source_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_sources_optout_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_suggestion_id_seq', 1, false);

SELECT pg_catalog.setval('public.listening_voice_id_seq', 1, false);

SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);

SELECT pg_catalog.setval('public.notices_letter_id_seq', 1, false);

SELECT pg_catalog.setval('public.notices_notice_id_seq', 1, false);

SELECT pg_catalog.setval('public.notices_pending_id_seq', 1, false);

SELECT pg_catalog.setval('public.notices_preference_id_seq', 1, false);

SELECT pg_catalog.setval('public.notices_seen_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_acceptance_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_apitoken_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_consent_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_evidence_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_house_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_houserole_id_seq', 1, false);

SELECT pg_catalog.setval('public.people_member_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);

SELECT pg_catalog.setval('public.products_credit_id_seq', 1, false);

SELECT pg_catalog.setval('public.products_product_id_seq', 1, false);

SELECT pg_catalog.setval('public.products_royaltyshare_id_seq', 1, false);

SELECT pg_catalog.setval('public.products_sale_id_seq', 1, false);

SELECT pg_catalog.setval('public.products_salesfile_id_seq', 1, false);

SELECT pg_catalog.setval('public.products_salesimport_id_seq', 1, false);

SELECT pg_catalog.setval('public.reading_aspect_id_seq', 1, false);

SELECT pg_catalog.setval('public.reading_correction_id_seq', 1, false);

SELECT pg_catalog.setval('public.reading_edition_id_seq', 1, false);

SELECT pg_catalog.setval('public.reading_reader_id_seq', 1, false);

SELECT pg_catalog.setval('public.reading_topic_id_seq', 1, false);

SELECT pg_catalog.setval('public.rewards_award_id_seq', 1, false);

SELECT pg_catalog.setval('public.rewards_ruleset_id_seq', 1, false);

SELECT pg_catalog.setval('public.royalties_schedule_id_seq', 1, false);

SELECT pg_catalog.setval('public.royalties_statement_id_seq', 1, false);

SELECT pg_catalog.setval('public.royalties_step_id_seq', 1, false);

SELECT pg_catalog.setval('public.royalties_takenback_id_seq', 1, false);

SELECT pg_catalog.setval('public.sandbox_order_id_seq', 1, false);

SELECT pg_catalog.setval('public.sandbox_till_id_seq', 1, false);

SELECT pg_catalog.setval('public.sandbox_word_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialaccount_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialapp_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialtoken_id_seq', 1, false);

SELECT pg_catalog.setval('public.standing_pastscore_id_seq', 1, false);

SELECT pg_catalog.setval('public.standing_score_id_seq', 1, false);

SELECT pg_catalog.setval('public.stripe_checkout_id_seq', 1, false);

SELECT pg_catalog.setval('public.studio_listen_proposal_id_seq', 1, false);

SELECT pg_catalog.setval('public.tables_savedlayout_id_seq', 1, false);

SELECT pg_catalog.setval('public.tables_upload_id_seq', 1, false);

SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false);

SELECT pg_catalog.setval('public.webhooks_endpoint_id_seq', 1, false);

SELECT pg_catalog.setval('public.webhooks_message_id_seq', 1, false);

SELECT pg_catalog.setval('public.webmention_received_id_seq', 1, false);

SELECT pg_catalog.setval('public.webmention_reply_id_seq', 1, false);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.activity_activity
    ADD CONSTRAINT activity_activity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.activity_delivery
    ADD CONSTRAINT activity_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_amendment
    ADD CONSTRAINT amendment_version_once UNIQUE (initiative_id, version);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_authorship
    ADD CONSTRAINT authorship_once UNIQUE (idea_id, member_id);

ALTER TABLE ONLY public.rewards_award
    ADD CONSTRAINT award_once UNIQUE (activity_id, member_id);

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);

ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.banktransfer_booking
    ADD CONSTRAINT banktransfer_booking_name_key UNIQUE (name);

ALTER TABLE ONLY public.banktransfer_booking
    ADD CONSTRAINT banktransfer_booking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.banktransfer_order
    ADD CONSTRAINT banktransfer_order_key_key UNIQUE (key);

ALTER TABLE ONLY public.banktransfer_order
    ADD CONSTRAINT banktransfer_order_name_key UNIQUE (name);

ALTER TABLE ONLY public.banktransfer_order
    ADD CONSTRAINT banktransfer_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.banktransfer_statement
    ADD CONSTRAINT banktransfer_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.banktransfer_transfer
    ADD CONSTRAINT banktransfer_transfer_key_key UNIQUE (key);

ALTER TABLE ONLY public.banktransfer_transfer
    ADD CONSTRAINT banktransfer_transfer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.banktransfer_transfer
    ADD CONSTRAINT banktransfer_transfer_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.cheer_camp
    ADD CONSTRAINT camp_slug_once UNIQUE (campaign_id, slug);

ALTER TABLE ONLY public.crowdfunding_campaign
    ADD CONSTRAINT campaign_source_once UNIQUE (source_id);

ALTER TABLE ONLY public.communities_charterversion
    ADD CONSTRAINT charter_number_once UNIQUE (community_id, number);

ALTER TABLE ONLY public.cheer_blockedauthor
    ADD CONSTRAINT cheer_blocked_once UNIQUE (community_id, supporter);

ALTER TABLE ONLY public.cheer_blockedauthor
    ADD CONSTRAINT cheer_blockedauthor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_camp
    ADD CONSTRAINT cheer_camp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_cheer
    ADD CONSTRAINT cheer_cheer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_cheermessage
    ADD CONSTRAINT cheer_cheermessage_cheer_id_key UNIQUE (cheer_id);

ALTER TABLE ONLY public.cheer_cheermessage
    ADD CONSTRAINT cheer_cheermessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_guestpass
    ADD CONSTRAINT cheer_guestpass_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_lightorder
    ADD CONSTRAINT cheer_lightorder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_lightrig
    ADD CONSTRAINT cheer_lightrig_pkey PRIMARY KEY (campaign_id);

ALTER TABLE ONLY public.cheer_cheer
    ADD CONSTRAINT cheer_once_a_period UNIQUE (campaign_id, period, supporter);

ALTER TABLE ONLY public.cheer_personallink
    ADD CONSTRAINT cheer_one_link UNIQUE (campaign_id, supporter);

ALTER TABLE ONLY public.cheer_guestpass
    ADD CONSTRAINT cheer_one_pass UNIQUE (campaign_id, supporter);

ALTER TABLE ONLY public.cheer_personallink
    ADD CONSTRAINT cheer_personallink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_personallink
    ADD CONSTRAINT cheer_personallink_token_key UNIQUE (token);

ALTER TABLE ONLY public.cheer_round
    ADD CONSTRAINT cheer_round_pkey PRIMARY KEY (phase_id);

ALTER TABLE ONLY public.cheer_shift
    ADD CONSTRAINT cheer_shift_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_tally
    ADD CONSTRAINT cheer_tally_minute UNIQUE (phase_id, camp_id, kind, minute);

ALTER TABLE ONLY public.cheer_tally
    ADD CONSTRAINT cheer_tally_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_total
    ADD CONSTRAINT cheer_total_once UNIQUE (phase_id, camp_id, kind);

ALTER TABLE ONLY public.cheer_total
    ADD CONSTRAINT cheer_total_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cheer_wordlist
    ADD CONSTRAINT cheer_wordlist_pkey PRIMARY KEY (language);

ALTER TABLE ONLY public.communities_charterversion
    ADD CONSTRAINT communities_charterversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.communities_community
    ADD CONSTRAINT communities_community_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.communities_community
    ADD CONSTRAINT communities_community_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.communities_membership
    ADD CONSTRAINT communities_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_authorship
    ADD CONSTRAINT contest_authorship_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_awarddecision
    ADD CONSTRAINT contest_awarddecision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_awarddecision
    ADD CONSTRAINT contest_awarddecision_reached_id_key UNIQUE (reached_id);

ALTER TABLE ONLY public.contest_ballotbox
    ADD CONSTRAINT contest_ballotbox_initiative_id_key UNIQUE (initiative_id);

ALTER TABLE ONLY public.contest_ballotbox
    ADD CONSTRAINT contest_ballotbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_ballotline
    ADD CONSTRAINT contest_ballotline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_coauthoroffer
    ADD CONSTRAINT contest_coauthoroffer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_funding
    ADD CONSTRAINT contest_funding_key_key UNIQUE (key);

ALTER TABLE ONLY public.contest_funding
    ADD CONSTRAINT contest_funding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_idea
    ADD CONSTRAINT contest_idea_pkey PRIMARY KEY (contribution_ptr_id);

ALTER TABLE ONLY public.contest_juryscore
    ADD CONSTRAINT contest_juryscore_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_juryseat
    ADD CONSTRAINT contest_juryseat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_officialanswer
    ADD CONSTRAINT contest_officialanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_panelseat
    ADD CONSTRAINT contest_panelseat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_paneltest
    ADD CONSTRAINT contest_paneltest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_placeholder
    ADD CONSTRAINT contest_placeholder_member_id_key UNIQUE (member_id);

ALTER TABLE ONLY public.contest_placeholder
    ADD CONSTRAINT contest_placeholder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_rungreached
    ADD CONSTRAINT contest_rungreached_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_surgealarm
    ADD CONSTRAINT contest_surgealarm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_voiding
    ADD CONSTRAINT contest_voiding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_vote
    ADD CONSTRAINT contest_vote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_credit
    ADD CONSTRAINT credit_once UNIQUE (product_id, member_id, what);

ALTER TABLE ONLY public.crowdfunding_budgetline
    ADD CONSTRAINT crowdfunding_budgetline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_campaign
    ADD CONSTRAINT crowdfunding_campaign_initiative_id_key UNIQUE (initiative_id);

ALTER TABLE ONLY public.crowdfunding_campaign
    ADD CONSTRAINT crowdfunding_campaign_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_charge
    ADD CONSTRAINT crowdfunding_charge_payment_id_key UNIQUE (payment_id);

ALTER TABLE ONLY public.crowdfunding_charge
    ADD CONSTRAINT crowdfunding_charge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_delay
    ADD CONSTRAINT crowdfunding_delay_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_delivery
    ADD CONSTRAINT crowdfunding_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_delivery
    ADD CONSTRAINT crowdfunding_delivery_pledge_id_key UNIQUE (pledge_id);

ALTER TABLE ONLY public.crowdfunding_letter
    ADD CONSTRAINT crowdfunding_letter_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_letter
    ADD CONSTRAINT crowdfunding_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_match
    ADD CONSTRAINT crowdfunding_match_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_offlinemoney
    ADD CONSTRAINT crowdfunding_offlinemoney_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_offlinemoney
    ADD CONSTRAINT crowdfunding_offlinemoney_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_token_key UNIQUE (token);

ALTER TABLE ONLY public.crowdfunding_pledgeline
    ADD CONSTRAINT crowdfunding_pledgeline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_pot
    ADD CONSTRAINT crowdfunding_pot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_potcampaign
    ADD CONSTRAINT crowdfunding_potcampaign_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_potmovement
    ADD CONSTRAINT crowdfunding_potmovement_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_potmovement
    ADD CONSTRAINT crowdfunding_potmovement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_question
    ADD CONSTRAINT crowdfunding_question_pkey PRIMARY KEY (contribution_ptr_id);

ALTER TABLE ONLY public.crowdfunding_refund
    ADD CONSTRAINT crowdfunding_refund_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_refund
    ADD CONSTRAINT crowdfunding_refund_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_settlement
    ADD CONSTRAINT crowdfunding_settlement_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_settlement
    ADD CONSTRAINT crowdfunding_settlement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_storypicture
    ADD CONSTRAINT crowdfunding_storypicture_key_key UNIQUE (key);

ALTER TABLE ONLY public.crowdfunding_storypicture
    ADD CONSTRAINT crowdfunding_storypicture_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_stretchgoal
    ADD CONSTRAINT crowdfunding_stretchgoal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_tally
    ADD CONSTRAINT crowdfunding_tally_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_teammember
    ADD CONSTRAINT crowdfunding_teammember_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_tier
    ADD CONSTRAINT crowdfunding_tier_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_update
    ADD CONSTRAINT crowdfunding_update_pkey PRIMARY KEY (contribution_ptr_id);

ALTER TABLE ONLY public.crowdfunding_withdrawal
    ADD CONSTRAINT crowdfunding_withdrawal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_withdrawal
    ADD CONSTRAINT crowdfunding_withdrawal_pledge_id_key UNIQUE (pledge_id);

ALTER TABLE ONLY public.activity_delivery
    ADD CONSTRAINT delivery_once UNIQUE (projector, activity_id);

ALTER TABLE ONLY public.listening_desk_brandmention
    ADD CONSTRAINT desk_brand_once UNIQUE (mention_id, brand_id);

ALTER TABLE ONLY public.listening_desk_burst
    ADD CONSTRAINT desk_burst_once UNIQUE NULLS NOT DISTINCT (brand_id, day);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.donation_donation
    ADD CONSTRAINT donation_donation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_evidence
    ADD CONSTRAINT evidence_text_once UNIQUE (kind, language, sha256);

ALTER TABLE ONLY public.people_evidence
    ADD CONSTRAINT evidence_version_once UNIQUE (kind, language, version);

ALTER TABLE ONLY public.feed_line
    ADD CONSTRAINT feed_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feed_part
    ADD CONSTRAINT feed_part_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_houserole
    ADD CONSTRAINT house_role_once UNIQUE (member_id, role);

ALTER TABLE ONLY public.contest_idea
    ADD CONSTRAINT idea_number_once UNIQUE (contest_id, number);

ALTER TABLE ONLY public.contest_idea
    ADD CONSTRAINT idea_source_once UNIQUE (contest_id, source_id);

ALTER TABLE ONLY public.influence_circle
    ADD CONSTRAINT influence_circle_once UNIQUE (run_id, name);

ALTER TABLE ONLY public.influence_circle
    ADD CONSTRAINT influence_circle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_consenting
    ADD CONSTRAINT influence_consenting_pkey PRIMARY KEY (member_id);

ALTER TABLE ONLY public.influence_figures
    ADD CONSTRAINT influence_figures_once UNIQUE (run_id, node);

ALTER TABLE ONLY public.influence_figures
    ADD CONSTRAINT influence_figures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_mark
    ADD CONSTRAINT influence_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_plan
    ADD CONSTRAINT influence_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_ruleset
    ADD CONSTRAINT influence_ruleset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_ruleset
    ADD CONSTRAINT influence_ruleset_version_key UNIQUE (version);

ALTER TABLE ONLY public.influence_run
    ADD CONSTRAINT influence_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_seat
    ADD CONSTRAINT influence_seat_once UNIQUE (circle_id, node);

ALTER TABLE ONLY public.influence_seat
    ADD CONSTRAINT influence_seat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_seed
    ADD CONSTRAINT influence_seed_once UNIQUE (plan_id, node);

ALTER TABLE ONLY public.influence_seed
    ADD CONSTRAINT influence_seed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_stale
    ADD CONSTRAINT influence_stale_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.influence_tie
    ADD CONSTRAINT influence_tie_pkey PRIMARY KEY (source, target, month, told);

ALTER TABLE ONLY public.initiatives_amendment
    ADD CONSTRAINT initiatives_amendment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_comment
    ADD CONSTRAINT initiatives_comment_pkey PRIMARY KEY (contribution_ptr_id);

ALTER TABLE ONLY public.initiatives_contribution
    ADD CONSTRAINT initiatives_contribution_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_initiative
    ADD CONSTRAINT initiatives_initiative_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_initiative
    ADD CONSTRAINT initiatives_initiative_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.initiatives_phase
    ADD CONSTRAINT initiatives_phase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_picture
    ADD CONSTRAINT initiatives_picture_contribution_id_key UNIQUE (contribution_id);

ALTER TABLE ONLY public.initiatives_picture
    ADD CONSTRAINT initiatives_picture_key_key UNIQUE (key);

ALTER TABLE ONLY public.initiatives_picture
    ADD CONSTRAINT initiatives_picture_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_reaction
    ADD CONSTRAINT initiatives_reaction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_revision
    ADD CONSTRAINT initiatives_revision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_juryscore
    ADD CONSTRAINT jury_score_once UNIQUE (idea_id, juror_id);

ALTER TABLE ONLY public.contest_juryseat
    ADD CONSTRAINT jury_seat_once UNIQUE (contest_id, member_id);

ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT ledger_account_code_key UNIQUE (code);

ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT ledger_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_bookscheck
    ADD CONSTRAINT ledger_bookscheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_journalentry
    ADD CONSTRAINT ledger_journalentry_key_key UNIQUE (key);

ALTER TABLE ONLY public.ledger_journalentry
    ADD CONSTRAINT ledger_journalentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_journalentry
    ADD CONSTRAINT ledger_journalentry_reverses_id_key UNIQUE (reverses_id);

ALTER TABLE ONLY public.ledger_payment
    ADD CONSTRAINT ledger_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_payout
    ADD CONSTRAINT ledger_payout_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_payoutapproval
    ADD CONSTRAINT ledger_payoutapproval_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_payoutrules
    ADD CONSTRAINT ledger_payoutrules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_payoutstep
    ADD CONSTRAINT ledger_payoutstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_posting
    ADD CONSTRAINT ledger_posting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_providerevent
    ADD CONSTRAINT ledger_providerevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_providerline
    ADD CONSTRAINT ledger_providerline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_request
    ADD CONSTRAINT ledger_request_key_key UNIQUE (key);

ALTER TABLE ONLY public.ledger_request
    ADD CONSTRAINT ledger_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_seal
    ADD CONSTRAINT ledger_seal_last_entry_id_key UNIQUE (last_entry_id);

ALTER TABLE ONLY public.ledger_seal
    ADD CONSTRAINT ledger_seal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_seal
    ADD CONSTRAINT ledger_seal_previous_hash_key UNIQUE (previous_hash);

ALTER TABLE ONLY public.feed_line
    ADD CONSTRAINT line_key_once UNIQUE NULLS NOT DISTINCT (community_id, member_id, key);

ALTER TABLE ONLY public.listening_claim
    ADD CONSTRAINT listening_claim_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_answer
    ADD CONSTRAINT listening_desk_answer_key_key UNIQUE (key);

ALTER TABLE ONLY public.listening_desk_answer
    ADD CONSTRAINT listening_desk_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_brand
    ADD CONSTRAINT listening_desk_brand_name_key UNIQUE (name);

ALTER TABLE ONLY public.listening_desk_brand
    ADD CONSTRAINT listening_desk_brand_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_brandmention
    ADD CONSTRAINT listening_desk_brandmention_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_burst
    ADD CONSTRAINT listening_desk_burst_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_item
    ADD CONSTRAINT listening_desk_item_pkey PRIMARY KEY (mention_id);

ALTER TABLE ONLY public.listening_desk_panel
    ADD CONSTRAINT listening_desk_panel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_promise
    ADD CONSTRAINT listening_desk_promise_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_stale
    ADD CONSTRAINT listening_desk_stale_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.listening_desk_sum
    ADD CONSTRAINT listening_desk_sum_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_desk_watch
    ADD CONSTRAINT listening_desk_watch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_key
    ADD CONSTRAINT listening_key_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.listening_look
    ADD CONSTRAINT listening_look_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_mention
    ADD CONSTRAINT listening_mention_pkey PRIMARY KEY (id, published_at);

ALTER TABLE ONLY public.listening_mention_other
    ADD CONSTRAINT listening_mention_other_pkey PRIMARY KEY (id, published_at);

ALTER TABLE ONLY public.listening_month
    ADD CONSTRAINT listening_month_pkey PRIMARY KEY (first_day);

ALTER TABLE ONLY public.listening_objection
    ADD CONSTRAINT listening_objection_key_key UNIQUE (key);

ALTER TABLE ONLY public.listening_objection
    ADD CONSTRAINT listening_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_plea
    ADD CONSTRAINT listening_plea_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_run
    ADD CONSTRAINT listening_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_source
    ADD CONSTRAINT listening_source_once UNIQUE (kind, address);

ALTER TABLE ONLY public.listening_source
    ADD CONSTRAINT listening_source_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_sources_host
    ADD CONSTRAINT listening_sources_host_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.listening_sources_optout
    ADD CONSTRAINT listening_sources_optout_host_key UNIQUE (host);

ALTER TABLE ONLY public.listening_sources_optout
    ADD CONSTRAINT listening_sources_optout_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_suggestion
    ADD CONSTRAINT listening_suggestion_once UNIQUE (voice_id, member_id);

ALTER TABLE ONLY public.listening_suggestion
    ADD CONSTRAINT listening_suggestion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_unmatched
    ADD CONSTRAINT listening_unmatched_pkey PRIMARY KEY (member_id);

ALTER TABLE ONLY public.listening_voice
    ADD CONSTRAINT listening_voice_once UNIQUE (key);

ALTER TABLE ONLY public.listening_voice
    ADD CONSTRAINT listening_voice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listening_waiting
    ADD CONSTRAINT listening_waiting_pkey PRIMARY KEY (mention_id);

ALTER TABLE ONLY public.crowdfunding_match
    ADD CONSTRAINT match_once UNIQUE (pot_id, pledge_id);

ALTER TABLE ONLY public.communities_membership
    ADD CONSTRAINT membership_once UNIQUE (community_id, member_id);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notice_once UNIQUE (member_id, activity_id);

ALTER TABLE ONLY public.notices_heard
    ADD CONSTRAINT notices_heard_pkey PRIMARY KEY (activity_id);

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_key_key UNIQUE (key);

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_pending
    ADD CONSTRAINT notices_pending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_seen
    ADD CONSTRAINT notices_seen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_panelseat
    ADD CONSTRAINT panel_seat_once UNIQUE (test_id, member_id);

ALTER TABLE ONLY public.feed_part
    ADD CONSTRAINT part_once UNIQUE (line_id, activity_id);

ALTER TABLE ONLY public.ledger_payment
    ADD CONSTRAINT payment_reference_once UNIQUE (provider, reference);

ALTER TABLE ONLY public.ledger_payoutapproval
    ADD CONSTRAINT payout_approval_once UNIQUE (payout_id, approver_id);

ALTER TABLE ONLY public.ledger_payout
    ADD CONSTRAINT payout_reference_once UNIQUE (provider, reference);

ALTER TABLE ONLY public.notices_pending
    ADD CONSTRAINT pending_once UNIQUE (member_id, activity_id);

ALTER TABLE ONLY public.people_acceptance
    ADD CONSTRAINT people_acceptance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.people_consent
    ADD CONSTRAINT people_consent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_evidence
    ADD CONSTRAINT people_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_house
    ADD CONSTRAINT people_house_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_houserole
    ADD CONSTRAINT people_houserole_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_member
    ADD CONSTRAINT people_member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.initiatives_phase
    ADD CONSTRAINT phase_position_once UNIQUE (initiative_id, "position");

ALTER TABLE ONLY public.contest_placeholder
    ADD CONSTRAINT placeholder_once UNIQUE (contest_id, source_id);

ALTER TABLE ONLY public.crowdfunding_pledgeline
    ADD CONSTRAINT pledge_line_once UNIQUE (pledge_id, tier_id);

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT pledge_number_once UNIQUE (campaign_id, number);

ALTER TABLE ONLY public.crowdfunding_potcampaign
    ADD CONSTRAINT pot_campaign_once UNIQUE (pot_id, campaign_id);

ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT preference_once UNIQUE (member_id, topic);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_credit
    ADD CONSTRAINT products_credit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_product
    ADD CONSTRAINT products_product_origin_id_key UNIQUE (origin_id);

ALTER TABLE ONLY public.products_product
    ADD CONSTRAINT products_product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_product
    ADD CONSTRAINT products_product_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.products_royaltyshare
    ADD CONSTRAINT products_royaltyshare_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_sale
    ADD CONSTRAINT products_sale_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_sale
    ADD CONSTRAINT products_sale_reverses_id_key UNIQUE (reverses_id);

ALTER TABLE ONLY public.products_salesfile
    ADD CONSTRAINT products_salesfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products_salesimport
    ADD CONSTRAINT products_salesimport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.studio_listen_proposal
    ADD CONSTRAINT proposal_once UNIQUE (mention_id, initiative_id);

ALTER TABLE ONLY public.ledger_providerevent
    ADD CONSTRAINT providerevent_once UNIQUE (provider, event_id);

ALTER TABLE ONLY public.ledger_providerline
    ADD CONSTRAINT providerline_once UNIQUE (provider, line_id);

ALTER TABLE ONLY public.initiatives_reaction
    ADD CONSTRAINT reaction_once UNIQUE (contribution_id, member_id);

ALTER TABLE ONLY public.reading_aspect
    ADD CONSTRAINT reading_aspect_once UNIQUE (language, name);

ALTER TABLE ONLY public.reading_aspect
    ADD CONSTRAINT reading_aspect_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reading_correction
    ADD CONSTRAINT reading_correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reading_edition
    ADD CONSTRAINT reading_edition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reading_edition
    ADD CONSTRAINT reading_edition_readers_key UNIQUE (readers);

ALTER TABLE ONLY public.reading_reader
    ADD CONSTRAINT reading_reader_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reading_reading
    ADD CONSTRAINT reading_reading_pkey PRIMARY KEY (mention_id);

ALTER TABLE ONLY public.reading_topic
    ADD CONSTRAINT reading_topic_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rewards_award
    ADD CONSTRAINT rewards_award_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rewards_ruleset
    ADD CONSTRAINT rewards_ruleset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rewards_ruleset
    ADD CONSTRAINT rewards_ruleset_version_key UNIQUE (version);

ALTER TABLE ONLY public.royalties_point
    ADD CONSTRAINT royalties_point_pkey PRIMARY KEY (activity_id);

ALTER TABLE ONLY public.royalties_schedule
    ADD CONSTRAINT royalties_schedule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.royalties_schedule
    ADD CONSTRAINT royalties_schedule_valid_from_key UNIQUE (valid_from);

ALTER TABLE ONLY public.royalties_statement
    ADD CONSTRAINT royalties_statement_key_key UNIQUE (key);

ALTER TABLE ONLY public.royalties_statement
    ADD CONSTRAINT royalties_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.royalties_step
    ADD CONSTRAINT royalties_step_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.royalties_takenback
    ADD CONSTRAINT royalties_takenback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_rungreached
    ADD CONSTRAINT rung_once UNIQUE (idea_id, rung, attempt);

ALTER TABLE ONLY public.sandbox_order
    ADD CONSTRAINT sandbox_order_once UNIQUE (kind, key);

ALTER TABLE ONLY public.sandbox_order
    ADD CONSTRAINT sandbox_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sandbox_order
    ADD CONSTRAINT sandbox_order_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.sandbox_till
    ADD CONSTRAINT sandbox_till_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sandbox_word
    ADD CONSTRAINT sandbox_word_event_id_key UNIQUE (event_id);

ALTER TABLE ONLY public.sandbox_word
    ADD CONSTRAINT sandbox_word_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sandbox_word
    ADD CONSTRAINT sandbox_word_request_key_key UNIQUE (request_key);

ALTER TABLE ONLY public.standing_score
    ADD CONSTRAINT score_current_once UNIQUE NULLS NOT DISTINCT (member_id, community_id, kind);

ALTER TABLE ONLY public.notices_seen
    ADD CONSTRAINT seen_once UNIQUE (member_id, activity_id);

ALTER TABLE ONLY public.crowdfunding_settlement
    ADD CONSTRAINT settlement_number_once UNIQUE (campaign_id, number);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);

ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.standing_pastscore
    ADD CONSTRAINT standing_pastscore_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.standing_score
    ADD CONSTRAINT standing_score_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.royalties_statement
    ADD CONSTRAINT statement_version_once UNIQUE (product_id, holder_id, first_day, version);

ALTER TABLE ONLY public.royalties_step
    ADD CONSTRAINT step_once UNIQUE (statement_key, kind);

ALTER TABLE ONLY public.crowdfunding_stretchgoal
    ADD CONSTRAINT stretch_goal_amount_once UNIQUE (campaign_id, amount);

ALTER TABLE ONLY public.stripe_checkout
    ADD CONSTRAINT stripe_checkout_key_key UNIQUE (key);

ALTER TABLE ONLY public.stripe_checkout
    ADD CONSTRAINT stripe_checkout_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stripe_checkout
    ADD CONSTRAINT stripe_checkout_session_key UNIQUE (session);

ALTER TABLE ONLY public.studio_listen_proposal
    ADD CONSTRAINT studio_listen_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest_surgealarm
    ADD CONSTRAINT surge_alarm_once UNIQUE (idea_id, hour);

ALTER TABLE ONLY public.tables_savedlayout
    ADD CONSTRAINT tables_savedlayout_name_key UNIQUE (name);

ALTER TABLE ONLY public.tables_savedlayout
    ADD CONSTRAINT tables_savedlayout_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tables_upload
    ADD CONSTRAINT tables_upload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crowdfunding_tally
    ADD CONSTRAINT tally_once UNIQUE (campaign_id, facet, name);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);

ALTER TABLE ONLY public.contest_vote
    ADD CONSTRAINT vote_once UNIQUE (idea_id, voter_id);

ALTER TABLE ONLY public.webhooks_message
    ADD CONSTRAINT webhook_message_once UNIQUE (endpoint_id, activity_id);

ALTER TABLE ONLY public.webhooks_endpoint
    ADD CONSTRAINT webhooks_endpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhooks_message
    ADD CONSTRAINT webhooks_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webmention_received
    ADD CONSTRAINT webmention_received_key_key UNIQUE (key);

ALTER TABLE ONLY public.webmention_received
    ADD CONSTRAINT webmention_received_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webmention_reply
    ADD CONSTRAINT webmention_reply_pkey PRIMARY KEY (id);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX activity_actor ON public.activity_activity USING btree (actor_id, id DESC);

CREATE INDEX activity_at ON public.activity_activity USING brin (at);

CREATE INDEX activity_community ON public.activity_activity USING btree (community_id, id DESC);

CREATE INDEX activity_initiative ON public.activity_activity USING btree (initiative_id, id DESC);

CREATE INDEX activity_object ON public.activity_activity USING btree (object_type, object_id);

CREATE INDEX activity_public ON public.activity_activity USING btree (id DESC) WHERE public;

CREATE INDEX activity_target ON public.activity_activity USING btree (target_id, id DESC);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX award_member ON public.rewards_award USING btree (member_id, activity_id DESC);

CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);

CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);

CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);

CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);

CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);

CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);

CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);

CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);

CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);

CREATE INDEX ballot_line_replay ON public.contest_ballotline USING btree (contest_id, id);

CREATE INDEX bank_booking_waiting ON public.banktransfer_booking USING btree (day) WHERE ((state)::text = 'waiting'::text);

CREATE UNIQUE INDEX bank_received_once ON public.banktransfer_booking USING btree (transfer_id) WHERE ((state)::text = 'matched'::text);

CREATE INDEX banktransfer_booking_decided_by_id_c791c610 ON public.banktransfer_booking USING btree (decided_by_id);

CREATE INDEX banktransfer_booking_name_cd35ca73_like ON public.banktransfer_booking USING btree (name varchar_pattern_ops);

CREATE INDEX banktransfer_booking_statement_id_102db187 ON public.banktransfer_booking USING btree (statement_id);

CREATE INDEX banktransfer_booking_transfer_id_9f1c2afe ON public.banktransfer_booking USING btree (transfer_id);

CREATE INDEX banktransfer_order_key_2d0afe11_like ON public.banktransfer_order USING btree (key varchar_pattern_ops);

CREATE INDEX banktransfer_order_name_43f17272_like ON public.banktransfer_order USING btree (name varchar_pattern_ops);

CREATE INDEX banktransfer_order_transfer_id_3231197b ON public.banktransfer_order USING btree (transfer_id);

CREATE INDEX banktransfer_statement_reader_id_250452c5 ON public.banktransfer_statement USING btree (reader_id);

CREATE INDEX banktransfer_transfer_key_08a94e6f_like ON public.banktransfer_transfer USING btree (key varchar_pattern_ops);

CREATE INDEX banktransfer_transfer_reference_a11764ec_like ON public.banktransfer_transfer USING btree (reference varchar_pattern_ops);

CREATE UNIQUE INDEX charge_one_at_a_time ON public.crowdfunding_charge USING btree (pledge_id) WHERE (superseded_at IS NULL);

CREATE INDEX cheer_arrival ON public.cheer_cheer USING btree (phase_id, id);

CREATE INDEX cheer_blockedauthor_blocked_by_id_0c325aae ON public.cheer_blockedauthor USING btree (blocked_by_id);

CREATE INDEX cheer_blockedauthor_community_id_9bcb0bd6 ON public.cheer_blockedauthor USING btree (community_id);

CREATE INDEX cheer_camp_campaign_id_70bbd92a ON public.cheer_camp USING btree (campaign_id);

CREATE INDEX cheer_camp_slug_25e96d19 ON public.cheer_camp USING btree (slug);

CREATE INDEX cheer_camp_slug_25e96d19_like ON public.cheer_camp USING btree (slug varchar_pattern_ops);

CREATE INDEX cheer_cheermessage_decided_by_id_68508786 ON public.cheer_cheermessage USING btree (decided_by_id);

CREATE INDEX cheer_guestpass_campaign_id_bf352b81 ON public.cheer_guestpass USING btree (campaign_id);

CREATE INDEX cheer_lightorder_campaign_id_cfae3563 ON public.cheer_lightorder USING btree (campaign_id);

CREATE INDEX cheer_lightorder_given_by_id_c7b66632 ON public.cheer_lightorder USING btree (given_by_id);

CREATE INDEX cheer_message_queue ON public.cheer_cheermessage USING btree (written_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX cheer_message_unsifted ON public.cheer_cheermessage USING btree (id) WHERE ((sifted_at IS NULL) AND ((state)::text = 'waiting'::text));

CREATE INDEX cheer_message_wall ON public.cheer_cheermessage USING btree (decided_at) WHERE ((state)::text = 'approved'::text);

CREATE INDEX cheer_personallink_campaign_id_660e195b ON public.cheer_personallink USING btree (campaign_id);

CREATE INDEX cheer_personallink_token_1f493ac0_like ON public.cheer_personallink USING btree (token varchar_pattern_ops);

CREATE INDEX cheer_wordlist_changed_by_id_a734cf36 ON public.cheer_wordlist USING btree (changed_by_id);

CREATE INDEX cheer_wordlist_language_7e112138_like ON public.cheer_wordlist USING btree (language varchar_pattern_ops);

CREATE INDEX communities_charterversion_community_id_f5ce2683 ON public.communities_charterversion USING btree (community_id);

CREATE INDEX communities_charterversion_evidence_id_c48c6ecc ON public.communities_charterversion USING btree (evidence_id);

CREATE INDEX communities_charterversion_published_by_id_5029c149 ON public.communities_charterversion USING btree (published_by_id);

CREATE INDEX communities_community_created_by_id_d18bfdb5 ON public.communities_community USING btree (created_by_id);

CREATE INDEX communities_community_parent_id_0da540e9 ON public.communities_community USING btree (parent_id);

CREATE INDEX communities_community_slug_121bd9e8_like ON public.communities_community USING btree (slug varchar_pattern_ops);

CREATE INDEX communities_community_sort_key_78579c4c ON public.communities_community USING btree (sort_key);

CREATE INDEX communities_community_sort_key_78579c4c_like ON public.communities_community USING btree (sort_key varchar_pattern_ops);

CREATE INDEX communities_membership_charter_id_5de9b569 ON public.communities_membership USING btree (charter_id);

CREATE INDEX communities_membership_community_id_386202ae ON public.communities_membership USING btree (community_id);

CREATE INDEX communities_membership_invited_by_id_629e911d ON public.communities_membership USING btree (invited_by_id);

CREATE INDEX communities_membership_member_id_a2e8dd1e ON public.communities_membership USING btree (member_id);

CREATE INDEX community_interests ON public.communities_community USING gin (interests);

CREATE INDEX consent_in_force ON public.people_consent USING btree (member_id, purpose, id DESC);

CREATE INDEX contest_authorship_idea_id_56040a16 ON public.contest_authorship USING btree (idea_id);

CREATE INDEX contest_authorship_member_id_79a4e5cc ON public.contest_authorship USING btree (member_id);

CREATE INDEX contest_awarddecision_decided_by_id_b69ba8c1 ON public.contest_awarddecision USING btree (decided_by_id);

CREATE INDEX contest_ballotline_idea_id_3ea3425e ON public.contest_ballotline USING btree (idea_id);

CREATE INDEX contest_ballotline_voter_id_813aee9d ON public.contest_ballotline USING btree (voter_id);

CREATE INDEX contest_coauthoroffer_giver_id_4ff18b72 ON public.contest_coauthoroffer USING btree (giver_id);

CREATE INDEX contest_coauthoroffer_idea_id_4ce4ef77 ON public.contest_coauthoroffer USING btree (idea_id);

CREATE INDEX contest_coauthoroffer_member_id_bf5ff444 ON public.contest_coauthoroffer USING btree (member_id);

CREATE INDEX contest_funding_contest_id_76a3f261 ON public.contest_funding USING btree (contest_id);

CREATE INDEX contest_funding_funded_by_id_2dd9ede6 ON public.contest_funding USING btree (funded_by_id);

CREATE INDEX contest_funding_key_3a773f78_like ON public.contest_funding USING btree (key varchar_pattern_ops);

CREATE INDEX contest_idea_contest_id_b7c2e8ad ON public.contest_idea USING btree (contest_id);

CREATE INDEX contest_idea_merged_into_id_016974a3 ON public.contest_idea USING btree (merged_into_id);

CREATE INDEX contest_idea_sort_key_464c293c ON public.contest_idea USING btree (sort_key);

CREATE INDEX contest_idea_sort_key_464c293c_like ON public.contest_idea USING btree (sort_key varchar_pattern_ops);

CREATE INDEX contest_juryscore_idea_id_57a8decc ON public.contest_juryscore USING btree (idea_id);

CREATE INDEX contest_juryscore_juror_id_54ea62d7 ON public.contest_juryscore USING btree (juror_id);

CREATE INDEX contest_juryseat_appointed_by_id_9226fb21 ON public.contest_juryseat USING btree (appointed_by_id);

CREATE INDEX contest_juryseat_contest_id_9d4ccc2c ON public.contest_juryseat USING btree (contest_id);

CREATE INDEX contest_juryseat_member_id_576d0ec8 ON public.contest_juryseat USING btree (member_id);

CREATE INDEX contest_officialanswer_author_id_160b5680 ON public.contest_officialanswer USING btree (author_id);

CREATE INDEX contest_officialanswer_idea_id_87711dde ON public.contest_officialanswer USING btree (idea_id);

CREATE INDEX contest_panelseat_member_id_a3cfc482 ON public.contest_panelseat USING btree (member_id);

CREATE INDEX contest_panelseat_test_id_370e277e ON public.contest_panelseat USING btree (test_id);

CREATE INDEX contest_paneltest_idea_id_4b4ff129 ON public.contest_paneltest USING btree (idea_id);

CREATE INDEX contest_paneltest_opened_by_id_9ee96eb1 ON public.contest_paneltest USING btree (opened_by_id);

CREATE INDEX contest_paneltest_rung_f18a627a ON public.contest_paneltest USING btree (rung);

CREATE INDEX contest_paneltest_rung_f18a627a_like ON public.contest_paneltest USING btree (rung varchar_pattern_ops);

CREATE INDEX contest_placeholder_contest_id_31dd122d ON public.contest_placeholder USING btree (contest_id);

CREATE INDEX contest_rungreached_decided_by_id_8b77881d ON public.contest_rungreached USING btree (decided_by_id);

CREATE INDEX contest_rungreached_idea_id_ee4b01d3 ON public.contest_rungreached USING btree (idea_id);

CREATE INDEX contest_rungreached_rung_a21ac7a3 ON public.contest_rungreached USING btree (rung);

CREATE INDEX contest_rungreached_rung_a21ac7a3_like ON public.contest_rungreached USING btree (rung varchar_pattern_ops);

CREATE INDEX contest_surgealarm_idea_id_9d399016 ON public.contest_surgealarm USING btree (idea_id);

CREATE INDEX contest_surgealarm_settled_by_id_492ae02d ON public.contest_surgealarm USING btree (settled_by_id);

CREATE INDEX contest_voiding_contest_id_154ed894 ON public.contest_voiding USING btree (contest_id);

CREATE INDEX contest_voiding_decided_by_id_45e4577e ON public.contest_voiding USING btree (decided_by_id);

CREATE INDEX contest_voiding_idea_id_2a2cd307 ON public.contest_voiding USING btree (idea_id);

CREATE INDEX contest_vote_voiding_id_14ff5b08 ON public.contest_vote USING btree (voiding_id);

CREATE INDEX contest_vote_voter_id_53233961 ON public.contest_vote USING btree (voter_id);

CREATE INDEX contribution_author ON public.initiatives_contribution USING btree (author_id, id DESC);

CREATE INDEX contribution_listing ON public.initiatives_contribution USING btree (initiative_id, kind, state);

CREATE INDEX crowdfunding_budgetline_campaign_id_ce7e581e ON public.crowdfunding_budgetline USING btree (campaign_id);

CREATE INDEX crowdfunding_charge_pledge_id_d822e28a ON public.crowdfunding_charge USING btree (pledge_id);

CREATE INDEX crowdfunding_delay_by_id_fdc08a9a ON public.crowdfunding_delay USING btree (by_id);

CREATE INDEX crowdfunding_delay_campaign_id_14209ac3 ON public.crowdfunding_delay USING btree (campaign_id);

CREATE INDEX crowdfunding_delay_tier_id_c09d2edc ON public.crowdfunding_delay USING btree (tier_id);

CREATE INDEX crowdfunding_letter_key_6e307696_like ON public.crowdfunding_letter USING btree (key varchar_pattern_ops);

CREATE INDEX crowdfunding_letter_pledge_id_b205de63 ON public.crowdfunding_letter USING btree (pledge_id);

CREATE INDEX crowdfunding_match_campaign_id_35d8b7b7 ON public.crowdfunding_match USING btree (campaign_id);

CREATE INDEX crowdfunding_match_pledge_id_690f70f4 ON public.crowdfunding_match USING btree (pledge_id);

CREATE INDEX crowdfunding_match_pot_id_a9ae4334 ON public.crowdfunding_match USING btree (pot_id);

CREATE INDEX crowdfunding_offlinemoney_confirmed_by_id_db2a0ced ON public.crowdfunding_offlinemoney USING btree (confirmed_by_id);

CREATE INDEX crowdfunding_offlinemoney_entered_by_id_7cc3226b ON public.crowdfunding_offlinemoney USING btree (entered_by_id);

CREATE INDEX crowdfunding_offlinemoney_key_96a79669_like ON public.crowdfunding_offlinemoney USING btree (key varchar_pattern_ops);

CREATE INDEX crowdfunding_offlinemoney_pledge_id_824ba91c ON public.crowdfunding_offlinemoney USING btree (pledge_id);

CREATE INDEX crowdfunding_pledge_backer_id_6b6e4553 ON public.crowdfunding_pledge USING btree (backer_id);

CREATE INDEX crowdfunding_pledge_campaign_id_07332dfa ON public.crowdfunding_pledge USING btree (campaign_id);

CREATE INDEX crowdfunding_pledge_tier_id_18bb4e13 ON public.crowdfunding_pledge USING btree (tier_id);

CREATE INDEX crowdfunding_pledge_token_895fbbef_like ON public.crowdfunding_pledge USING btree (token varchar_pattern_ops);

CREATE INDEX crowdfunding_pledgeline_pledge_id_6288b0f6 ON public.crowdfunding_pledgeline USING btree (pledge_id);

CREATE INDEX crowdfunding_pledgeline_tier_id_442616e4 ON public.crowdfunding_pledgeline USING btree (tier_id);

CREATE INDEX crowdfunding_pot_opened_by_id_7ce41310 ON public.crowdfunding_pot USING btree (opened_by_id);

CREATE INDEX crowdfunding_potcampaign_campaign_id_48b18f46 ON public.crowdfunding_potcampaign USING btree (campaign_id);

CREATE INDEX crowdfunding_potcampaign_pot_id_1c1b4597 ON public.crowdfunding_potcampaign USING btree (pot_id);

CREATE INDEX crowdfunding_potmovement_by_id_71a4e7c0 ON public.crowdfunding_potmovement USING btree (by_id);

CREATE INDEX crowdfunding_potmovement_key_6de61420_like ON public.crowdfunding_potmovement USING btree (key varchar_pattern_ops);

CREATE INDEX crowdfunding_potmovement_pot_id_db999ca5 ON public.crowdfunding_potmovement USING btree (pot_id);

CREATE INDEX crowdfunding_question_answered_by_id_3bd61810 ON public.crowdfunding_question USING btree (answered_by_id);

CREATE INDEX crowdfunding_refund_asked_by_id_6568a83c ON public.crowdfunding_refund USING btree (asked_by_id);

CREATE INDEX crowdfunding_refund_key_f1bf4b21_like ON public.crowdfunding_refund USING btree (key varchar_pattern_ops);

CREATE INDEX crowdfunding_refund_payment_id_80691de4 ON public.crowdfunding_refund USING btree (payment_id);

CREATE INDEX crowdfunding_refund_pledge_id_a7b6eee9 ON public.crowdfunding_refund USING btree (pledge_id);

CREATE INDEX crowdfunding_settlement_by_id_be6cc959 ON public.crowdfunding_settlement USING btree (by_id);

CREATE INDEX crowdfunding_settlement_campaign_id_c09b76ce ON public.crowdfunding_settlement USING btree (campaign_id);

CREATE INDEX crowdfunding_settlement_key_620ec5be_like ON public.crowdfunding_settlement USING btree (key varchar_pattern_ops);

CREATE INDEX crowdfunding_storypicture_campaign_id_d8dabce3 ON public.crowdfunding_storypicture USING btree (campaign_id);

CREATE INDEX crowdfunding_storypicture_key_86eaaf54_like ON public.crowdfunding_storypicture USING btree (key varchar_pattern_ops);

CREATE INDEX crowdfunding_storypicture_sender_id_cda08af7 ON public.crowdfunding_storypicture USING btree (sender_id);

CREATE INDEX crowdfunding_stretchgoal_campaign_id_fca0daa1 ON public.crowdfunding_stretchgoal USING btree (campaign_id);

CREATE INDEX crowdfunding_tally_campaign_id_6ea9b147 ON public.crowdfunding_tally USING btree (campaign_id);

CREATE INDEX crowdfunding_teammember_campaign_id_4425419e ON public.crowdfunding_teammember USING btree (campaign_id);

CREATE INDEX crowdfunding_teammember_member_id_7f9a3506 ON public.crowdfunding_teammember USING btree (member_id);

CREATE INDEX crowdfunding_tier_campaign_id_22beb98b ON public.crowdfunding_tier USING btree (campaign_id);

CREATE INDEX desk_brand_mentions ON public.listening_desk_brandmention USING btree (brand_id, published_at DESC, mention_id DESC) INCLUDE (source_id, voice_id);

CREATE INDEX desk_item_answered ON public.listening_desk_item USING btree (first_answer_at) WHERE (first_answer_at IS NOT NULL);

CREATE INDEX desk_item_assignee ON public.listening_desk_item USING btree (assignee_id, published_at DESC, mention_id DESC);

CREATE INDEX desk_item_state ON public.listening_desk_item USING btree (state, published_at DESC, mention_id DESC);

CREATE INDEX desk_item_voice ON public.listening_desk_item USING btree (voice_id);

CREATE UNIQUE INDEX desk_one_panel_in_force ON public.listening_desk_panel USING btree ((true)) WHERE (ended_on IS NULL);

CREATE INDEX desk_promise_due ON public.listening_desk_promise USING btree (due_on) WHERE ((outcome)::text = ''::text);

CREATE INDEX desk_promise_mention ON public.listening_desk_promise USING btree (mention_id);

CREATE INDEX desk_sum_day ON public.listening_desk_sum USING btree (day);

CREATE INDEX desk_sum_of_all ON public.listening_desk_sum USING btree (dimension, day) WHERE (brand_id IS NULL);

CREATE INDEX desk_sum_of_brand ON public.listening_desk_sum USING btree (brand_id, dimension, day);

CREATE INDEX desk_sum_of_value ON public.listening_desk_sum USING btree (value, dimension, day) WHERE (brand_id IS NULL);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX donation_donation_acceptance_id_d9377443 ON public.donation_donation USING btree (acceptance_id);

CREATE INDEX donation_donation_member_id_f463508f ON public.donation_donation USING btree (member_id);

CREATE INDEX donation_donation_source_id_9b5ac6d1 ON public.donation_donation USING btree (source_id);

CREATE INDEX feed_line_community_id_41c14c3a ON public.feed_line USING btree (community_id);

CREATE INDEX feed_line_contribution_id_932f854f ON public.feed_line USING btree (contribution_id);

CREATE INDEX feed_line_latest_id_32a50f61 ON public.feed_line USING btree (latest_id);

CREATE INDEX feed_line_member_id_67c973cc ON public.feed_line USING btree (member_id);

CREATE INDEX feed_part_activity_id_72d0ac3c ON public.feed_part USING btree (activity_id);

CREATE INDEX feed_part_line_id_7e2cc0f7 ON public.feed_part USING btree (line_id);

CREATE INDEX idea_listing ON public.contest_idea USING btree (contest_id, merged_into_id);

CREATE INDEX idea_search ON public.contest_idea USING gin (search_text public.gin_trgm_ops);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX influence_circle_run_id_2ed285d4 ON public.influence_circle USING btree (run_id);

CREATE INDEX influence_figures_advocacy ON public.influence_figures USING btree (run_id, advocacy DESC);

CREATE INDEX influence_figures_heard ON public.influence_figures USING btree (run_id, heard DESC);

CREATE INDEX influence_figures_node ON public.influence_figures USING btree (node);

CREATE INDEX influence_figures_run_id_8ab5d39d ON public.influence_figures USING btree (run_id);

CREATE INDEX influence_plan_asked_by_id_2c827e5d ON public.influence_plan USING btree (asked_by_id);

CREATE INDEX influence_ruleset_published_by_id_6b5d939a ON public.influence_ruleset USING btree (published_by_id);

CREATE INDEX influence_run_asked_by_id_af9ef2e1 ON public.influence_run USING btree (asked_by_id);

CREATE INDEX influence_seat_circle_id_19e11338 ON public.influence_seat USING btree (circle_id);

CREATE INDEX influence_seat_node ON public.influence_seat USING btree (node);

CREATE INDEX influence_seed_invited_by_id_a9e80d4d ON public.influence_seed USING btree (invited_by_id);

CREATE INDEX influence_seed_node ON public.influence_seed USING btree (node);

CREATE INDEX influence_seed_plan_id_379a9ea1 ON public.influence_seed USING btree (plan_id);

CREATE INDEX influence_tie_target ON public.influence_tie USING btree (target);

CREATE INDEX initiative_community ON public.initiatives_initiative USING btree (community_id, mechanism);

CREATE INDEX initiative_open ON public.initiatives_initiative USING btree (mechanism, closed_at);

CREATE INDEX initiatives_amendment_author_id_db4b0dc7 ON public.initiatives_amendment USING btree (author_id);

CREATE INDEX initiatives_amendment_initiative_id_3a7c986a ON public.initiatives_amendment USING btree (initiative_id);

CREATE INDEX initiatives_comment_about_id_ea2ca460 ON public.initiatives_comment USING btree (about_id);

CREATE INDEX initiatives_comment_in_reply_to_id_8a97d0a2 ON public.initiatives_comment USING btree (in_reply_to_id);

CREATE INDEX initiatives_contribution_author_id_a0cd8143 ON public.initiatives_contribution USING btree (author_id);

CREATE INDEX initiatives_contribution_initiative_id_ca3b58df ON public.initiatives_contribution USING btree (initiative_id);

CREATE INDEX initiatives_initiative_community_id_928f2636 ON public.initiatives_initiative USING btree (community_id);

CREATE INDEX initiatives_initiative_created_by_id_a9419c88 ON public.initiatives_initiative USING btree (created_by_id);

CREATE INDEX initiatives_initiative_slug_89639998_like ON public.initiatives_initiative USING btree (slug varchar_pattern_ops);

CREATE INDEX initiatives_phase_changed_by_id_ad62980b ON public.initiatives_phase USING btree (changed_by_id);

CREATE INDEX initiatives_phase_initiative_id_740f7ff6 ON public.initiatives_phase USING btree (initiative_id);

CREATE INDEX initiatives_picture_key_2603ed4f_like ON public.initiatives_picture USING btree (key varchar_pattern_ops);

CREATE INDEX initiatives_picture_sender_id_44fc89ac ON public.initiatives_picture USING btree (sender_id);

CREATE INDEX initiatives_reaction_contribution_id_d4d8cc95 ON public.initiatives_reaction USING btree (contribution_id);

CREATE INDEX initiatives_reaction_member_id_826ed788 ON public.initiatives_reaction USING btree (member_id);

CREATE INDEX initiatives_revision_contribution_id_6db726db ON public.initiatives_revision USING btree (contribution_id);

CREATE INDEX initiatives_revision_editor_id_f395506a ON public.initiatives_revision USING btree (editor_id);

CREATE INDEX journalentry_at ON public.ledger_journalentry USING btree (at);

CREATE INDEX ledger_account_code_e0a3af95_like ON public.ledger_account USING btree (code varchar_pattern_ops);

CREATE INDEX ledger_account_initiative_id_c7a7fd09 ON public.ledger_account USING btree (initiative_id);

CREATE INDEX ledger_account_owner_id_c8eca69b ON public.ledger_account USING btree (owner_id);

CREATE INDEX ledger_journalentry_activity_id_3086bf6c ON public.ledger_journalentry USING btree (activity_id);

CREATE INDEX ledger_journalentry_author_id_82486464 ON public.ledger_journalentry USING btree (author_id);

CREATE INDEX ledger_journalentry_key_ad9d956a_like ON public.ledger_journalentry USING btree (key varchar_pattern_ops);

CREATE INDEX ledger_payment_payer_id_385b1bad ON public.ledger_payment USING btree (payer_id);

CREATE INDEX ledger_payment_target_id_075ae3d5 ON public.ledger_payment USING btree (target_id);

CREATE INDEX ledger_payout_member_id_9b693c4e ON public.ledger_payout USING btree (member_id);

CREATE INDEX ledger_payoutapproval_approver_id_50c8607d ON public.ledger_payoutapproval USING btree (approver_id);

CREATE INDEX ledger_payoutapproval_payout_id_1759a15f ON public.ledger_payoutapproval USING btree (payout_id);

CREATE INDEX ledger_payoutstep_actor_id_19b6a89c ON public.ledger_payoutstep USING btree (actor_id);

CREATE INDEX ledger_payoutstep_payout_id_82214ad6 ON public.ledger_payoutstep USING btree (payout_id);

CREATE INDEX ledger_posting_account_id_964f801d ON public.ledger_posting USING btree (account_id);

CREATE INDEX ledger_posting_entry_id_1c3a07af ON public.ledger_posting USING btree (entry_id);

CREATE INDEX ledger_request_key_888abd3b_like ON public.ledger_request USING btree (key varchar_pattern_ops);

CREATE INDEX ledger_request_payment_id_3ea6ff3e ON public.ledger_request USING btree (payment_id);

CREATE INDEX ledger_seal_previous_hash_32b95133_like ON public.ledger_seal USING btree (previous_hash varchar_pattern_ops);

CREATE INDEX letter_due ON public.notices_letter USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'claimed'::character varying])::text[]));

CREATE INDEX letter_waiting ON public.crowdfunding_letter USING btree (id) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX line_community ON public.feed_line USING btree (community_id, latest_id DESC);

CREATE INDEX line_member ON public.feed_line USING btree (member_id, latest_id DESC);

CREATE INDEX listening_claim_member_id_018784a8 ON public.listening_claim USING btree (member_id);

CREATE INDEX listening_claim_voice_id_928b6dbb ON public.listening_claim USING btree (voice_id);

CREATE INDEX listening_desk_answer_author_id_ebb435bb ON public.listening_desk_answer USING btree (author_id);

CREATE INDEX listening_desk_answer_item_id_757882d0 ON public.listening_desk_answer USING btree (item_id);

CREATE INDEX listening_desk_brand_name_4d2615db_like ON public.listening_desk_brand USING btree (name varchar_pattern_ops);

CREATE INDEX listening_desk_brandmention_brand_id_5e292c49 ON public.listening_desk_brandmention USING btree (brand_id);

CREATE INDEX listening_desk_burst_brand_id_78b166fe ON public.listening_desk_burst USING btree (brand_id);

CREATE INDEX listening_desk_item_assignee_id_7e1fad6b ON public.listening_desk_item USING btree (assignee_id);

CREATE INDEX listening_desk_item_changed_by_id_fd0665fb ON public.listening_desk_item USING btree (changed_by_id);

CREATE INDEX listening_desk_panel_locked_by_id_1e71696e ON public.listening_desk_panel USING btree (locked_by_id);

CREATE INDEX listening_desk_promise_made_by_id_1e67df10 ON public.listening_desk_promise USING btree (made_by_id);

CREATE INDEX listening_desk_promise_settled_by_id_25e4d468 ON public.listening_desk_promise USING btree (settled_by_id);

CREATE INDEX listening_desk_sum_brand_id_9be392fa ON public.listening_desk_sum USING btree (brand_id);

CREATE INDEX listening_due ON public.listening_source USING btree (next_run_at) WHERE ((state)::text = 'active'::text);

CREATE INDEX listening_handle_until ON public.listening_voice USING btree (handle_until) WHERE (handle IS NOT NULL);

CREATE INDEX listening_look_actor_id_5756f50d ON public.listening_look USING btree (actor_id);

CREATE INDEX listening_look_voice ON public.listening_look USING btree (voice_id, id DESC);

CREATE INDEX listening_mention_parent ON ONLY public.listening_mention USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX listening_mention_other_parent_id_idx ON public.listening_mention_other USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX listening_mention_published ON ONLY public.listening_mention USING btree (published_at DESC);

CREATE INDEX listening_mention_other_published_at_idx ON public.listening_mention_other USING btree (published_at DESC);

CREATE INDEX listening_mention_source ON ONLY public.listening_mention USING btree (source_id, published_at DESC);

CREATE INDEX listening_mention_other_source_id_published_at_idx ON public.listening_mention_other USING btree (source_id, published_at DESC);

CREATE INDEX listening_mention_voice ON ONLY public.listening_mention USING btree (voice_id, published_at DESC);

CREATE INDEX listening_mention_other_voice_id_published_at_idx ON public.listening_mention_other USING btree (voice_id, published_at DESC);

CREATE INDEX listening_plea_decided_by_id_58d895f0 ON public.listening_plea USING btree (decided_by_id);

CREATE UNIQUE INDEX listening_plea_once ON public.listening_plea USING btree (key) WHERE ((outcome)::text = 'waiting'::text);

CREATE INDEX listening_run_source_id_639069af ON public.listening_run USING btree (source_id);

CREATE INDEX listening_source_community_id_c3a3c17f ON public.listening_source USING btree (community_id);

CREATE INDEX listening_source_created_by_id_70eff425 ON public.listening_source USING btree (created_by_id);

CREATE INDEX listening_sources_host_name_1664772b_like ON public.listening_sources_host USING btree (name varchar_pattern_ops);

CREATE INDEX listening_sources_optout_host_a002a008_like ON public.listening_sources_optout USING btree (host varchar_pattern_ops);

CREATE INDEX listening_sources_optout_noted_by_id_ff0a9064 ON public.listening_sources_optout USING btree (noted_by_id);

CREATE INDEX listening_suggestion_member_id_a4f7327f ON public.listening_suggestion USING btree (member_id);

CREATE INDEX listening_suggestion_voice_id_816fa6d3 ON public.listening_suggestion USING btree (voice_id);

CREATE UNIQUE INDEX listening_voice_one_owner ON public.listening_claim USING btree (voice_id) WHERE ((ended_at IS NULL) AND (proved_at IS NOT NULL));

CREATE INDEX listening_waiting_parent ON public.listening_waiting USING btree (parent_key);

CREATE INDEX match_campaign ON public.crowdfunding_match USING btree (campaign_id, pot_id);

CREATE UNIQUE INDEX member_email_unique ON public.people_member USING btree (lower((email)::text));

CREATE UNIQUE INDEX member_handle_unique ON public.people_member USING btree (lower((handle)::text));

CREATE INDEX membership_people ON public.communities_membership USING btree (community_id, state, role);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX notices_letter_key_0c781846_like ON public.notices_letter USING btree (key varchar_pattern_ops);

CREATE INDEX notices_letter_member_id_16b7a55c ON public.notices_letter USING btree (member_id);

CREATE INDEX notices_notice_activity_id_0224d30f ON public.notices_notice USING btree (activity_id);

CREATE INDEX notices_notice_member_id_0e5c6e65 ON public.notices_notice USING btree (member_id);

CREATE INDEX notices_pending_activity_id_2d9ba5de ON public.notices_pending USING btree (activity_id);

CREATE INDEX notices_pending_member_id_f132f431 ON public.notices_pending USING btree (member_id);

CREATE INDEX notices_preference_member_id_99992106 ON public.notices_preference USING btree (member_id);

CREATE INDEX notices_seen_activity_id_d9e6355f ON public.notices_seen USING btree (activity_id);

CREATE INDEX notices_seen_member_id_f69b55e0 ON public.notices_seen USING btree (member_id);

CREATE UNIQUE INDEX offer_once ON public.contest_coauthoroffer USING btree (idea_id, member_id) WHERE ((state)::text = 'offered'::text);

CREATE UNIQUE INDEX panel_test_open_once ON public.contest_paneltest USING btree (idea_id, rung) WHERE (closed_at IS NULL);

CREATE INDEX payment_request_waiting ON public.ledger_request USING btree (next_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX people_acceptance_evidence_id_d05ec635 ON public.people_acceptance USING btree (evidence_id);

CREATE INDEX people_acceptance_member_id_a371ad05 ON public.people_acceptance USING btree (member_id);

CREATE INDEX people_apitoken_member_id_d972b84f ON public.people_apitoken USING btree (member_id);

CREATE INDEX people_apitoken_sha256_e6688d26_like ON public.people_apitoken USING btree (sha256 varchar_pattern_ops);

CREATE INDEX people_consent_evidence_id_9740ce60 ON public.people_consent USING btree (evidence_id);

CREATE INDEX people_consent_member_id_bd887980 ON public.people_consent USING btree (member_id);

CREATE INDEX people_evidence_kind_484d8c3b ON public.people_evidence USING btree (kind);

CREATE INDEX people_evidence_kind_484d8c3b_like ON public.people_evidence USING btree (kind varchar_pattern_ops);

CREATE INDEX people_houserole_granted_by_id_5b5f51d2 ON public.people_houserole USING btree (granted_by_id);

CREATE INDEX people_houserole_member_id_36586a2c ON public.people_houserole USING btree (member_id);

CREATE INDEX people_member_skeleton_0d3d4d88 ON public.people_member USING btree (skeleton);

CREATE INDEX people_member_skeleton_0d3d4d88_like ON public.people_member USING btree (skeleton varchar_pattern_ops);

CREATE INDEX people_member_sort_key_aa4b7592 ON public.people_member USING btree (sort_key);

CREATE INDEX people_member_sort_key_aa4b7592_like ON public.people_member USING btree (sort_key varchar_pattern_ops);

CREATE INDEX picture_sender ON public.initiatives_picture USING btree (sender_id, sent_at);

CREATE INDEX pledge_backer ON public.crowdfunding_pledge USING btree (backer_id, id DESC);

CREATE INDEX pledge_curve ON public.crowdfunding_pledge USING btree (campaign_id, confirmed_at) INCLUDE (amount, state);

CREATE INDEX pledge_expiry ON public.crowdfunding_pledge USING btree (expires_at) WHERE ((state)::text = ANY ((ARRAY['unpaid'::character varying, 'failed'::character varying])::text[]));

CREATE INDEX pledge_guest ON public.crowdfunding_pledge USING btree (email) WHERE (backer_id IS NULL);

CREATE INDEX pledge_line_stock ON public.crowdfunding_pledgeline USING btree (tier_id) INCLUDE (quantity, pledge_id) WHERE holds;

CREATE INDEX pledge_listing ON public.crowdfunding_pledge USING btree (campaign_id, state, id);

CREATE INDEX pledge_wall ON public.crowdfunding_pledge USING btree (campaign_id, confirmed_at DESC, id DESC) WHERE ((NOT anonymous) AND on_wall AND ((state)::text = ANY ((ARRAY['held'::character varying, 'paid'::character varying])::text[])));

CREATE INDEX posting_account ON public.ledger_posting USING btree (account_id, entry_id) INCLUDE (amount);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX products_credit_contribution_id_e4a62caf ON public.products_credit USING btree (contribution_id);

CREATE INDEX products_credit_member_id_8fb1836e ON public.products_credit USING btree (member_id);

CREATE INDEX products_credit_product_id_23c73b7b ON public.products_credit USING btree (product_id);

CREATE INDEX products_product_community_id_a924bcf4 ON public.products_product USING btree (community_id);

CREATE INDEX products_product_launched_by_id_9d5555ad ON public.products_product USING btree (launched_by_id);

CREATE INDEX products_product_slug_70d3148d_like ON public.products_product USING btree (slug varchar_pattern_ops);

CREATE INDEX products_royaltyshare_granted_by_id_c8d36b96 ON public.products_royaltyshare USING btree (granted_by_id);

CREATE INDEX products_royaltyshare_holder_id_cd099a81 ON public.products_royaltyshare USING btree (holder_id);

CREATE INDEX products_royaltyshare_origin_id_ee11eecb ON public.products_royaltyshare USING btree (origin_id);

CREATE INDEX products_royaltyshare_product_id_31cd2351 ON public.products_royaltyshare USING btree (product_id);

CREATE INDEX products_sale_arrived_in_id_8b48c856 ON public.products_sale USING btree (arrived_in_id);

CREATE INDEX products_sale_product_id_90b04df3 ON public.products_sale USING btree (product_id);

CREATE INDEX products_salesfile_brought_by_id_25029f86 ON public.products_salesfile USING btree (brought_by_id);

CREATE INDEX products_salesfile_product_id_6418354e ON public.products_salesfile USING btree (product_id);

CREATE INDEX products_salesimport_imported_by_id_4b6ff1e0 ON public.products_salesimport USING btree (imported_by_id);

CREATE INDEX providerevent_reference ON public.ledger_providerevent USING btree (provider, reference);

CREATE INDEX providerline_at ON public.ledger_providerline USING btree (provider, at);

CREATE INDEX reading_correction_actor_id_874a12ca ON public.reading_correction USING btree (actor_id);

CREATE INDEX reading_correction_of ON public.reading_correction USING btree (mention_id, field, id DESC);

CREATE INDEX reading_correction_was_by_id_521bc2e3 ON public.reading_correction USING btree (was_by_id);

CREATE INDEX reading_hostile ON public.reading_reading USING btree (mention_id) WHERE hostile;

CREATE INDEX reading_of_topic ON public.reading_reading USING btree (topic_id) WHERE (topic_id IS NOT NULL);

CREATE UNIQUE INDEX reading_one_reader_in_use ON public.reading_reader USING btree (task, language) WHERE ((state)::text = 'active'::text);

CREATE INDEX reading_reading_model_id_6189e303 ON public.reading_reading USING btree (model_id);

CREATE INDEX refund_by_hand ON public.crowdfunding_refund USING btree (pledge_id) WHERE ((done_at IS NULL) AND (payment_id IS NULL));

CREATE INDEX rewards_award_activity_id_c0c86ecd ON public.rewards_award USING btree (activity_id);

CREATE INDEX rewards_award_member_id_da4b3b80 ON public.rewards_award USING btree (member_id);

CREATE INDEX rewards_ruleset_published_by_id_791df698 ON public.rewards_ruleset USING btree (published_by_id);

CREATE INDEX royalties_schedule_decided_by_id_803d7c43 ON public.royalties_schedule USING btree (decided_by_id);

CREATE INDEX royalties_statement_holder_id_7931a476 ON public.royalties_statement USING btree (holder_id);

CREATE INDEX royalties_statement_key_6d14fda7_like ON public.royalties_statement USING btree (key varchar_pattern_ops);

CREATE INDEX royalties_statement_point_id_9ee72672 ON public.royalties_statement USING btree (point_id);

CREATE INDEX royalties_statement_product_id_c3e39706 ON public.royalties_statement USING btree (product_id);

CREATE INDEX royalties_takenback_correction_id_82bdbd65 ON public.royalties_takenback USING btree (correction_id);

CREATE INDEX royalties_takenback_source_id_b8c1559e ON public.royalties_takenback USING btree (source_id);

CREATE UNIQUE INDEX rung_paid_once ON public.contest_rungreached USING btree (entry_key) WHERE (NOT ((entry_key)::text = ''::text));

CREATE INDEX sale_product_day ON public.products_sale USING btree (product_id, sold_on);

CREATE UNIQUE INDEX sale_source_version_once ON public.products_sale USING btree (product_id, source, version) WHERE (reverses_id IS NULL);

CREATE INDEX sandbox_order_reference_6eb1d2ec_like ON public.sandbox_order USING btree (reference varchar_pattern_ops);

CREATE INDEX sandbox_word_due ON public.sandbox_word USING btree (due_at) WHERE (copies > 0);

CREATE INDEX sandbox_word_event_id_4d86f8db_like ON public.sandbox_word USING btree (event_id varchar_pattern_ops);

CREATE INDEX sandbox_word_order_id_59f74b42 ON public.sandbox_word USING btree (order_id);

CREATE INDEX sandbox_word_request_key_d1e4f47a_like ON public.sandbox_word USING btree (request_key varchar_pattern_ops);

CREATE INDEX score_history ON public.standing_pastscore USING btree (member_id, kind, concluded_at DESC);

CREATE INDEX score_ranking ON public.standing_score USING btree (kind, value DESC);

CREATE INDEX share_holder ON public.products_royaltyshare USING btree (holder_id);

CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);

CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);

CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);

CREATE INDEX standing_pastscore_community_id_4d2d185b ON public.standing_pastscore USING btree (community_id);

CREATE INDEX standing_pastscore_member_id_e214a506 ON public.standing_pastscore USING btree (member_id);

CREATE INDEX standing_score_community_id_b1e579a2 ON public.standing_score USING btree (community_id);

CREATE INDEX standing_score_member_id_9232d00c ON public.standing_score USING btree (member_id);

CREATE INDEX statement_due ON public.royalties_statement USING btree (due_at);

CREATE INDEX statement_holder ON public.royalties_statement USING btree (holder_id, issued_at DESC);

CREATE INDEX stripe_checkout_key_6d60697b_like ON public.stripe_checkout USING btree (key varchar_pattern_ops);

CREATE INDEX stripe_checkout_session_397e219c_like ON public.stripe_checkout USING btree (session varchar_pattern_ops);

CREATE UNIQUE INDEX stripe_intent_once ON public.stripe_checkout USING btree (intent) WHERE (NOT ((intent)::text = ''::text));

CREATE INDEX studio_listen_proposal_contribution_id_a106a0da ON public.studio_listen_proposal USING btree (contribution_id);

CREATE INDEX studio_listen_proposal_initiative_id_f48acdb5 ON public.studio_listen_proposal USING btree (initiative_id);

CREATE INDEX studio_listen_proposal_made_by_id_cd3d9101 ON public.studio_listen_proposal USING btree (made_by_id);

CREATE INDEX studio_listen_proposal_member_id_59d10156 ON public.studio_listen_proposal USING btree (member_id);

CREATE INDEX tables_savedlayout_made_by_id_957b50d3 ON public.tables_savedlayout USING btree (made_by_id);

CREATE INDEX tables_savedlayout_name_4832eadb_like ON public.tables_savedlayout USING btree (name varchar_pattern_ops);

CREATE INDEX tables_upload_made_by_id_971a62c3 ON public.tables_upload USING btree (made_by_id);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);

CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);

CREATE INDEX vote_ballot ON public.contest_vote USING btree (contest_id, voter_id);

CREATE INDEX webhook_due ON public.webhooks_message USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX webhooks_endpoint_owner_id_8529ff96 ON public.webhooks_endpoint USING btree (owner_id);

CREATE INDEX webhooks_message_activity_id_5bbd61bf ON public.webhooks_message USING btree (activity_id);

CREATE INDEX webhooks_message_endpoint_id_1d83bd45 ON public.webhooks_message USING btree (endpoint_id);

CREATE INDEX webmention_due ON public.webmention_received USING btree (due_at) WHERE (due_at IS NOT NULL);

ALTER INDEX public.listening_mention_parent ATTACH PARTITION public.listening_mention_other_parent_id_idx;

ALTER INDEX public.listening_mention_pkey ATTACH PARTITION public.listening_mention_other_pkey;

ALTER INDEX public.listening_mention_published ATTACH PARTITION public.listening_mention_other_published_at_idx;

ALTER INDEX public.listening_mention_source ATTACH PARTITION public.listening_mention_other_source_id_published_at_idx;

ALTER INDEX public.listening_mention_voice ATTACH PARTITION public.listening_mention_other_voice_id_published_at_idx;

CREATE TRIGGER acceptance_written_once BEFORE DELETE OR UPDATE ON public.people_acceptance FOR EACH ROW EXECUTE FUNCTION public.people_written_once();

CREATE TRIGGER activity_erased BEFORE UPDATE ON public.activity_activity FOR EACH ROW EXECUTE FUNCTION public.activity_only_erased();

CREATE TRIGGER activity_kept BEFORE DELETE OR TRUNCATE ON public.activity_activity FOR EACH STATEMENT EXECUTE FUNCTION public.activity_is_kept();

CREATE TRIGGER amendment_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.initiatives_amendment FOR EACH STATEMENT EXECUTE FUNCTION public.amendment_is_kept();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.products_royaltyshare FOR EACH ROW EXECUTE FUNCTION public.products_append_only();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.products_sale FOR EACH ROW EXECUTE FUNCTION public.products_append_only();

CREATE TRIGGER cheer_came AFTER INSERT ON public.cheer_cheer REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cheer_came();

CREATE TRIGGER cheer_keeps_camp BEFORE DELETE ON public.cheer_camp FOR EACH ROW EXECUTE FUNCTION public.cheer_keeps_camp();

CREATE TRIGGER cheer_keeps_phase BEFORE DELETE ON public.initiatives_phase FOR EACH ROW EXECUTE FUNCTION public.cheer_keeps_phase();

CREATE TRIGGER cheer_turned AFTER UPDATE ON public.cheer_cheer REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.cheer_turned();

CREATE TRIGGER cheer_went AFTER DELETE ON public.cheer_cheer REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.cheer_went();

CREATE TRIGGER consent_written_once BEFORE DELETE OR UPDATE ON public.people_consent FOR EACH ROW EXECUTE FUNCTION public.people_written_once();

CREATE CONSTRAINT TRIGGER contest_authorship_whole AFTER INSERT OR DELETE OR UPDATE ON public.contest_authorship DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.contest_shares_whole();

CREATE TRIGGER contest_awarddecision_kept BEFORE DELETE OR UPDATE ON public.contest_awarddecision FOR EACH STATEMENT EXECUTE FUNCTION public.contest_append_only();

CREATE TRIGGER contest_ballotbox_sealed BEFORE UPDATE ON public.contest_ballotbox FOR EACH ROW EXECUTE FUNCTION public.contest_seal_kept();

CREATE TRIGGER contest_ballotline_kept BEFORE DELETE OR UPDATE ON public.contest_ballotline FOR EACH STATEMENT EXECUTE FUNCTION public.contest_append_only();

CREATE TRIGGER contest_rungreached_kept BEFORE DELETE OR UPDATE ON public.contest_rungreached FOR EACH STATEMENT EXECUTE FUNCTION public.contest_append_only();

CREATE TRIGGER crowdfunding_campaign_outcome BEFORE UPDATE ON public.crowdfunding_campaign FOR EACH ROW EXECUTE FUNCTION public.crowdfunding_outcome_kept();

CREATE TRIGGER crowdfunding_delay_kept BEFORE DELETE OR UPDATE ON public.crowdfunding_delay FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_append_only();

CREATE TRIGGER crowdfunding_initiative_mode BEFORE UPDATE OF rules ON public.initiatives_initiative FOR EACH ROW WHEN (((old.mechanism)::text = 'crowdfunding'::text)) EXECUTE FUNCTION public.crowdfunding_mode_kept();

CREATE TRIGGER crowdfunding_lines_tallied_changed AFTER UPDATE ON public.crowdfunding_pledgeline REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_lines_tallied();

CREATE TRIGGER crowdfunding_lines_tallied_gone AFTER DELETE ON public.crowdfunding_pledgeline REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_lines_tallied();

CREATE TRIGGER crowdfunding_lines_tallied_new AFTER INSERT ON public.crowdfunding_pledgeline REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_lines_tallied();

CREATE TRIGGER crowdfunding_matches_tallied_changed AFTER UPDATE ON public.crowdfunding_match REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_matches_tallied();

CREATE TRIGGER crowdfunding_matches_tallied_gone AFTER DELETE ON public.crowdfunding_match REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_matches_tallied();

CREATE TRIGGER crowdfunding_matches_tallied_new AFTER INSERT ON public.crowdfunding_match REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_matches_tallied();

CREATE TRIGGER crowdfunding_offlinemoney_kept BEFORE DELETE OR UPDATE ON public.crowdfunding_offlinemoney FOR EACH ROW EXECUTE FUNCTION public.crowdfunding_offline_kept();

CREATE TRIGGER crowdfunding_pledge_stock BEFORE UPDATE OF state ON public.crowdfunding_pledge FOR EACH ROW EXECUTE FUNCTION public.crowdfunding_stock_kept();

CREATE TRIGGER crowdfunding_pledges_tallied_changed AFTER UPDATE ON public.crowdfunding_pledge REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_pledges_tallied();

CREATE TRIGGER crowdfunding_pledges_tallied_gone AFTER DELETE ON public.crowdfunding_pledge REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_pledges_tallied();

CREATE TRIGGER crowdfunding_pledges_tallied_new AFTER INSERT ON public.crowdfunding_pledge REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_pledges_tallied();

CREATE TRIGGER crowdfunding_potmovement_kept BEFORE DELETE OR UPDATE ON public.crowdfunding_potmovement FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_append_only();

CREATE TRIGGER crowdfunding_settlement_kept BEFORE DELETE OR UPDATE ON public.crowdfunding_settlement FOR EACH STATEMENT EXECUTE FUNCTION public.crowdfunding_append_only();

CREATE TRIGGER evidence_written_once BEFORE DELETE OR UPDATE ON public.people_evidence FOR EACH ROW EXECUTE FUNCTION public.people_written_once();

CREATE TRIGGER influence_claim_changed AFTER INSERT OR DELETE OR UPDATE ON public.listening_claim FOR EACH ROW EXECUTE FUNCTION public.influence_voice_changed();

CREATE TRIGGER influence_claim_silences AFTER INSERT OR UPDATE OF proved_at, ended_at ON public.listening_claim FOR EACH ROW WHEN (((new.proved_at IS NOT NULL) AND (new.ended_at IS NULL))) EXECUTE FUNCTION public.influence_claim_proved();

CREATE TRIGGER influence_mention_deleted AFTER DELETE ON public.listening_mention FOR EACH ROW EXECUTE FUNCTION public.influence_mention_changed();

CREATE TRIGGER influence_mention_gone AFTER UPDATE OF gone_at, parent_id ON public.listening_mention FOR EACH ROW WHEN (((old.gone_at IS DISTINCT FROM new.gone_at) OR (old.parent_id > new.parent_id) OR ((old.parent_id IS NOT NULL) AND (new.parent_id IS NULL)))) EXECUTE FUNCTION public.influence_mention_changed();

CREATE TRIGGER influence_voice_erased AFTER DELETE ON public.listening_voice FOR EACH ROW EXECUTE FUNCTION public.influence_voice_changed();

CREATE TRIGGER influence_voices_leave AFTER DELETE ON public.listening_voice REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.influence_voices_erased();

CREATE TRIGGER initiative_frozen BEFORE UPDATE ON public.initiatives_initiative FOR EACH ROW EXECUTE FUNCTION public.initiative_rules_frozen();

CREATE TRIGGER ledger_account_kept BEFORE INSERT OR UPDATE ON public.ledger_account FOR EACH ROW EXECUTE FUNCTION public.ledger_check_account();

CREATE TRIGGER ledger_accounts_stay BEFORE DELETE OR TRUNCATE ON public.ledger_account FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();

CREATE TRIGGER ledger_entries_checked AFTER INSERT ON public.ledger_journalentry REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_check_entries();

CREATE TRIGGER ledger_entries_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_journalentry FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();

CREATE TRIGGER ledger_postings_checked AFTER INSERT ON public.ledger_posting REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_check_postings();

CREATE TRIGGER ledger_postings_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_posting FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();

CREATE TRIGGER ledger_seals_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_seal FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();

CREATE TRIGGER listening_look_is_kept BEFORE DELETE OR UPDATE ON public.listening_look FOR EACH ROW EXECUTE FUNCTION public.listening_look_is_kept();

CREATE TRIGGER listening_source_is_read BEFORE DELETE ON public.listening_source FOR EACH ROW EXECUTE FUNCTION public.listening_source_is_read();

CREATE TRIGGER listening_voice_is_heard BEFORE DELETE ON public.listening_voice FOR EACH ROW EXECUTE FUNCTION public.listening_voice_is_heard();

CREATE TRIGGER people_member_changed AFTER UPDATE OF password, is_active ON public.people_member FOR EACH ROW WHEN ((((old.password)::text IS DISTINCT FROM (new.password)::text) OR (old.is_active IS DISTINCT FROM new.is_active))) EXECUTE FUNCTION public.people_member_changed();

CREATE TRIGGER people_session_ended AFTER DELETE ON public.django_session FOR EACH ROW EXECUTE FUNCTION public.people_session_ended();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER shares_within_rate AFTER UPDATE OF royalty_rate ON public.products_product FOR EACH ROW EXECUTE FUNCTION public.products_shares_within_rate();

CREATE TRIGGER shares_within_rate AFTER INSERT ON public.products_royaltyshare FOR EACH ROW EXECUTE FUNCTION public.products_shares_within_rate();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_member_id FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.activity_activity
    ADD CONSTRAINT activity_activity_actor_id_ee057585_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.activity_activity
    ADD CONSTRAINT activity_activity_community_id_d9b0236d_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.activity_activity
    ADD CONSTRAINT activity_activity_target_id_0734365f_fk_people_member_id FOREIGN KEY (target_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.activity_delivery
    ADD CONSTRAINT activity_delivery_activity_id_ec2ee8d8_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.banktransfer_booking
    ADD CONSTRAINT banktransfer_booking_decided_by_id_c791c610_fk_people_member_id FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.banktransfer_booking
    ADD CONSTRAINT banktransfer_booking_statement_id_102db187_fk_banktrans FOREIGN KEY (statement_id) REFERENCES public.banktransfer_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.banktransfer_booking
    ADD CONSTRAINT banktransfer_booking_transfer_id_9f1c2afe_fk_banktrans FOREIGN KEY (transfer_id) REFERENCES public.banktransfer_transfer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.banktransfer_order
    ADD CONSTRAINT banktransfer_order_transfer_id_3231197b_fk_banktrans FOREIGN KEY (transfer_id) REFERENCES public.banktransfer_transfer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.banktransfer_statement
    ADD CONSTRAINT banktransfer_statement_reader_id_250452c5_fk_people_member_id FOREIGN KEY (reader_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_blockedauthor
    ADD CONSTRAINT cheer_blockedauthor_blocked_by_id_0c325aae_fk_people_member_id FOREIGN KEY (blocked_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_blockedauthor
    ADD CONSTRAINT cheer_blockedauthor_community_id_9bcb0bd6_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_camp
    ADD CONSTRAINT cheer_camp_campaign_id_70bbd92a_fk_initiatives_initiative_id FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_cheermessage
    ADD CONSTRAINT cheer_cheermessage_cheer_id_0ff2b248_fk_cheer_cheer_id FOREIGN KEY (cheer_id) REFERENCES public.cheer_cheer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_cheermessage
    ADD CONSTRAINT cheer_cheermessage_decided_by_id_68508786_fk_people_member_id FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_guestpass
    ADD CONSTRAINT cheer_guestpass_campaign_id_bf352b81_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_lightorder
    ADD CONSTRAINT cheer_lightorder_campaign_id_cfae3563_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_lightorder
    ADD CONSTRAINT cheer_lightorder_given_by_id_c7b66632_fk_people_member_id FOREIGN KEY (given_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_lightrig
    ADD CONSTRAINT cheer_lightrig_campaign_id_7a3657ea_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_personallink
    ADD CONSTRAINT cheer_personallink_campaign_id_660e195b_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_round
    ADD CONSTRAINT cheer_round_phase_id_61108920_fk_initiatives_phase_id FOREIGN KEY (phase_id) REFERENCES public.initiatives_phase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_tally
    ADD CONSTRAINT cheer_tally_camp_id_7097bfd5_fk_cheer_camp_id FOREIGN KEY (camp_id) REFERENCES public.cheer_camp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_tally
    ADD CONSTRAINT cheer_tally_phase_id_991ecf82_fk_initiatives_phase_id FOREIGN KEY (phase_id) REFERENCES public.initiatives_phase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_total
    ADD CONSTRAINT cheer_total_camp_id_3e5e5ac5_fk_cheer_camp_id FOREIGN KEY (camp_id) REFERENCES public.cheer_camp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_total
    ADD CONSTRAINT cheer_total_phase_id_1093c532_fk_initiatives_phase_id FOREIGN KEY (phase_id) REFERENCES public.initiatives_phase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cheer_wordlist
    ADD CONSTRAINT cheer_wordlist_changed_by_id_a734cf36_fk_people_member_id FOREIGN KEY (changed_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_charterversion
    ADD CONSTRAINT communities_charterv_community_id_f5ce2683_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_charterversion
    ADD CONSTRAINT communities_charterv_evidence_id_c48c6ecc_fk_people_ev FOREIGN KEY (evidence_id) REFERENCES public.people_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_charterversion
    ADD CONSTRAINT communities_charterv_published_by_id_5029c149_fk_people_me FOREIGN KEY (published_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_community
    ADD CONSTRAINT communities_communit_created_by_id_d18bfdb5_fk_people_me FOREIGN KEY (created_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_community
    ADD CONSTRAINT communities_communit_parent_id_0da540e9_fk_communiti FOREIGN KEY (parent_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_membership
    ADD CONSTRAINT communities_membersh_charter_id_5de9b569_fk_communiti FOREIGN KEY (charter_id) REFERENCES public.communities_charterversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_membership
    ADD CONSTRAINT communities_membersh_community_id_386202ae_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_membership
    ADD CONSTRAINT communities_membersh_invited_by_id_629e911d_fk_people_me FOREIGN KEY (invited_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.communities_membership
    ADD CONSTRAINT communities_membership_member_id_a2e8dd1e_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_authorship
    ADD CONSTRAINT contest_authorship_idea_id_56040a16_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_authorship
    ADD CONSTRAINT contest_authorship_member_id_79a4e5cc_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_awarddecision
    ADD CONSTRAINT contest_awarddecisio_decided_by_id_b69ba8c1_fk_people_me FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_awarddecision
    ADD CONSTRAINT contest_awarddecisio_reached_id_a9f0cadf_fk_contest_r FOREIGN KEY (reached_id) REFERENCES public.contest_rungreached(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_ballotbox
    ADD CONSTRAINT contest_ballotbox_initiative_id_d3257ab0_fk_initiativ FOREIGN KEY (initiative_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_ballotline
    ADD CONSTRAINT contest_ballotline_contest_id_2302c984_fk_initiativ FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_ballotline
    ADD CONSTRAINT contest_ballotline_idea_id_3ea3425e_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_ballotline
    ADD CONSTRAINT contest_ballotline_voter_id_813aee9d_fk_people_member_id FOREIGN KEY (voter_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_coauthoroffer
    ADD CONSTRAINT contest_coauthoroffe_idea_id_4ce4ef77_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_coauthoroffer
    ADD CONSTRAINT contest_coauthoroffer_giver_id_4ff18b72_fk_people_member_id FOREIGN KEY (giver_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_coauthoroffer
    ADD CONSTRAINT contest_coauthoroffer_member_id_bf5ff444_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_funding
    ADD CONSTRAINT contest_funding_contest_id_76a3f261_fk_initiativ FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_funding
    ADD CONSTRAINT contest_funding_funded_by_id_2dd9ede6_fk_people_member_id FOREIGN KEY (funded_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_idea
    ADD CONSTRAINT contest_idea_contest_id_b7c2e8ad_fk_initiatives_initiative_id FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_idea
    ADD CONSTRAINT contest_idea_contribution_ptr_id_9dc9d2ef_fk_initiativ FOREIGN KEY (contribution_ptr_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_idea
    ADD CONSTRAINT contest_idea_merged_into_id_016974a3_fk_contest_i FOREIGN KEY (merged_into_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_juryscore
    ADD CONSTRAINT contest_juryscore_idea_id_57a8decc_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_juryscore
    ADD CONSTRAINT contest_juryscore_juror_id_54ea62d7_fk_people_member_id FOREIGN KEY (juror_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_juryseat
    ADD CONSTRAINT contest_juryseat_appointed_by_id_9226fb21_fk_people_member_id FOREIGN KEY (appointed_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_juryseat
    ADD CONSTRAINT contest_juryseat_contest_id_9d4ccc2c_fk_initiativ FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_juryseat
    ADD CONSTRAINT contest_juryseat_member_id_576d0ec8_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_officialanswer
    ADD CONSTRAINT contest_officialansw_idea_id_87711dde_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_officialanswer
    ADD CONSTRAINT contest_officialanswer_author_id_160b5680_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_panelseat
    ADD CONSTRAINT contest_panelseat_member_id_a3cfc482_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_panelseat
    ADD CONSTRAINT contest_panelseat_test_id_370e277e_fk_contest_paneltest_id FOREIGN KEY (test_id) REFERENCES public.contest_paneltest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_paneltest
    ADD CONSTRAINT contest_paneltest_idea_id_4b4ff129_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_paneltest
    ADD CONSTRAINT contest_paneltest_opened_by_id_9ee96eb1_fk_people_member_id FOREIGN KEY (opened_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_placeholder
    ADD CONSTRAINT contest_placeholder_contest_id_31dd122d_fk_initiativ FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_placeholder
    ADD CONSTRAINT contest_placeholder_member_id_42b91296_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_rungreached
    ADD CONSTRAINT contest_rungreached_decided_by_id_8b77881d_fk_people_member_id FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_rungreached
    ADD CONSTRAINT contest_rungreached_idea_id_ee4b01d3_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_surgealarm
    ADD CONSTRAINT contest_surgealarm_idea_id_9d399016_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_surgealarm
    ADD CONSTRAINT contest_surgealarm_settled_by_id_492ae02d_fk_people_member_id FOREIGN KEY (settled_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_voiding
    ADD CONSTRAINT contest_voiding_contest_id_154ed894_fk_initiativ FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_voiding
    ADD CONSTRAINT contest_voiding_decided_by_id_45e4577e_fk_people_member_id FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_voiding
    ADD CONSTRAINT contest_voiding_idea_id_2a2cd307_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_vote
    ADD CONSTRAINT contest_vote_contest_id_1d2d3791_fk_initiatives_initiative_id FOREIGN KEY (contest_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_vote
    ADD CONSTRAINT contest_vote_idea_id_b6817ad6_fk_contest_i FOREIGN KEY (idea_id) REFERENCES public.contest_idea(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_vote
    ADD CONSTRAINT contest_vote_voiding_id_14ff5b08_fk_contest_voiding_id FOREIGN KEY (voiding_id) REFERENCES public.contest_voiding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest_vote
    ADD CONSTRAINT contest_vote_voter_id_53233961_fk_people_member_id FOREIGN KEY (voter_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_budgetline
    ADD CONSTRAINT crowdfunding_budgetl_campaign_id_ce7e581e_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_campaign
    ADD CONSTRAINT crowdfunding_campaig_initiative_id_bf2600a6_fk_initiativ FOREIGN KEY (initiative_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_charge
    ADD CONSTRAINT crowdfunding_charge_payment_id_36bfcf1c_fk_ledger_payment_id FOREIGN KEY (payment_id) REFERENCES public.ledger_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_charge
    ADD CONSTRAINT crowdfunding_charge_pledge_id_d822e28a_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_delay
    ADD CONSTRAINT crowdfunding_delay_by_id_fdc08a9a_fk_people_member_id FOREIGN KEY (by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_delay
    ADD CONSTRAINT crowdfunding_delay_campaign_id_14209ac3_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_delay
    ADD CONSTRAINT crowdfunding_delay_tier_id_c09d2edc_fk_crowdfunding_tier_id FOREIGN KEY (tier_id) REFERENCES public.crowdfunding_tier(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_delivery
    ADD CONSTRAINT crowdfunding_deliver_pledge_id_532d4268_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_letter
    ADD CONSTRAINT crowdfunding_letter_pledge_id_b205de63_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_match
    ADD CONSTRAINT crowdfunding_match_campaign_id_35d8b7b7_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_match
    ADD CONSTRAINT crowdfunding_match_pledge_id_690f70f4_fk_crowdfunding_pledge_id FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_match
    ADD CONSTRAINT crowdfunding_match_pot_id_a9ae4334_fk_crowdfunding_pot_id FOREIGN KEY (pot_id) REFERENCES public.crowdfunding_pot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_offlinemoney
    ADD CONSTRAINT crowdfunding_offline_confirmed_by_id_db2a0ced_fk_people_me FOREIGN KEY (confirmed_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_offlinemoney
    ADD CONSTRAINT crowdfunding_offline_entered_by_id_7cc3226b_fk_people_me FOREIGN KEY (entered_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_offlinemoney
    ADD CONSTRAINT crowdfunding_offline_pledge_id_824ba91c_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_backer_id_6b6e4553_fk_people_member_id FOREIGN KEY (backer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_campaign_id_07332dfa_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_replaces_id_2da2f763_fk_crowdfund FOREIGN KEY (replaces_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pledge
    ADD CONSTRAINT crowdfunding_pledge_tier_id_18bb4e13_fk_crowdfunding_tier_id FOREIGN KEY (tier_id) REFERENCES public.crowdfunding_tier(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pledgeline
    ADD CONSTRAINT crowdfunding_pledgel_pledge_id_6288b0f6_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pledgeline
    ADD CONSTRAINT crowdfunding_pledgel_tier_id_442616e4_fk_crowdfund FOREIGN KEY (tier_id) REFERENCES public.crowdfunding_tier(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_pot
    ADD CONSTRAINT crowdfunding_pot_opened_by_id_7ce41310_fk_people_member_id FOREIGN KEY (opened_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_potcampaign
    ADD CONSTRAINT crowdfunding_potcamp_campaign_id_48b18f46_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_potcampaign
    ADD CONSTRAINT crowdfunding_potcampaign_pot_id_1c1b4597_fk_crowdfunding_pot_id FOREIGN KEY (pot_id) REFERENCES public.crowdfunding_pot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_potmovement
    ADD CONSTRAINT crowdfunding_potmovement_by_id_71a4e7c0_fk_people_member_id FOREIGN KEY (by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_potmovement
    ADD CONSTRAINT crowdfunding_potmovement_pot_id_db999ca5_fk_crowdfunding_pot_id FOREIGN KEY (pot_id) REFERENCES public.crowdfunding_pot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_question
    ADD CONSTRAINT crowdfunding_questio_answered_by_id_3bd61810_fk_people_me FOREIGN KEY (answered_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_question
    ADD CONSTRAINT crowdfunding_questio_contribution_ptr_id_52590629_fk_initiativ FOREIGN KEY (contribution_ptr_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_refund
    ADD CONSTRAINT crowdfunding_refund_asked_by_id_6568a83c_fk_people_member_id FOREIGN KEY (asked_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_refund
    ADD CONSTRAINT crowdfunding_refund_payment_id_80691de4_fk_ledger_payment_id FOREIGN KEY (payment_id) REFERENCES public.ledger_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_refund
    ADD CONSTRAINT crowdfunding_refund_pledge_id_a7b6eee9_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_settlement
    ADD CONSTRAINT crowdfunding_settlem_campaign_id_c09b76ce_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_settlement
    ADD CONSTRAINT crowdfunding_settlement_by_id_be6cc959_fk_people_member_id FOREIGN KEY (by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_storypicture
    ADD CONSTRAINT crowdfunding_storypi_campaign_id_d8dabce3_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_storypicture
    ADD CONSTRAINT crowdfunding_storypi_sender_id_cda08af7_fk_people_me FOREIGN KEY (sender_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_stretchgoal
    ADD CONSTRAINT crowdfunding_stretch_campaign_id_fca0daa1_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_tally
    ADD CONSTRAINT crowdfunding_tally_campaign_id_6ea9b147_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_teammember
    ADD CONSTRAINT crowdfunding_teammem_campaign_id_4425419e_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_teammember
    ADD CONSTRAINT crowdfunding_teammember_member_id_7f9a3506_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_tier
    ADD CONSTRAINT crowdfunding_tier_campaign_id_22beb98b_fk_initiativ FOREIGN KEY (campaign_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_update
    ADD CONSTRAINT crowdfunding_update_contribution_ptr_id_240cba82_fk_initiativ FOREIGN KEY (contribution_ptr_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crowdfunding_withdrawal
    ADD CONSTRAINT crowdfunding_withdra_pledge_id_10dd15dc_fk_crowdfund FOREIGN KEY (pledge_id) REFERENCES public.crowdfunding_pledge(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.donation_donation
    ADD CONSTRAINT donation_donation_acceptance_id_d9377443_fk_people_ac FOREIGN KEY (acceptance_id) REFERENCES public.people_acceptance(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.donation_donation
    ADD CONSTRAINT donation_donation_member_id_f463508f_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.donation_donation
    ADD CONSTRAINT donation_donation_source_id_9b5ac6d1_fk_listening_source_id FOREIGN KEY (source_id) REFERENCES public.listening_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed_line
    ADD CONSTRAINT feed_line_community_id_41c14c3a_fk_communities_community_id FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed_line
    ADD CONSTRAINT feed_line_contribution_id_932f854f_fk_initiativ FOREIGN KEY (contribution_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed_line
    ADD CONSTRAINT feed_line_latest_id_32a50f61_fk_activity_activity_id FOREIGN KEY (latest_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed_line
    ADD CONSTRAINT feed_line_member_id_67c973cc_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed_part
    ADD CONSTRAINT feed_part_activity_id_72d0ac3c_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed_part
    ADD CONSTRAINT feed_part_line_id_7e2cc0f7_fk_feed_line_id FOREIGN KEY (line_id) REFERENCES public.feed_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_circle
    ADD CONSTRAINT influence_circle_run_id_2ed285d4_fk_influence_run_id FOREIGN KEY (run_id) REFERENCES public.influence_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_consenting
    ADD CONSTRAINT influence_consenting_member_id_16a8ad7d_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_figures
    ADD CONSTRAINT influence_figures_run_id_8ab5d39d_fk_influence_run_id FOREIGN KEY (run_id) REFERENCES public.influence_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_plan
    ADD CONSTRAINT influence_plan_asked_by_id_2c827e5d_fk_people_member_id FOREIGN KEY (asked_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_ruleset
    ADD CONSTRAINT influence_ruleset_published_by_id_6b5d939a_fk_people_member_id FOREIGN KEY (published_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_run
    ADD CONSTRAINT influence_run_asked_by_id_af9ef2e1_fk_people_member_id FOREIGN KEY (asked_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_seat
    ADD CONSTRAINT influence_seat_circle_id_19e11338_fk_influence_circle_id FOREIGN KEY (circle_id) REFERENCES public.influence_circle(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_seed
    ADD CONSTRAINT influence_seed_invited_by_id_a9e80d4d_fk_people_member_id FOREIGN KEY (invited_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.influence_seed
    ADD CONSTRAINT influence_seed_plan_id_379a9ea1_fk_influence_plan_id FOREIGN KEY (plan_id) REFERENCES public.influence_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_amendment
    ADD CONSTRAINT initiatives_amendmen_initiative_id_3a7c986a_fk_initiativ FOREIGN KEY (initiative_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_amendment
    ADD CONSTRAINT initiatives_amendment_author_id_db4b0dc7_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_comment
    ADD CONSTRAINT initiatives_comment_about_id_ea2ca460_fk_initiativ FOREIGN KEY (about_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_comment
    ADD CONSTRAINT initiatives_comment_contribution_ptr_id_734da10a_fk_initiativ FOREIGN KEY (contribution_ptr_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_comment
    ADD CONSTRAINT initiatives_comment_in_reply_to_id_8a97d0a2_fk_initiativ FOREIGN KEY (in_reply_to_id) REFERENCES public.initiatives_comment(contribution_ptr_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_contribution
    ADD CONSTRAINT initiatives_contribu_initiative_id_ca3b58df_fk_initiativ FOREIGN KEY (initiative_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_contribution
    ADD CONSTRAINT initiatives_contribution_author_id_a0cd8143_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_initiative
    ADD CONSTRAINT initiatives_initiati_community_id_928f2636_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_initiative
    ADD CONSTRAINT initiatives_initiati_created_by_id_a9419c88_fk_people_me FOREIGN KEY (created_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_phase
    ADD CONSTRAINT initiatives_phase_changed_by_id_ad62980b_fk_people_member_id FOREIGN KEY (changed_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_phase
    ADD CONSTRAINT initiatives_phase_initiative_id_740f7ff6_fk_initiativ FOREIGN KEY (initiative_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_picture
    ADD CONSTRAINT initiatives_picture_contribution_id_2cb6c698_fk_initiativ FOREIGN KEY (contribution_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_picture
    ADD CONSTRAINT initiatives_picture_sender_id_44fc89ac_fk_people_member_id FOREIGN KEY (sender_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_reaction
    ADD CONSTRAINT initiatives_reaction_contribution_id_d4d8cc95_fk_initiativ FOREIGN KEY (contribution_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_reaction
    ADD CONSTRAINT initiatives_reaction_member_id_826ed788_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_revision
    ADD CONSTRAINT initiatives_revision_contribution_id_6db726db_fk_initiativ FOREIGN KEY (contribution_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.initiatives_revision
    ADD CONSTRAINT initiatives_revision_editor_id_f395506a_fk_people_member_id FOREIGN KEY (editor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT ledger_account_owner_id_c8eca69b_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_journalentry
    ADD CONSTRAINT ledger_journalentry_activity_id_3086bf6c_fk_activity_ FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_journalentry
    ADD CONSTRAINT ledger_journalentry_author_id_82486464_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_journalentry
    ADD CONSTRAINT ledger_journalentry_reverses_id_efcde77e_fk_ledger_jo FOREIGN KEY (reverses_id) REFERENCES public.ledger_journalentry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payment
    ADD CONSTRAINT ledger_payment_payer_id_385b1bad_fk_people_member_id FOREIGN KEY (payer_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payment
    ADD CONSTRAINT ledger_payment_target_id_075ae3d5_fk_ledger_account_id FOREIGN KEY (target_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payout
    ADD CONSTRAINT ledger_payout_member_id_9b693c4e_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payoutapproval
    ADD CONSTRAINT ledger_payoutapproval_approver_id_50c8607d_fk_people_member_id FOREIGN KEY (approver_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payoutapproval
    ADD CONSTRAINT ledger_payoutapproval_payout_id_1759a15f_fk_ledger_payout_id FOREIGN KEY (payout_id) REFERENCES public.ledger_payout(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payoutstep
    ADD CONSTRAINT ledger_payoutstep_actor_id_19b6a89c_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_payoutstep
    ADD CONSTRAINT ledger_payoutstep_payout_id_82214ad6_fk_ledger_payout_id FOREIGN KEY (payout_id) REFERENCES public.ledger_payout(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_posting
    ADD CONSTRAINT ledger_posting_account_id_964f801d_fk_ledger_account_id FOREIGN KEY (account_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_posting
    ADD CONSTRAINT ledger_posting_entry_id_1c3a07af_fk_ledger_journalentry_id FOREIGN KEY (entry_id) REFERENCES public.ledger_journalentry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_request
    ADD CONSTRAINT ledger_request_payment_id_3ea6ff3e_fk_ledger_payment_id FOREIGN KEY (payment_id) REFERENCES public.ledger_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_claim
    ADD CONSTRAINT listening_claim_member_id_018784a8_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_claim
    ADD CONSTRAINT listening_claim_voice_id_928b6dbb_fk_listening_voice_id FOREIGN KEY (voice_id) REFERENCES public.listening_voice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_answer
    ADD CONSTRAINT listening_desk_answe_item_id_757882d0_fk_listening FOREIGN KEY (item_id) REFERENCES public.listening_desk_item(mention_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_answer
    ADD CONSTRAINT listening_desk_answer_author_id_ebb435bb_fk_people_member_id FOREIGN KEY (author_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_brandmention
    ADD CONSTRAINT listening_desk_brand_brand_id_5e292c49_fk_listening FOREIGN KEY (brand_id) REFERENCES public.listening_desk_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_burst
    ADD CONSTRAINT listening_desk_burst_brand_id_78b166fe_fk_listening FOREIGN KEY (brand_id) REFERENCES public.listening_desk_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_item
    ADD CONSTRAINT listening_desk_item_assignee_id_7e1fad6b_fk_people_member_id FOREIGN KEY (assignee_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_item
    ADD CONSTRAINT listening_desk_item_changed_by_id_fd0665fb_fk_people_member_id FOREIGN KEY (changed_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_panel
    ADD CONSTRAINT listening_desk_panel_locked_by_id_1e71696e_fk_people_member_id FOREIGN KEY (locked_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_promise
    ADD CONSTRAINT listening_desk_promi_settled_by_id_25e4d468_fk_people_me FOREIGN KEY (settled_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_promise
    ADD CONSTRAINT listening_desk_promise_made_by_id_1e67df10_fk_people_member_id FOREIGN KEY (made_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_desk_sum
    ADD CONSTRAINT listening_desk_sum_brand_id_9be392fa_fk_listening_desk_brand_id FOREIGN KEY (brand_id) REFERENCES public.listening_desk_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_look
    ADD CONSTRAINT listening_look_actor_id_5756f50d_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_plea
    ADD CONSTRAINT listening_plea_decided_by_id_58d895f0_fk_people_member_id FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_run
    ADD CONSTRAINT listening_run_source_id_639069af_fk_listening_source_id FOREIGN KEY (source_id) REFERENCES public.listening_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_source
    ADD CONSTRAINT listening_source_community_id_c3a3c17f_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_source
    ADD CONSTRAINT listening_source_created_by_id_70eff425_fk_people_member_id FOREIGN KEY (created_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_sources_optout
    ADD CONSTRAINT listening_sources_op_noted_by_id_ff0a9064_fk_people_me FOREIGN KEY (noted_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_suggestion
    ADD CONSTRAINT listening_suggestion_member_id_a4f7327f_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_suggestion
    ADD CONSTRAINT listening_suggestion_voice_id_816fa6d3_fk_listening_voice_id FOREIGN KEY (voice_id) REFERENCES public.listening_voice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.listening_unmatched
    ADD CONSTRAINT listening_unmatched_member_id_87a00153_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_member_id FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_heard
    ADD CONSTRAINT notices_heard_activity_id_4093c7cd_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_member_id_16b7a55c_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_activity_id_0224d30f_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_member_id_0e5c6e65_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_pending
    ADD CONSTRAINT notices_pending_activity_id_2d9ba5de_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_pending
    ADD CONSTRAINT notices_pending_member_id_f132f431_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_member_id_99992106_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_seen
    ADD CONSTRAINT notices_seen_activity_id_d9e6355f_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_seen
    ADD CONSTRAINT notices_seen_member_id_f69b55e0_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_acceptance
    ADD CONSTRAINT people_acceptance_evidence_id_d05ec635_fk_people_evidence_id FOREIGN KEY (evidence_id) REFERENCES public.people_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_acceptance
    ADD CONSTRAINT people_acceptance_member_id_a371ad05_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_member_id_d972b84f_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_consent
    ADD CONSTRAINT people_consent_evidence_id_9740ce60_fk_people_evidence_id FOREIGN KEY (evidence_id) REFERENCES public.people_evidence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_consent
    ADD CONSTRAINT people_consent_member_id_bd887980_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_houserole
    ADD CONSTRAINT people_houserole_granted_by_id_5b5f51d2_fk_people_member_id FOREIGN KEY (granted_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_houserole
    ADD CONSTRAINT people_houserole_member_id_36586a2c_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.products_credit
    ADD CONSTRAINT products_credit_contribution_id_e4a62caf_fk_initiativ FOREIGN KEY (contribution_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_credit
    ADD CONSTRAINT products_credit_member_id_8fb1836e_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_credit
    ADD CONSTRAINT products_credit_product_id_23c73b7b_fk_products_product_id FOREIGN KEY (product_id) REFERENCES public.products_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_product
    ADD CONSTRAINT products_product_community_id_a924bcf4_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_product
    ADD CONSTRAINT products_product_launched_by_id_9d5555ad_fk_people_member_id FOREIGN KEY (launched_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_product
    ADD CONSTRAINT products_product_origin_id_882cb42b_fk_initiativ FOREIGN KEY (origin_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_royaltyshare
    ADD CONSTRAINT products_royaltyshar_granted_by_id_c8d36b96_fk_people_me FOREIGN KEY (granted_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_royaltyshare
    ADD CONSTRAINT products_royaltyshar_origin_id_ee11eecb_fk_initiativ FOREIGN KEY (origin_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_royaltyshare
    ADD CONSTRAINT products_royaltyshar_product_id_31cd2351_fk_products_ FOREIGN KEY (product_id) REFERENCES public.products_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_royaltyshare
    ADD CONSTRAINT products_royaltyshare_holder_id_cd099a81_fk_people_member_id FOREIGN KEY (holder_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_sale
    ADD CONSTRAINT products_sale_arrived_in_id_8b48c856_fk_products_salesimport_id FOREIGN KEY (arrived_in_id) REFERENCES public.products_salesimport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_sale
    ADD CONSTRAINT products_sale_product_id_90b04df3_fk_products_product_id FOREIGN KEY (product_id) REFERENCES public.products_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_sale
    ADD CONSTRAINT products_sale_reverses_id_02110cff_fk_products_sale_id FOREIGN KEY (reverses_id) REFERENCES public.products_sale(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_salesfile
    ADD CONSTRAINT products_salesfile_brought_by_id_25029f86_fk_people_member_id FOREIGN KEY (brought_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_salesfile
    ADD CONSTRAINT products_salesfile_product_id_6418354e_fk_products_product_id FOREIGN KEY (product_id) REFERENCES public.products_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.products_salesimport
    ADD CONSTRAINT products_salesimport_imported_by_id_4b6ff1e0_fk_people_me FOREIGN KEY (imported_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reading_correction
    ADD CONSTRAINT reading_correction_actor_id_874a12ca_fk_people_member_id FOREIGN KEY (actor_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reading_correction
    ADD CONSTRAINT reading_correction_was_by_id_521bc2e3_fk_reading_edition_id FOREIGN KEY (was_by_id) REFERENCES public.reading_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reading_reading
    ADD CONSTRAINT reading_reading_model_id_6189e303_fk_reading_edition_id FOREIGN KEY (model_id) REFERENCES public.reading_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reading_reading
    ADD CONSTRAINT reading_reading_topic_id_de91e258_fk_reading_topic_id FOREIGN KEY (topic_id) REFERENCES public.reading_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rewards_award
    ADD CONSTRAINT rewards_award_activity_id_c0c86ecd_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rewards_award
    ADD CONSTRAINT rewards_award_member_id_da4b3b80_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.rewards_ruleset
    ADD CONSTRAINT rewards_ruleset_published_by_id_791df698_fk_people_member_id FOREIGN KEY (published_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_point
    ADD CONSTRAINT royalties_point_activity_id_c68a06a3_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_schedule
    ADD CONSTRAINT royalties_schedule_decided_by_id_803d7c43_fk_people_member_id FOREIGN KEY (decided_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_statement
    ADD CONSTRAINT royalties_statement_holder_id_7931a476_fk_people_member_id FOREIGN KEY (holder_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_statement
    ADD CONSTRAINT royalties_statement_point_id_9ee72672_fk_activity_activity_id FOREIGN KEY (point_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_statement
    ADD CONSTRAINT royalties_statement_product_id_c3e39706_fk_products_product_id FOREIGN KEY (product_id) REFERENCES public.products_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_takenback
    ADD CONSTRAINT royalties_takenback_correction_id_82bdbd65_fk_royalties FOREIGN KEY (correction_id) REFERENCES public.royalties_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.royalties_takenback
    ADD CONSTRAINT royalties_takenback_source_id_b8c1559e_fk_royalties FOREIGN KEY (source_id) REFERENCES public.royalties_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sandbox_word
    ADD CONSTRAINT sandbox_word_order_id_59f74b42_fk_sandbox_order_id FOREIGN KEY (order_id) REFERENCES public.sandbox_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_social_user_id_8146e70c_fk_people_me FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.standing_pastscore
    ADD CONSTRAINT standing_pastscore_community_id_4d2d185b_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.standing_pastscore
    ADD CONSTRAINT standing_pastscore_member_id_e214a506_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.standing_score
    ADD CONSTRAINT standing_score_community_id_b1e579a2_fk_communiti FOREIGN KEY (community_id) REFERENCES public.communities_community(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.standing_score
    ADD CONSTRAINT standing_score_member_id_9232d00c_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.studio_listen_proposal
    ADD CONSTRAINT studio_listen_propos_contribution_id_a106a0da_fk_initiativ FOREIGN KEY (contribution_id) REFERENCES public.initiatives_contribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.studio_listen_proposal
    ADD CONSTRAINT studio_listen_propos_initiative_id_f48acdb5_fk_initiativ FOREIGN KEY (initiative_id) REFERENCES public.initiatives_initiative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.studio_listen_proposal
    ADD CONSTRAINT studio_listen_proposal_made_by_id_cd3d9101_fk_people_member_id FOREIGN KEY (made_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.studio_listen_proposal
    ADD CONSTRAINT studio_listen_proposal_member_id_59d10156_fk_people_member_id FOREIGN KEY (member_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tables_savedlayout
    ADD CONSTRAINT tables_savedlayout_made_by_id_957b50d3_fk_people_member_id FOREIGN KEY (made_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tables_upload
    ADD CONSTRAINT tables_upload_made_by_id_971a62c3_fk_people_member_id FOREIGN KEY (made_by_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_people_member_id FOREIGN KEY (user_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_endpoint
    ADD CONSTRAINT webhooks_endpoint_owner_id_8529ff96_fk_people_member_id FOREIGN KEY (owner_id) REFERENCES public.people_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_message
    ADD CONSTRAINT webhooks_message_activity_id_5bbd61bf_fk_activity_activity_id FOREIGN KEY (activity_id) REFERENCES public.activity_activity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_message
    ADD CONSTRAINT webhooks_message_endpoint_id_1d83bd45_fk_webhooks_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.webhooks_endpoint(id) DEFERRABLE INITIALLY DEFERRED;

REVOKE DELETE ON TABLE public.ledger_account FROM CURRENT_USER;

REVOKE DELETE ON TABLE public.ledger_journalentry FROM CURRENT_USER;

REVOKE UPDATE, DELETE ON TABLE public.ledger_posting FROM CURRENT_USER;

REVOKE UPDATE, DELETE ON TABLE public.ledger_seal FROM CURRENT_USER;

