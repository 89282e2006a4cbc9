"""Notices, what was seen of them, and the letters that carry them outside.

Only `Notice` is drawn from the stream and emptied by a rebuild. The other rows say what a person or the mail
server already has, and stay.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.activity.models import Activity
from essaim.kit import clock


class Topic(models.TextChoices):
    MINE = "mine", _("What touches me and what I made")
    DISCUSSION = "discussion", _("Discussions I take part in")
    MONEY = "money", _("My money and my royalties")
    INITIATIVES = "initiatives", _("What opens, moves and closes where I am a member")
    INTERESTS = "interests", _("What opens elsewhere and meets my interests")
    HOSTING = "hosting", _("What needs me as a host")
    REACTIONS = "reactions", _("Reactions to what I wrote")


class Frequency(models.TextChoices):
    INSTANT = "instant", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never by e-mail")


class Notice(models.Model):
    """A member should hear of an activity."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12, choices=Topic.choices)

    class Meta:
        ordering: ClassVar = ["-activity"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "activity"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} → {self.member}"


class Seen(models.Model):
    """The member has seen the notice of this activity."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "activity"], name="seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} saw {self.activity}"


class Heard(models.Model):
    """The activity has been drawn once: its letters are written, and a rebuild writes none."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"heard {self.activity_id}"


class Pending(models.Model):
    """A notice that waits for the next digest."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12, choices=Topic.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "activity"], name="pending_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} waits for {self.member}"


class Preference(models.Model):
    """How often a member wants letters about a topic; without a row, the topic's default."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=12, choices=Topic.choices)
    frequency = models.CharField(max_length=8, choices=Frequency.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "topic"], name="preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.topic} {self.frequency}"


class Letter(models.Model):
    """An e-mail to be sent once. `key` says what it is about, `message_id` is the one the mail server logs.

    WAITING → CLAIMED → SENT. A letter found CLAIMED after its process died is UNCERTAIN: it may have left, and is
    not sent again unless a person decides so.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("perhaps sent")
        REFUSED = "refused", _("refused by the mail server")
        DROPPED = "dropped", _("not wanted any more")

    key = models.CharField(max_length=80, unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    topic = models.CharField(max_length=12, choices=Topic.choices, blank=True)
    activities = ArrayField(models.BigIntegerField())
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    written_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="letter_due", condition=models.Q(state__in=["waiting", "claimed"])),
        ]

    def __str__(self) -> str:
        return self.key
