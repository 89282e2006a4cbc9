"""The close of a campaign with 100,000 pledges through the sandbox, beside pgbench writing two rows bare; and a page
of a campaign with that many backers beside one with none. `ESSAIM_BENCH_PLEDGES` makes it shorter."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.books import PAIR
from benchmarks.load import pgbench
from benchmarks.report import Row, against, publish

PLEDGES = int(os.environ.get("ESSAIM_BENCH_PLEDGES", "100000"))
CHUNK = 5_000
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
END = NOON + timedelta(days=40)


def main() -> None:
    from essaim.server.binaries import find_binaries
    from essaim.server.postgres import Postgres

    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        server = Postgres(Path(folder) / "house")
        with server.running() as url:
            os.environ |= {
                "DATABASE_URL": url,
                "ESSAIM_HOME": folder,
                "ESSAIM_HASHED_STATIC": "0",
                "DJANGO_SETTINGS_MODULE": "essaim.config.settings",
            }
            with server.connect("essaim") as connection:
                connection.execute("CREATE TABLE bench_posting (entry int, account int, amount bigint)")
            floor = Row(
                "pgbench, two rows a transaction, 1 client",
                pgbench(find_binaries().folder, url, PAIR, clients=1),
                "transactions/s",
            )
            rows = [floor, *_measured(floor)]
    publish("crowdfunding", rows)


def _measured(floor: Row) -> list[Row]:
    import django

    django.setup()
    from django.core.management import call_command

    from essaim.kit import clock

    call_command("migrate", verbosity=0)
    with clock.at(NOON):
        _manager, campaign = open_campaign("big")
        write_pledges(campaign, PLEDGES)
        rows = _page(campaign)
    with clock.at(END):
        return [*_close(campaign, floor), *rows]


def open_campaign(slug: str) -> tuple[Any, Any]:
    """A manager and an opened campaign of his, with one tier."""
    from essaim.communities.actions import found
    from essaim.communities.models import Community
    from essaim.initiatives import actions as initiatives
    from essaim.initiatives.domain import PlannedPhase
    from essaim.mechanisms.crowdfunding import actions
    from essaim.mechanisms.crowdfunding.domain.rules import Rules, freeze
    from essaim.people.models import HouseRole, Member

    manager, new = Member.objects.get_or_create(
        handle="manager", defaults={"email": "m@demo.example", "display_name": "M", "email_confirmed_at": NOON}
    )
    if new:
        HouseRole.objects.create(member=manager, role=HouseRole.Role.OWNER)
    place = Community.objects.first() or found(actor=manager, name="Bench", summary="x", charter="Be kind.")
    campaign = initiatives.draft_initiative(
        actor=manager, community=place, mechanism_slug="crowdfunding", title=slug, slug=slug, brief="Bench",
        rules=freeze(Rules(goal=100_000)),
    )  # fmt: skip
    plan = [PlannedPhase("round", NOON, END), PlannedPhase("after", END, END + timedelta(days=365))]
    initiatives.schedule(initiative=campaign, phases=plan, actor=manager)
    actions.set_budget(campaign=campaign, actor=manager, lines=[("All", 100_000)])
    actions.add_tier(
        campaign=campaign, actor=manager, title="A jar", amount=2_000, delivery_month=END.date(), stock=PLEDGES * 2
    )
    initiatives.open_initiative(initiative=campaign, actor=manager)
    return manager, campaign


def write_pledges(campaign: Any, number: int) -> None:
    """Held pledges with their payments and the sandbox's holds, written in bulk as the acts would have."""
    from essaim.connectors.sandbox.models import Order, Word
    from essaim.ledger import accounts
    from essaim.ledger.models import Payment
    from essaim.mechanisms.crowdfunding.models import Charge, Pledge, PledgeLine, Tier
    from essaim.people.models import Member

    jar, tier = accounts.escrow(campaign.pk), Tier.objects.get(campaign=campaign)
    for start in range(0, number, CHUNK):
        picks = range(start, min(start + CHUNK, number))
        members = Member.objects.bulk_create(
            Member(email=f"{campaign.pk}-{n}@demo.example", handle=f"b{campaign.pk}x{n}", display_name=f"B {n}")
            for n in picks
        )
        pledges = Pledge.objects.bulk_create(
            Pledge(
                campaign=campaign, number=n + 1, backer=member, tier=tier, rewards=2_000, amount=2_000, state="held",
                confirmed_at=NOON - timedelta(minutes=n % 50_000), on_wall=n % 3 == 0, place=f"Town {n % 40}",
            )
            for n, member in zip(picks, members, strict=True)
        )  # fmt: skip
        PledgeLine.objects.bulk_create(PledgeLine(pledge=pledge, tier=tier, amount=2_000) for pledge in pledges)
        payments = Payment.objects.bulk_create(
            Payment(
                pk=(key := uuid.uuid4()), provider="sandbox", reference=f"pay_{key.hex}", payer=pledge.backer,
                target=jar, amount=2_000, unit="EUR", memo="bench", purpose="crowdfunding", capture="later",
                state="authorised", authorised=2_000, attempted_at=NOON,
            )
            for pledge in pledges
        )  # fmt: skip
        Charge.objects.bulk_create(
            Charge(pledge=pledge, payment=payment, amount=2_000)
            for pledge, payment in zip(pledges, payments, strict=True)
        )
        orders = Order.objects.bulk_create(
            Order(
                kind="payment", key=str(payment.pk), reference=payment.reference, amount=2_000, unit="EUR",
                choice="authorised", capture="later",
            )
            for payment in payments
        )  # fmt: skip
        Word.objects.bulk_create(
            Word(order=order, type="payment.authorised", amount=2_000, occurred_at=NOON, due_at=NOON, copies=0)
            for order in orders
        )


