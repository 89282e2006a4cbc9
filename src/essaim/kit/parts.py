"""Plain shapes the components draw. Any object or dictionary with the same names does as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Rung:
    """One step of a ladder. `state` is `reached`, `next` or `ahead`; `fraction` fills the next one's cell."""

    name: str
    state: str = "ahead"
    pays: int = 0
    unit: str = "EUR"
    detail: str = ""
    when: datetime | None = None
    fraction: float = 0.0


@dataclass(frozen=True)
class Event:
    """One line of a timeline. `state` is `done`, `now` or empty."""

    title: str
    when: datetime | None = None
    detail: str = ""
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    current: bool = False
    count: int | None = None
