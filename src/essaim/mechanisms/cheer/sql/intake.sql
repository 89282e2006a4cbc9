-- The one way in. What is asked comes in parallel arrays; what comes back is put together in `cheers.answers`. Opening, closing, eligibility and "once a period" are decided here,
-- in the statement that writes. A round that is being sealed holds its row: who waited for it then finds it closed.
WITH asked AS MATERIALIZED (
  SELECT phase_id, camp_id, kind, supporter, coalesce(words, '') AS words, place FROM unnest(
    %(phases)s::bigint[], %(camps)s::bigint[], %(kinds)s::smallint[], %(supporters)s::text[], %(words)s::text[]
  ) WITH ORDINALITY AS asked (phase_id, camp_id, kind, supporter, words, place)
),
running AS MATERIALIZED (
  SELECT phase.id, phase.initiative_id, phase.starts_at, phase.ends_at
  FROM initiatives_phase phase
  WHERE phase.id = ANY(%(phases)s::bigint[]) AND phase.ended_at IS NULL
  ORDER BY phase.id
  FOR SHARE OF phase
),
rounds AS MATERIALIZED (
  SELECT running.id, initiative.id AS campaign_id, initiative.community_id,
    moment.at,
    (initiative.rules ->> 'changeable')::boolean AS changeable,
    initiative.rules ->> 'eligible' AS eligible,
    (initiative.rules ->> 'guests')::int AS guests,
    CASE initiative.rules ->> 'period'
      WHEN 'campaign' THEN 0
      WHEN 'day' THEN (moment.at AT TIME ZONE (initiative.rules ->> 'time_zone'))::date - date '1970-01-01'
      ELSE running.id
    END AS period
  FROM running
  JOIN initiatives_initiative initiative ON initiative.id = running.initiative_id
  CROSS JOIN (SELECT coalesce(%(at)s::timestamptz, clock_timestamp()) AS at) moment
  WHERE initiative.opened_at IS NOT NULL AND initiative.halted_at IS NULL
    AND running.starts_at <= moment.at AND moment.at < running.ends_at
    AND NOT EXISTS (SELECT FROM people_house WHERE initiative.mechanism = ANY(modules_off))
),
-- Lookups are written as subqueries: whatever the tables' statistics say, they go through the unique indexes.
judged AS MATERIALIZED (
  SELECT asked.place, asked.camp_id, asked.kind, asked.supporter, asked.words,
    rounds.id AS phase_id, rounds.campaign_id, rounds.period, rounds.at, rounds.changeable,
    CASE
      WHEN rounds.id IS NULL THEN 'closed'
      WHEN NOT EXISTS (
        SELECT FROM cheer_camp camp WHERE camp.id = asked.camp_id AND camp.campaign_id = rounds.campaign_id
      ) THEN 'unknown'
      WHEN asked.kind = 1 AND rounds.eligible = 'community' AND (
        SELECT membership.state FROM communities_membership membership
        WHERE membership.community_id = rounds.community_id AND membership.member_id = substr(asked.supporter, 8)::bigint
      ) IS DISTINCT FROM 'active' THEN 'stranger'
      WHEN asked.kind = 2 AND (rounds.guests = 0 OR NOT EXISTS (
        SELECT FROM cheer_guestpass pass WHERE pass.campaign_id = rounds.campaign_id
          AND pass.supporter = asked.supporter AND pass.given_at IS NOT NULL
      )) THEN 'stranger'
      ELSE ''
    END AS refusal,
    (
      SELECT known.camp_id FROM cheer_cheer known
      WHERE known.campaign_id = rounds.campaign_id AND known.period = rounds.period
        AND known.supporter = asked.supporter
    ) AS known_camp
  FROM asked LEFT JOIN rounds ON rounds.id = asked.phase_id
),
-- Of several cheers of one supporter in a batch the last stands where it may be changed, else the first.
standing AS MATERIALIZED (
  SELECT DISTINCT ON (campaign_id, period, supporter) * FROM judged WHERE refusal = ''
  ORDER BY campaign_id, period, supporter, CASE WHEN changeable THEN -place ELSE place END
),
written AS (
  INSERT INTO cheer_cheer AS known (campaign_id, phase_id, camp_id, period, supporter, kind, cast_at)
  SELECT campaign_id, phase_id, camp_id, period, supporter, kind, at FROM standing
  ORDER BY campaign_id, period, supporter  -- the same order in every batch: two never wait for each other
  ON CONFLICT (campaign_id, period, supporter) DO UPDATE
    SET camp_id = excluded.camp_id, changed_at = greatest(excluded.cast_at, known.cast_at)
    WHERE known.camp_id <> excluded.camp_id AND known.phase_id = excluded.phase_id  -- an earlier round's is sealed
      AND (SELECT bool_or(changeable) FROM rounds WHERE rounds.campaign_id = known.campaign_id)
  RETURNING id, campaign_id, phase_id, period, supporter, camp_id, changed_at IS NULL AS fresh
),
worded AS MATERIALIZED (
  SELECT campaign_id, period, supporter, words, at FROM standing WHERE words <> ''
),
said AS (
  INSERT INTO cheer_cheermessage (cheer_id, words, written_at, state, reason)
  SELECT written.id, worded.words, worded.at, 'waiting', ''
  FROM worded JOIN written USING (campaign_id, period, supporter)
  ON CONFLICT (cheer_id) DO UPDATE
    SET words = excluded.words, written_at = excluded.written_at, sifted_at = NULL
    WHERE cheer_cheermessage.state = 'waiting'
)
-- Two kinds of rows: every cheer that was written, and every question that was refused or had an answer before.
SELECT NULL AS place, '' AS refusal, phase_id, supporter, camp_id, fresh FROM written
UNION ALL
SELECT place, refusal, phase_id, supporter, known_camp, false FROM judged WHERE refusal <> '' OR known_camp IS NOT NULL
