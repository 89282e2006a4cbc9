"""A run from the ties to what is stored, and a plan; both in the worker or on the command line, never in a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from essaim.kit import clock
from essaim.listening.models import Voice
from essaim.people.models import Member
from essaim.people.queries import consenting
from essaim.projectors.influence import consenting as map_
from essaim.projectors.influence import domain, drawing, evidence
from essaim.projectors.influence.models import Circle, Consenting, Figures, Plan, Run, Seat, Seed
from essaim.standing.actions import conclude_all, concluded

if TYPE_CHECKING:
    from essaim.projectors.influence.engine import Before, Found, Network

RUNS_KEPT = 2
"""Runs whose figures about people are kept; of older ones only what they say of the whole."""
MOST_VOICES = 5_000
FIRST_SEED = 1
CANNOT = "influence.nobody"

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """Tell nobody."""


def carry_out(run: Run, *, on_step: Progress = silent) -> Run:
    """Calculate and store. A run that is carried out again, after its worker was killed, begins anew."""
    from essaim.projectors.influence import engine, evenness
    from essaim.projectors.influence.export import columns

    engine.prepare(cache_folder())
    watch = _Watch(run, on_step)
    _begin(run)
    try:
        watch("ties")
        drawing.read_mentions()
        ties = columns(_as_of(run), drawing.rules().half_life_days)
        run.figures = {"democracy": evenness.democracy(ties, rng_seed=_seed(run))}
        if len(ties):
            network = engine.network(ties)
            del ties
            run.nodes, run.arcs = network.graph.n, network.graph.m
            found = engine.calculate(network, before=_before(run), rng_seed=_seed(run), step=watch)
            watch("storing")
            _store(run, found)
        _end(run, watch)
    except Exception as error:
        run.state, run.error = Run.State.FAILED, f"{type(error).__name__}: {error}"[:2_000]
        run.save()
        raise
    return run


class _Watch:
    """Notes which step is under way, where the page can read it, and how long each took."""

    def __init__(self, run: Run, on_step: Progress) -> None:
        self.run, self.on_step, self.began, self.seconds = run, on_step, time.perf_counter(), {}
        self.step = ""

    seconds: dict[str, float]

    def __call__(self, step: str) -> None:
        self.close()
        self.step, self.began = step, time.perf_counter()
        self.run.step = step
        Run.objects.filter(pk=self.run.pk).update(step=step)
        self.on_step(step)

    def close(self) -> None:
        if self.step:
            self.seconds[self.step] = round(time.perf_counter() - self.began, 3)


def _begin(run: Run) -> None:
    from essaim.projectors.influence import engine

    run.state, run.as_of, run.error = Run.State.RUNNING, run.as_of or clock.now(), ""
    rules = drawing.rules()
    run.parameters = {
        "rng_seed": run.parameters.get("rng_seed", FIRST_SEED),
        "model": "independent cascade, chance = faded weight / max(all that the target hears, 1)",
        "sets": engine.SETS,
        "rules": rules.version,
        **domain.packed(rules),
    }
    run.versions = engine.versions()
    run.save()


def _end(run: Run, watch: _Watch) -> None:
    watch.close()
    run.durations = watch.seconds
    run.state, run.step, run.ended_at = Run.State.DONE, "", clock.now()
    run.save()
    _forget_older(run)


def _forget_older(run: Run) -> None:
    old = Run.objects.filter(state=Run.State.DONE, pk__lte=run.pk).values_list("pk", flat=True)[RUNS_KEPT:]
    Figures.objects.filter(run__in=list(old)).delete()
    Circle.objects.filter(run__in=list(old)).delete()


def _seed(run: Run) -> int:
    return int(run.parameters["rng_seed"])


def _as_of(run: Run) -> datetime:
    assert run.as_of is not None
    return run.as_of


def cache_folder() -> Any:
    return settings.ENVIRONMENT.home / "cache" / "numba"


def _before(run: Run) -> Before:
    from essaim.projectors.influence.engine import Before

    last = Run.objects.filter(state=Run.State.DONE, pk__lt=run.pk, circles__isnull=False).first()
    named = Run.objects.filter(state=Run.State.DONE, pk__lt=run.pk, figures__has_key="naming").first()
    next_name = named.figures["naming"]["next"] if named else 0
    circles: dict[int, list[int]] = {}
    if last is not None:
        for name, node in Seat.objects.filter(circle__run=last).values_list("circle__name", "node"):
            circles.setdefault(name, []).append(node)
    return Before(circles, next_name)


# --- storing


@transaction.atomic
def _store(run: Run, found: Found) -> None:
    """What was found, less those who said no while it was calculated."""
    drawing.one_at_a_time()
    Figures.objects.filter(run=run).delete()
    Circle.objects.filter(run=run).delete()
    here = _still_here(found.ids.tolist())
    run.figures |= {"naming": found.naming, "modularity": found.modularity}
    _store_circles(run, found, here)
    evidence.describe_circles(run.pk)
    _store_figures(run, found, here)


def _still_here(nodes: list[int]) -> set[int]:
    members = Consenting.objects.filter(member__is_active=True).values_list("member", flat=True)
    voices = Voice.objects.filter(pk__in=[-node for node in nodes if node < 0]).values_list("pk", flat=True)
    return {*members, *(-pk for pk in voices)}.intersection(nodes)


def _store_circles(run: Run, found: Found, here: set[int]) -> None:
    rings = {ring.name: ring for ring in found.circles}
    circles = Circle.objects.bulk_create(
        [
            Circle(
                run=run,
                name=ring.name,
                size=len(ring.nodes),
                members=sum(node > 0 for node in ring.nodes),
                cohesion=ring.cohesion,
                overlap=ring.overlap,
                x=ring.x,
                y=ring.y,
            )
            for ring in found.circles
        ]
    )
    seats = (
        Seat(circle=circle, node=node, ties=ties, rank=rank)
        for circle in circles
        for rank, (node, ties) in enumerate(zip(rings[circle.name].nodes, rings[circle.name].ties, strict=True), 1)
        if node in here
    )
    Seat.objects.bulk_create(seats, batch_size=5_000)


def _store_figures(run: Run, found: Found, here: set[int]) -> None:
    now, rules = _as_of(run), drawing.rules()
    favours, expertises, deeds = evidence.favours(), evidence.expertises(), evidence.deeds(now)
    places = {node: place for place, node in enumerate(found.ids.tolist()) if node in here}
    chosen = _told_of(places, found, favours)
    firsts = _first_seen(chosen)
    posts = evidence.newest_posts([-node for node in chosen if node < 0])
    rows = []
    for node in chosen:
        row = _figures(run, node, places[node], found)
        row.first_at = firsts.get(node)
        favour = favours.get(-node, evidence.Favour()) if node < 0 else _of_own_voices(node, favours)
        _describe(row, favour, expertises.get(node, []), found, places[node], now)
        row.posts = _behind(row, favour, expertises.get(node, []), posts.get(-node, []))
        if node > 0:
            _advocate(row, deeds.get(node, evidence.Deeds()), rules)
        rows.append(row)
    Figures.objects.bulk_create(rows, batch_size=5_000)
    _conclude(rows, now)


def _told_of(places: Mapping[int, int], found: Found, favours: Mapping[int, evidence.Favour]) -> list[int]:
    """All members, and the voices that were heard or took sides most."""
    members = [node for node in places if node > 0]
    voices = [node for node in places if node < 0]
    by_heard = sorted(voices, key=lambda node: (-int(found.heard[places[node]]), -node))[:MOST_VOICES]
    sides = {-voice: one.positive + one.negative for voice, one in favours.items() if -voice in places}
    taking = [node for node, many in sides.items() if many >= domain.FEW_POSTS]
    by_sides = sorted(taking, key=lambda node: (-sides[node], -node))[:MOST_VOICES]
    return members + sorted({*by_heard, *by_sides}, reverse=True)


def _first_seen(nodes: list[int]) -> dict[int, datetime]:
    members = Member.objects.filter(pk__in=[node for node in nodes if node > 0]).values_list("pk", "joined_at")
    voices = Voice.objects.filter(pk__in=[-node for node in nodes if node < 0]).values_list("pk", "first_at")
    return dict(members) | {-pk: at for pk, at in voices}


def _figures(run: Run, node: int, place: int, found: Found) -> Figures:
    """What is counted of everybody; what is concluded, of members only."""
    row = Figures(
        run=run,
        node=node,
        heard=int(found.heard[place]),
        carried=int(found.carried[place]),
        x=float(found.x[place]),
        y=float(found.y[place]),
    )
    if node > 0:
        row.reach, row.spread = float(found.reach[place]), float(found.spread[place])
        row.spread_low, row.spread_high = float(found.low[place]), float(found.high[place])
        row.bridging, row.participation = float(found.bridging[place]), float(found.participation[place])
    return row


def _of_own_voices(member: int, favours: Mapping[int, evidence.Favour]) -> evidence.Favour:
    total = evidence.Favour()
    for node in map_.nodes_of(Member(pk=member))[1:] if favours else ():
        one = favours.get(-node, evidence.Favour())
        total = evidence.Favour(
            total.positive + one.positive,
            total.negative + one.negative,
            total.n + one.n,
            (total.praise + one.praise)[: evidence.KEPT],
            (total.blame + one.blame)[: evidence.KEPT],
        )
    return total


def _describe(
    row: Figures,
    favour: evidence.Favour,
    known: list[evidence.Expertise],
    found: Found,
    place: int,
    now: datetime,
) -> None:
    best = known[0] if known else evidence.Expertise("", 0, 0)
    if favour.n:
        row.favour = {"positive": favour.positive, "negative": favour.negative, "n": favour.n}
    row.topics = [{"topic": one.topic, "answers": one.answers, "people": one.people} for one in known]
    seen = domain.Seen(
        positive=favour.positive,
        negative=favour.negative,
        n=favour.n,
        topic=best.topic,
        answers=best.answers,
        answerers=best.people,
        participation=float(found.participation[place]),
        ties=int(found.degrees[place]),
        days=(now - row.first_at).total_seconds() / domain.DAY if row.first_at else float("inf"),
        heard=row.heard,
    )
    row.roles = [{"role": str(role), **figures} for role, figures in domain.roles(seen)]


def _behind(row: Figures, favour: evidence.Favour, known: list[evidence.Expertise], newest: list[int]) -> list[int]:
    """The posts that make the roles, then the newest."""
    named = {role["role"] for role in row.roles}
    posts = [
        *(favour.blame if domain.Role.CRITIC in named else ()),
        *(favour.praise if domain.Role.ENTHUSIAST in named else ()),
        *(known[0].posts if domain.Role.EXPERT in named else ()),
        *newest,
    ]
    return list(dict.fromkeys(posts))[: evidence.KEPT]


def _advocate(row: Figures, deeds: evidence.Deeds, rules: domain.Rules) -> None:
    found = domain.advocacy(
        answers=deeds.answers,
        helpful=deeds.helpful,
        love=deeds.love,
        acts=deeds.acts,
        participation=row.participation,
        weights=rules.advocacy,
    )
    row.advocacy = found.value
    row.parts = [
        {"name": part.name, "weight": part.weight, "share": part.share, "points": part.points, "n": part.n,
         "seen": round(part.seen, 2)}
        for part in found.parts
    ]  # fmt: skip


def _conclude(rows: list[Figures], now: datetime) -> None:
    """The score stands with the member's others as well."""
    scores = [
        concluded(
            member=Member(pk=row.node),
            kind="advocacy",
            value=round(row.advocacy, 6),  # type: ignore[arg-type]
            basis={"parts": row.parts, "run": row.run_id},
            at=now,
        )
        for row in rows
        if row.advocacy is not None
    ]
    conclude_all(scores)


