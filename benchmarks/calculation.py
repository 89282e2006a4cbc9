"""A whole calculation over people who talk: ties out of PostgreSQL, graph, circles, scores, rows stored; then a plan.

One person in ten is a member, the others voices outside; most of what they say goes to people near them. People,
ties, posts and what was read of them are made by SQL. The calculation runs in a process of its own, so that the
memory is its own. BENCH_PEOPLE, BENCH_TIES and BENCH_MENTIONS make it smaller.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.influence import MENTIONS, PEOPLE, TIES, ties_made
from benchmarks.report import Row

NEAR, HOME = 40, 0.7
MEMBERS = """
INSERT INTO people_member (id, password, email, handle, display_name, sort_key, skeleton, languages, interests, place,
    bio, avatar, language, is_active, joined_at)
OVERRIDING SYSTEM VALUE
SELECT %(member)s + n, '', 'bench' || n || '@example.org', 'bench' || n, 'Bench ' || n, 'bench' || n, 'bench' || n,
    '{en}', '{}', '', '', '', 'en', true, now() - interval '400 days' FROM generate_series(0, %(people)s / 10) n
"""
CONSENTING = """
INSERT INTO influence_consenting (member_id, since)
SELECT id, joined_at FROM people_member WHERE handle LIKE 'bench%%'
"""
VOICES = """
INSERT INTO listening_voice (id, platform, key, pseudonym, first_at, last_at, mentions)
OVERRIDING SYSTEM VALUE
SELECT %(voice)s + n, 'bench', decode(md5('run' || n), 'hex'), 'v' || n, now(), now(), 1
FROM generate_series(0, %(people)s - 1) n WHERE n %% 10 <> 0
"""
# A person's node; most turn to the forty around them, the others to those whom many hear.
NODE = "CASE WHEN {0} % 10 = 0 THEN %(member)s + {0} / 10 ELSE -(%(voice)s + {0}) END"
TALK = f"""
SELECT DISTINCT {NODE.format("source").replace("% 10", "%% 10")} AS source,
    {NODE.format("target").replace("% 10", "%% 10")} AS target, month, false, 1, 1500000
FROM (
    SELECT source, CASE WHEN random() < {HOME} THEN least(source / {NEAR} * {NEAR} + floor(random() * {NEAR})::bigint,
        %(people)s - 1) ELSE floor(%(people)s * power(random(), 3))::bigint END AS target, month
    FROM (SELECT floor(random() * %(people)s)::bigint AS source,
        influence_month(now())::int - floor(random() * 12)::int AS month FROM generate_series(1, %(ties)s)) told
) made WHERE source <> target
"""
POSTS = """
INSERT INTO listening_mention (published_at, received_at, source_id, platform, voice_id, tie, text, tags)
SELECT now() - random() * interval '360 days', now(), %(source)s, 'bench',
    %(voice)s + floor(random() * %(people)s / 10)::bigint * 10 + 1 + floor(random() * 9)::bigint, 'post',
    'A crust as it should be.', ARRAY['topic ' || floor(random() * 50)::int]
FROM generate_series(1, %(mentions)s)
"""
READ = """
INSERT INTO reading_reading (mention_id, language, polarity, polarity_confidence, kind, kind_confidence, hostile,
    hostile_confidence, aspects, by_hand, read_at, model_id)
