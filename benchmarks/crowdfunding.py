"""The close of a campaign with 100,000 pledges through the sandbox, beside pgbench writing two rows bare; money of a
failed one going back; pages of a campaign with half as many backers. `ESSAIM_BENCH_PLEDGES` makes it shorter."""

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
WALL = 60
"""Backers on one page of the wall; a third of them are on it."""
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
        write_pledges(campaign, PLEDGES // 2)
        rows = _pages(campaign)
        write_pledges(campaign, PLEDGES - PLEDGES // 2, first=PLEDGES // 2)
        _manager, failing = open_campaign("failing", goal=PLEDGES * 2_000)
        write_pledges(failing, PLEDGES // 10, taken=True)
    with clock.at(END):
        return [*_close(campaign, floor), *_refund(failing, floor), *rows]


def open_campaign(slug: str, goal: int = 100_000) -> tuple[Any, Any]:
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
        rules=freeze(Rules(goal=goal)),
    )  # fmt: skip
    plan = [PlannedPhase("round", NOON, END), PlannedPhase("after", END, END + timedelta(days=365))]
    initiatives.schedule(initiative=campaign, phases=plan, actor=manager)
    actions.set_budget(campaign=campaign, actor=manager, lines=[("All", goal)])
    actions.add_tier(
        campaign=campaign, actor=manager, title="A jar", amount=2_000, delivery_month=END.date(), stock=PLEDGES * 2
    )
    initiatives.open_initiative(initiative=campaign, actor=manager)
    return manager, campaign


def write_pledges(campaign: Any, number: int, *, first: int = 0, taken: bool = False) -> None:
    """Pledges with their payments and the sandbox's holds, written in bulk as the acts would have; `taken`: by a bank
    that took at once."""
    from essaim.mechanisms.crowdfunding.models import Tier

    tier = Tier.objects.get(campaign=campaign)
    for start in range(first, first + number, CHUNK):
        _write_chunk(campaign, tier, range(start, min(start + CHUNK, first + number)), taken)


def _write_chunk(campaign: Any, tier: Any, picks: range, taken: bool) -> None:
    from essaim.mechanisms.crowdfunding.models import Charge, Pledge, PledgeLine
    from essaim.people.models import Member

    members = Member.objects.bulk_create(
        Member(email=f"{campaign.pk}-{n}@demo.example", handle=f"b{campaign.pk}x{n}", display_name=f"B {n}")
        for n in picks
    )
    pledges = Pledge.objects.bulk_create(
        Pledge(
            campaign=campaign, number=n + 1, backer=member, tier=tier, rewards=2_000, amount=2_000,
            state="paid" if taken else "held", captured=2_000 if taken else 0,
            confirmed_at=NOON - timedelta(minutes=n % 50_000), on_wall=n % 3 == 0, place=f"Town {n % 40}",
        )
        for n, member in zip(picks, members, strict=True)
    )  # fmt: skip
    PledgeLine.objects.bulk_create(PledgeLine(pledge=pledge, tier=tier, amount=2_000) for pledge in pledges)
    payments = _write_payments(campaign, pledges, taken)
    Charge.objects.bulk_create(
        Charge(pledge=pledge, payment=payment, amount=2_000)
        for pledge, payment in zip(pledges, payments, strict=True)
    )


def _write_payments(campaign: Any, pledges: list[Any], taken: bool) -> list[Any]:
    from essaim.connectors.sandbox.models import Order, Word
    from essaim.ledger import accounts
    from essaim.ledger.models import Payment
    from essaim.ledger.payments.entries import received
    from essaim.ledger.post import post_many

    jar = accounts.escrow(campaign.pk)
    told = {"captured": 2_000, "captured_at": NOON} if taken else {"authorised": 2_000, "attempted_at": NOON}
    payments = Payment.objects.bulk_create(
        Payment(
            pk=(key := uuid.uuid4()), provider="sandbox", reference=f"pay_{key.hex}", payer=pledge.backer,
            target=jar, amount=2_000, unit="EUR", memo="bench", purpose="crowdfunding", capture="later",
            state="succeeded" if taken else "authorised", **told,
        )
        for pledge in pledges
    )  # fmt: skip
    orders = Order.objects.bulk_create(
        Order(
            kind="payment", key=str(payment.pk), reference=payment.reference, amount=2_000, unit="EUR",
            choice="succeeded" if taken else "authorised", capture="later",
        )
        for payment in payments
    )  # fmt: skip
    kind = "payment.succeeded" if taken else "payment.authorised"
    Word.objects.bulk_create(
        Word(order=order, type=kind, amount=2_000, occurred_at=NOON, due_at=NOON, copies=0) for order in orders
    )
    if taken:
        given = {"amount": 2_000, "till": "bank", "target": jar, "memo": "bench"}
        post_many([received(f"taken:{one.pk}", evidence=f"sandbox {one.reference}", **given) for one in payments])
    return payments


def _close(campaign: Any, floor: Row) -> list[Row]:
    from essaim.connectors.sandbox.delivery import deliver_due
    from essaim.initiatives import actions as initiatives
    from essaim.ledger.models import JournalEntry
    from essaim.ledger.payments.requests import send_waiting
    from essaim.mechanisms.crowdfunding import queries
    from essaim.mechanisms.crowdfunding.actions.closing import work_off

    worked = time.process_time()
    outcome = _seconds(initiatives.turn_phases)
    asked = _seconds(lambda: work_off(campaign))
    sent = _seconds(send_waiting)
    taken = _seconds(deliver_due)
    worked = time.process_time() - worked
    entries = JournalEntry.objects.filter(kind="payment", key__startswith="sandbox:").count()
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
        Row("of it the worker's own time of a processor", worked / 60, "minutes"),
        Row("most memory of the worker", memory, "MB"),
    ]


def _refund(campaign: Any, floor: Row) -> list[Row]:
    """What a failed campaign had been given goes back: asked, sent, told by the bank, booked."""
    from essaim.connectors.sandbox.delivery import deliver_due
    from essaim.ledger.payments.requests import send_waiting
    from essaim.mechanisms.crowdfunding import queries
    from essaim.mechanisms.crowdfunding.actions.closing import work_off

    took = _seconds(lambda: work_off(campaign)) + _seconds(send_waiting) + _seconds(deliver_due)
    money, number = queries.money(campaign), PLEDGES // 10
    if money.refunded != number * 2_000 or money.escrow or not money.balanced:
        raise SystemExit(f"not all of {number} pledges went back: {money}")
    return [against(f"{number:,} pledges of a failed campaign paid back", number / took, "entries/s", floor)]


def _pages(campaign: Any) -> list[Row]:
    """The campaign's page beside one nobody backs; its page of backers beside one whose wall is just full."""
    _manager, empty = open_campaign("empty")
    _manager, small = open_campaign("small")
    write_pledges(small, WALL * 3)
    number = PLEDGES // 2
    return [
        *_beside("campaign page", "", (empty, "without backers"), (campaign, f"with {number:,} backers")),
        *_beside("backers page", "backers/", (small, f"with {WALL * 3}"), (campaign, f"with {number:,}")),
    ]


def _beside(page: str, path: str, few: tuple[Any, str], many: tuple[Any, str]) -> list[Row]:
    (little, few_queries), (large, many_queries) = (_looked_at(campaign, path) for campaign, _told in (few, many))
    floor = Row(f"{page} {few[1]}, p95", little, "ms")
    return [
        floor,
        against(f"{page} {many[1]}, p95", large, "ms", floor),
        Row(f"queries of the {page} {few[1]}", few_queries, "queries"),
        Row(f"queries of the {page} {many[1]}", many_queries, "queries"),
    ]


def _looked_at(campaign: Any, page: str, times: int = 60) -> tuple[float, int]:
    """The 95th percentile in milliseconds, after a few looks to warm up; and the queries of one look."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, path = Client(HTTP_HOST="localhost"), f"{campaign.get_absolute_url()}{page}"
    client.cookies["own"] = "1"  # each look is computed: none is answered with the page kept for passers-by
    for _ in range(3):
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)  # read now: the next look begins a new count
    took = sorted(_seconds(lambda: client.get(path)) * 1000 for _ in range(times))
    return statistics.quantiles(took, n=20)[-1], asked


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
