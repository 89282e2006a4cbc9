"""The French accounting file (fichier des écritures comptables): article A47 A-1 of the Livre des procédures
fiscales, VII, 1°. Pure.

A text file in UTF-8, one header line, fields between tabs, lines ended by CR LF, dates as YYYYMMDD, amounts
with a decimal comma, named <SIREN>FEC<closing day>.txt. Entries are numbered without a gap over the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from essaim.kit.errors import Refusal, gettext_noop

_ = gettext_noop

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
JOURNAL_CODE, JOURNAL_TITLE = "ESS", "Journal de la maison"


class NotASiren(Refusal):
    cause = _("“%(typed)s” is not a SIREN number.")
    remedy = _("Write the nine figures of the legal person.")


@dataclass(frozen=True, slots=True)
class Line:
    """One posting as the file needs it. `amount` in cents, a debit positive; `valid` is the day of the seal."""

    entry: int
    day: date
    account: str
    account_title: str
    member: str
    member_name: str
    reference: str
    memo: str
    amount: int
    valid: date


def file_name(siren: str, closing: date) -> str:
    return f"{checked_siren(siren)}FEC{closing:%Y%m%d}.txt"


def checked_siren(typed: str) -> str:
    """Nine figures whose Luhn sum is a multiple of ten."""
    siren = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{9}", siren) or _luhn(siren) % 10:
        raise NotASiren(typed=typed)
    return siren


def rows(lines: Iterable[Line]) -> Iterator[str]:
    """The file, line by line. `lines` come in the order of the entries."""
    yield "\t".join(COLUMNS) + "\r\n"
    number, entry = 0, None
    for line in lines:
        if line.entry != entry:
            number, entry = number + 1, line.entry
        yield "\t".join(_fields(line, number)) + "\r\n"


def _fields(line: Line, number: int) -> tuple[str, ...]:
    return (
        JOURNAL_CODE,
        JOURNAL_TITLE,
        str(number),
        f"{line.day:%Y%m%d}",
        line.account,
        clean(line.account_title),
        line.member,
        clean(line.member_name),
        clean(line.reference),
        f"{line.day:%Y%m%d}",
        clean(line.memo),
        amount(max(line.amount, 0)),
        amount(max(-line.amount, 0)),
        "",
        "",
        f"{line.valid:%Y%m%d}",
        "",
        "",
    )


def amount(cents: int) -> str:
    """`150005` is `1500,05`."""
    return f"{cents // 100},{cents % 100:02d}"


def clean(text: str) -> str:
    """A field holds neither the separator nor the end of a line."""
    return re.sub(r"[\s|]+", " ", text).strip()


def _luhn(figures: str) -> int:
    """The Luhn sum: every second figure from the right is doubled, its digits added."""
    doubled = (int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(figures)))
    return sum(value // 10 + value % 10 for value in doubled)
