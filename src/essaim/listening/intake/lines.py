"""Rows in the text format of PostgreSQL's COPY, written by hand: three times faster than value by value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

NULL = "\\N"


def copy_lines(table: str, columns: str, lines: Iterable[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write("".join(lines).encode("utf-8", "replace"))


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
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return escaped("{" + ",".join(quoted) + "}")


def optional(value: Any) -> str:
    return NULL if value is None else str(value)


def key_array(keys: Iterable[bytes]) -> str:
    """A parameter for `%s::bytea[]`: written at once, where the driver would quote value by value."""
    return "{" + ",".join(['"\\\\x' + key.hex() + '"' for key in keys]) + "}"


def array(values: Iterable[Any]) -> str:
    """A parameter for an array of numbers or moments."""
    return "{" + ",".join(["NULL" if value is None else f'"{value}"' for value in values]) + "}"
