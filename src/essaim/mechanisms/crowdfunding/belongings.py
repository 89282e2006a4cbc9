"""What a campaign's tables hold about a member: his to take away, and forgotten when he goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.mechanisms.crowdfunding.models import Letter, Pledge, PledgeLine, Question, Withdrawal
from essaim.people.models import Member

PLEDGE = (
    "campaign__slug", "number", "state", "unit", "amount", "gift", "shipping", "captured", "refunded", "lost",
    "credited", "given", "on_failure", "method", "anonymous", "on_wall", "message", "place", "country", "address",
    "answers", "made_at", "confirmed_at",
)  # fmt: skip


def portrait(member: Member) -> Sequence[Mapping[str, Any]]:
    """Each pledge with its lines, address, answers, letters and withdrawal; each question with its answer."""
    mine = Pledge.objects.filter(backer=member)
    rows: list[Mapping[str, Any]] = [{"what": "pledge", **row} for row in mine.order_by("pk").values(*PLEDGE)]
    lines = PledgeLine.objects.filter(pledge__backer=member).order_by("pk")
    kept = lines.values("pledge__campaign__slug", "pledge__number", "tier__title", "quantity", "amount", "options")
    rows += [{"what": "reward", **row} for row in kept]
    letters = Letter.objects.filter(pledge__backer=member).order_by("pk")
    rows += [{"what": "letter", **row} for row in letters.values("kind", "subject", "text", "sent_at")]
    withdrawals = Withdrawal.objects.filter(pledge__backer=member).order_by("pk")
    rows += [{"what": "withdrawal", **row} for row in withdrawals.values("declared_at", "confirmed_at", "receipt")]
    asked = Question.objects.filter(author=member).order_by("pk")
    rows += [{"what": "question", **row} for row in asked.values("initiative__slug", "title", "body", "answer")]
    return rows


def erase(member: Member) -> None:
    """Words, addresses and engravings go; amounts and what became of them stay for the books, under the pseudonym.
    Engravings of parcels not sent yet go too: the team sees an empty line."""
    mine = Pledge.objects.filter(backer=member)
    mine.update(
        email="", name="", message="", place="", address={}, answers={}, on_wall=False, anonymous=True, country=""
    )
    PledgeLine.objects.filter(pledge__backer=member).update(options={})
    Letter.objects.filter(pledge__backer=member).delete()
    Withdrawal.objects.filter(pledge__backer=member).exclude(confirmed_at=None).update(receipt="–")
