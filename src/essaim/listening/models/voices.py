"""Outside authors. A voice is a pseudonym; who is behind it is told by himself or by nobody."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Voice(models.Model):
    """One author on one platform. `key` is a keyed hash of platform and handle (the secret is the house's): it
    finds him again and says nothing. `handle` is encrypted and dropped in its time; `pseudonym` is shown."""

    platform = models.CharField(max_length=40)
    key = models.BinaryField(max_length=16)
    pseudonym = models.CharField(max_length=60)
    handle = models.BinaryField(null=True)
    handle_until = models.DateTimeField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    mentions = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="listening_voice_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["handle_until"], name="listening_handle_until", condition=models.Q(handle__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class Claim(models.Model):
    """A member shows that a voice is his own. Joining is this row and nothing else: no mention is rewritten, so
    ending it leaves every row as it was before."""

    class Proof(models.TextChoices):
        LINK = "rel-me", _("A link back to the member's page (rel=me)")
        CODE = "code", _("A code posted there")

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="claims")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    proof = models.CharField(max_length=10, choices=Proof.choices)
    code = models.CharField(max_length=40)
    evidence = models.URLField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    proved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["voice"],
                name="listening_voice_one_owner",
                condition=models.Q(proved_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} = {self.member_id}"


class Unmatched(models.Model):
    """A member does not want to be asked whether accounts elsewhere are his."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.member_id)


class Suggestion(models.Model):
    """A rule thinks a member may be this voice. It is shown to the member alone; only he can claim."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=clock.now, db_default=Now())
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voice", "member"], name="listening_suggestion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} ? {self.member_id}"
