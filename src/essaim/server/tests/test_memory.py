from __future__ import annotations

from pathlib import Path

import pytest

from essaim.server.memory import machine_memory, memory_settings
from essaim.server.postgres import Postgres

GIB = 2**30


@pytest.mark.parametrize(
    ("memory", "buffers", "log"),
    [(GIB // 2, 128, 1024), (2 * GIB, 128, 1024), (4 * GIB, 256, 2048), (8 * GIB, 512, 2048), (64 * GIB, 1024, 2048)],
)
def test_a_sixteenth_of_the_memory_within_bounds(memory: int, buffers: int, log: int) -> None:
    assert memory_settings(memory) == {"shared_buffers": f"{buffers}MB", "max_wal_size": f"{log}MB"}


def test_a_container_has_what_it_is_allowed(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    has = machine_memory(limit)
    assert has > 0
    limit.write_text("max\n")
    assert machine_memory(limit) == has
    limit.write_text("104857600\n")
    assert machine_memory(limit) == 104_857_600


def test_settings_given_come_before_those_for_the_machine(tmp_path: Path) -> None:
    given = Postgres(tmp_path, {"shared_buffers": "130MB"}).settings
    assert given["shared_buffers"] == "130MB"
    assert given["max_wal_size"] == memory_settings(machine_memory())["max_wal_size"]
