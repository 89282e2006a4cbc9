"""Rows of a campaign of cheers. Cheers are written by one statement only (`sql/intake.sql`)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock, media

MEMBER = settings.AUTH_USER_MODEL
MESSAGE_LENGTH = 140
COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, such as #f0a500."))


class Camp(models.Model):
    """A side one can cheer for."""

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    colour = models.CharField(_("colour"), max_length=7, validators=[COLOUR])
    second_colour = models.CharField(_("second colour"), max_length=7, validators=[COLOUR])
    emblem = models.ImageField(_("emblem"), upload_to="camps/", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "slug"], name="camp_slug_once")]

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """What a phase of the campaign is called (a match, an evening), and its count once it is over."""

    phase = models.OneToOneField(Phase, on_delete=models.CASCADE, related_name="+", primary_key=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    reveal_at = models.DateTimeField(_("moment of the reveal"), null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    count = models.JSONField(default=dict, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    told_to = models.BigIntegerField(default=0)
    """The last cheer the stream has been told of."""
    turnout = models.JSONField(default=list, blank=True)
    """[[community's slug, its members who cheered, its members], …], once the stream has been told."""
    revealed_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title or f"round {self.phase_id}"


class Cheer(models.Model):
    """One supporter's cheer in one period. `supporter` is `member:12`, `guest:…` or `mastodon:…`: a key, no name.

    The statement that writes it has looked at campaign, round and camp; a constraint would look at each again, for
    every row, and double what a batch costs. Triggers (`sql/shifts.sql`) keep what is cheered for.
    """

    class Kind(models.IntegerChoices):
        MEMBER = 1, _("member")
        GUEST = 2, _("guest")
        HEARD = 3, _("heard elsewhere")

    campaign = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    camp = models.ForeignKey(Camp, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    period = models.BigIntegerField()
    supporter = models.CharField(max_length=100)
    kind = models.SmallIntegerField(choices=Kind.choices)
    cast_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["phase", "id"], name="cheer_arrival")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "period", "supporter"], name="cheer_once_a_period"),
            models.CheckConstraint(
                condition=Q(changed_at=None) | Q(changed_at__gte=models.F("cast_at")), name="cheer_changed_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supporter} for {self.camp_id}"


class CheerMessage(models.Model):
    """What a supporter wrote with his cheer; nobody reads it before a moderator has."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    cheer = models.OneToOneField(Cheer, on_delete=models.CASCADE, related_name="message")
    words = models.CharField(max_length=MESSAGE_LENGTH)
    written_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=120, blank=True)
    decided_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    sifted_at = models.DateTimeField(null=True, blank=True)
    """When its words and its author were looked up in the house's lists; moderators see it from then on."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state="waiting", sifted_at=None), name="cheer_message_unsifted"),
            models.Index(fields=["written_at"], condition=Q(state="waiting"), name="cheer_message_queue"),
            models.Index(fields=["decided_at"], condition=Q(state="approved"), name="cheer_message_wall"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="cheer_message_decided_when",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="cheer_message_refused_why"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def reason_told(self) -> str:
        """The reason in the reader's language, when it is one of those the house offers."""
        return gettext(self.reason) if self.reason else ""


class Tally(models.Model):
    """Cheers of one minute for one camp, folded from `Shift` rows; their sum is the live count."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="+", db_index=False)
    camp = models.ForeignKey(Camp, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.SmallIntegerField(choices=Cheer.Kind.choices)
    minute = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "camp", "kind", "minute"], name="cheer_tally_minute")
        ]

    def __str__(self) -> str:
        return f"{self.count} for {self.camp_id}"


class Total(models.Model):
    """Cheers of a round for one camp as folded so far: the sum of its minutes."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="+", db_index=False)
    camp = models.ForeignKey(Camp, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.SmallIntegerField(choices=Cheer.Kind.choices)
    count = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["phase", "camp", "kind"], name="cheer_total_once")]

    def __str__(self) -> str:
        return f"{self.count} for {self.camp_id}"


class Shift(models.Model):
    """By how much one batch moved a count. Written by a trigger with the cheers, eaten by the fold."""

    campaign = models.ForeignKey(
        Initiative, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    camp = models.ForeignKey(Camp, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    kind = models.SmallIntegerField()
    minute = models.DateTimeField()
    by = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.by:+} for {self.camp_id}"


class GuestPass(models.Model):
    """Leave to cheer without an account. Its key is made from an address or drawn; no address is kept."""

    class Way(models.TextChoices):
        MAIL = "mail", _("by mail")
        DEVICE = "device", _("on one device")

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    supporter = models.CharField(max_length=100)
    way = models.CharField(max_length=6, choices=Way.choices)
    asked_at = models.DateTimeField(default=clock.now)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "supporter"], name="cheer_one_pass"),
        ]

    def __str__(self) -> str:
        return self.supporter


class BlockedAuthor(models.Model):
    """A supporter whose messages no wall of the community shows; his cheers count as before."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    supporter = models.CharField(max_length=100)
    blocked_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    blocked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "supporter"], name="cheer_blocked_once"),
        ]

    def __str__(self) -> str:
        return self.supporter


class WordList(models.Model):
    """The house's own list of blocked words in one language, in place of the one it starts from."""

    language = models.CharField(primary_key=True, max_length=5)
    words = models.TextField(blank=True)
    changed_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.language


class PersonalLink(models.Model):
    """A supporter's own address of the campaign, and how many came through it: numbers, nobody's name."""

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    supporter = models.CharField(max_length=100)
    token = models.CharField(max_length=40, unique=True, default=media.fresh_name)
    named = models.BooleanField(_("my first name stands on my card"), default=False)
    came = models.IntegerField(default=0)
    cheered = models.IntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "supporter"], name="cheer_one_link"),
            models.CheckConstraint(condition=Q(came__gte=0, cheered__gte=0), name="cheer_link_counts"),
        ]

    def __str__(self) -> str:
        return self.token


class LightRig(models.Model):
    """The lamps of a campaign: `told` as `light.Rig` says it."""

    campaign = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="+", primary_key=True)
    told = models.JSONField()

    def __str__(self) -> str:
        return f"lamps of {self.campaign}"


class LightOrder(models.Model):
    """What somebody of the team told the light, and why; public. A later one takes its place, none goes away."""

    class Kind(models.TextChoices):
        OVERRIDE = "override", _("colours chosen by hand")
        KILL = "kill", _("switched off")
        RELEASE = "release", _("given back to the count")

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    colours = models.JSONField(default=list, blank=True)
    intensity = models.FloatField(default=1.0)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=240)
    given_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="cheer_light_order_why"),
            models.CheckConstraint(condition=Q(intensity__gte=0, intensity__lte=1), name="cheer_light_intensity"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"
