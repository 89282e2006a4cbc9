"""Reads of a campaign shared by its acts, pages and exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.queries import open_phase, run_by, visible_to
from essaim.kit import clock
from essaim.kit.markdown import Shown
from essaim.ledger.models import Posting
from essaim.ledger.queries import NATURAL, escrow_balance
from essaim.mechanisms.crowdfunding.counts import COUNTING as COUNTING
from essaim.mechanisms.crowdfunding.counts import Gauge as Gauge
from essaim.mechanisms.crowdfunding.counts import backers_by_day as backers_by_day
from essaim.mechanisms.crowdfunding.counts import counted_again as counted_again
from essaim.mechanisms.crowdfunding.counts import countries as countries
from essaim.mechanisms.crowdfunding.counts import gauge as gauge
from essaim.mechanisms.crowdfunding.counts import places as places
from essaim.mechanisms.crowdfunding.counts import wall_size as wall_size
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.outcomes import Money
from essaim.mechanisms.crowdfunding.domain.rules import Rules, thaw
from essaim.mechanisms.crowdfunding.domain.vat import Taxed, by_rate
from essaim.mechanisms.crowdfunding.models import (
    Campaign,
    Pledge,
    PledgeLine,
    Question,
    StoryPicture,
    StretchGoal,
    Tally,
    Tier,
    Update,
)
from essaim.people.models import Member

SLUG = "crowdfunding"
WAITING = sorted(life.WAITING)


def campaigns() -> QuerySet[Initiative]:
    return Initiative.objects.filter(mechanism=SLUG)


def rules_of(campaign: Initiative) -> Rules:
    return thaw(campaign.rules)


def campaign_of(initiative: Initiative) -> Campaign:
    """What the campaign keeps beside its rules; made on first use."""
    return Campaign.objects.get_or_create(initiative=initiative)[0]


ROUND = "round"
AFTER = "after"


def in_round(campaign: Initiative) -> bool:
    """A round of the campaign runs now."""
    phase = open_phase(campaign)
    return phase is not None and phase.kind == ROUND


def has_passed(row: Campaign) -> bool:
    """The money is the project's: funded, or past the minimum of two goals."""
    return row.outcome == Campaign.Outcome.SUCCEEDED or row.passed_at is not None


def keeps_place(at: datetime) -> Q:
    """Pledges that hold their places at the moment: counting ones, and those that may still be paid."""
    return Q(state__in=COUNTING) | may_be_paid(at)


def may_be_paid(at: datetime) -> Q:
    return Q(state__in=WAITING) & (Q(expires_at=None) | Q(expires_at__gt=at) | Q(state=Pledge.State.PENDING))


def taken(tiers: Iterable[int], *, at: datetime | None = None, but: Pledge | None = None) -> dict[int, int]:
    """How many of each tier hold a place, unpaid ones included; `but` leaves one pledge out, and the one it replaces.

    A pledge and the unpaid one that would replace it both count: the larger of the two stays available to either.
    """
    keys = list(tiers)
    gone = Counter({int(row.name): row.n for row in Tally.objects.filter(facet=Tally.Facet.TIER, name__in=keys)})
    lines = PledgeLine.objects.filter(tier__in=keys, holds=True)
    here = Pledge.objects.filter(campaign__in=Tier.objects.filter(pk__in=keys).values("campaign"))
    own = [] if but is None else [but.pk, but.replaces_id or but.pk]
    waiting = list(here.filter(may_be_paid(at or clock.now())).exclude(pk__in=own).values_list("pk", flat=True))
    if own:
        gone.subtract(_places(lines.filter(pledge__in=own, pledge__state__in=COUNTING)))
    if waiting:
        gone.update(_places(lines.filter(pledge__in=waiting)))
    return {tier: n for tier, n in gone.items() if n}


def _places(lines: QuerySet[PledgeLine]) -> dict[int, int]:
    return dict(lines.order_by().values_list("tier").annotate(n=Sum("quantity")))


