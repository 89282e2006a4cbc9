"""Match-funding: a treasurer opens sponsors' pots and fills them; they add to pledges in the order of commit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import get_language

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit.money import format_amount
from essaim.ledger.post import post
from essaim.ledger.queries import balance_of
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.domain import entries, errors, matching
from essaim.mechanisms.crowdfunding.models import Match, Pledge, Pot, PotCampaign, PotMovement
from essaim.mechanisms.crowdfunding.payloads import PotFunded, PotJoined, PotOpened, PotReturned
from essaim.people.models import Member


@transaction.atomic
def open_pot(
    *,
    actor: Member,
    name: str,
    sponsor: str,
    unit: str = "EUR",
    factor: int = 10_000,
    per_gift: int | None = None,
    per_person: int | None = None,
    per_project: int | None = None,
) -> Pot:
    """A sponsor's pot; empty until its money has come in."""
    allow(policy.handle_money, actor)
    pot = Pot.objects.create(
        name=name[:120],
        sponsor=sponsor[:120],
        unit=unit,
        factor=factor,
        per_gift=per_gift,
        per_person=per_person,
        per_project=per_project,
        opened_by=actor,
    )
    record(PotOpened(pot.name, pot.sponsor), actor=actor, object=pot)
    return pot


@transaction.atomic
def fund_pot(*, pot: Pot, treasurer: Member, amount: int, reference: str, key: str) -> PotMovement:
    """The sponsor's money has arrived in the bank. `key` makes it happen once."""
    pot = _locked(pot)
    allow(policy.handle_money, treasurer)
    if (before := _moved(pot, key)) is not None:
        return before
    moved = PotMovement.objects.create(
        pot=pot, amount=amount, reference=reference[:80], key=_key(pot, key), by=treasurer
    )
    act = record(PotFunded(pot.name, amount, pot.unit), actor=treasurer, object=pot)
    mark = f"fund:{key}"
    post(
        entries.pot_filled(pot.pk, pot.unit, amount, mark=mark, memo=pot.name, evidence=reference),
        act,
        author=treasurer,
    )
    return moved


@transaction.atomic
def return_pot(*, pot: Pot, treasurer: Member, amount: int, reference: str, key: str) -> PotMovement:
    """What the pot has promised to nobody goes back to its sponsor. Raises PotEmpty."""
    pot = _locked(pot)
    allow(policy.handle_money, treasurer)
    if (before := _moved(pot, key)) is not None:
        return before
    if not 0 < amount <= (free := left_in(pot)):
        raise errors.PotEmpty(left=format_amount(free, pot.unit, get_language() or "fr"))
    moved = PotMovement.objects.create(
        pot=pot, amount=-amount, reference=reference[:80], key=_key(pot, key), by=treasurer
    )
    act = record(PotReturned(pot.name, amount, pot.unit), actor=treasurer, object=pot)
    mark = f"return:{key}"
    post(
        entries.pot_emptied(pot.pk, pot.unit, amount, mark=mark, memo=pot.name, evidence=reference),
        act,
        author=treasurer,
    )
    return moved


@transaction.atomic
def join_pot(*, pot: Pot, campaign: Initiative, actor: Member) -> PotCampaign:
    """From now on the pot adds to new pledges of the campaign; those made before are not touched."""
    campaign, pot = lock(campaign), _locked(pot)
    allow(policy.handle_money, actor)
    if pot.unit != queries.rules_of(campaign).unit:
        raise errors.PotElsewhere
    joined, new = PotCampaign.objects.get_or_create(pot=pot, campaign=campaign)
    if new:
        record(PotJoined(pot.name, pot.sponsor), actor=actor, object=campaign, initiative=campaign)
    return joined


def add_here(campaign: int) -> bool:
    """Whether any pot may add to pledges of the campaign."""
    return PotCampaign.objects.filter(campaign=campaign, pot__closed_at=None).exists()


def promise(pledge: Pledge, amount: int) -> None:
    """Pots add to a pledge of `amount`; the campaign is locked, each pot is locked here, in order."""
    pots = list(
        Pot.objects.select_for_update(no_key=True)
        .filter(campaigns__campaign=pledge.campaign_id, closed_at=None)
        .order_by("pk")
    )
    if not pots:
        return
    seen = [_as_seen(pot, pledge) for pot in pots]
    for pot_id, added in matching.all_matched(seen, amount).items():
        Match.objects.update_or_create(
            pot_id=pot_id, pledge=pledge, defaults={"campaign_id": pledge.campaign_id, "amount": added}
        )


def _as_seen(pot: Pot, pledge: Pledge) -> matching.Pot:
    """The pot with what it already adds to this person's pledges and to this campaign."""
    matches = Match.objects.filter(pot=pot).exclude(pledge=pledge)
    own = {"pledge__backer": pledge.backer_id} if pledge.backer_id else {"pledge__email": pledge.email}
    return matching.Pot(
        id=pot.pk,
        factor=pot.factor,
        left=left_in(pot),
        per_gift=pot.per_gift,
        per_person=pot.per_person,
        per_project=pot.per_project,
        person=_sum(matches.filter(**own)),
        project=_sum(matches.filter(campaign=pledge.campaign_id)),
    )


def left_in(pot: Pot) -> int:
    """What came in, less what went back and what is promised (moved or not)."""
    put: int = pot.movements.aggregate(sum=Sum("amount"))["sum"] or 0
    return put - _sum(pot.matches.all())


def move_matches(campaign: Initiative, number: int, by: Member) -> int:
    """At a settlement: what pots add to paid pledges comes into the jar, what they no longer add goes back."""
    paid = Match.objects.filter(campaign=campaign, pledge__state=Pledge.State.PAID)
    due = dict(paid.order_by().values_list("pot").annotate(sum=Sum("amount")))
    total = 0
    for pot in Pot.objects.filter(campaigns__campaign=campaign).order_by("pk"):
        delta = due.get(pot.pk, 0) - moved_so_far(campaign, pot)
        if delta:
            post(entries.matched(campaign.pk, pot.pk, pot.unit, delta, number=number, memo=pot.name), author=by)
            total += delta
    return total


def moved_so_far(campaign: Initiative, pot: Pot) -> int:
    from essaim.ledger.models import Posting

    lines = Posting.objects.filter(
        account__code=entries.pot_account(pot.pk, pot.unit).code,
        entry__kind="crowdfunding.match",
        entry__key__startswith=f"crowdfunding:{campaign.pk}:match:",
    )
    return int(lines.aggregate(sum=Sum("amount"))["sum"] or 0)


def balance(pot: Pot) -> int:
    return balance_of(entries.pot_account(pot.pk, pot.unit).code)


def _locked(pot: Pot) -> Pot:
    return Pot.objects.select_for_update(no_key=True).get(pk=pot.pk)


def _key(pot: Pot, key: str) -> str:
    return f"pot:{pot.pk}:{key}"


def _moved(pot: Pot, key: str) -> PotMovement | None:
    return PotMovement.objects.filter(key=_key(pot, key)).first()


def _sum(matches: Any) -> int:
    return int(matches.aggregate(sum=Sum("amount"))["sum"] or 0)
