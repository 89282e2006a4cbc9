"""What is done with pledges' money: let go, asked back, matched. Called by acts that hold the campaign's lock, with
one pledge or with many of one campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import get_language, gettext, override

from essaim.kit import clock
from essaim.kit.money import format_amount
from essaim.kit.rows import write_rows
from essaim.ledger.domain import Entry
from essaim.ledger.models import Payment
from essaim.ledger.payments.actions import cancel_payments, return_payments
from essaim.ledger.payments.requests import Wanted, refundables
from essaim.ledger.post import post, post_many
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.actions.pots import add_here, promise
from essaim.mechanisms.crowdfunding.domain import entries, errors
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.models import Charge, Match, OfflineMoney, Pledge, PledgeLine, Refund
from essaim.people.models import Member
from essaim.people.queries import house


def release(pledges: Sequence[Pledge], state: str) -> None:
    """The pledges are over: their places are free, pots keep their money, and their own goes back."""
    for pledge in pledges:
        pledge.state, pledge.expires_at = state, None
    write_rows(pledges, ["state", "expires_at"])
    free_places(pledges)
    unmatch(pledges)
    send_everything_back(pledges, Why(_cause(state)))


def free_places(pledges: Sequence[Pledge]) -> None:
    PledgeLine.objects.filter(pledge__in=pledges, holds=True).update(holds=False)


def let_go(payments: Iterable[Payment]) -> None:
    """No longer wait for payers, or let go what is held. A payment no provider ever heard of needs nothing."""
    cancel_payments([Wanted(one, one.authorised, f"crowdfunding:{one.pk}:cancel") for one in payments])


def _cause(state: str) -> str:
    causes = {"withdrawn": Refund.Cause.WITHDRAWAL, "released": Refund.Cause.FAILURE}
    return causes.get(str(state), Refund.Cause.CANCELLED)


@dataclass(frozen=True, slots=True)
class Why:
    """Why money goes back, and who asked for it."""

    cause: str
    by: Member | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What goes back of a pledge: through a payment it came by, or (None) by hand. `mark` makes it happen once."""

    pledge: Pledge
    payment: Payment | None
    amount: int
    mark: str

    @property
    def key(self) -> str:
        hand = () if self.payment else ("hand",)
        return entries.key(self.pledge.campaign_id, "refund", self.pledge.pk, self.mark, *hand)


def send_everything_back(pledges: Sequence[Pledge], why: Why) -> None:
    """Holds are let go, received money is asked back, however many attempts it came by."""
    charges = _charges(pledges)
    parts = _let_go_and_ask(charges, {pledge.pk: pledge for pledge in pledges}, "all")
    by_hand = offline_lefts(pledges)
    for pledge in pledges:
        if (left := by_hand.get(pledge.pk, 0)) > 0:
            parts.append(Part(pledge, None, left, f"all:{pledge.pk}:{pledge.refunded}"))
    _send_back(parts, why)


def send_charges_back(charges: Sequence[Charge], why: Why) -> None:
    """What came by attempts that no longer count."""
    _send_back(_let_go_and_ask(charges, {charge.pledge_id: charge.pledge for charge in charges}, "charge"), why)


def _let_go_and_ask(charges: Sequence[Charge], pledges: dict[int, Pledge], mark: str) -> list[Part]:
    payments = [charge.payment for charge in charges]
    let_go(payments)
    left = refundables(payments)
    return [
        Part(pledges[one.pledge_id], one.payment, there, f"{mark}:{one.pk}:{one.payment.refunded}")
        for one in charges
        if (there := left[one.payment_id]) > 0
    ]


def _charges(pledges: Sequence[Pledge]) -> list[Charge]:
    return list(Charge.objects.filter(pledge__in=pledges).select_related("payment").order_by("pk"))


def returnable(pledge: Pledge) -> int:
    """What was received of the pledge and is neither back nor on its way back."""
    return returnables([pledge])[pledge.pk]


def returnables(pledges: Sequence[Pledge]) -> dict[int, int]:
    """The same of many, by their ids."""
    charges, there = _charges(pledges), offline_lefts(pledges)
    left = refundables([charge.payment for charge in charges])
    for charge in charges:
        there[charge.pledge_id] = there.get(charge.pledge_id, 0) + max(left[charge.payment_id], 0)
    return {pledge.pk: max(min(there.get(pledge.pk, 0), pledge.left), 0) for pledge in pledges}


def offline_lefts(pledges: Sequence[Pledge]) -> dict[int, int]:
    """What came by cheque, transfer or cash, less what is promised back by hand, of those of which any came."""
    came = OfflineMoney.objects.filter(pledge__in=pledges, way=OfflineMoney.Way.IN).exclude(confirmed_at=None)
    sums = dict(came.order_by().values_list("pledge").annotate(sum=Sum("amount")))
    if sums:
        back = Refund.objects.filter(pledge__in=list(sums), payment=None)
        for pledge, amount in back.order_by().values_list("pledge").annotate(sum=Sum("amount")):
            sums[pledge] -= amount
    return sums


