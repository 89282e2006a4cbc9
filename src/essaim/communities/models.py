"""Communities, their charters and who belongs to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.kit import clock
from essaim.kit.addresses import address
from essaim.kit.text import sort_key
from essaim.people.models import Evidence

WHO_READS = {
    "open": _("Anyone may read what happens here, and join."),
    "request": _("Anyone may read what happens here; to take part, you ask and a host answers."),
    "invitation": _("Its name is known to all; what happens here is read by its members, who come in by invitation."),
    "hidden": _("Only its members, and those they invite, know of it; what happens here is read by its members."),
}


class Community(models.Model):
    """A tribe with its own page, rules and hosts."""

    class Visibility(models.TextChoices):
        OPEN = "open", _("open to all")
        REQUEST = "request", _("on request")
        INVITATION = "invitation", _("by invitation")
        HIDDEN = "hidden", pgettext_lazy("a community", "hidden")

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=80)
    sort_key = models.CharField(max_length=80, db_index=True, editable=False)
    search_key = models.TextField(editable=False)
    summary = models.CharField(_("in one sentence"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    visibility = models.CharField(
        _("who may come in"), max_length=12, choices=Visibility.choices, default=Visibility.OPEN
    )
    interests = ArrayField(models.CharField(max_length=40), verbose_name=_("interests"), default=list, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of the community"),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["sort_key"]
        indexes: ClassVar = [GinIndex(fields=["interests"], name="community_interests")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="community_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)[:80]
        self.search_key = sort_key(" ".join([self.name, self.summary, self.place, *self.interests]))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("communities:community", self.slug)

    @property
    def who_reads(self) -> str:
        """What the reader of its page should know: who sees its life, and how one comes in."""
        return str(WHO_READS[self.visibility])


class CharterVersion(models.Model):
    """The community's rules at a moment. Accepted on joining, accepted again when they change."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="charters")
    number = models.PositiveIntegerField()
    text = models.TextField(_("charter"))
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
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
        REFUSED = "refused", pgettext_lazy("a request", "refused")
        LEFT = "left", _("left")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    charter = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, null=True, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["community", "state", "role"], name="membership_people")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "member"], name="membership_once"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(charter__isnull=False, joined_at__isnull=False),
                name="membership_active_accepted_charter",
            ),
            models.CheckConstraint(
                condition=Q(role="member") | Q(state="active"), name="membership_role_needs_presence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.community}"
