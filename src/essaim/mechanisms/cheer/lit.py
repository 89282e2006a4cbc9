"""What the light shows now, put together from the orders, the rounds and the count."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.cheer import light, queries
from essaim.mechanisms.cheer.light import Lamp, Order, Rig, Shown, State
from essaim.mechanisms.cheer.models import LightOrder
from essaim.mechanisms.cheer.sheets import Lap, Sheet

SALT = "essaim.cheer.light"
HOT_MINUTES = 10


def light_of(sheet: Sheet) -> State:
    """The state of a campaign's light."""
    begun = [lap for lap in sheet.laps if lap.state != "ahead"] if sheet.campaign.opened_at else []
    lap = begun[-1] if begun else None
    shares = tuple((lane.camp.slug, lane.camp.colour, lane.per_cent / 100) for lane in sheet.lanes) if lap else ()
    return light.state(
        clock.now(),
        order=_order(queries.orders(sheet.campaign).first()),
        shown=_shown(sheet, lap) if lap else None,
        resting=rig_of(sheet.campaign).safe,
        camps=shares,
    )


def _order(row: LightOrder | None) -> Order | None:
    if row is None:
        return None
    return Order(row.kind, row.given_at, tuple(row.colours), row.intensity, row.until)


def _shown(sheet: Sheet, lap: Lap) -> Shown:
    leaders = tuple(lane.camp.colour for lane in sheet.lanes_of(lap) if lane.leads)
    live = bool(sheet.rules["light_live"]) and not lap.is_counted
    return Shown(lap.phase.starts_at, lap.row.reveal_at, leaders, live, _heat(lap) if live else 1.0)


def _heat(lap: Lap) -> float:
    """How hot the last whole minute was, beside the busiest of the last ten."""
    last = clock.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
    counts = queries.minutes(lap.phase).values()
    lately = [last - timedelta(minutes=back) for back in reversed(range(HOT_MINUTES))]
    return light.heat([sum(line.get(minute, 0) for line in counts) for minute in lately])


def rig_of(campaign: Initiative) -> Rig:
    """The campaign's lamps; until they are set, one that shows the leader on the first three channels."""
    row = queries.rig_row(campaign)
    return Rig.of(row.told) if row else Rig((Lamp(1, light.LEADER),))


def key_of(campaign: Initiative) -> str:
    """What opens the state to lamps of a campaign not everyone may see."""
    return signing.dumps(campaign.pk, salt=SALT)


def address_for_lamps(campaign: Initiative) -> str:
    return f"{settings.BASE_URL}{reverse('cheer:light-state', args=[campaign.slug])}?key={key_of(campaign)}"
