"""A product with two holders, and sales for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from essaim.activity.outbox import drain
from essaim.kit import clock
from essaim.people.models import HouseRole, Member
from essaim.products.actions import Holding, import_sales, launch_product
from essaim.projectors.royalties.models import Point, Statement, Step, TakenBack

LAUNCH = datetime(2026, 1, 2, 9, tzinfo=UTC)


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def new_member(handle: str, *roles: str) -> Member:
    member = Member.objects.create_user(f"{handle}@example.org", handle, display_name=handle.title())
    for role in roles:
        HouseRole.objects.create(member=member, role=role)
    return member


def launch(owner: Member, *holders: tuple[Member, int], name: str = "Rye bread", rate: int = 1_000):
    with clock.at(LAUNCH):
        return launch_product(
            actor=owner,
            name=name,
            royalty_rate=rate,
            holdings=[Holding(holder, points, date(2026, 1, 1), date(2029, 1, 1)) for holder, points in holders],
        )


def sell(product, owner: Member, at: datetime, *rows: str) -> None:
    """Import lines `reference;date;gross` and draw what follows."""
    deliver(product, owner, at, *rows)
    with clock.at(at):
        drain("royalties")


def deliver(product, owner: Member, at: datetime, *rows: str) -> None:
    file = "\n".join(["ref;date;gross", *rows]).encode()
    with clock.at(at):
        import_sales(file=file, name="sales.csv", actor=owner, product=product)


def snapshot() -> dict[str, list[object]]:
    """Every row of the projector without its number, and the steps beside."""
    statements = {row["id"]: row for row in Statement.objects.order_by("key").values()}
    keys = {pk: row.pop("key") for pk, row in statements.items()}
    for row in statements.values():
        row.pop("id")
    taken = TakenBack.objects.values_list("source_id", "correction_id", "amount")
    return {
        "statements": [(keys[pk], row) for pk, row in statements.items()],
        "taken": sorted((keys[source], keys[correction], amount) for source, correction, amount in taken),
        "points": list(Point.objects.order_by("pk").values_list("pk", flat=True)),
        "steps": list(Step.objects.order_by("pk").values()),
    }


@pytest.fixture
def owner(db):
    return new_member("owner", HouseRole.Role.OWNER)


@pytest.fixture
def ada(db):
    return new_member("ada")


@pytest.fixture
def bea(db):
    return new_member("bea")