def held_by(tiers: Iterable[int], *, backer: Member | None, email: str, but: Pledge | None = None) -> dict[int, int]:
    """How many of each tier this person holds, by account or by address."""
    own = Q(pledge__backer=backer) if backer is not None else Q(pledge__backer=None, pledge__email__iexact=email)
    keeping = Pledge.objects.filter(keeps_place(clock.now()))
    lines = PledgeLine.objects.filter(own, tier__in=list(tiers), pledge__in=keeping)
    if but is not None:
        lines = lines.exclude(pledge=but)
    return dict(lines.order_by().values_list("tier").annotate(n=Sum("quantity")))


def tiers(campaign: Initiative) -> QuerySet[Tier]:
    return Tier.objects.filter(campaign=campaign)


def offers(campaign: Initiative) -> list[Tier]:
    """The tiers shown, each with `left` (None: no limit), `sold` and `early` (its price ends at a moment)."""
    shown = list(tiers(campaign).filter(withdrawn_at=None))
    now = clock.now()
    gone = taken([tier.pk for tier in shown], at=now)
    for tier in shown:
        tier.sold = gone.get(tier.pk, 0)  # type: ignore[attr-defined]
        tier.left = None if tier.stock is None else max(tier.stock - gone.get(tier.pk, 0), 0)  # type: ignore[attr-defined]
        tier.over = tier.early_until is not None and now >= tier.early_until  # type: ignore[attr-defined]
    return shown


def next_number(campaign: Initiative) -> int:
    """Under the campaign's lock."""
    return int(Pledge.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0) + 1


def wall(campaign: Initiative) -> QuerySet[Pledge]:
    """Backers who want to be seen, the latest first; never an anonymous one."""
    shown = Pledge.objects.filter(campaign=campaign, state__in=COUNTING, on_wall=True, anonymous=False)
    return shown.select_related("backer").order_by("-confirmed_at", "-pk")


def pictures(campaign: Initiative) -> tuple[Shown, ...]:
    """The pictures the campaign's texts may show."""
    rows = StoryPicture.objects.filter(campaign=campaign)
    return tuple(Shown(row.key, row.file.url, row.alt, row.width, row.height) for row in rows)


def texts_showing(campaign: Initiative, picture: StoryPicture) -> bool:
    """Whether one of the campaign's texts names the picture."""
    texts = [campaign.brief, *Campaign.objects.filter(initiative=campaign).values_list("risks", flat=True)]
    texts += Update.objects.filter(initiative=campaign).values_list("body", flat=True)
    texts += tiers(campaign).values_list("description", flat=True)
    return any(f"picture:{picture.key}" in text for text in texts)


def may_see_picture(name: str, reader: Any) -> bool:
    """Whether the file of a picture in a campaign's texts is for this reader: with the campaign."""
    picture = StoryPicture.objects.filter(key=name.partition("/")[2].removesuffix(".webp")).first()
    seen = visible_to(reader) | run_by(reader)
    return picture is not None and seen.filter(pk=picture.campaign_id).exists()


def updates(campaign: Initiative, member: Any = None) -> QuerySet[Update]:
    """News the reader may see; those for backers only to backers and to who runs the campaign."""
    from essaim.initiatives.policy import run_initiative

    shown = Update.objects.filter(initiative=campaign, state=Update.State.PUBLISHED).select_related("author")
    inside = isinstance(member, Member) and (run_initiative.test(member, campaign) or backs(member, campaign))
    return shown if inside else shown.filter(backers_only=False)


def news_of(pledge: Pledge) -> QuerySet[Update]:
    """News its backer may read, a guest too, by the secret of his page: all of it while his pledge counts."""
    shown = Update.objects.filter(initiative=pledge.campaign_id, state=Update.State.PUBLISHED).select_related(
        "author"
    )
    return shown if pledge.state in COUNTING else shown.filter(backers_only=False)


def told_and_asked(campaign: Initiative) -> tuple[int, int]:
    """How many news and how many questions the campaign has."""
    rows = Contribution.objects.filter(initiative=campaign, state=Contribution.State.PUBLISHED).order_by()
    counted = rows.aggregate(news=Count("update"), asked=Count("question"))
    return counted["news"], counted["asked"]


