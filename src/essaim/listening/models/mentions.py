"""What was said. Mentions lie in one partition per month; the table is made by SQL (migration 0002)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from essaim.kit import clock
from essaim.listening.models.sources import Source
from essaim.listening.models.voices import Voice
from essaim.listening.post import Tie


class Mention(models.Model):
    """One post as it was found. Only `parent`, `alike`, the counts and `gone_at` may change afterwards, and the words
    when their author changed them (`edited_at`): what stood before is not kept.

    Numbers come from one sequence for all partitions, and nothing refers to a mention by a foreign key: the key of
    its table is (id, published_at). `alike` is the first mention that says nearly the same; `names` the voices it
    addresses; `parent_key` waits for a parent that has not arrived.
    """

    TIES: ClassVar = [(tie.value, tie.value) for tie in Tie]

    id = models.BigAutoField(primary_key=True)
    published_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    platform = models.CharField(max_length=40)
    external_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, null=True, related_name="+")
    tie = models.CharField(max_length=6, choices=TIES, default=Tie.POST.value)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    reactions = models.IntegerField(default=0)
    reach = models.BigIntegerField(null=True)
    tags = ArrayField(models.CharField(max_length=100), default=list)
    names = ArrayField(models.BigIntegerField(), default=list)
    labels = models.JSONField(default=dict)
    parent_key = models.BinaryField(max_length=16, null=True)
    parent_id = models.BigIntegerField(null=True)
    alike_id = models.BigIntegerField(null=True)
    gone_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "listening_mention"
        ordering: ClassVar = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.text[:60]


class Key(models.Model):
    """Makes a post come in once: the hash of its platform and id, another of its url, leading to the mention. It
    outlives the mention, so that what was let go does not come in again. Without a mention it is awaited: somebody
    answered a post that has not come."""

    key = models.BinaryField(max_length=16, primary_key=True)
    mention_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return bytes(self.key).hex()