SELECT id, 'en', floor(random() * 3)::int - 1, 0.9, 'opinion', 0.9, false, 0.1, '{}', '{}', now(), %(model)s
FROM listening_mention WHERE source_id = %(source)s
"""


def rows() -> list[Row]:
    _make()
    told = json.loads(subprocess.check_output([sys.executable, "-m", "benchmarks.calculation"], text=True))
    people = f"{told['people'] / 1e6:.2g} M people"
    size = f"{people}, {told['arcs'] / 1e6:.2g} M ties of two, {told['rows'] / 1e6:.2g} M rows"
    found = [Row(f"a whole calculation, {size}", told["seconds"] / 60, "min")]
    for step, seconds in told["durations"].items():
        found.append(Row(f"of it: {step} (at most {told['peaks'][step] / 2**30:.1f} GiB)", seconds, "s"))
    found.append(Row("memory at most, of the process that does it", told["peak"] / 2**30, "GiB"))
    for what in ("circles", "seats", "figures"):
        found.append(Row(f"stored: {what}", told[what], "rows"))
    found.append(Row("once more the next night", told["again"] / 60, "min"))
    found.append(Row("a plan of 50 people on the same ties", told["plan"], "s"))
    found.append(Row("one member's no, everything of him deleted", told["no"], "s"))
    found.extend(Row(f"page: {name}", seconds, "s") for name, seconds in told["pages"].items())
    return found


def _make() -> None:
    from django.db import connection

    from essaim.listening.models import Source, Voice
    from essaim.listening.reading.models import Edition
    from essaim.people.models import Member
    from essaim.projectors.influence.drawing import newest_mention
    from essaim.projectors.influence.models import Mark, Stale

    source = Source.objects.create(kind="bench", name="calculation", address="bench:calculation")
    given: dict[str, Any] = {
        "people": PEOPLE, "ties": TIES, "mentions": MENTIONS, "source": source.pk,
        "member": 1 + max([0, *Member.objects.order_by("-pk").values_list("pk", flat=True)[:1]]),
        "voice": 1 + max([0, *Voice.objects.order_by("-pk").values_list("pk", flat=True)[:1]]),
        "model": Edition.objects.get_or_create(readers=[])[0].pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (MEMBERS, CONSENTING, VOICES, POSTS, READ):
            cursor.execute(statement, given)
    ties_made(TALK, given)
    Mark.objects.update_or_create(pk=1, defaults={"mention_id": newest_mention()})
    Stale.objects.all().delete()
    with connection.cursor() as cursor:
        for table in ("listening_mention", "reading_reading", "listening_voice", "people_member"):
            cursor.execute(f"ANALYZE {table}")


def measure() -> dict[str, Any]:
    """In a process of its own."""
    import django

    django.setup()
    from essaim.projectors.influence.calculation import carry_out, carry_out_plan
    from essaim.projectors.influence.models import Circle, Consenting, Figures, Plan, Run, Seat, Tie

    peaks = _Peaks()
    began = time.perf_counter()
    run = carry_out(Run.objects.create(), on_step=peaks.begin)
    seconds = time.perf_counter() - began
    told: dict[str, Any] = {
        "people": run.nodes, "arcs": run.arcs, "rows": Tie.objects.count(), "durations": run.durations,
        "seconds": seconds, "peaks": peaks.found, "circles": Circle.objects.count(), "seats": Seat.objects.count(),
        "figures": Figures.objects.count(),
    }  # fmt: skip
    told["again"] = _seconds(lambda: carry_out(Run.objects.create(), on_step=peaks.begin))
    told["plan"] = _seconds(lambda: carry_out_plan(Plan.objects.create(budget=50)))
    told["pages"] = _pages()
    told["no"] = _no(Consenting.objects.order_by("pk")[100].member_id)
    told["peak"] = peaks.end()
    return told


def _seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _no(member: int) -> float:
    from essaim.people.models import Member
    from essaim.projectors.influence import consenting

    return _seconds(lambda: consenting.forget(Member.objects.get(pk=member)))


def _pages() -> dict[str, float]:
    from essaim.projectors.influence import queries

    run = queries.latest_run()
    assert run is not None
    return {
        "circles, the list": _seconds(lambda: queries.circles(run)),
        "circles, the map": _seconds(lambda: queries.map_of(run)),
        "leaders, the first 25": _seconds(lambda: queries.shown(list(queries.leaders(run, members=True)[:25]))),
    }


class _Peaks:
    """The most memory the process held in each step, looked at twenty times a second."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {}
        self.step, self.ended = "", threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, step: str) -> None:
        self.step = step

    def _watch(self) -> None:
        while not self.ended.wait(0.05):
            held = int(Path("/proc/self/statm").read_text().split()[1]) * 4096
            self.found[self.step] = max(held, self.found.get(self.step, 0))

    def end(self) -> int:
        self.ended.set()
        return max(self.found.values())


if __name__ == "__main__":
    print(json.dumps(measure()))  # noqa: T201 - the parent reads it
