"""Accounts, entries, postings, and the seals that chain them. The guards are triggers, in `sql/guards.sql`."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.ledger import domain


def new_secret() -> str:
    return secrets.token_hex(16)


class Account(models.Model):
    """A line of the books. `balance` is kept for members' accounts only, read on the account's own side
    (a member owed 5 reads 5); the others are `summed` when asked, so that writers never queue for their row.
    `secret` makes the pseudonyms of the public journal.
    """

    class Kind(models.TextChoices):
        ASSET = "asset", _("what the house holds")
        LIABILITY = "liability", _("what the house owes")
        INCOME = "income", _("what the house earns")
        EXPENSE = "expense", _("what the house spends")
        EQUITY = "equity", _("what the house put in")

    class Role(models.TextChoices):
        HOUSE = "house", _("the house")
        ESCROW = "escrow", _("money set aside for an initiative")
        MEMBER = "member", _("a member")
        CAUSE = "cause", _("a cause")

    code = models.CharField(max_length=80, unique=True)
    unit = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(max_length=8, choices=Role.choices)
    name = models.CharField(max_length=40)
    number = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    initiative_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    floor = models.BigIntegerField(null=True, blank=True)
    summed = models.BooleanField()
    balance = models.BigIntegerField(null=True, blank=True)
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["number", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(summed=Q(balance__isnull=True)), name="account_summed_or_kept"),
            models.CheckConstraint(
                condition=Q(floor__isnull=True) | Q(balance__isnull=True) | Q(balance__gte=F("floor")),
                name="account_floor",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class JournalEntry(models.Model):
    """One movement of value, written once. Only `essaim.ledger.post` writes it."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    memo = models.CharField(max_length=500)
    evidence = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["at"], name="journalentry_at")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(lines__gte=2), name="journalentry_two_lines"),
            models.CheckConstraint(condition=~Q(key=""), name="journalentry_keyed"),
            models.CheckConstraint(
                condition=Q(kind__regex=r"^[a-z][a-z0-9._-]{0,39}$"), name="journalentry_kind_one_word"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def as_entry(self) -> domain.Entry:
        """The row as the domain sees it."""
        postings = tuple(
            domain.Posting(code, unit, amount)
            for code, unit, amount in self.postings.order_by("id").values_list(
                "account__code", "account__unit", "amount"
            )
        )
        undone = self.reverses.key if self.reverses else None
        return domain.Entry(self.key, self.memo, postings, self.kind, self.evidence, undone)


class Posting(models.Model):
    """One line of an entry: a debit when the amount is positive, a credit when negative."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "entry"], include=["amount"], name="posting_account"),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(amount=0), name="posting_not_zero")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"


class Seal(models.Model):
    """The journal up to `last_entry_id`, chained: the hash covers every public line since the seal before, and
    that seal's hash. `totals` holds what each role's accounts held then, for the proof page.
    """

    last_entry_id = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, unique=True)
    totals = models.JSONField(default=dict)
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.sealed_at:%Y-%m-%d} {self.hash[:12]}"


class BooksCheck(models.Model):
    """What a check of the books found; `faults` is empty when they are sound."""

    entries = models.PositiveIntegerField()
    postings = models.PositiveIntegerField()
    faults = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d} {len(self.faults)} faults"
