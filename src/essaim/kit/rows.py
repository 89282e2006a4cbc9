"""Rows read and written with little ado: one that is alone, many by one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
CHANGE = "UPDATE {table} AS row SET {changes} FROM unnest({given}) AS given({columns}) WHERE row.{key} = given.{key}"


def only(rows: models.QuerySet[Row]) -> Row | None:
    """The row of a query that finds one at most: `first()` would have it sorted, which is work for both sides."""
    return next(iter(rows), None)


def write_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Save `fields` of all rows of one model. Lock them before, in the order of their keys, where others may too."""
    if len(rows) < 2:
        for row in rows:
            row.save(update_fields=fields)
        return
    meta = rows[0]._meta
    assert meta.pk is not None
    columns = [meta.pk, *(meta.get_field(name) for name in fields)]
    names = [connection.ops.quote_name(str(column.column)) for column in columns]  # type: ignore[union-attr]
    statement = CHANGE.format(
        table=connection.ops.quote_name(meta.db_table),
        changes=", ".join(f"{name} = given.{name}" for name in names[1:]),
        given=", ".join(f"%s::{_element(column)}[]" for column in columns),
        columns=", ".join(names),
        key=names[0],
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [[_value(row, column) for row in rows] for column in columns])


def _element(column: object) -> str:
    """The column's type without its length: what is too long is refused by the column, not cut by a cast."""
    return str(column.db_type(connection)).partition("(")[0]  # type: ignore[attr-defined]


def _value(row: models.Model, column: object) -> object:
    return column.get_db_prep_save(getattr(row, column.attname), connection)  # type: ignore[attr-defined]
