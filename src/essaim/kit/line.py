"""A connection to the database for raw applications: opened when first needed, and again after it broke."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

Connection = psycopg.AsyncConnection[tuple[Any, ...]]
NAME = "essaim live"  # what the database calls them
CONNECTED_WITHIN = 5  # seconds
AGAIN_AFTER = 1.0  # seconds before a broken channel is opened again


class Line:
    """One autocommit connection, for one task at a time."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: Connection | None = None

    async def connection(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(self._dsn, autocommit=True, prepare_threshold=0)
            # Few statements, run thousands of times: each is planned once.
            await self._connection.execute("SET plan_cache_mode = force_generic_plan", prepare=False)
        return self._connection

    async def rows(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """What one statement returns; it is a transaction of its own."""
        cursor = await (await self.connection()).execute(statement.encode(), parameters)
        return await cursor.fetchall()

    async def rows_again(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """`rows`, tried a second time when the connection breaks: for statements that may run twice."""
        try:
            return await self.rows(statement, parameters)
        except psycopg.OperationalError:
            if self._connection is None or not self._connection.closed:
                raise
            return await self.rows(statement, parameters)

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()


async def notices(dsn: str, channel: str) -> AsyncIterator[str | None]:
    """What is told on `channel`; None first, once it is heard: what was told before is unknown.

    Raises psycopg.OperationalError when the server cannot be reached, or no longer.
    """
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute(f'LISTEN "{channel}"'.encode())
        yield None
        async for notice in connection.notifies():
            yield notice.payload


def dsn() -> str:
    """Where Django's own connections lead, for those that are not Django's."""
    given = connections["default"].settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    reached = {ours: given[theirs] for ours, theirs in named.items() if given[theirs]}
    return make_conninfo("", connect_timeout=CONNECTED_WITHIN, application_name=NAME, **reached)
