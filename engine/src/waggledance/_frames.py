"""Results as polars tables, when polars is there."""

from __future__ import annotations

from typing import Any

from . import errors


def frame(columns: dict[str, Any]) -> Any:
    """A polars DataFrame; `MissingPackage`, saying what to install, when polars is not there."""
    try:
        import polars
    except ImportError:
        raise errors.MissingPackage("polars", "a table", "tables") from None
    return polars.DataFrame(columns)
