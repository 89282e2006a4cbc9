"""Pledges not paid in time lose their place; before that, one reminder."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from essaim.activity.models import Activity
from essaim.activity.record import prepared, record_all
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.crowdfunding.actions.money import release
from essaim.mechanisms.crowdfunding.letters import write_reminder
from essaim.mechanisms.crowdfunding.models import Letter, Pledge
from essaim.mechanisms.crowdfunding.payloads import PledgeLapsed

State = Pledge.State
EXPIRING = (State.UNPAID, State.FAILED)
BATCH = 200


def expire_pledges() -> int:
    """Let go every pledge whose time to pay is over, campaign by campaign; how many."""
    due = Pledge.objects.filter(state__in=EXPIRING, expires_at__lte=clock.now())
    campaigns = Initiative.objects.filter(pk__in=due.values("campaign"))
    return sum(_expire(campaign) for campaign in campaigns.order_by("pk"))


def _expire(campaign: Initiative) -> int:
    done = 0
    while batch := _expire_batch(campaign):
        done += batch
    return done


@transaction.atomic
def _expire_batch(campaign: Initiative) -> int:
    campaign = lock(campaign)
    due = Pledge.objects.filter(campaign=campaign, state__in=EXPIRING, expires_at__lte=clock.now())
    pledges = list(due.select_related("backer").order_by("pk")[:BATCH])
    for pledge in pledges:
        pledge.campaign = campaign
    release(pledges, State.LAPSED)
    record_all([_lapsed(pledge) for pledge in pledges])
    return len(pledges)


def _lapsed(pledge: Pledge) -> Activity:
    told = PledgeLapsed(pledge.number)
    return prepared(told, actor=None, object=pledge, initiative=pledge.campaign, target=pledge.backer)


def remind() -> int:
    """Write one reminder to each who has used half the time he has to pay; how many."""
    now, written = clock.now(), 0
    waiting = Pledge.objects.filter(state=State.UNPAID, expires_at__gt=now).annotate(
        reminded=Exists(Letter.objects.filter(pledge=OuterRef("pk"), kind="reminder"))
    )
    for pledge in waiting.filter(reminded=False).select_related("backer", "campaign").iterator(chunk_size=500):
        if pledge.expires_at is not None and now - pledge.made_at >= pledge.expires_at - now:
            write_reminder(pledge)
            written += 1
    return written
