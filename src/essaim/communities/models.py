"""Communities, their charters and who belongs to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Community(models.Model):
    """A tribe with its own page, rules and hosts."""

    class Visibility(models.TextChoices):
        OPEN = "open", _("open to all")
        REQUEST = "request", _("on request")
        INVITATION = "invitation", _("by invitation")
        HIDDEN = "hidden", _("hidden")

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=80)
    sort_key = models.CharField(max_length=80, db_index=True, editable=False)
    summary = models.CharField(_("in one sentence"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.OPEN)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class CharterVersion(models.Model):
    """The community's rules at a moment. Accepted on joining, accepted again when they change."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="charters")
    number = models.PositiveIntegerField()
    text = models.TextField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "number"], name="charter_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.community} v{self.number}"


class Membership(models.Model):
    """A member's place in a community. Leaving keeps the row: history is not rewritten."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        MODERATOR = "moderator", _("moderator")
        HOST = "host", _("host")

    class State(models.TextChoices):
        REQUESTED = "requested", _("requested")
        INVITED = "invited", _("invited")
        ACTIVE = "active", _("active")
        LEFT = "left", _("left")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    charter = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "member"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.community}"
