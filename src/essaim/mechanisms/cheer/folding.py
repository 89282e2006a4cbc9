"""Folding: what batches moved is summed up, and who watches is told, at most four times a second.

One web process leads: it holds an advisory lock for as long as it is connected, and when it dies another one takes
over. What was not folded waits in its rows. After a quiet time the first cheer is folded at once: whoever wrote it
stirs the leader, through the channel when that is another process.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from time import monotonic

import psycopg

from essaim.kit.line import AGAIN_AFTER, Connection, Line, dsn

log = logging.getLogger(__name__)

CHANNEL = "cheer_tally"
STIR = "stir"
LOCK = 0x6368656572  # "cheer"
BUSY, QUIET = 0.25, 1.0  # seconds between two folds, when cheers come and when none does

FOLD = """
WITH eaten AS (
  DELETE FROM cheer_shift WHERE id IN (SELECT id FROM cheer_shift ORDER BY id LIMIT 50000 FOR UPDATE SKIP LOCKED)
  RETURNING campaign_id, phase_id, camp_id, kind, minute, by
),
totals AS (
  INSERT INTO cheer_total (phase_id, camp_id, kind, count)
  SELECT phase_id, camp_id, kind, sum(by) FROM eaten GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (phase_id, camp_id, kind) DO UPDATE SET count = cheer_total.count + excluded.count
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
    coalesce((SELECT count FROM cheer_total WHERE phase_id = phase.id AND camp_id = camp.id AND kind = 1), 0),
    coalesce((SELECT count FROM cheer_total WHERE phase_id = phase.id AND camp_id = camp.id AND kind = 2), 0),
    coalesce((SELECT count FROM cheer_total WHERE phase_id = phase.id AND camp_id = camp.id AND kind = 3), 0)
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
    """The loop of one process. `stir` when cheers were written, `hear` what the channel says."""

    async def open(self) -> None:
        self._line = Line(dsn())
        self._led_on: Connection | None = None
        self._stirred, self._heard_at = asyncio.Event(), 0.0
        self._loop = asyncio.create_task(self._run())

    async def close(self) -> None:
        self._loop.cancel()
        with suppress(asyncio.CancelledError):
            await self._loop
        await self._line.close()

    def stir(self) -> None:
        self._stirred.set()

    def hear(self, told: str | None) -> None:
        if told == STIR:
            self._stirred.set()
        else:
            self._heard_at = monotonic()

    async def _run(self) -> None:
        while True:
            try:
                await self._turn()
            except psycopg.Error as error:
                log.warning("Cheers could not be folded: %s", error)
                await asyncio.sleep(AGAIN_AFTER)

    async def _turn(self) -> None:
        leads = await self._leads()
        self._stirred.clear()
        if leads and await self._fold():
            await asyncio.sleep(BUSY)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stirred.wait(), QUIET)
            if not leads:
                await self._pass_on()

    async def _leads(self) -> bool:
        """Whether it is ours to fold. The lock is the connection's: it goes with it."""
        connection = await self._line.connection()
        if connection is not self._led_on:
            [[ours]] = await self._line.rows("SELECT pg_try_advisory_lock(%s)", [LOCK])
            self._led_on = connection if ours else None
        return self._led_on is connection

    async def _fold(self) -> bool:
        """Whether a count moved; who watches has been told."""
        moved = [campaign for (campaign,) in await self._line.rows(FOLD)]
        for campaign, told in (await counts(self._line, moved)).items() if moved else ():
            await self._line.rows("SELECT pg_notify(%s, %s)", [CHANNEL, f"{campaign} {told}"])
        return bool(moved)

    async def _pass_on(self) -> None:
        """Wake the leader, unless it has told something just now and looks again by itself."""
        if monotonic() - self._heard_at > 2 * BUSY:
            await self._line.rows("SELECT pg_notify(%s, %s)", [CHANNEL, STIR])
        await asyncio.sleep(BUSY)
