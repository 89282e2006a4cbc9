"""The graph of people who talk: ties out of PostgreSQL into the engine, beside COPY to nowhere; ties from posts.

People and ties are made by SQL, straight into the tables. The export runs in a process of its own, so that the
memory is its own. BENCH_PEOPLE and BENCH_TIES make it smaller.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.report import Row, against

if TYPE_CHECKING:
    from essaim.projectors.influence.columns import Columns

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
TIES = int(os.environ.get("BENCH_TIES", "10000000"))
MENTIONS = int(os.environ.get("BENCH_MENTIONS", "1000000"))

# A few are heard by many, by a power of their number. A pair that comes twice in a month is one tie.
MAKE_TIES = """
SELECT DISTINCT source, target, month, false, 1, 1500000 FROM (
    SELECT -1 - floor(random() * %(people)s)::bigint AS source,
        -1 - floor(%(people)s * power(random(), 3))::bigint AS target, now_month - floor(random() * 12)::int AS month
    FROM generate_series(1, %(ties)s), (SELECT influence_month(now())::int AS now_month) AS today
) made WHERE source <> target
"""
MAKE_VOICES = """
INSERT INTO listening_voice (platform, key, pseudonym, first_at, last_at, mentions)
SELECT 'bench', decode(md5(n::text), 'hex'), 'v' || n, now(), now(), 1 FROM generate_series(1, %(voices)s) n
"""
MAKE_MENTIONS = """
INSERT INTO listening_mention (published_at, received_at, source_id, platform, voice_id, tie, text, parent_id)
SELECT now() - random() * interval '360 days', now(), %(source)s, 'bench',
    %(first)s + floor(random() * %(voices)s)::bigint, 'reply', 'A crust as it should be.',
    %(newest)s + 1 + floor(power(random(), 2) * n)::bigint
FROM generate_series(0, %(mentions)s - 1) n
"""


def rows() -> list[Row]:
    _make()
    told = json.loads(subprocess.check_output([sys.executable, "-m", "benchmarks.influence"], text=True))
    millions = f"{PEOPLE / 1e6:g} M people, {told['ties'] / 1e6:.1f} M ties"
    floor = Row(f"bare COPY out of the ties, {millions}", told["bare"], "s")
    drawn, seconds = _drawn()
    return [
        floor,
        against(f"ties read into arrays, faded, {millions}", told["read"], "s", floor),
        against(f"ties out of PostgreSQL into the engine's graph, {millions}", told["graph"], "s", floor),
        Row("before that, once on a machine: what makes graphs is compiled", told["compiled"], "s"),
        Row("memory at most, of the process that does it", told["peak"] / 2**30, "GiB"),
        Row(f"ties drawn from {MENTIONS / 1e6:g} M answers: {drawn:,} rows", seconds, "s"),
    ]


def _make() -> None:
    ties_made(MAKE_TIES, {"people": PEOPLE, "ties": TIES})


def ties_made(rows: str, given: dict[str, Any]) -> None:
    """Fill the empty table of ties, its indexes made after."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '1GB'")
        cursor.execute("TRUNCATE influence_tie")
        cursor.execute(
            "DROP INDEX influence_tie_target; ALTER TABLE influence_tie DROP CONSTRAINT influence_tie_pkey"
        )
        cursor.execute(f"INSERT INTO influence_tie (source, target, month, told, count, weight) {rows}", given)
        cursor.execute("CREATE INDEX influence_tie_target ON influence_tie (target)")
        cursor.execute("ALTER TABLE influence_tie ADD PRIMARY KEY (source, target, month, told)")
        cursor.execute("RESET work_mem")
        cursor.execute("ANALYZE influence_tie")


def _drawn() -> tuple[int, float]:
    """All ties drawn again from mentions: those made above go, those of the answers come."""
    from django.db import connection

    from essaim.listening.models import Source, Voice
    from essaim.projectors.influence.drawing import draw_everything, newest_mention
    from essaim.projectors.influence.models import Tie

    source, voices = Source.objects.create(kind="bench", name="bench", address="bench:influence"), MENTIONS // 10
    with connection.cursor() as cursor:
        cursor.execute(MAKE_VOICES, {"voices": voices})
        first = Voice.objects.filter(platform="bench").order_by("pk").values_list("pk", flat=True)[0]
        given = {"source": source.pk, "first": first, "voices": voices, "newest": newest_mention()}
        cursor.execute(MAKE_MENTIONS, given | {"mentions": MENTIONS})
        cursor.execute("ANALYZE listening_mention")
    began = time.perf_counter()
    draw_everything()
    return Tie.objects.count(), time.perf_counter() - began


def measure() -> dict[str, float]:
    """In a process of its own: COPY to nowhere, then the same into arrays, then into the engine's graph."""
    import resource

    import django

    django.setup()
    from django.db import connection

    from essaim.kit import clock
    from essaim.projectors.influence import engine, export
    from essaim.projectors.influence.calculation import cache_folder

    statement = f"COPY ({export.TIES.format(oldest=0)}) TO STDOUT (FORMAT BINARY)"
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for _ in copy:
            pass
    bare = time.perf_counter() - began
    engine.prepare(cache_folder())
    began = time.perf_counter()
    engine.network(_of_two())
    compiled = time.perf_counter() - began
    began = time.perf_counter()
    columns = export.columns(clock.now(), 180)
    read = time.perf_counter() - began
    ties = len(columns)
    network = engine.network(columns)
    graph = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "ties": ties,
        "bare": bare,
        "read": read,
        "graph": graph,
        "peak": peak,
        "compiled": compiled,
        "arcs": network.graph.m,
    }


def _of_two() -> Columns:
    """The smallest graph there is: making it compiles what makes the large one."""
    import numpy as np

    from essaim.projectors.influence.columns import Columns

    return Columns(np.array([1]), np.array([2]), np.ones(1), np.ones(1, np.int32), np.ones(1, np.int16))


if __name__ == "__main__":
    print(json.dumps(measure()))  # noqa: T201 - the parent reads it
