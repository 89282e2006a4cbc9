"""Shares, net sales and the rows of a sales file, decided on plain data.

Amounts are integer minor units (cents); shares are basis points of net sales (1 % = 100).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _

WHOLE = 10_000
"""Basis points in the whole of net sales."""


class SharesExceedRate(Refusal):
    """The holders' shares, together, are more than the product's royalty rate."""

    cause = _("On %(day)s the shares would add up to %(sum)s basis points, above the product's rate of %(rate)s.")
    remedy = _("Lower a share, or let it begin after another one has ended.")


class TermIsEmpty(Refusal):
    """A share that ends before it begins."""

    cause = _("The term ends on %(ends)s, before it begins on %(starts)s.")
    remedy = _("Give an end date later than the start.")


class RateOutOfRange(Refusal):
    """A royalty rate below nothing or above everything."""

    cause = _("%(rate)s basis points is not a share of net sales.")
    remedy = _("Give a rate between 0 and 10,000 basis points (100 %%).")


@dataclass(frozen=True)
class Term:
    """A share of net sales in basis points, from `starts` up to but not including `ends`."""

    basis_points: int
    starts: date
    ends: date

    def covers(self, day: date) -> bool:
        return self.starts <= day < self.ends


def check_shares(terms: Iterable[Term], rate: int) -> None:
    """Refuse terms that are empty or whose sum on some day is above `rate` (basis points).

    The sum can only rise on a day a term begins, so those days suffice.
    """
    if not 0 <= rate <= WHOLE:
        raise RateOutOfRange(rate=rate)
    terms = list(terms)
    for term in terms:
        if term.ends <= term.starts:
            raise TermIsEmpty(starts=term.starts, ends=term.ends)
    for day in sorted({term.starts for term in terms}):
        total = sum(term.basis_points for term in terms if term.covers(day))
        if total > rate:
            raise SharesExceedRate(day=day, sum=total, rate=rate)


@dataclass(frozen=True)
class Figures:
    """What was sold, in minor units of one currency. Discounts, returns and VAT are given as positive amounts."""

    quantity: int
    gross: int
    discounts: int = 0
    returns: int = 0
    vat: int = 0

    @property
    def net(self) -> int:
        """Net sales: what buyers were asked, less discounts, goods returned and the VAT."""
        return self.gross - self.discounts - self.returns - self.vat

    def reversed(self) -> Figures:
        return Figures(-self.quantity, -self.gross, -self.discounts, -self.returns, -self.vat)


def slug_of(name: str) -> str:
    """A lower-case ASCII address for a name, 60 characters at most."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "product"
