"""The ladder: a rung is reached once, and what it pays leaves the contest's escrow in the same transaction."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext, override

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.policy import allow
from essaim.kit.kept import Kept
from essaim.ledger.entries import award
from essaim.ledger.post import post
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.ideas import locked_idea
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.errors import (
    NotVotable,
    RungBelowMissing,
    RungFull,
    RungNotReached,
    RungUnderAlarm,
)
from essaim.mechanisms.contest.domain.rules import Condition, Rules, Rung
from essaim.mechanisms.contest.domain.surges import bursts
from essaim.mechanisms.contest.doubts import favour_within_window
from essaim.mechanisms.contest.models import Idea, JuryScore, RungReached, SurgeAlarm
from essaim.mechanisms.contest.payloads import RungClimbed, SurgeSeen
from essaim.people.models import Member
from essaim.people.queries import house
from essaim.products.actions import Brought, Holding, today
from essaim.products.actions import launch_product as launch
from essaim.products.models import Product


@transaction.atomic
def decide_potential(*, idea: Idea, actor: Member, rung: str = "") -> RungReached:
    """The jury says the idea has potential: enough jurors scored it, and their mean passes the threshold.

    Pays the rung's award to the authors. Raises RungNotReached, AlreadyReached, RungFull, RungBelowMissing.
    """
    contest = lock(idea.contest)
    allow(policy.decide_potential, actor, contest)
    rules, idea = queries.rules_of(contest), in_the_running(idea)
    step = rung_of(rules, Condition.JURY, rung)
    ladder.climb(step, queries.standing_on(contest, idea, step), rules)
    ladder.enough_scores(step, list(JuryScore.objects.filter(idea=idea).values_list("score", flat=True)))
    return reach(contest, idea, step, rules, decided_by=actor)


def in_the_running(idea: Idea) -> Idea:
    idea = locked_idea(idea)
    if not idea.is_votable:
        raise NotVotable
    return idea


def rung_of(rules: Rules, condition: Condition, slug: str) -> Rung:
    """The named rung, or the first that is reached this way. Raises NoSuchRung."""
    if slug:
        return rules.rung(slug)
    return next((rung for rung in rules.rungs if rung.condition is condition), None) or rules.rung("")


REACHED = Kept(lambda idea: RungReached.objects.filter(idea=idea))


def climb_by_votes(contest: Initiative, idea: Idea, rules: Rules) -> RungReached | None:
    """Step on the next rung if votes alone decide it and they suffice; the caller holds the contest and the idea.

    None when they do not, when the window has passed, when the budget's places are taken, or while an alarm is open.
    """
    if not any(map(ladder.automatic, rules.rungs)):
        return None  # nothing to read: persons decide every rung here
    step = ladder.next_rung(rules, {row.rung for row in REACHED.rows(idea.pk)})
    if step is None or not ladder.automatic(step):
        return None
    try:
        favour = favour_within_window(idea, step)
        ladder.enough_votes(step, favour)
        _one_at_a_time(contest)
        ladder.climb(step, queries.standing_on(contest, idea, step), rules)
        _refuse_alarm(idea, rules)
    except (RungNotReached, RungFull, RungBelowMissing, RungUnderAlarm):
        return None
    return reach(contest, idea, step, rules, votes=favour.agree)


def _one_at_a_time(contest: Initiative) -> None:
    """Voters of different ideas pass beside each other; the places of the budget are theirs together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rungs of {contest.pk}"])


def _refuse_alarm(idea: Idea, rules: Rules) -> None:
    raise_alarms(idea, rules)
    if SurgeAlarm.objects.filter(idea=idea, settled_at=None).exists():
        raise RungUnderAlarm


def raise_alarms(idea: Idea, rules: Rules) -> list[SurgeAlarm]:
    """Write an alarm for each hour that calls for one and has none yet."""
    raised = []
    for burst in bursts(queries.arrivals(idea), rules.surge):
        figures = {"arrivals": burst.arrivals, "usual": burst.usual, "deviations": burst.deviations}
        alarm, is_new = SurgeAlarm.objects.get_or_create(idea=idea, hour=burst.hour, defaults=figures)
        if is_new:
            seen = SurgeSeen(burst.arrivals)
            record(seen, actor=None, object=idea, initiative=idea.contest)
            raised.append(alarm)
    return raised


def reach(
    contest: Initiative,
    idea: Idea,
    step: Rung,
    rules: Rules,
    *,
    decided_by: Member | None = None,
    votes: int = 0,
    product: Product | None = None,
) -> RungReached:
    """Write that the idea stands on the rung and pay what it is worth; the caller has locked and checked.

    The row's uniqueness and the entry's key are the same fact twice: neither a second tab nor a replay pays again.
    """
    parts = ladder.awards(step, queries.shares_of(idea))
    attempt = 1 + RungReached.ever.filter(idea=idea, rung=step.slug).count()
    key = f"contest:{contest.pk}:idea:{idea.pk}:{step.slug}" + (f":{attempt}" if attempt > 1 else "")
    unit = getattr(step.reward, "unit", "") if parts else ""
    row = RungReached.objects.create(
        idea=idea,
        rung=step.slug,
        decided_by=decided_by,
        votes=votes,
        amount=sum(parts.values()),
        unit=unit,
        entry_key=key if parts else "",
        attempt=attempt,
        product_id=product.pk if product is not None else None,
    )
    told = RungClimbed(step.slug, step.name, row.amount, unit)
    activity = record(told, actor=decided_by, object=idea, initiative=contest, target=idea.author)
    if parts:
        with override(house().languages[0]):  # the books are kept in one language
            # Nothing is taken out of the books: a title, which may be hidden one day, does not go in.
            numbered = gettext("idea no. %(number)d") % {"number": idea.number}
            memo = f"{contest.title} – {gettext(step.name)} – {numbered}"[:200]
        evidence = idea.get_absolute_url()
        post(award(contest.pk, parts.items(), key=key, memo=memo, unit=unit, evidence=evidence), activity)
    climb_by_votes(contest, idea, rules)
    return row


@transaction.atomic
def launch_product(
    *, idea: Idea, actor: Member, name: str = "", summary: str = "", story: str = "", rung: str = ""
) -> RungReached:
    """The idea becomes a product: its authors hold the rung's share of net sales among them, for its term."""
    contest = lock(idea.contest)
    allow(policy.launch_product, actor, contest)
    rules, idea = queries.rules_of(contest), in_the_running(idea)
    step = rung_of(rules, Condition.LAUNCH, rung)
    ladder.climb(step, queries.standing_on(contest, idea, step), rules)
    holdings, origin = _holdings(idea, step), Contribution.objects.get(pk=idea.pk)
    product = launch(
        actor=actor,
        name=(name or idea.title)[:120],
        summary=summary[:240],
        story=story or idea.body,
        community=contest.community,
        origin=origin,
        royalty_rate=sum(holding.basis_points for holding in holdings),
        holdings=holdings,
        brought=[Brought(row.member, "idea", origin) for row in idea.authorships.select_related("member")],
    )
    return reach(contest, idea, step, rules, decided_by=actor, product=product)


def _holdings(idea: Idea, step: Rung) -> list[Holding]:
    parts = ladder.royalties(step, queries.shares_of(idea))
    starts = today()
    ends = ladder.months_later(starts, ladder.term_of(step))
    members = Member.objects.in_bulk(parts)
    return [Holding(members[author], points, starts, ends) for author, points in parts.items()]