# --- plans


def carry_out_plan(plan: Plan, *, threads: int | None = None) -> Plan:
    """Choose whom to invite on the ties as they are now."""
    from essaim.projectors.influence import engine
    from essaim.projectors.influence.export import columns

    engine.prepare(cache_folder())
    began = time.perf_counter()
    plan.state, plan.as_of = Run.State.RUNNING, clock.now()
    plan.save()
    with _failing(plan):
        ties = columns(plan.as_of, drawing.rules().half_life_days)
        if len(ties):
            network = engine.network(ties)
            plan.nodes = network.graph.n
            excluded = _not_to_be_asked(network, plan)
            seed = int(plan.parameters.get("rng_seed", FIRST_SEED))
            if len(excluded) < plan.nodes:
                chosen = engine.choose(network, k=plan.budget, excluded=excluded, rng_seed=seed, threads=threads)
                _keep(plan, chosen)
        plan.state, plan.seconds = Run.State.DONE, round(time.perf_counter() - began, 3)
        plan.save()
    return plan


@contextmanager
def _failing(plan: Plan) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        plan.state, plan.error = Run.State.FAILED, f"{type(error).__name__}: {error}"[:2_000]
        plan.save()
        raise


def _not_to_be_asked(network: Network, plan: Plan) -> list[int]:
    """Members who do not want to be written to, the team itself, and voices when only members are asked."""
    nodes = set(network.ids.tolist())
    members = set(consenting("dialogue").filter(house_roles=None).values_list("pk", flat=True))
    present = _still_here(list(nodes))
    return sorted(
        node for node in nodes if node not in present or (node not in members if node > 0 else not plan.voices)
    )


@transaction.atomic
def _keep(plan: Plan, chosen: Any) -> None:
    drawing.one_at_a_time()
    here = _still_here(chosen.nodes)
    before = Plan.objects.filter(state=Run.State.DONE, pk__lt=plan.pk, seeds__isnull=False).first()
    earlier = set(before.seeds.values_list("node", flat=True)) if before else set()
    plan.spread, plan.low, plan.high, plan.ratio = chosen.spread, chosen.low, chosen.high, chosen.ratio
    plan.overlap = len(earlier.intersection(chosen.nodes)) / len(chosen.nodes) if earlier else None
    plan.parameters |= chosen.parameters
    Seed.objects.bulk_create(
        Seed(plan=plan, rank=rank, node=node, reach=reach)
        for rank, (node, reach) in enumerate(zip(chosen.nodes, chosen.reach, strict=True), 1)
        if node in here
    )
