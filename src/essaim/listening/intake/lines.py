"""Rows in the text format of PostgreSQL's COPY, written by hand: three times faster than value by value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from struct import Struct
from typing import Any

from django.db import connection

BINARY_BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
BINARY_END = b"\xff\xff"
KEY_ROW = Struct("!hi16siqiq").pack
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
NULL = "\\N"


def copy_lines(table: str, columns: str, lines: Iterable[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write("".join(lines).encode("utf-8", "replace"))


def copy_rows(table: str, columns: str, rows: Iterable[bytes]) -> None:
    """The same in the binary format."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)") as copy:
        copy.write(b"".join((BINARY_BEGIN, *rows, BINARY_END)))


def key_row(key: bytes, number: int, moment: datetime) -> bytes:
    """Sixteen bytes, a bigint and a timestamptz, in the binary format."""
    since = moment - POSTGRES_EPOCH
    return KEY_ROW(3, 16, key, 8, number, 8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def escaped(text: str) -> str:
    """As a field of a line. NUL, which PostgreSQL cannot hold, becomes a space."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if not text.isprintable():  # a line break at least
        text = text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r").replace("\0", " ")
    return text


def binary(value: bytes) -> str:
    return "\\\\x" + value.hex()


def numbers(values: Iterable[int]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def words(values: Iterable[str]) -> str:
    """An array of texts."""
    return escaped(texts(values))


def texts(values: Iterable[str]) -> str:
    """The same as a parameter."""
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + ",".join(quoted) + "}"


def optional(value: Any) -> str:
    return NULL if value is None else str(value)


def key_array(keys: Iterable[bytes]) -> str:
    """A parameter for `%s::bytea[]`: written at once, where the driver would quote value by value."""
    return "{" + ",".join(['"\\\\x' + key.hex() + '"' for key in keys]) + "}"


def array(values: Iterable[Any]) -> str:
    """A parameter for an array of numbers or moments."""
    return "{" + ",".join(["NULL" if value is None else f'"{value}"' for value in values]) + "}"