def backs(member: Member, campaign: Initiative) -> bool:
    return Pledge.objects.filter(campaign=campaign, backer=member, state__in=COUNTING).exists()


def questions(campaign: Initiative) -> QuerySet[Question]:
    shown = Question.objects.filter(initiative=campaign, state=Question.State.PUBLISHED)
    return shown.select_related("author", "answered_by")


def stretch_goals(campaign: Initiative) -> QuerySet[StretchGoal]:
    return StretchGoal.objects.filter(campaign=campaign)


def pledges(campaign: Initiative) -> QuerySet[Pledge]:
    return Pledge.objects.filter(campaign=campaign).select_related("backer", "tier", "delivery").order_by("-number")


def pledges_of(member: Member) -> QuerySet[Pledge]:
    mine = Pledge.objects.filter(backer=member).select_related(
        "campaign__community", "tier", "delivery", "withdrawal"
    )
    return mine.order_by("-made_at", "-pk")


def pledge_by_token(token: str) -> Pledge:
    """A guest's pledge by the secret in his mail. Raises Pledge.DoesNotExist."""
    return Pledge.objects.select_related("campaign__community", "tier", "backer").get(token=token)


def unsettled(campaign: Initiative) -> QuerySet[Pledge]:
    """Pledges the closing has still something to do with."""
    row = campaign_of(campaign)
    holding = Q(state=Pledge.State.HELD, capture_asked_at=None)
    if row.outcome == Campaign.Outcome.FAILED:
        holding |= Q(state=Pledge.State.PAID, settled_at=None)
    elif not has_passed(row):
        return Pledge.objects.none()
    return Pledge.objects.filter(holding, campaign=campaign).order_by("pk")


def to_work_off() -> QuerySet[Initiative]:
    """Campaigns whose outcome is not wholly worked off."""
    rows = Campaign.objects.filter(Q(passed_at__isnull=False) | ~Q(outcome=""), worked_off_at=None)
    return campaigns().filter(pk__in=rows.values("initiative")).order_by("pk")


def refunds_by_hand() -> QuerySet[Any]:
    """Money the team still has to send back itself."""
    from essaim.mechanisms.crowdfunding.models import Refund

    return Refund.objects.filter(payment=None, done_at=None).select_related("pledge__campaign").order_by("asked_at")


def money(campaign: Initiative) -> Money:
    """Where the money is: what pledges say beside what the books say; they agree, or `balanced` is False."""
    unit = rules_of(campaign).unit
    names = ("captured", "refunded", "lost", "credited", "given")
    rows = Pledge.objects.filter(campaign=campaign).aggregate(**{name: Coalesce(Sum(name), 0) for name in names})
    escrow, books = escrow_balance(campaign.pk, unit), _booked(campaign)
    return Money(
        **rows,
        matched=books.get("matched", 0),
        borne=books.get("borne", 0),
        fees=books.get("fees", 0),
        vat=books.get("vat", 0),
        paid_out=books.get("paid_out", 0),
        escrow=escrow,
    )


def _booked(campaign: Initiative) -> Mapping[str, int]:
    """What the books say of this campaign's own entries and of what bank reversals cost the house."""
    own = Posting.objects.filter(entry__key__startswith=f"crowdfunding:{campaign.pk}:").exclude(
        account__role="escrow"
    )
    kinds = own.order_by().values_list("entry__kind", "account__name").annotate(sum=Sum(NATURAL))
    found = {"matched": 0, "fees": 0, "vat": 0, "paid_out": 0}
    for kind, name, total in kinds:
        if kind == "crowdfunding.match":
            found["matched"] -= total
        elif kind in ("crowdfunding.settle", "crowdfunding.recall"):
            found[name if name in ("fees", "vat") else "paid_out"] += total
    found["borne"] = borne(campaign)
    return found


