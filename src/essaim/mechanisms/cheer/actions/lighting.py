"""The light: its lamps, who chose what by hand and why, and the reveal after a round. Every word of it is public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock, colour
from essaim.mechanisms.cheer import domain, policy, queries
from essaim.mechanisms.cheer.light import Rig
from essaim.mechanisms.cheer.models import LightOrder, LightRig, Round
from essaim.mechanisms.cheer.verbs import LampsSet, LightKilled, LightOverridden, LightReleased, LightRevealed
from essaim.people.models import Member

Kind = LightOrder.Kind
LONGEST_REASON = 240


@transaction.atomic
def rig_light(*, campaign: Initiative, actor: Member, rig: Rig) -> LightRig:
    """Say which lamps there are, how they fade and what they show when the house is silent. Raises LampsOverlap."""
    campaign = lock(campaign)
    allow(policy.rig_light, actor, campaign)
    taken: set[int] = set()
    for lamp in rig.lamps:
        channels = range(lamp.channel, lamp.channel + 3)
        shared = sorted(taken.intersection(channels))
        if shared:
            raise domain.LampsOverlap(channel=shared[0])
        taken.update(channels)
    kept, _new = LightRig.objects.update_or_create(campaign=campaign, defaults={"told": rig.told()})
    record(LampsSet(len(rig.lamps)), actor=actor, object=campaign, initiative=campaign)
    return kept


@transaction.atomic
def override_light(
    *,
    campaign: Initiative,
    actor: Member,
    colours: Sequence[str],
    intensity: float,
    reason: str,
    until: datetime | None = None,
) -> LightOrder:
    """Choose the light by hand, in public, until a moment or until it is released. Raises ReasonMissing."""
    chosen = [colour.write(colour.parse(each)) for each in colours]
    order = _order(campaign, actor, Kind.OVERRIDE, reason, colours=chosen, intensity=intensity, until=until)
    told = LightOverridden(", ".join(chosen), order.reason)
    record(told, actor=actor, object=order.campaign, initiative=order.campaign)
    return order


@transaction.atomic
def kill_light(*, campaign: Initiative, actor: Member, reason: str) -> LightOrder:
    """The switch: dark with the next frame, whatever the count says, until it is released. Raises ReasonMissing."""
    order = _order(campaign, actor, Kind.KILL, reason)
    record(LightKilled(order.reason), actor=actor, object=order.campaign, initiative=order.campaign)
    return order


@transaction.atomic
def release_light(*, campaign: Initiative, actor: Member, reason: str) -> LightOrder:
    """Give the light back to the count. Raises ReasonMissing."""
    order = _order(campaign, actor, Kind.RELEASE, reason)
    record(LightReleased(order.reason), actor=actor, object=order.campaign, initiative=order.campaign)
    return order


def _order(campaign: Initiative, actor: Member, kind: str, reason: str, **fields: object) -> LightOrder:
    campaign = lock(campaign)
    allow(policy.order_light, actor, campaign)
    if not reason.strip():
        raise domain.ReasonOfLightMissing
    return LightOrder.objects.create(
        campaign=campaign, kind=kind, reason=reason.strip()[:LONGEST_REASON], given_by=actor, given_at=clock.now(),
        **fields,
    )  # fmt: skip


def reveal_due() -> int:
    """Tell the stream, and who listens to it from outside, of each reveal whose moment has come; how many there were.

    The light itself needs no telling: it reads the moment.
    """
    due = Round.objects.filter(reveal_at__lte=clock.now(), revealed_at=None, sealed_at__isnull=False)
    return sum(_reveal(phase) for phase in due.values_list("phase", flat=True))


@transaction.atomic
def _reveal(phase: int) -> bool:
    held = Round.objects.select_for_update(of=("self",)).select_related("phase__initiative__community").get(pk=phase)
    if held.revealed_at is not None:
        return False
    held.revealed_at = clock.now()
    held.save(update_fields=["revealed_at"])
    campaign, camps = held.phase.initiative, queries.camps_by_slug(held.phase.initiative)
    leaders = [camps[slug] for slug in held.count["leaders"]]
    if leaders:
        names, colours = ", ".join(camp.name for camp in leaders), ", ".join(camp.colour for camp in leaders)
        revealed = LightRevealed(queries.title_of(held.phase), names, colours)
        record(revealed, actor=None, object=campaign, initiative=campaign)
    return True
