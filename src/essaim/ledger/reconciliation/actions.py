"""Reading a provider's statement: kept line by line, its fees and transfers written in the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from essaim.kit import clock
from essaim.ledger import policy
from essaim.ledger.domain import Entry
from essaim.ledger.models import ProviderLine
from essaim.ledger.post import post_many
from essaim.ledger.providers import Provider, StatementLine, connected, provider
from essaim.ledger.reconciliation import entries
from essaim.people.models import Member
from essaim.people.policy import allow

OVERLAP = timedelta(days=7)
"""Statements are read again over this time: lines may be added late."""
EARLIEST = timedelta(days=90)
MARGIN = timedelta(seconds=1)


def read_statements(*, actor: Member | None = None, now: datetime | None = None) -> int:
    """Read what every connected provider has moved since it was last read; how many lines are new."""
    if actor is not None:
        allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    now = now or clock.now()
    return sum(
        take_statement(provider=source.slug, since=_last_read(source.slug, now) - OVERLAP, until=now + MARGIN)
        for source in connected()
    )


def take_statement(*, provider: str, since: datetime, until: datetime) -> int:
    """Keep the provider's lines from `since` to before `until`, once each; how many were new."""
    source = _provider(provider)
    lines = list(source.statement(since=since, until=until))
    with transaction.atomic():
        known = set(
            ProviderLine.objects.filter(provider=provider, line_id__in=[line.line_id for line in lines]).values_list(
                "line_id", flat=True
            )
        )
        new = [line for line in lines if line.line_id not in known]
        ProviderLine.objects.bulk_create(
            [ProviderLine(provider=provider, **_columns(line)) for line in new], ignore_conflicts=True
        )
        post_many([entry for line in lines for entry in _entries(source, line)])
    return len(new)


def _provider(slug: str) -> Provider:
    return provider(slug)


def _last_read(slug: str, now: datetime) -> datetime:
    last = ProviderLine.objects.filter(provider=slug).order_by("-at").values_list("at", flat=True).first()
    return last or now - EARLIEST


def _columns(line: StatementLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in StatementLine.__slots__}


def _entries(source: Provider, line: StatementLine) -> Iterator[Entry]:
    """Posted under the line's own name: reading it again posts nothing."""
    told = {"till": source.account, "unit": line.unit, "memo": line.memo, "evidence": f"{source.slug} {line.line_id}"}
    cost = line.fee - (line.amount if line.kind == "fee" else 0)
    if cost:
        yield entries.fee(f"{source.slug}:fee:{line.line_id}", amount=cost, **told)
    if line.kind == "transfer":
        yield entries.transfer(f"{source.slug}:transfer:{line.line_id}", amount=-line.amount, **told)
