"""Folding: what batches moved is summed up, and who watches is told, at most four times a second.

Every web process tries; the one that holds the advisory lock folds, and when it dies another one takes over. What was
not folded waits in its rows. A campaign nobody cheers in costs one look every two seconds.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress

import psycopg

from essaim.kit.line import AGAIN_AFTER, Line, dsn

log = logging.getLogger(__name__)

CHANNEL = "cheer_tally"
LOCK = 0x6368656572  # "cheer"
BUSY, QUIET = 0.25, 2.0  # seconds between two folds

FOLD = """
WITH eaten AS (
  DELETE FROM cheer_shift WHERE id IN (SELECT id FROM cheer_shift ORDER BY id LIMIT 50000 FOR UPDATE SKIP LOCKED)
  RETURNING campaign_id, phase_id, camp_id, kind, minute, by
),
folded AS (
  INSERT INTO cheer_tally (phase_id, camp_id, kind, minute, count)
  SELECT phase_id, camp_id, kind, minute, sum(by) FROM eaten GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (phase_id, camp_id, kind, minute) DO UPDATE SET count = cheer_tally.count + excluded.count
)
SELECT DISTINCT campaign_id FROM eaten
"""

# The running round's count, or the last one's: [[camp, members, guests, heard], …] in the order of the camps.
COUNTS = """
SELECT campaign.id, phase.id, coalesce(json_agg(json_build_array(
    camp.slug,
    (SELECT coalesce(sum(count), 0) FROM cheer_tally WHERE phase_id = phase.id AND camp_id = camp.id AND kind = 1),
    (SELECT coalesce(sum(count), 0) FROM cheer_tally WHERE phase_id = phase.id AND camp_id = camp.id AND kind = 2),
    (SELECT coalesce(sum(count), 0) FROM cheer_tally WHERE phase_id = phase.id AND camp_id = camp.id AND kind = 3)
  ) ORDER BY camp.position, camp.id) FILTER (WHERE camp.id IS NOT NULL), '[]')
FROM initiatives_initiative campaign
JOIN LATERAL (
  SELECT id FROM initiatives_phase WHERE initiative_id = campaign.id AND starts_at <= clock_timestamp()
  ORDER BY starts_at DESC LIMIT 1
) phase ON true
LEFT JOIN cheer_camp camp ON camp.campaign_id = campaign.id
WHERE campaign.id = ANY(%s) AND campaign.mechanism = 'cheer' AND campaign.opened_at IS NOT NULL
GROUP BY campaign.id, phase.id
"""


async def counts(line: Line, campaigns: list[int]) -> dict[int, str]:
    """The count of each campaign as it is told: {"round": 12, "camps": [["reds", 5, 0, 1], …]}."""
    found = await line.rows(COUNTS, [campaigns])
    return {
        campaign: json.dumps({"round": phase, "camps": camps}, separators=(",", ":"))
        for campaign, phase, camps in found
    }


class Folder:
    """The loop of one process."""

    async def open(self) -> None:
        self._line = Line(dsn())
        self._loop = asyncio.create_task(self._run())

    async def close(self) -> None:
        self._loop.cancel()
        with suppress(asyncio.CancelledError):
            await self._loop
        await self._line.close()

    async def _run(self) -> None:
        while True:
            try:
                await asyncio.sleep(BUSY if await self._turn() else QUIET)
            except psycopg.Error as error:
                log.warning("Cheers could not be folded: %s", error)
                await asyncio.sleep(AGAIN_AFTER)

    async def _turn(self) -> bool:
        """Fold if it is ours to do; whether a count moved. The lock is the connection's: it goes with it."""
        [[ours]] = await self._line.rows("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not ours:
            return False
        try:
            moved = [campaign for (campaign,) in await self._line.rows(FOLD)]
            for campaign, told in (await counts(self._line, moved)).items() if moved else ():
                await self._line.rows("SELECT pg_notify(%s, %s)", [CHANNEL, f"{campaign} {told}"])
            return bool(moved)
        finally:
            await self._line.rows("SELECT pg_advisory_unlock(%s)", [LOCK])
