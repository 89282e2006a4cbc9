"""What the chrome of every page shows of the house."""

from __future__ import annotations

from django.urls import NoReverseMatch

from essaim.kit.addresses import address
from essaim.kit.house import Colours, HouseFace
from essaim.people.queries import house


def face() -> HouseFace:
    row = house()
    return HouseFace(
        name=row.name,
        tagline=row.tagline,
        colours=Colours(row.colour_main, row.colour_accent, row.colour_calm),
        logo_url=row.logo.url if row.logo else "",
        languages=tuple(row.languages),
        currency=row.currency,
        legal_url=address("people:legal"),
        proof_url=_address("ledger:proof"),
        feed_url=_address("activity:feed"),
    )


def _address(view: str) -> str:
    """The page's address, when its folder is in the house."""
    try:
        return address(view)
    except NoReverseMatch:
        return ""
