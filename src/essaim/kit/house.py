"""The face of the house: what the chrome of every page needs to know about it.

`settings.KIT_HOUSE` names a function without arguments that returns a `HouseFace`; unset, the default is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Colours:
    """The house's three: `main` fills, `accent` writes links, `calm` says that all is well."""

    main: str = "#f0a500"
    accent: str = "#9a5b00"
    calm: str = "#2f6b4f"


@dataclass(frozen=True)
class HouseFace:
    """Name, promise and colours; addresses left empty are not shown."""

    name: str = "Essaim"
    tagline: str = ""
    colours: Colours = Colours()
    logo_url: str = ""
    languages: tuple[str, ...] = ("fr", "en")
    currency: str = "EUR"
    legal_url: str = ""
    proof_url: str = ""
    feed_url: str = ""


@lru_cache(maxsize=4)
def _provider(path: str) -> Callable[[], HouseFace]:
    return cast(Callable[[], HouseFace], import_string(path))


def house() -> HouseFace:
    """The face to show now."""
    path = getattr(settings, "KIT_HOUSE", "")
    return _provider(path)() if path else HouseFace()
