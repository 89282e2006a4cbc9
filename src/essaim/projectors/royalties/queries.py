"""What is stated, held and released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from essaim.activity.models import Activity, Delivery
from essaim.people.models import Member
from essaim.products.models import Product, Sale
from essaim.projectors.royalties import domain
from essaim.projectors.royalties.models import Schedule, Statement, Step, TakenBack


def schedules() -> list[domain.Schedule]:
    rows = Schedule.objects.values_list("valid_from", "months", "hold_days")
    return [domain.Schedule(*row) for row in rows]


@dataclass(frozen=True)
class Stated:
    """What earlier statements of a period say to one holder."""

    owed: int
    versions: int
    through: int


NOTHING_STATED = Stated(0, 0, 0)


def stated(product: Product, period: domain.Period) -> dict[int, Stated]:
    """What has been stated for the period, by holder."""
    rows = (
        Statement.objects.filter(product=product, first_day=period.first)
        .order_by()
        .values("holder_id")
        .annotate(total=Sum("owed"), versions=Count("pk"), through=Max("through_arrival"))
    )
    return {row["holder_id"]: Stated(row["total"], row["versions"], row["through"]) for row in rows}


def with_left(statements: QuerySet[Statement]) -> QuerySet[Any]:
    """Each with `left`: what it added to the money held, less what corrections took of it."""
    taken = TakenBack.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(sum=Sum("amount"))
    back = Coalesce(Subquery(taken.values("sum")), 0, output_field=BigIntegerField())
    return statements.annotate(left=F("credited") - back)


def still_held(chain: QuerySet[Statement], at: datetime) -> list[domain.Held]:
    """The statements of one product and holder that were not yet due for release at the moment."""
    return [
        domain.Held(row.pk, row.period, timezone.localdate(row.due_at), row.left)
        for row in with_left(chain.filter(due_at__gt=at, credited__gt=0))
        if row.left > 0
    ]


def undone(kind: str) -> QuerySet[Statement]:
    """Statements about which this step has not been taken."""
    done = Step.objects.filter(kind=kind, statement_key=OuterRef("key"))
    return Statement.objects.filter(~Exists(done))


def releasable(at: datetime) -> QuerySet[Statement]:
    """Statements that added to the money held and whose days of hold are over."""
    return undone(Step.Kind.RELEASED).filter(due_at__lte=at, credited__gt=0)


def awaits_points(product: Product, until: datetime) -> bool:
    """Something happened to the product by then that has not been drawn: its statements are not settled yet."""
    return Delivery.objects.filter(
        projector="royalties", activity__object_id=product.pk, activity__at__lte=until
    ).exists()


def unstated_periods(today: date) -> list[tuple[Product, domain.Period]]:
    """Ended periods with sales that arrived before they ended, and that nothing has closed yet."""
    arrived = Sale.objects.order_by().annotate(known=TruncDate("arrived_in__imported_at"))
    sold = list(arrived.values_list("product_id", "sold_on").annotate(Min("known")))
    if not sold:
        return []
    closed, in_force = _closed(), schedules()
    found: dict[tuple[int, str], tuple[int, domain.Period]] = {}
    for product, day, first_known in sold:
        period = domain.period_of(day, domain.schedule_on(day, in_force))
        if period.last < today and first_known <= period.last and (product, period.label) not in closed:
            found[product, period.label] = (product, period)
    products = Product.objects.in_bulk({product for product, _period in found.values()})
    return [(products[product], period) for product, period in sorted(found.values())]


def _closed() -> set[tuple[int | None, str]]:
    """Product and period of each closing."""
    closings = Activity.objects.filter(type="royalties.period-closed")
    return set(closings.values_list("object_id", "payload__period"))


@dataclass(frozen=True)
class Pot:
    """A holder's royalties in one unit: owed altogether, still held, released, and carried as corrections."""

    unit: str
    owed: int
    held: int
    released: int
    carried: int


def statements_of(member: Member) -> QuerySet[Any]:
    """A member's statements, the newest first, each with `left` and `released_at`."""
    step = Step.objects.filter(statement_key=OuterRef("key"), kind=Step.Kind.RELEASED)
    mine: QuerySet[Any] = (
        with_left(Statement.objects.filter(holder=member))
        .annotate(released_at=Subquery(step.values("at")[:1]))
        .select_related("product")
    )
    return mine


def pots(statements: Iterable[Any]) -> list[Pot]:
    """What a list of one holder's statements adds up to, by unit; needs `left` and `released_at`."""
    sums: dict[str, list[int]] = {}
    carried: dict[tuple[str, int], tuple[int, int]] = {}
    for row in statements:
        released = row.released_at is not None
        left = row.left
        line = sums.setdefault(row.unit, [0, 0, 0])
        line[0] += row.owed
        line[2 if released else 1] += left
        latest = carried.get((row.unit, row.product_id), (0, 0))
        carried[row.unit, row.product_id] = max(latest, (row.pk, row.carried))
    return [
        Pot(unit, owed, held, released, sum(c for (u, _product), (_pk, c) in carried.items() if u == unit))
        for unit, (owed, held, released) in sorted(sums.items())
    ]


def paid_for(product: Product) -> int:
    """Royalties of the product added to what its holders are owed, corrections taken off, in minor units."""
    sums = Statement.objects.filter(product=product).aggregate(credited=Sum("credited"), taken=Sum("taken"))
    return (sums["credited"] or 0) - (sums["taken"] or 0)


def sales_of(statement: Statement) -> QuerySet[Sale]:
    """The sales rows a statement was made of."""
    return Sale.objects.filter(
        product=statement.product,
        sold_on__range=(statement.first_day, statement.last_day),
        arrived_in__gt=statement.since_arrival,
        arrived_in__lte=statement.through_arrival,
    ).order_by("sold_on", "pk")


@dataclass(frozen=True)
class ProductLine:
    """A product's royalties as the treasurer sees them, in minor units."""

    product: Product
    owed: int
    held: int
    released: int
    carried: int


def overview() -> list[ProductLine]:
    """Every product with statements: what its holders are owed, what is still held, released, and carried."""
    lines: dict[int, list[Any]] = {}
    releases = dict(Step.objects.filter(kind=Step.Kind.RELEASED).values_list("statement_key", "amount"))
    carried: dict[tuple[int, int], int] = {}
    for row in with_left(Statement.objects.select_related("product")).order_by("pk"):
        line = lines.setdefault(row.product_id, [row.product, 0, 0, 0])
        line[1] += row.owed
        line[2] += 0 if row.key in releases else row.left
        line[3] += releases.get(row.key, 0)
        carried[row.product_id, row.holder_id] = row.carried
    return [
        ProductLine(product, owed, held, released, sum(c for (pk, _holder), c in carried.items() if pk == product.pk))
        for product, owed, held, released in lines.values()
    ]
