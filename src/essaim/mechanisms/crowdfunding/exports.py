"""What the team takes away: pledges for the accountant, parcels for the carrier, names for the engraver, money."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from essaim.initiatives.models import Initiative
from essaim.kit.money import unit
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.models import Pledge

PLEDGES = (
    "number", "state", "name", "e-mail", "anonymous", "reward", "rewards", "gift", "shipping", "amount", "captured",
    "refunded", "taken back", "credited", "given", "VAT in what is left", "unit", "method", "on failure", "country",
    "confirmed", "late",
)  # fmt: skip
AMOUNTS = ("rewards", "gift", "shipping", "amount", "captured", "refunded", "lost", "credited", "given")
PARCELS = (
    "number", "name", "address", "postcode", "city", "country", "phone", "e-mail", "contents", "state", "carrier",
    "tracking",
)  # fmt: skip


def pledges_csv(campaign: Initiative) -> tuple[str, bytes]:
    """Every pledge with its money; anonymous ones are named: the accountant knows them."""
    rows = Pledge.objects.filter(campaign=campaign).select_related("campaign", "backer", "tier")
    rows = rows.prefetch_related("lines__tier").order_by("number")
    return f"{campaign.slug}-pledges.csv", _csv(PLEDGES, map(_pledge, rows.iterator(chunk_size=2_000)))


def _pledge(pledge: Pledge) -> list[Any]:
    name, mail = who(pledge)
    scale = Decimal(unit(pledge.unit).scale)
    return [
        pledge.number,
        pledge.state,
        name,
        mail,
        pledge.anonymous,
        pledge.tier.title if pledge.tier else "",
        *(getattr(pledge, field) / scale for field in AMOUNTS),
        sum(taxed.vat for taxed in queries.vat_of(pledge)) / scale,
        pledge.unit,
        pledge.method,
        pledge.on_failure,
        pledge.country,
        pledge.confirmed_at.isoformat() if pledge.confirmed_at else "",
        pledge.late,
    ]


def who(pledge: Pledge) -> tuple[str, str]:
    """Name and address of a backer, empty once he is gone."""
    if pledge.backer is None:
        return pledge.name, pledge.email
    if pledge.backer.erased_at is not None:
        return "", ""
    return str(pledge.backer), pledge.backer.email


def parcels_csv(campaign: Initiative) -> tuple[str, bytes]:
    """One line per parcel, as carriers import them."""
    return f"{campaign.slug}-parcels.csv", _csv(PARCELS, map(_parcel, queries.parcels(campaign)))


def _parcel(pledge: Pledge) -> list[Any]:
    address, delivery = pledge.address, getattr(pledge, "delivery", None)
    contents = "; ".join(f"{line.quantity} × {line.tier.title}{_chosen(line.options)}" for line in pledge.lines.all())
    return [
        pledge.number,
        address.get("name", ""),
        address.get("lines", ""),
        address.get("postcode", ""),
        address.get("city", ""),
        address.get("country", "") or pledge.country,
        address.get("phone", ""),
        who(pledge)[1],
        contents,
        delivery.state if delivery else "",
        delivery.carrier if delivery else "",
        delivery.tracking if delivery else "",
    ]


def _chosen(options: dict[str, str]) -> str:
    return f" ({', '.join(options.values())})" if options else ""


def engraving_csv(campaign: Initiative) -> tuple[str, bytes]:
    """What is to be cut, in the order of the pledges; whether its giver has read it over."""
    rows = (
        [pledge.number, line.tier.title, label, text, line.quantity, pledge.engraving_checked_at is not None]
        for pledge, line, label, text in queries.engraving_list(campaign)
    )
    head = ("number", "reward", "option", "text", "quantity", "read over")
    return f"{campaign.slug}-engraving.csv", _csv(head, rows)


def money_json(campaign: Initiative) -> tuple[str, bytes]:
    """Where the money is: what came in equals what went out plus what is in the jar."""
    money = queries.money(campaign)
    told = {**asdict(money), "came_in": money.came_in, "went_out": money.went_out, "balanced": money.balanced}
    return f"{campaign.slug}-money.json", json.dumps(told, indent=1).encode()


def unharmed(cell: Any) -> Any:
    """A cell a spreadsheet would run is disarmed."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte-order mark, for spreadsheets."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(header)
    writer.writerows([unharmed(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


EXPORTS = {"pledges": pledges_csv, "parcels": parcels_csv, "engraving": engraving_csv, "money": money_json}