def ask_back(pledge: Pledge, amount: int, why: Why, *, mark: str) -> list[Refund]:
    """Pay `amount` back, from whichever payments it came by. Raises NothingRefundable."""
    left = returnable(pledge)
    if not 0 < amount <= left:
        raise errors.NothingRefundable(left=format_amount(left, pledge.unit, get_language() or "fr"))
    charges, parts = _charges([pledge]), []
    there = refundables([charge.payment for charge in charges])
    for charge in charges:
        part = min(amount, max(there[charge.payment_id], 0))
        if part:
            parts.append(Part(pledge, charge.payment, part, f"{mark}:{charge.pk}"))
            amount -= part
    if amount:
        parts.append(Part(pledge, None, amount, mark))
    return _send_back(parts, why)


def _send_back(parts: Sequence[Part], why: Why) -> list[Refund]:
    """Each part once, by its key: written, called back into the jar where it has left it, asked of its provider."""
    known = {row.key: row for row in Refund.objects.filter(key__in=[part.key for part in parts])} if parts else {}
    new = [part for part in parts if part.key not in known]
    settled = bool(new) and queries.has_passed(queries.campaign_of(new[0].pledge.campaign))
    for some in [[part] for part in new] if settled else [new] if new else []:
        rows = Refund.objects.bulk_create(_refund(part, why) for part in some)
        known |= {row.key: row for row in rows}
        asked = [part for part in some if part.payment is not None]
        for part in asked if settled else ():
            recall(part.pledge, part.amount, mark=f"{part.pledge.pk}:{part.mark}")
        return_payments([Wanted(part.payment, part.amount, part.key) for part in asked if part.payment is not None])
    return [known[part.key] for part in parts]


def _refund(part: Part, why: Why) -> Refund:
    return Refund(
        key=part.key,
        pledge=part.pledge,
        payment=part.payment,
        amount=part.amount,
        cause=why.cause,
        asked_by=why.by,
        reason=why.reason[:300],
    )


def recall(pledge: Pledge, amount: int, *, mark: str) -> None:
    """Settled money comes back into the jar when the jar no longer holds what is to be paid back."""
    rules = queries.rules_of(pledge.campaign)
    promised = Refund.objects.filter(pledge__campaign=pledge.campaign_id, done_at=None).exclude(pledge=pledge)
    waiting = promised.aggregate(sum=Sum("amount"))["sum"] or 0
    missing = amount - max(escrow_balance(pledge.campaign_id, pledge.unit) - waiting, 0)
    if missing > 0 and queries.has_passed(queries.campaign_of(pledge.campaign)):
        missing = min(missing, amount)
        post(entries.recalled(pledge.campaign_id, rules, missing, mark=mark, memo=memo(pledge)))


def memo(pledge: Pledge) -> str:
    return memos([pledge])[0]


def memos(pledges: Sequence[Pledge]) -> list[str]:
    with override(house().languages[0]):  # the books are kept in one language
        words = gettext("%(campaign)s, pledge %(number)s")
    return [(words % {"campaign": pledge.campaign.title, "number": pledge.number})[:300] for pledge in pledges]


def unmatch(pledges: Sequence[Pledge]) -> None:
    """Pots no longer add to the pledges."""
    Match.objects.filter(pledge__in=pledges).exclude(amount=0).update(amount=0)


def rematch(pledges: Sequence[Pledge]) -> None:
    """Pots add what they may to the pledges as they now stand; nothing to those that do not count."""
    unmatch(pledges)
    counting = [pledge for pledge in pledges if pledge.state in life.COUNTING]
    if counting and add_here(counting[0].campaign_id):
        for pledge in counting:
            promise(pledge, pledge.amount if pledge.state == Pledge.State.HELD else pledge.left)


def pass_on(pledges: Sequence[Pledge], due: life.Due) -> None:
    """The campaign failed: received money becomes a credit or a gift, as its giver chose."""
    amounts, now, booked = returnables(pledges), clock.now(), []
    for pledge, words in zip(pledges, memos(pledges), strict=True):
        if amount := amounts[pledge.pk]:
            booked.append(_passed_on(pledge, amount, due, words))
        pledge.state = Pledge.State.CREDITED if pledge.credited else Pledge.State.GIVEN
        pledge.settled_at = now
    post_many(booked)
    write_rows(pledges, ["state", "credited", "given", "settled_at"])
    free_places(pledges)


def _passed_on(pledge: Pledge, amount: int, due: life.Due, words: str) -> Entry:
    unit, campaign = pledge.unit, pledge.campaign_id
    if due is life.Due.CREDIT and pledge.backer_id is not None:
        pledge.credited += amount
        return entries.credited(campaign, unit, amount, member_id=pledge.backer_id, mark=pledge.pk, memo=words)
    pledge.given += amount
    return entries.given(campaign, unit, amount, mark=pledge.pk, memo=words)