LOSSES = """
SELECT coalesce(sum(p.amount), 0) FROM ledger_account a
JOIN ledger_posting p ON p.account_id = a.id JOIN ledger_journalentry e ON e.id = p.entry_id
JOIN ledger_payment y ON e.evidence = y.provider || ' ' || y.reference
JOIN crowdfunding_charge c ON c.payment_id = y.id JOIN crowdfunding_pledge g ON g.id = c.pledge_id
WHERE a.role = 'house' AND a.name = 'losses' AND g.campaign_id = %s
"""


def borne(campaign: Initiative) -> int:
    """What reversals by banks cost the house beyond the jar, net of what was won back."""
    with connection.cursor() as cursor:
        cursor.execute(LOSSES, [campaign.pk])
        return int(cursor.fetchone()[0])


def promised_back(campaign: Initiative) -> int:
    """Money in the jar that is on its way back to backers."""
    from essaim.mechanisms.crowdfunding.models import Refund

    waiting = Refund.objects.filter(pledge__campaign=campaign, done_at=None)
    total: int = waiting.aggregate(total=Coalesce(Sum("amount"), 0))["total"]
    return total


VAT_DUE = """
SELECT coalesce(sum(round(gross * rate / (10000 + rate))), 0) FROM (
  SELECT coalesce(t.vat, %(rate)s)::numeric AS rate,
         round(greatest(g.captured - g.refunded - g.lost - g.credited - g.given, 0)::numeric * sum(l.amount)
               * (g.rewards + g.shipping) / (g.rewards::numeric * g.amount)) AS gross
  FROM crowdfunding_pledge g JOIN crowdfunding_pledgeline l ON l.pledge_id = g.id
  JOIN crowdfunding_tier t ON t.id = l.tier_id
  WHERE g.campaign_id = %(campaign)s AND g.captured > 0 AND g.rewards > 0 AND NOT g.waived GROUP BY g.id, 1
) AS taxed
"""
"""`domain.vat.by_rate` of each pledge, added up: the receipts and the books tell the same VAT."""


def vat_due(campaign: Initiative) -> int:
    """The VAT in what was received for rewards and not paid back; none in gifts."""
    rules = rules_of(campaign)
    if not rules.is_sale:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(VAT_DUE, {"campaign": campaign.pk, "rate": rules.vat})
        return int(cursor.fetchone()[0])


def vat_of(pledge: Pledge) -> list[Taxed]:
    """The VAT in what the campaign has of a pledge, rate by rate; empty for gifts and waived rewards."""
    rules = rules_of(pledge.campaign)
    if not rules.is_sale or pledge.waived or not pledge.left:
        return []
    goods: Counter[int] = Counter()
    for line in pledge.lines.all():
        goods[rules.vat if line.tier.vat is None else line.tier.vat] += line.amount
    return by_rate(pledge.left, goods, shipping=pledge.shipping, gift=pledge.gift)


def engraving_list(campaign: Initiative) -> list[tuple[Pledge, PledgeLine, str, str]]:
    """(pledge, line, option, text) of everything to be cut or written, in the order of the pledges' numbers."""
    lines = PledgeLine.objects.filter(
        pledge__campaign=campaign, pledge__state=Pledge.State.PAID, pledge__waived=False
    )
    found = []
    for line in lines.select_related("pledge", "tier").order_by("pledge__number", "pk"):
        for option in line.tier.as_offer().options:
            if option.kind != "choice" and line.options.get(option.slug):
                found.append((line.pledge, line, option.label, line.options[option.slug]))
    return found


def parcels(campaign: Initiative) -> QuerySet[Pledge]:
    """Paid pledges with something to send, with what is in them."""
    sent = PledgeLine.objects.filter(tier__ships=True).values("pledge")
    rows = Pledge.objects.filter(campaign=campaign, state=Pledge.State.PAID, waived=False, pk__in=sent)
    return rows.select_related("backer", "delivery").prefetch_related("lines__tier").order_by("number")


def choices_locked(pledge: Pledge, *, at: datetime | None = None) -> bool:
    lock_at = Campaign.objects.filter(initiative=pledge.campaign_id).values_list("lock_at", flat=True).first()
    return lock_at is not None and (at or clock.now()) >= lock_at
