"""Amounts as integer minor units and a unit code: written, read and split without losing any.

Amounts are never floats. `EUR` counts cents, `PT` counts whole points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from essaim.kit.errors import Refusal, gettext_noop

NARROW_NO_BREAK = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
LARGEST = 10**15


@dataclass(frozen=True)
class Unit:
    """How a unit of account is counted and written; `symbol` by language, with its own plural."""

    code: str
    digits: int
    symbol: str = ""
    one: str = ""
    many: str = ""

    @property
    def scale(self) -> int:
        return int(10**self.digits)


UNITS = {
    unit.code: unit
    for unit in (
        Unit("EUR", 2, symbol="€"),
        Unit("USD", 2, symbol="$"),
        Unit("GBP", 2, symbol="£"),
        Unit("CHF", 2, symbol="CHF"),
        Unit("CAD", 2, symbol="CA$"),
        Unit("AUD", 2, symbol="AU$"),
        Unit("NZD", 2, symbol="NZ$"),
        Unit("HKD", 2, symbol="HK$"),
        Unit("SGD", 2, symbol="SG$"),
        Unit("MXN", 2, symbol="MX$"),
        Unit("DKK", 2, symbol="DKK"),
        Unit("NOK", 2, symbol="NOK"),
        Unit("SEK", 2, symbol="SEK"),
        Unit("JPY", 0, symbol="JP¥"),
        Unit("PT", 0, one="point", many="points"),
    )
}


class UnknownUnit(Refusal):
    cause = gettext_noop("“%(unit)s” is not a unit this house keeps books in.")
    remedy = gettext_noop("Use one of: %(known)s.")


class AmountUnreadable(Refusal):
    cause = gettext_noop("“%(typed)s” is not an amount.")
    remedy = gettext_noop("Write it with figures, for example %(example)s.")


class AmountTooFine(Refusal):
    cause = gettext_noop("“%(typed)s” has more decimals than this unit can count.")
    remedy = gettext_noop("Use at most %(digits)s decimals.")


class AmountTooLarge(Refusal):
    cause = gettext_noop("“%(typed)s” is larger than the books can hold.")
    remedy = gettext_noop("Check the number of figures.")


def unit(code: str) -> Unit:
    """The unit of that code, or `UnknownUnit`."""
    try:
        return UNITS[code]
    except KeyError:
        raise UnknownUnit(unit=code, known=", ".join(UNITS)) from None


def group(digits: str, language: str) -> str:
    """Figures in groups of three: `1 500` in French, `1,500` in English."""
    separator = NARROW_NO_BREAK if language.startswith("fr") else ","
    head = len(digits) % 3
    parts = [digits[:head]] if head else []
    return separator.join(parts + [digits[i : i + 3] for i in range(head, len(digits), 3)])


def format_amount(amount: int, code: str = "EUR", language: str = "fr", *, sign: bool = False) -> str:
    """`150000, "EUR"` is `1 500,00 €` in French and `€1,500.00` in English; `sign` also shows a plus."""
    kind = unit(code)
    whole, fraction = divmod(abs(amount), kind.scale)
    figures = group(str(whole), language)
    if kind.digits:
        figures += ("," if language.startswith("fr") else ".") + str(fraction).zfill(kind.digits)
    prefix = MINUS if amount < 0 else "+" if sign and amount else ""
    return prefix + _with_symbol(figures, kind, abs(amount), language)


def _with_symbol(figures: str, kind: Unit, size: int, language: str) -> str:
    french = language.startswith("fr")
    if kind.one:
        singular = size < 2 if french else size == 1
        return f"{figures}{NO_BREAK}{kind.one if singular else kind.many}"
    if french or kind.symbol.isalpha():
        return f"{figures}{NO_BREAK}{kind.symbol}"
    return f"{kind.symbol}{figures}"


def format_whole(amount: int, code: str = "EUR", language: str = "fr") -> str:
    """As `format_amount`, without decimals when they are all zero: `1 500 €`."""
    kind = unit(code)
    if kind.digits == 0 or amount % kind.scale:
        return format_amount(amount, code, language)
    figures = group(str(abs(amount) // kind.scale), language)
    return (MINUS if amount < 0 else "") + _with_symbol(figures, kind, abs(amount), language)


def parse_amount(typed: str, code: str = "EUR", language: str = "fr") -> int:
    """Minor units from what a person typed: `1 500,50 €`, `1.500,50`, `€1,500.50`, `1500.5`.

    A lone mark followed by three figures groups thousands in the language that groups with it: `1,500` is
    fifteen hundred in English; in French it has one decimal too many for euros and is refused.
    """
    kind = unit(code)
    figures = _strip(typed, kind)
    negative = figures.startswith("-")
    figures = figures.removeprefix("-" if negative else "+")
    if not re.fullmatch(r"[0-9][0-9.,']*", figures, flags=re.ASCII):
        raise _unreadable(typed, kind, language)
    whole, _, fraction = _plain(figures, typed, kind, language).partition(".")
    if len(whole) > len(str(LARGEST)):
        raise AmountTooLarge(typed=typed)
    if len(fraction) > kind.digits:
        raise AmountTooFine(typed=typed, digits=kind.digits)
    minor = int(whole + fraction.ljust(kind.digits, "0"))
    if minor > LARGEST:
        raise AmountTooLarge(typed=typed)
    return -minor if negative else minor


def _strip(typed: str, kind: Unit) -> str:
    text = typed.replace(MINUS, "-")
    for word in (kind.many, kind.one, kind.symbol, kind.code):
        if word:
            text = re.sub(re.escape(word), "", text, flags=re.IGNORECASE)
    return re.sub(r"\s", "", text)


def _plain(figures: str, typed: str, kind: Unit, language: str) -> str:
    """Figures with one point for the decimals and no grouping."""
    figures = figures.replace("'", "")
    last = max(figures.rfind(","), figures.rfind("."))
    if last < 0:
        return figures
    mark, other = figures[last], "," if figures[last] == "." else "."
    if figures.count(mark) > 1:
        if other in figures or not _grouped(figures, mark):
            raise _unreadable(typed, kind, language)
        return figures.replace(mark, "")
    head, tail = figures[:last], figures[last + 1 :]
    if other in head:
        if not _grouped(head, other):
            raise _unreadable(typed, kind, language)
        return f"{head.replace(other, '')}.{tail}"
    groups = "." if language.startswith("fr") else ","
    if mark == groups and len(tail) == 3 and 1 <= len(head) <= 3 and head != "0":
        return head + tail
    return f"{head}.{tail}"


def _grouped(figures: str, mark: str) -> bool:
    first, *rest = figures.split(mark)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


def _unreadable(typed: str, kind: Unit, language: str) -> AmountUnreadable:
    return AmountUnreadable(typed=typed, example=format_amount(1500 * kind.scale, kind.code, language))


def split(amount: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Share `amount` minor units in proportion to `weights`; the parts always sum to it.

    Largest remainder (Hamilton): each part is its exact quota rounded down, and the units left go one each to
    the largest remainders, the earlier one first when equal. Each part differs from its quota by less than 1.
    """
    total = sum(weights, Fraction(0))
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("Weights are not negative, and at least one is positive.")
    if amount < 0:
        return [-part for part in split(-amount, weights)]
    quotas = [Fraction(amount) * Fraction(weight) / total for weight in weights]
    parts = [int(quota) for quota in quotas]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return parts
