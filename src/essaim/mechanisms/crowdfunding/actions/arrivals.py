"""Campaigns that ran elsewhere: kept with their figures, in bulk. No pledge and no money comes with them.

One that is over comes as an archive; one that still runs there comes as a draft the team may complete and open here.
A second arrival of the same adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.text import excerpt, slugify
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules, freeze
from essaim.mechanisms.crowdfunding.domain.sheets import Told, ToldTier
from essaim.mechanisms.crowdfunding.models import BudgetLine, Campaign, Tier
from essaim.mechanisms.crowdfunding.payloads import CampaignsImported
from essaim.people.models import Member

OnProgress = Callable[[int, int | None], None]
AT_ONCE = 500
USUAL = timedelta(days=30)
"""How long a campaign ran when its table does not say when it began."""


@dataclass(frozen=True)
class Arrived:
    """How many campaigns were written, how many of them as drafts, how many were here already."""

    campaigns: int
    drafts: int
    tiers: int
    known: int


def silent(done: int, total: int | None) -> None:
    """Nobody watches."""


@transaction.atomic
def import_campaigns(
    *,
    told: Sequence[Told],
    community: Community,
    actor: Member,
    operator: bool = False,
    on_progress: OnProgress = silent,
) -> Arrived:
    """Write the campaigns that are not here yet. `operator`: the person holds the server itself."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if not operator:
        allow(policy.configure, actor, Initiative(community=community))
    marks = {mark_of(one): one for one in told}
    known = set(Campaign.objects.filter(source_id__in=marks).values_list("source_id", flat=True))
    fresh = [(mark, one) for mark, one in marks.items() if mark not in known]
    names, tiers = _Names(), 0
    for start in range(0, len(fresh), AT_ONCE):
        tiers += _write(fresh[start : start + AT_ONCE], community, actor, names)
        on_progress(min(start + AT_ONCE, len(fresh)), len(fresh))
    if fresh:
        record(CampaignsImported(len(fresh)), actor=actor, community=community)
    drafts = sum(1 for _mark, one in fresh if _runs(one))
    return Arrived(len(fresh), drafts, tiers, len(known))


def mark_of(told: Told) -> str:
    """What tells it again: its own name at its source, shortened to a fingerprint when it is long."""
    return told.source if len(told.source) <= 80 else hashlib.sha256(told.source.encode()).hexdigest()


def _runs(told: Told) -> bool:
    return told.outcome in ("", "live") and told.ends is not None and told.ends > clock.now()


class _Names:
    """Addresses not taken yet."""

    def __init__(self) -> None:
        self.taken = set(Initiative.objects.values_list("slug", flat=True))

    def fresh(self, title: str) -> str:
        base, slug, n = slugify(title, limit=70), slugify(title, limit=70), 1
        while slug in self.taken:
            n += 1
            slug = f"{base}-{n}"
        self.taken.add(slug)
        return slug


def _write(rows: Sequence[tuple[str, Told]], community: Community, actor: Member, names: _Names) -> int:
    made = Initiative.objects.bulk_create([_initiative(one, community, actor, names) for _mark, one in rows])
    pairs = [(row, mark, one) for row, (mark, one) in zip(made, rows, strict=True)]
    Phase.objects.bulk_create([_phase(row, one) for row, _mark, one in pairs])
    Campaign.objects.bulk_create([_campaign(row, mark, one) for row, mark, one in pairs])
    BudgetLine.objects.bulk_create(
        BudgetLine(campaign=row, label=gettext("The project"), amount=_goal(one)) for row, _mark, one in pairs
    )
    tiers = [
        _tier(row, tier, n, one) for row, _mark, one in pairs for n, tier in enumerate(one.tiers)
    ]  # fmt: skip
    Tier.objects.bulk_create(tiers)
    return len(tiers)


def _span(told: Told) -> tuple[datetime, datetime]:
    ends = told.ends or (told.starts + USUAL if told.starts else clock.now())
    return told.starts or ends - USUAL, ends


def _goal(told: Told) -> int:
    """The goal; where nobody knows it, what was raised, or one unit."""
    return told.goal or max(told.pledged, 100)


def _initiative(told: Told, community: Community, actor: Member, names: _Names) -> Initiative:
    starts, ends = _span(told)
    over = not _runs(told)
    funding = Funding.ALL_OR_NOTHING if not over or told.reached or told.goal > told.pledged else Funding.KEEP_ALL
    return Initiative(
        slug=names.fresh(told.title),
        community=community,
        mechanism=queries.SLUG,
        title=excerpt(told.title, 120),
        summary=excerpt(told.summary, 240),
        brief=_story(told),
        rules=freeze(Rules(goal=_goal(told), unit=told.unit, funding=funding, largest=max(1_000_000, _goal(told)))),
        created_by=actor,
        created_at=starts,
        opened_at=starts if over else None,
        frozen_at=starts if over else None,
        closed_at=ends if over else None,
    )


def _story(told: Told) -> str:
    words = {"by": told.by, "place": ", ".join(part for part in (told.place, told.country) if part), "url": told.url}
    lines = [told.summary, gettext("It ran elsewhere; no pledge and no money came with it.")]
    lines += [gettext("By %(by)s.") % words] if told.by else []
    lines += [gettext("Place: %(place)s.") % words] if words["place"] else []
    lines += [gettext("Its address there: %(url)s") % words] if told.url else []
    lines += [gettext("Its goal is reckoned from the percentage shown there.")] if told.goal_estimated else []
    return "\n\n".join(line for line in lines if line)


def _phase(row: Initiative, told: Told) -> Phase:
    starts, ends = _span(told)
    noted = {} if row.opened_at is None else {"begun_at": starts, "ended_at": ends}
    return Phase(initiative=row, kind=queries.ROUND, position=0, starts_at=starts, ends_at=ends, **noted)


def _campaign(row: Initiative, mark: str, told: Told) -> Campaign:
    found = Campaign(initiative=row, source_id=mark, raised=told.pledged, backers=told.backers)
    if row.closed_at is not None:
        found.outcome = Campaign.Outcome.SUCCEEDED if told.reached else Campaign.Outcome.FAILED
        found.closed_at = found.worked_off_at = row.closed_at
    return found


def _tier(row: Initiative, tier: ToldTier, position: int, told: Told) -> Tier:
    taken = gettext("Taken %(n)s times where it ran.") % {"n": tier.taken} if tier.taken else ""
    stock = None if tier.stock is None else max(tier.stock, tier.taken or 0)
    title = tier.title or gettext("Reward %(n)s") % {"n": position + 1}
    return Tier(
        campaign=row,
        position=position,
        title=excerpt(title, 120),
        description=taken,
        amount=tier.amount,
        stock=stock,
        withdrawn_at=row.closed_at,
    )
