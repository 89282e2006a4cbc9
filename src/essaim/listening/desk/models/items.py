"""What the team made of a mention. A mention nobody touched has no row here and is open."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _told
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.kit.addresses import address

MEMBER = settings.AUTH_USER_MODEL


class Item(models.Model):
    """One mention on the desk. `published_at` and `voice_id` are the mention's own: they find it in its partition.

    A snoozed item whose moment has passed is open again: it is read from the clock, never rewritten.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To see to")
        ANSWERED = "answered", _("Answered")
        SNOOZED = "snoozed", _("Later")
        CLOSED = "closed", _("Closed")

    class Reason(models.TextChoices):
        READ = "read", _("Read, nothing to add")
        ELSEWHERE = "elsewhere", _("Seen to elsewhere")
        TWICE = "twice", _("Said already")
        NOT_US = "not-us", _("Not about us")
        NOISE = "noise", _("Advertising or noise")

    mention_id = models.BigIntegerField(primary_key=True)
    published_at = models.DateTimeField()
    received_at = models.DateTimeField()
    voice_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    snoozed_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    first_answer_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False) | ~Q(state="snoozed"),
                name="desk_snoozed_until_when",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(reason=""), name="desk_closed_with_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-published_at", "-mention_id"], name="desk_item_state"),
            models.Index(fields=["assignee", "-published_at", "-mention_id"], name="desk_item_assignee"),
            models.Index(fields=["voice_id"], name="desk_item_voice"),
            models.Index(
                fields=["first_answer_at"], name="desk_item_answered", condition=Q(first_answer_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.mention_id}"

    def get_absolute_url(self) -> str:
        return address("listening_desk:mention", self.mention_id)


class Answer(models.Model):
    """What a person of the team answered. By the source's connector, or by hand: then `url` says where it stands."""

    class State(models.TextChoices):
        WAITING = "waiting", _("on its way")
        SENDING = "sending", _("being published")
        SENT = "sent", _("published")
        FAILED = "failed", _("could not be published")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    author = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    by_hand = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices)
    url = models.URLField(max_length=2000, blank=True)
    error = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True, default=uuid4)
    """Of the form it was typed in: sent twice, it is one answer."""
    written_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def error_told(self) -> str:
        """Why it could not be published, in the reader's language."""
        return _told(self.error) if self.error else ""


class Promise(models.Model):
    """What the house promised after a claim, until when, and what became of it: public from the first day."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("kept")
        LATE = "late", _("kept late")
        BROKEN = "broken", _("not kept")

    mention_id = models.BigIntegerField()
    text = models.CharField(_("what is promised"), max_length=300)
    due_on = models.DateField(_("until"))
    made_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_text = models.CharField(_("what became of it"), max_length=500, blank=True)
    url = models.URLField(_("where it can be seen"), max_length=1000, blank=True)
    settled_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], name="desk_promise_due", condition=Q(outcome="")),
            models.Index(fields=["mention_id"], name="desk_promise_mention"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="desk_promise_settled_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return address("promises:promise", self.pk)
