"""Reads over the books. Amounts in minor units, read on each account's own side: what one is owed is positive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, When, Window
from django.db.models.functions import Coalesce

from essaim.ledger import chart
from essaim.ledger.models import Account, JournalEntry, Posting
from essaim.people.models import Member

NATURAL = Case(
    When(account__kind__in=[kind.value for kind in chart.DEBIT_SIDE], then=F("amount")),
    default=-F("amount"),
    output_field=BigIntegerField(),
)


def balance(account: Account) -> int:
    """What the account holds now."""
    if not account.summed:
        return Account.objects.values_list("balance", flat=True).get(pk=account.pk) or 0
    return _sum(Posting.objects.filter(account=account))


def balance_of(code: str) -> int:
    """What the account of that code holds; 0 when it was never opened."""
    return _sum(Posting.objects.filter(account__code=code))


def balance_at(account: Account, moment: datetime) -> int:
    """What the account held just before `moment`."""
    return _sum(Posting.objects.filter(account=account, entry__at__lt=moment))


def escrow_balance(initiative_id: int, unit: str = "EUR") -> int:
    """What is set aside for an initiative; 0 when nothing ever was."""
    return balance_of(chart.escrow_account(initiative_id, unit).code)


def escrow_totals(unit: str = "EUR") -> dict[int, int]:
    """Each initiative's jar."""
    jars = Posting.objects.filter(account__role=Account.Role.ESCROW, account__unit=unit)
    return dict(jars.values_list("account__initiative_id").annotate(held=Sum(NATURAL)).order_by())


def member_balance(member: Member, unit: str = "EUR", kind: str = "balance") -> int:
    """What a member may use (`balance`) or what is `held` for him; 0 without an account."""
    code = chart.member_account(member.pk, unit, kind).code
    return Account.objects.filter(code=code).values_list("balance", flat=True).first() or 0


def member_accounts(member: Member) -> QuerySet[Account]:
    return Account.objects.filter(owner=member).order_by("unit", "name")


def statement(account: Account, *, since: datetime | None = None, until: datetime | None = None) -> QuerySet[Any]:
    """The account's postings, oldest first, each with `moved` and the balance `after` it. `until` is excluded."""
    lines = (
        Posting.objects.filter(account=account)
        .select_related("entry", "entry__activity", "account")
        .annotate(moved=NATURAL)
        .annotate(after=Window(Sum(NATURAL), order_by=F("id").asc()))
        .order_by("id")
    )
    period = Q()
    if since is not None:
        period &= Q(entry__at__gte=since)
    if until is not None:
        period &= Q(entry__at__lt=until)
    return lines.filter(pk__in=Posting.objects.filter(period, account=account).values("pk")) if period else lines


@dataclass(frozen=True)
class TrialLine:
    """An account over a period: what it held before, what was debited and credited, what it holds after."""

    account: Account
    opening: int
    debited: int
    credited: int

    @property
    def closing(self) -> int:
        moved = self.debited - self.credited
        return self.opening + (moved if chart.debit_side(self.account.kind) else -moved)


def trial_balance(
    unit: str = "EUR", *, since: datetime | None = None, until: datetime | None = None
) -> list[TrialLine]:
    """Every account that ever moved, in the order of the chart. Both columns have the same sum."""
    within = Q(entry__at__lt=until) if until else Q()
    before = Q(entry__at__lt=since) if since else Q(pk__in=[])
    during = Q(entry__at__gte=since) if since else Q()
    sums = {
        row["account_id"]: row
        for row in Posting.objects.filter(within, account__unit=unit)
        .values("account_id")
        .annotate(
            opening=Coalesce(Sum(NATURAL, filter=before), 0),
            debited=Coalesce(Sum("amount", filter=during & Q(amount__gt=0)), 0),
            credited=Coalesce(Sum(-F("amount"), filter=during & Q(amount__lt=0)), 0),
        )
    }
    accounts = Account.objects.filter(pk__in=sums).order_by("number", "code")
    return [
        TrialLine(account, sums[account.pk]["opening"], sums[account.pk]["debited"], sums[account.pk]["credited"])
        for account in accounts
    ]


def journal(
    *,
    kind: str = "",
    account: str = "",
    words: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[JournalEntry]:
    """Entries, latest first, with their postings; each filter narrows."""
    entries = JournalEntry.objects.select_related("author", "activity", "reverses", "reversal")
    if kind:
        entries = entries.filter(kind=kind)
    if account:
        entries = entries.filter(pk__in=Posting.objects.filter(account__code=account).values("entry"))
    if words:
        entries = entries.filter(Q(memo__icontains=words) | Q(key__icontains=words) | Q(evidence__icontains=words))
    if since:
        entries = entries.filter(at__gte=since)
    if until:
        entries = entries.filter(at__lt=until)
    return entries.prefetch_related("postings__account__owner").order_by("-id")


def entry_of(key: str) -> JournalEntry | None:
    """The entry that stands under a key."""
    return JournalEntry.objects.filter(key=key).first()


def _sum(postings: QuerySet[Posting]) -> int:
    total: int = postings.aggregate(total=Coalesce(Sum(NATURAL), 0))["total"]
    return total
