"""The chart of accounts: an account's code says everything about it. Pure.

`house:bank:EUR`, `escrow:12:EUR` (the jar of initiative 12), `member:7:balance:EUR`, `cause:heritage:EUR`.
Numbers follow the French general chart (plan comptable général, ANC 2014-03) and serve the export only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NoReturn

from essaim.kit.errors import Refusal, gettext_noop

_ = gettext_noop

UNIT = re.compile(r"[A-Z]{2,5}")
POINTS = "PT"


class UnknownAccount(Refusal):
    cause = _("There is no account called “%(code)s”.")
    remedy = _("Choose an account of the chart.")


class Kind(StrEnum):
    """The five kinds of account; what an account holds grows on the debit side for the first two."""

    ASSET = "asset"
    EXPENSE = "expense"
    LIABILITY = "liability"
    INCOME = "income"
    EQUITY = "equity"


class Role(StrEnum):
    HOUSE = "house"
    ESCROW = "escrow"
    MEMBER = "member"
    CAUSE = "cause"


DEBIT_SIDE = frozenset({Kind.ASSET, Kind.EXPENSE})


class Line(NamedTuple):
    """A line of the chart: kind, number in the French chart, title there (French by law), floor."""

    kind: Kind
    number: str
    title: str
    floor: int | None = None


HOUSE = {
    "bank": Line(Kind.ASSET, "512000", "Banque"),
    "provider": Line(Kind.ASSET, "517000", "Prestataire de paiement"),
    "own": Line(Kind.EQUITY, "181000", "Compte de liaison : fonds apportés par la maison", 0),
    "transit": Line(Kind.LIABILITY, "467500", "Virements aux membres en cours", 0),
    "fees": Line(Kind.INCOME, "708000", "Produits des activités annexes : commissions"),
    "sales": Line(Kind.INCOME, "707000", "Ventes de marchandises"),
    "gifts": Line(Kind.INCOME, "771300", "Libéralités perçues"),
    "vat": Line(Kind.LIABILITY, "445710", "TVA collectée"),
    "provider-fees": Line(Kind.EXPENSE, "627800", "Autres frais et commissions sur prestations de services"),
    "rewards": Line(Kind.EXPENSE, "623800", "Récompenses des participants"),
    "royalties": Line(Kind.EXPENSE, "651600", "Droits d'auteur et de reproduction"),
    "losses": Line(Kind.EXPENSE, "654000", "Pertes sur créances irrécouvrables"),
    "points": Line(Kind.EQUITY, "800000", "Points émis"),
    "exchange": Line(Kind.EQUITY, "478000", "Compte d'échange entre unités"),
}
ESCROW = Line(Kind.LIABILITY, "467100", "Fonds dédiés aux initiatives", 0)
CAUSE = Line(Kind.LIABILITY, "467400", "Fonds dus aux causes", 0)
MEMBER = {
    "balance": Line(Kind.LIABILITY, "467200", "Soldes des membres", 0),
    "held": Line(Kind.LIABILITY, "467300", "Sommes des membres en attente", 0),
}


@dataclass(frozen=True, slots=True)
class Account:
    """What a code says. `summed`: no balance is kept beside the postings, so writers do not queue for a row."""

    code: str
    unit: str
    kind: Kind
    role: Role
    name: str
    number: str
    title: str
    floor: int | None
    summed: bool
    owner_id: int | None = None
    initiative_id: int | None = None


def debit_side(kind: str) -> bool:
    return kind in DEBIT_SIDE


def house_account(name: str, unit: str) -> Account:
    return describe(f"house:{name}:{unit}")


def escrow_account(initiative_id: int, unit: str) -> Account:
    return describe(f"escrow:{initiative_id}:{unit}")


def member_account(member_id: int, unit: str, kind: str = "balance") -> Account:
    return describe(f"member:{member_id}:{kind}:{unit}")


def cause_account(name: str, unit: str) -> Account:
    return describe(f"cause:{name}:{unit}")


def describe(code: str) -> Account:
    """The account a code names; UnknownAccount when the chart has no such line."""
    match code.split(":"):
        case ["house", name, unit] if name in HOUSE and UNIT.fullmatch(unit):
            return _account(code, unit, Role.HOUSE, name, HOUSE[name], summed=True)
        case ["escrow", initiative, unit] if initiative.isdecimal() and UNIT.fullmatch(unit):
            return _account(code, unit, Role.ESCROW, initiative, ESCROW, summed=True, initiative_id=int(initiative))
        case ["member", owner, name, unit] if owner.isdecimal() and name in MEMBER and UNIT.fullmatch(unit):
            return _account(code, unit, Role.MEMBER, name, MEMBER[name], summed=False, owner_id=int(owner))
        case ["cause", name, unit] if re.fullmatch(r"[a-z0-9-]{1,40}", name) and UNIT.fullmatch(unit):
            return _account(code, unit, Role.CAUSE, name, CAUSE, summed=True)
    _refuse(code)


def _account(
    code: str,
    unit: str,
    role: Role,
    name: str,
    line: Line,
    *,
    summed: bool,
    owner_id: int | None = None,
    initiative_id: int | None = None,
) -> Account:
    return Account(
        code, unit, line.kind, role, name, line.number, line.title, line.floor, summed, owner_id, initiative_id
    )


def _refuse(code: str) -> NoReturn:
    raise UnknownAccount(code=code)
