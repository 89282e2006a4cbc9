"""Queries put into words once, for what nearly every request asks.

Django writes the SQL of a query anew each time: it takes longer than PostgreSQL takes to answer. The queries are
the same as ever, and so are the rows; only their words are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=models.Model)
Key = int | str
STAND_IN = 2_000_000_000  # fits every column of numbers that is a key


class Kept(Generic[Row]):
    """A query of rows by so many keys, numbers unless said otherwise: `Kept(lambda pk: Vote.objects.filter(pk=pk))`.

    The keys alone may change: no list of unknown length, nothing that may be None, no prefetch.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[Row]], keys: int = 1, *, kind: type[Key] = int) -> None:
        self._ask = ask
        self._stand_ins: list[Key] = [kind(STAND_IN + place) for place in range(keys)]

    def rows(self, *keys: Key) -> list[Row]:
        kept = vars(connections[DEFAULT_DB_ALIAS]).setdefault("kept", {})  # a compiler has a connection
        words = kept.get(self)
        if words is None:
            words = kept[self] = _Words(self._ask(*self._stand_ins), self._stand_ins)
        found: list[Row] = words.rows(keys)
        return found

    def only(self, *keys: Key) -> Row | None:
        """The row of a query that finds one at most."""
        return next(iter(self.rows(*keys)), None)


class _Words:
    """A compiler that has done its work, and stands where Django looks for one."""

    def __init__(self, asked: models.QuerySet[Any], stand_ins: Sequence[Key]) -> None:
        self._compiler: Any = asked.query.get_compiler(DEFAULT_DB_ALIAS)
        self._statement, given = self._compiler.as_sql()
        self._given = [(stand_ins.index(each), None) if each in stand_ins else (None, each) for each in given]
        if not set(stand_ins) <= set(given):
            raise ValueError(f"not every key is in the query as it was given: {self._statement}")
        self._compiler.execute_sql = self._execute
        query = SimpleNamespace(get_compiler=lambda using: self._compiler)
        like_a_set: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        self._rows: ModelIterable[Any] = ModelIterable(like_a_set)
        self._keys: Sequence[Key] = ()

    def rows(self, keys: Sequence[Key]) -> list[Any]:
        self._keys = keys
        return list(self._rows)

    def _execute(self, **how: Any) -> list[Any]:
        values = [fixed if place is None else self._keys[place] for place, fixed in self._given]
        with self._compiler.connection.cursor() as cursor:
            cursor.execute(self._statement, values)
            return [cursor.fetchall()]
