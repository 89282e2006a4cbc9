"""Whole columns out of PostgreSQL and into it: binary COPY, a fixed number of bytes per row, in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

CHUNK = 64 * 2**20
HEADER = 19
"""Bytes before the first row: signature, flags, length of an extension nobody uses."""
BEGINS = b"PGCOPY\n\xff\r\n\0" + bytes(8)
ENDS = b"\xff\xff"
ROWS = 500_000
"""Rows written at a time."""


@dataclass(frozen=True)
class Columns:
    """Ties: one entry per tie and month. `weights` are faded to the moment asked for."""

    tellers: Array
    hearers: Array
    weights: Array
    counts: Array
    months: Array

    def __len__(self) -> int:
        return int(self.tellers.size)


Kinds = Mapping[str, str]
"""Column → what it is as numpy says it: `>i8` for bigint, `>f8` for double precision."""


def _row(kinds: Kinds) -> Any:
    import numpy as np

    sized = (part for name, kind in kinds.items() for part in ((f"{name}_size", ">i4"), (name, kind)))
    return np.dtype([("fields", ">i2"), *sized])


def read(query: str, kinds: Kinds, *given: Any) -> dict[str, Array]:
    """The columns of what a query finds; none of them may hold null."""
    import numpy as np

    parts = list(_chunks(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", kinds, given))
    return {
        name: np.concatenate([np.empty(0, kind[1:]), *(part.pop(name) for part in parts)])
        for name, kind in kinds.items()
    }


def _chunks(statement: str, kinds: Kinds, given: tuple[Any, ...]) -> Iterator[dict[str, Array]]:
    """The columns of so many rows at a time."""
    from django.db import connection

    row = _row(kinds)
    held, skipped = bytearray(), HEADER
    with connection.cursor() as cursor, cursor.copy(statement, given or None) as copy:
        for block in copy:
            held += block
            if len(held) >= CHUNK:
                yield _columns_of(held, skipped, row, kinds)
                held, skipped = bytearray(), 0
    if len(held) > skipped + len(ENDS):
        yield _columns_of(held, skipped, row, kinds)


def _columns_of(held: bytearray, skipped: int, row: Any, kinds: Kinds) -> dict[str, Array]:
    """Whole rows: PostgreSQL sends each in a block of its own. The last two bytes of all say that it ends."""
    import numpy as np

    rows = np.frombuffer(held, row, count=(len(held) - skipped) // row.itemsize, offset=skipped)
    return {name: rows[name].astype(kind[1:]) for name, kind in kinds.items()}


def write(table: str, kinds: Kinds, columns: Mapping[str, Array]) -> None:
    """Add rows; columns not given take the table's own defaults."""
    import numpy as np
    from django.db import connection

    many = next(iter(columns.values())).size
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(kinds)}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.write(BEGINS)
        for start in range(0, many, ROWS):
            rows = np.empty(min(ROWS, many - start), _row(kinds))
            rows["fields"] = len(kinds)
            for name, kind in kinds.items():
                rows[f"{name}_size"] = np.dtype(kind).itemsize
                rows[name] = columns[name][start : start + ROWS]
            copy.write(rows.tobytes())
        copy.write(ENDS)
