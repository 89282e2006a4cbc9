"""Giving the database its connections back."""

from __future__ import annotations

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


def close_pools() -> None:
    """Close this thread's connections, and the pools that all threads of the process share."""
    for connection in connections.all():
        connection.close()
        if isinstance(connection, DatabaseWrapper) and connection.pool is not None:
            connection.close_pool()
