"""What the worker does: reading mentions as they come, and the calculations."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from procrastinate.contrib.django import app

from essaim.kit.queue import defer_once
from essaim.projectors.influence import drawing
from essaim.projectors.influence.models import Mark, Run, Stale, Tie

READ = "influence.read"


@app.task(name=READ, queue="influence", lock=READ)
def read() -> None:
    drawing.read_mentions()


@app.periodic(cron="* * * * *")
@app.task(name="influence.sweep", queue="influence", queueing_lock="influence.sweep")
def sweep(timestamp: int) -> None:
    """Read what no bell announced, when there is something."""
    mark = Mark.objects.first()
    if Stale.objects.exists() or drawing.newest_mention() > (mark.mention_id if mark else 0):
        drawing.read_mentions()


@app.task(name="influence.calculate", queue="influence", lock="influence.calculate")
def calculate(run_id: int) -> None:
    from essaim.projectors.influence.calculation import carry_out

    carry_out(Run.objects.get(pk=run_id))


@app.task(name="influence.choose", queue="influence", lock="influence.calculate")
def choose(plan_id: int) -> None:
    from essaim.projectors.influence.calculation import carry_out_plan
    from essaim.projectors.influence.models import Plan

    carry_out_plan(Plan.objects.get(pk=plan_id))


@app.periodic(cron="20 4 * * *")
@app.task(name="influence.nightly", queue="influence", queueing_lock="influence.nightly")
def nightly(timestamp: int) -> None:
    """A calculation every night, where there is a graph: after topics were looked for."""
    if Tie.objects.exists():
        defer_calculation(Run.objects.create().pk)


@app.task(name="influence.draw", queue="influence", lock=READ)
def draw() -> None:
    """All ties again: something weighs otherwise."""
    drawing.draw_everything()


def defer_calculation(run_id: int) -> None:
    calculate.defer(run_id=run_id)


def defer_plan(plan_id: int) -> None:
    choose.defer(plan_id=plan_id)


def defer_drawing() -> None:
    draw.defer()


def ring(ids: Sequence[int]) -> None:
    """Mentions have come: read them soon after the commit. At most one reading waits."""
    if ids:
        transaction.on_commit(_defer_reading, robust=True)


def _defer_reading() -> None:
    defer_once(read.configure(queueing_lock=READ))
