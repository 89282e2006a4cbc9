"""Who carried the word to whom, and what the runs concluded.

A *node* is a person in the graph: a member is his own number, a voice the negative of its number. A voice claimed by
a member stays itself here and becomes him when the graph is made, so that a claim rewrites nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.projectors.influence import domain


class Consenting(models.Model):
    """A member whose consent is in force, and since when; written in the consent's own transaction."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} since {self.since:%Y-%m-%d}"


class Tie(models.Model):
    """What one node did towards another in a calendar month (UTC, counted from year 0), summed up.

    `told`: the word passed from source to target (an invitation, a name called); otherwise the source answered,
    voted for or passed on what the target had said, so that the word passed the other way. `weight` is in
    millionths, grown from the month's beginning as `domain.kept` says.
    """

    pk = models.CompositePrimaryKey("source", "target", "month", "told")
    source = models.BigIntegerField()
    target = models.BigIntegerField()
    month = models.SmallIntegerField()
    told = models.BooleanField()
    count = models.IntegerField()
    weight = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["target"], name="influence_tie_target"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="influence_tie_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}: {self.count}"


class Stale(models.Model):
    """What a voice did is to be drawn again: in one month, or all of it when `month` is empty.

    Written by triggers when mentions or claims change under us; rows are taken when the drawing is made.
    """

    voice_id = models.BigIntegerField()
    month = models.SmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.voice_id} {self.month}"


class Mark(models.Model):
    """How far mentions have been read. One row."""

    mention_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.mention_id)


class RuleSet(models.Model):
    """What counts how much, from a moment on. Never changed: a new version follows."""

    version = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    reason = models.CharField(_("why"), max_length=240)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def rules(self) -> domain.Rules:
        return domain.unpacked(self.version, self.content)


class Run(models.Model):
    """One calculation over the graph as it stood at `as_of`. With its parameters and seed it can be done again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    as_of = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    parameters = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    durations = models.JSONField(default=dict)
    nodes = models.PositiveBigIntegerField(default=0)
    arcs = models.PositiveBigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    """What is told of the whole: circles kept, new and ended, democratisation month by month."""
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"run {self.pk} ({self.state})"


class Circle(models.Model):
    """A micro-community of one run. `name` stays the same from run to run as long as most of its people do."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="circles")
    name = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    cohesion = models.FloatField()
    overlap = models.FloatField(default=0)
    """Jaccard overlap with the circle of the run before that bore the name; 0 when it is new."""
    x = models.FloatField(default=0)
    y = models.FloatField(default=0)
    topics = models.JSONField(default=list)
    mood = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-size", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "name"], name="influence_circle_once")]

    def __str__(self) -> str:
        return f"circle {self.name} of run {self.run_id}"


class Seat(models.Model):
    """A node's place in a circle. `ties` counts the people of the circle it exchanges with; its host has rank 1."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="seats")
    node = models.BigIntegerField()
    ties = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["rank"]
        indexes: ClassVar = [models.Index(fields=["node"], name="influence_seat_node")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["circle", "node"], name="influence_seat_once")]

    def __str__(self) -> str:
        return f"{self.node} in {self.circle_id}"


class Figures(models.Model):
    """What a run counted and concluded about a node.

    `heard` people answered, voted for or passed on what it said, or were called by it; `carried` is how often.
    Everything below `carried` is concluded about consenting members alone: of a voice only counts are kept.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="people")
    node = models.BigIntegerField()
    heard = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    favour = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    posts = models.JSONField(default=list)
    """The newest mentions behind the roles."""
    x = models.FloatField(default=0)
    y = models.FloatField(default=0)
    reach = models.FloatField(null=True)
    spread = models.FloatField(null=True)
    spread_low = models.FloatField(null=True)
    spread_high = models.FloatField(null=True)
    bridging = models.FloatField(null=True)
    participation = models.FloatField(null=True)
    advocacy = models.FloatField(null=True)
    parts = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["node"], name="influence_figures_node"),
            models.Index(fields=["run", "-advocacy"], name="influence_figures_advocacy"),
            models.Index(fields=["run", "-heard"], name="influence_figures_heard"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "node"], name="influence_figures_once")]

    def __str__(self) -> str:
        return f"{self.node} in run {self.run_id}"


class Plan(models.Model):
    """Whom to invite first, for a budget of so many people: what was asked and what the engine answered."""

    state = models.CharField(max_length=8, choices=Run.State.choices, default=Run.State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    as_of = models.DateTimeField(null=True)
    budget = models.PositiveIntegerField(_("people to invite"))
    voices = models.BooleanField(_("outside voices too"), default=True)
    parameters = models.JSONField(default=dict)
    nodes = models.PositiveBigIntegerField(default=0)
    spread = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    ratio = models.FloatField(null=True)
    seconds = models.FloatField(null=True)
    overlap = models.FloatField(null=True)
    """Share of these people who were in the plan before."""
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"plan {self.pk}: {self.budget}"


class Seed(models.Model):
    """One person of a plan: `reach` is how many people the first `rank` of them are expected to reach together."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="seeds")
    rank = models.PositiveIntegerField()
    node = models.BigIntegerField()
    reach = models.FloatField()
    invited_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["rank"]
        indexes: ClassVar = [models.Index(fields=["node"], name="influence_seed_node")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "node"], name="influence_seed_once")]

    def __str__(self) -> str:
        return f"{self.node} in plan {self.plan_id}"
