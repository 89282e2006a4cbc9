"""Posts of a file, read, de-duplicated, stored, linked and indexed, beside the same rows copied bare."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.crowd_of_posts import write_posts
from benchmarks.report import Row, against

POSTS = int(os.environ.get("BENCH_POSTS", "1000000"))
BARE = "CREATE TABLE bench_bare AS SELECT * FROM listening_mention WITH NO DATA"


def intake() -> list[Row]:
    from essaim.listening.intake.bulk import import_posts

    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        path = Path(folder) / "posts.jsonl"
        write_posts(path, POSTS)
        bare = Row("bare COPY of the same posts, parsed", POSTS / timed(lambda: copy_bare(path)), "posts/s")
        began, used = time.perf_counter(), cpu()
        taken = import_posts(path, kind="posts", name="bench")
        seconds, spent = time.perf_counter() - began, cpu() - used
        second = timed(lambda: import_posts(path, kind="posts", name="bench"))
    read = taken.read
    return [
        bare,
        against(f"{read:,} posts, end to end", read / seconds, "posts/s", bare),
        Row("the same, processor time of our processes", 1e6 * spent / read, "µs/post"),
        Row("the same file again: nothing added", read / second, "posts/s"),
        Row("found twice by id or address", taken.again, "posts"),
        Row("said nearly the same before", taken.alike, "posts"),
        Row("peak memory of this process", memory(resource.RUSAGE_SELF), "MiB"),
        Row("of a second one for near-duplicates, at most", memory(resource.RUSAGE_CHILDREN), "MiB"),
    ]


def copy_bare(path: Path) -> None:
    from django.db import connection

    from essaim.kit import clock
    from essaim.listening.intake.entries import Entry
    from essaim.listening.intake.lines import copy_lines
    from essaim.listening.intake.posts import read_posts
    from essaim.listening.intake.rows import COLUMNS, begun, ending, line
    from essaim.listening.post import Post

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute(BARE)
    lines = []
    end = ending(1, clock.now())
    posts = (each for each in read_posts(path) if isinstance(each, Post))
    for number, post in enumerate(posts, start=1):
        entry = Entry(post, [], post.reactions, post.reach, False, moment=post.published.isoformat(), number=number)
        entry.row = begun(entry)
        lines.append(line(entry, end))
        if number % 5_000 == 0:
            copy_lines("bench_bare", COLUMNS, lines)
            lines = []
    copy_lines("bench_bare", COLUMNS, lines)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cpu() -> float:
    """Seconds of this process and of those it has waited for."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def memory(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024
