"""What is in the demo house: read from `world.toml`, where every person, text and figure is invented."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

PASSWORD = "miel-et-levain"
WORLD: dict[str, Any] = tomllib.loads(files("essaim.demo").joinpath("world.toml").read_text())

PERSONS: list[dict[str, Any]] = [*WORLD["people"]["staff"], WORLD["people"]["author"], WORLD["people"]["friend"]]
LOGINS: list[tuple[str, str, str]] = [(person["who"], person["email"], PASSWORD) for person in PERSONS]


def text(value: str) -> str:
    return value.strip()
