"""Initiatives, their phases, and what members contribute."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.kit import clock, media
from essaim.kit.addresses import address

LARGE, SMALL = 1600, 640  # pixels of the longer side of a picture's two files


class Initiative(models.Model):
    """One mechanism at work in a community, running through phases.

    `rules` holds the mechanism's settings. They are frozen at opening: `frozen_at` is set once, and the
    database refuses a change of `rules` afterwards except together with a new amendment (`rules_version`).
    """

    slug = models.SlugField(unique=True, max_length=80)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    mechanism = models.CharField(max_length=40)
    preset = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    brief = models.TextField(_("brief"), blank=True)
    rules = models.JSONField(default=dict)
    rules_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    halted_at = models.DateTimeField(null=True, blank=True)
    halted_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["community", "mechanism"], name="initiative_community"),
            models.Index(fields=["mechanism", "closed_at"], name="initiative_open"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The initiative's page: every mechanism's URLconf names it `initiative`, by slug."""
        return address(f"{self.mechanism}:initiative", self.slug)


class Phase(models.Model):
    """A dated stretch of an initiative; `kind` is one of the mechanism's phase types and opens its acts.

    Whether it runs is read from its dates, never stored. `begun_at` and `ended_at` only say when the clock
    took note: they make the announcements and the mechanism's hooks happen exactly once.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_start = models.DateTimeField(null=True, blank=True)
    planned_end = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "position"], name="phase_position_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="phase_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} – {self.kind}"


class Amendment(models.Model):
    """A public change of frozen rules: what, why, by whom, and the rules as they then stood."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="amendments")
    version = models.PositiveIntegerField()
    reason = models.TextField()
    rules_before = models.JSONField()
    rules_after = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "version"], name="amendment_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} v{self.version}"


class Contribution(models.Model):
    """Anything a member writes or shows that others can see, comment, react to and flag.

    The parent row of ideas, comments and all that mechanisms add. `title` is its name in lists and sentences.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        HIDDEN = "hidden", _("hidden")
        ERASED = "erased", _("erased")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+", null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=160, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["initiative", "kind", "state"], name="contribution_listing"),
            models.Index(fields=["author", "-id"], name="contribution_author"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} #{self.pk}"

    def get_absolute_url(self) -> str:
        """An address that leads to the contribution's own page, whatever its kind; mechanisms give a shorter way."""
        return address("initiatives:contribution", self.pk)

    @property
    def is_visible(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Picture(models.Model):
    """A picture beside a contribution, made safe, in two sizes.

    Without a contribution it waits for the form it was sent with.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, null=True, related_name="picture")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=media.fresh_name)
    large = models.FileField(upload_to="pictures/")
    small = models.FileField(upload_to="pictures/")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=240, blank=True)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sender", "sent_at"], name="picture_sender")]

    def __str__(self) -> str:
        return self.alt or self.key

    @property
    def small_width(self) -> int:
        return self._small(self.width)

    @property
    def small_height(self) -> int:
        return self._small(self.height)

    def _small(self, length: int) -> int:
        return max(round(length * min(SMALL / max(self.width, self.height), 1.0)), 1)


class Revision(models.Model):
    """What a contribution said before an edit."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    extra = models.JSONField(default=dict)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"revision of {self.contribution}"


class Comment(Contribution):
    """A contribution about another one, possibly in answer to a comment."""

    about = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="comments")
    in_reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies")
    official = models.BooleanField(default=False)

    told_with: ClassVar = ("about",)

    def told(self) -> str:
        """A comment has no name of its own: sentences name what it is about."""
        return self.about.title if self.about.is_visible else ""


class Reaction(models.Model):
    """One member's reaction to a contribution; one per member and contribution."""

    class Kind(models.TextChoices):
        LIKE = "like", _("I like it")
        LOVE = "love", _("I love it")
        THANKS = "thanks", _("thank you")
        CLEVER = "clever", _("clever")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LIKE)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "member"], name="reaction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.kind} {self.contribution}"
