"""Rows of a contest. What must not be is refused by the database."""

from __future__ import annotations

from secrets import token_bytes
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.models import Contribution, Initiative
from essaim.kit import clock
from essaim.kit.addresses import address

MEMBER = settings.AUTH_USER_MODEL


def fresh_salt() -> bytes:
    return token_bytes(32)


class BallotBox(models.Model):
    """What a contest keeps beside its rules: the secret of its receipts, the source of imported votes, the count."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="+")
    salt = models.BinaryField(default=fresh_salt, editable=False)
    source = models.CharField(max_length=40, blank=True)
    source_url = models.URLField(blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    count = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"ballot box of {self.initiative}"


class Idea(Contribution):
    """A member's idea in a contest. The contribution's `body` is its story; `number` its name within the contest."""

    contest = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    search_text = models.TextField(editable=False)
    categories = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    origin = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)
    moderation = models.SmallIntegerField(null=True, blank=True)
    source_id = models.CharField(max_length=80, null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["search_text"], name="idea_search", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["contest", "merged_into"], name="idea_listing"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "number"], name="idea_number_once"),
            models.UniqueConstraint(fields=["contest", "source_id"], name="idea_source_once"),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("contribution_ptr")), name="idea_not_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None) | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="idea_merged_when",
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("contest:idea", self.contest.slug, self.number)

    @property
    def is_votable(self) -> bool:
        return self.state == self.State.PUBLISHED and self.merged_into_id is None


class Authorship(models.Model):
    """An author's share of an idea, in basis points; the database keeps each idea's sum at 10,000."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="authorships")
    member = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-share", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "member"], name="authorship_once"),
            models.CheckConstraint(condition=Q(share__lte=10_000), name="authorship_share_within"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.share} bp of {self.idea}"


class CoAuthorOffer(models.Model):
    """A share of an idea offered to a member, taken from the giver's own when accepted."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="offers")
    giver = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "member"], condition=Q(state="offered"), name="offer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.share} bp of {self.idea} to {self.member}"


class Voiding(models.Model):
    """Votes taken out of the count, with the reason, in public."""

    contest = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="voidings")
    reason = models.TextField()
    votes = models.PositiveIntegerField()
    decided_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.votes} votes voided: {self.reason}"


class Vote(models.Model):
    """What a member's ballot says about an idea now: 1 for, −1 against, 0 pass."""

    # No index of their own: those below begin with them.
    contest = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+", db_index=False)
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="votes", db_index=False)
    voter = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField()
    cast_at = models.DateTimeField(default=clock.now)
    voiding = models.ForeignKey(Voiding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contest", "voter"], name="vote_ballot")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "voter"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="vote_value"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} on {self.idea_id}"


class BallotLine(models.Model):
    """Everything that ever happened to ballots, in order; append-only, so that the count can be replayed."""

    class Cause(models.TextChoices):
        CAST = "cast", _("cast")
        WITHDRAWN = "withdrawn", _("taken back")
        CARRIED = "carried", _("carried over by a merge")
        VOIDED = "voided", _("voided")
        IMPORTED = "imported", _("imported")

    contest = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+", db_index=False)  # as above
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="+")
    voter = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)
    cause = models.CharField(max_length=10, choices=Cause.choices, default=Cause.CAST)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contest", "id"], name="ballot_line_replay")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)) | Q(value=None), name="ballot_line_value"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.value} on {self.idea_id}"


class StandingRungs(models.Manager["RungReached"]):
    """Without the rungs whose award was taken back."""

    def get_queryset(self) -> models.QuerySet[RungReached]:
        return super().get_queryset().exclude(decision__taken_back=True)


class RungReached(models.Model):
    """An idea stands on a rung: since when, decided by whom (None: by votes), and the journal entry that paid.

    Append-only. A rung whose award was taken back is among `ever`, not among `objects`, and may be reached again.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="rungs")
    rung = models.SlugField(max_length=40)
    reached_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    votes = models.PositiveIntegerField(default=0)
    amount = models.PositiveBigIntegerField(default=0)
    unit = models.CharField(max_length=8, blank=True)
    entry_key = models.CharField(max_length=120, blank=True)
    product_id = models.BigIntegerField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)

    objects = StandingRungs()
    ever = models.Manager["RungReached"]()

    class Meta:
        ordering: ClassVar = ["reached_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "rung", "attempt"], name="rung_once"),
            models.UniqueConstraint(fields=["entry_key"], condition=~Q(entry_key=""), name="rung_paid_once"),
        ]

    def __str__(self) -> str:
        return f"{self.idea} – {self.rung}"


class AwardDecision(models.Model):
    """What became of an award that was paid for votes voided afterwards. Append-only."""

    reached = models.OneToOneField(RungReached, on_delete=models.PROTECT, related_name="decision")
    taken_back = models.BooleanField()
    reason = models.TextField()
    decided_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{'taken back' if self.taken_back else 'stands'}: {self.reached}"


class JurySeat(models.Model):
    """A member who sits in a contest's jury."""

    contest = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    appointed_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contest", "member"], name="jury_seat_once")]

    def __str__(self) -> str:
        return f"{self.member} in the jury of {self.contest}"


class JuryScore(models.Model):
    """What one juror gives an idea, out of 100; the last one stands."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="jury_scores")
    juror = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "juror"], name="jury_score_once"),
            models.CheckConstraint(condition=Q(score__lte=100), name="jury_score_within"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.idea_id}"


class PanelTest(models.Model):
    """A test of an idea by a panel of members."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="tests")
    rung = models.SlugField(max_length=40)
    opened_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea", "rung"], condition=Q(closed_at=None), name="panel_test_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"test of {self.idea}"


class PanelSeat(models.Model):
    """A member invited to a test, and what he gave it out of 100."""

    test = models.ForeignKey(PanelTest, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["test", "member"], name="panel_seat_once"),
            models.CheckConstraint(condition=Q(score__lte=100) | Q(score=None), name="panel_score_within"),
        ]

    def __str__(self) -> str:
        return f"{self.member} tests {self.test_id}"


class OfficialAnswer(models.Model):
    """What the house answers to an idea, dated; the latest stands, the others stay readable."""

    class Verdict(models.TextChoices):
        EVALUATING = "evaluating", _("being looked at")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("not taken up")
        DONE = "done", _("done")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    body = models.TextField(blank=True)
    author = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-answered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.idea}"


class SurgeAlarm(models.Model):
    """An hour in which votes arrived as they should not; a person settles it."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="alarms")
    hour = models.DateTimeField()
    arrivals = models.PositiveIntegerField()
    usual = models.FloatField()
    deviations = models.FloatField()
    raised_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-raised_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["idea", "hour"], name="surge_alarm_once")]

    def __str__(self) -> str:
        return f"{self.arrivals} new voices on {self.idea} at {self.hour}"


class Funding(models.Model):
    """Money the treasurer set aside for a contest's awards."""

    contest = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=8)
    key = models.CharField(max_length=120, unique=True)
    funded_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    funded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit} for {self.contest}"


class Placeholder(models.Model):
    """Who a voter or author of an imported contest is here: a member that cannot sign in."""

    contest = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    source_id = models.CharField(max_length=80)
    member = models.OneToOneField(MEMBER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "source_id"], name="placeholder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} of {self.contest}"