def _close(campaign: Any, floor: Row) -> list[Row]:
    from essaim.connectors.sandbox.delivery import deliver_due
    from essaim.initiatives import actions as initiatives
    from essaim.ledger.models import JournalEntry
    from essaim.ledger.payments.requests import send_waiting
    from essaim.mechanisms.crowdfunding import queries
    from essaim.mechanisms.crowdfunding.actions.closing import work_off

    outcome = _seconds(initiatives.turn_phases)
    asked = _seconds(lambda: work_off(campaign))
    sent = _seconds(send_waiting)
    taken = _seconds(deliver_due)
    entries = JournalEntry.objects.filter(kind="payment").count()
    money = queries.money(campaign)
    if entries != PLEDGES or money.escrow != PLEDGES * 2_000 or not money.balanced:
        raise SystemExit(f"the close took {entries} of {PLEDGES} pledges: {money}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Row(f"outcome of {PLEDGES:,} pledges, under the lock", outcome, "s"),
        Row("captures asked, in batches", PLEDGES / asked, "pledges/s"),
        Row("captures sent to the sandbox", PLEDGES / sent, "pledges/s"),
        against("the bank's words applied and posted, 500 by a message", entries / taken, "entries/s", floor),
        Row("the whole close", (outcome + asked + sent + taken) / 60, "minutes"),
        Row("most memory of the worker", memory, "MB"),
    ]


def _page(campaign: Any) -> list[Row]:
    _manager, empty = open_campaign("empty")
    few, few_queries = _looked_at(empty)
    many, many_queries = _looked_at(campaign)
    floor = Row("campaign page without backers, p95", few, "ms")
    return [
        floor,
        against(f"campaign page with {PLEDGES:,} backers, p95", many, "ms", floor),
        Row("queries of the page without backers", few_queries, "queries"),
        Row(f"queries of the page with {PLEDGES:,} backers", many_queries, "queries"),
    ]


def _looked_at(campaign: Any, times: int = 60) -> tuple[float, int]:
    """The 95th percentile in milliseconds, after a few looks to warm up; and the queries of one look."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, path = Client(HTTP_HOST="localhost"), campaign.get_absolute_url()
    for _ in range(3):
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    took = sorted(_seconds(lambda: client.get(path)) * 1000 for _ in range(times))
    return statistics.quantiles(took, n=20)[-1], len(queries)


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
