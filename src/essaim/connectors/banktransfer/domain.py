"""References people put on a transfer, and what a line of the bank's statement is worth. Pure.

Sources: ISO 11649 (creditor reference `RF`), ISO 7064 (mod 97-10); the Belgian structured communication (Febelfin,
`+++123/1234/12345+++`: ten figures and their remainder by 97, 97 for none). Amounts are in minor units.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from essaim.kit.errors import Conflict, Refusal, gettext_noop
from essaim.kit.money import UNITS

_ = gettext_noop

RF = re.compile(r"(?<![A-Z0-9])RF(?:[ .\-]?[A-Z0-9]){3,23}", re.IGNORECASE)
OGM = re.compile(r"(?<!\d)(\d{3})[ /.\-]?(\d{4})[ /.\-]?(\d{5})(?!\d)")
FIGURES = 10
"""Of a payment's number, in both kinds of reference."""


class UnreadableStatement(Refusal):
    cause = _("This file is not a bank statement that can be read: %(reason)s.")
    remedy = _("Ask your bank for a CAMT.053 file, or for a CSV file with a date, an amount and a text column.")


class OtherAccount(Refusal):
    cause = _("This statement is of the account %(account)s, which is not the house’s.")
    remedy = _("Choose the statement of the account payers send money to.")


class BookingDecided(Conflict):
    cause = _("This movement has been dealt with already.")
    remedy = _("Reload the page to see what became of it.")


class PaidAlready(Conflict):
    cause = _("This payment has been received already.")
    remedy = _("Choose another one, or send the money back.")


class AccountMissing(Refusal):
    cause = _("We do not know the account this money goes to.")
    remedy = _("Ask the payer for it and write it in first.")


class ReasonMissing(Refusal):
    cause = _("Setting a movement aside needs a reason: others read it.")
    remedy = _("Write one sentence.")


class Faulty(Refusal):
    """A line that cannot be read; `reason` says why, in the catalogue's words."""


class NoDay(Faulty):
    cause = _("“%(text)s” is not a date.")


class NoAmount(Faulty):
    cause = _("“%(text)s” is not an amount.")


class NoUnit(Faulty):
    cause = _("“%(text)s” is not a currency.")


class PartsDiffer(Faulty):
    cause = _("The parts of this movement do not sum to it.")


def minor(written: str, unit: str, shown: str = "") -> int:
    """A plain decimal in minor units; NoAmount for anything else, finer than the unit, or beyond what books hold."""
    digits = UNITS[unit].digits
    whole, _point, part = written.lstrip("+-").partition(".")
    if not re.fullmatch(r"[+-]?\d{1,13}(\.\d+)?", written) or part[digits:].strip("0"):
        raise NoAmount(text=shown or written)
    scale: int = 10**digits
    amount = int(whole) * scale + int(part[:digits].ljust(digits, "0") or 0)
    return -amount if written.startswith("-") else amount


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of the account: `amount` is positive when money came in. `own` is the bank's name for it."""

    day: date
    amount: int
    unit: str
    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    own: str = ""
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was left out: where it stands in the file, and why."""

    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds. `account` is empty when the file does not say of which account it is."""

    account: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


class Verdict(StrEnum):
    """What becomes of money that came in."""

    MATCHED = "matched"
    PART = "part"
    NO_REFERENCE = "no reference"
    UNKNOWN = "unknown reference"
    AMOUNT = "other amount"
    PAID = "paid already"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment waited for; `came` is what has come of it in parts, not received yet."""

    amount: int
    unit: str
    paid: bool
    closed: bool
    came: int = 0

    @property
    def missing(self) -> int:
        return self.amount - self.came


def reference(number: int, country: str) -> str:
    """The reference of the payment with that number, in the form banks of the country check."""
    return belgian(number) if country == "BE" else creditor_reference(f"{number:0{FIGURES}d}")


def creditor_reference(text: str) -> str:
    """ISO 11649: `RF`, two check figures, and up to 21 letters and figures."""
    return f"RF{98 - _mod97(f'{text}RF00'):02d}{text}"


def belgian(number: int) -> str:
    """Twelve figures."""
    return f"{number:010d}{number % 97 or 97:02d}"


def shown(reference: str) -> str:
    """As printed for people: RF in groups of four, Belgian between plus signs."""
    if reference.startswith("RF"):
        return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))
    return f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"


def references(*texts: str) -> list[str]:
    """Every sound reference in what a payer wrote, spaces and small letters forgiven; a mistyped one is none."""
    found = [
        reference
        for text in texts
        for reference in (*_creditor_references(text), *_belgian(RF.sub(" ", text)))  # none inside another
    ]
    return list(dict.fromkeys(found))


def _creditor_references(text: str) -> Iterator[str]:
    """Every sound reading at each place, the longest first: a word that follows a reference may run into it, and
    be sound with it by chance. Which of them is one of ours, the payments waited for tell."""
    for match in RF.finditer(text):
        written = re.sub(r"[ .\-]", "", match.group()).upper()
        yield from (written[:end] for end in range(len(written), 4, -1) if is_sound(written[:end]))


def is_sound(reference: str) -> bool:
    """Whether the check figures of an RF reference hold."""
    return bool(re.fullmatch(r"RF\d{2}[A-Z0-9]{1,21}", reference)) and _mod97(reference[4:] + reference[:4]) == 1


def _belgian(text: str) -> Iterator[str]:
    for match in OGM.finditer(text):
        figures = "".join(match.groups())
        if (int(figures[:10]) % 97 or 97) == int(figures[10:]):
            yield figures


def _mod97(text: str) -> int:
    return int("".join(str(int(character, 36)) for character in text)) % 97


def judge(line: Line, known: Iterable[tuple[str, Expected]]) -> tuple[Verdict, str]:
    """What becomes of a line, and the reference it is about. Only one payment, of that very amount, is matched by
    itself, or by parts that add up to it; everything else is for a person to decide."""
    written = references(line.reference, line.text, line.end_to_end)
    if not written:
        return Verdict.NO_REFERENCE, ""
    found = [(name, expected) for name, expected in known if name in written]
    if len(found) != 1:
        return Verdict.UNKNOWN, written[0]
    ((name, expected),) = found
    return _against(line, expected), name


def _against(line: Line, expected: Expected) -> Verdict:
    if expected.paid:
        return Verdict.PAID
    if expected.closed:
        return Verdict.CLOSED
    if line.unit != expected.unit or line.amount > expected.missing:
        return Verdict.AMOUNT
    return Verdict.MATCHED if line.amount == expected.missing else Verdict.PART


def names(lines: Iterable[Line]) -> list[str]:
    """A name for each line, the same whenever the statement is read again: the bank's own, else what it says,
    counted among equal ones of the same day."""
    seen: Counter[str] = Counter()
    given = []
    for line in lines:
        name = line.own or hashlib.sha256(repr(replace(line, own="")).encode()).hexdigest()[:32]
        seen[name] += 1
        given.append(name if seen[name] == 1 else f"{name}:{seen[name]}")
    return given


def epc_code(*, holder: str, iban: str, bic: str, amount: int, unit: str, reference: str) -> str:
    """The text of a payment code as banks' applications read it (EPC069-12, version 2); euros only."""
    if unit != "EUR":
        return ""
    structured, free = (reference, "") if reference.startswith("RF") else ("", shown(reference))
    sum_ = f"EUR{amount // 100}.{amount % 100:02d}"
    return "\n".join(["BCD", "002", "1", "SCT", bic, holder[:70], iban, sum_, "", structured, free, ""])
