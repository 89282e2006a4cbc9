"""A run from the ties to what is stored, and a plan; both in the worker or on the command line, never in a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from essaim.kit import clock
from essaim.people.queries import consenting
from essaim.projectors.influence import domain, drawing, evidence, storing
from essaim.projectors.influence.models import Plan, Run, Seed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from essaim.projectors.influence.engine import Network

    Array = NDArray[Any]

FIRST_SEED = 1

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
            found = engine.calculate(network, before=storing.before(run), rng_seed=_seed(run), step=watch)
            watch("posts")
            evidence.read_what_waits()
            watch("storing")
            storing.store(run, found)
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
    storing.forget_older(run)


def _seed(run: Run) -> int:
    return int(run.parameters["rng_seed"])


def _as_of(run: Run) -> datetime:
    assert run.as_of is not None
    return run.as_of


def cache_folder() -> Any:
    return settings.ENVIRONMENT.home / "cache" / "numba"


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
            asked = _may_be_asked(network, plan)
            seed = int(plan.parameters.get("rng_seed", FIRST_SEED))
            if asked.any():
                chosen = engine.choose(network, k=plan.budget, asked=asked, rng_seed=seed, threads=threads)
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


def _may_be_asked(network: Network, plan: Plan) -> Array:
    """A yes or no for each: not members who do not want to be written to, the team itself, and voices when only
    members are asked."""
    import numpy as np

    members = consenting("dialogue").filter(house_roles=None).values_list("pk", flat=True)
    willing = np.isin(network.ids, np.array(members, np.int64)) | ((network.ids < 0) & plan.voices)
    return np.asarray(willing & storing.present(network.ids, _now(plan)))


def _now(plan: Plan) -> datetime:
    assert plan.as_of is not None
    return plan.as_of


@transaction.atomic
def _keep(plan: Plan, chosen: Any) -> None:
    import numpy as np

    drawing.one_at_a_time()
    nodes = np.array(chosen.nodes, np.int64)
    here = set(nodes[storing.present(nodes, _now(plan))].tolist())
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
