"""Statements drawn from the points of a product's story, in their order."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.ledger.post import post
from essaim.people.models import Member
from essaim.products.models import Product, RoyaltyShare, Sale
from essaim.projectors.royalties import domain, queries
from essaim.projectors.royalties.domain import Holding, Period, Settlement
from essaim.projectors.royalties.models import Point, Statement, TakenBack

IMPORTED, GRANTED, CLOSED = "products.sales-imported", "products.share-granted", "royalties.period-closed"
POINTS = frozenset({IMPORTED, GRANTED, CLOSED})


def project(activity: Activity) -> None:
    """Draw this point and those of the same product before it that have not been drawn yet.

    Later statements depend on earlier ones, and two workers may hold batches out of order: one draws at a
    time, and each draws whatever must come first. A product's points are recorded under its lock, so when one
    is visible, those before it are too.
    """
    one_at_a_time()
    _draw_waiting(points(activity.object_id).filter(pk__lte=activity.pk, pk__gt=_last_drawn(activity.object_id)))


def _draw_waiting(waiting: QuerySet[Activity]) -> None:
    for point in waiting:
        _draw(point)
        Point.objects.create(activity=point)


def hold(member: Member) -> None:
    """Before a holder leaves: draw what has happened, so that he sees what he is owed, and let nothing happen, be
    drawn or released until he has gone."""
    shares = RoyaltyShare.objects.filter(holder=member).values("product")
    held = list(Product.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=shares).order_by("pk"))
    one_at_a_time()
    for product in held:
        _draw_waiting(points(product.pk).filter(pk__gt=_last_drawn(product.pk)))


@transaction.atomic
def reset() -> None:
    one_at_a_time()
    TakenBack.objects.all().delete()
    Statement.objects.all().delete()
    Point.objects.all().delete()


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else draws or releases royalties."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('essaim.royalties'))")


def points(product_id: int | None) -> QuerySet[Activity]:
    label = Product._meta.label_lower
    return Activity.objects.filter(type__in=POINTS, object_type=label, object_id=product_id).order_by("pk")


def _last_drawn(product_id: int | None) -> int:
    drawn = Point.objects.filter(activity__object_id=product_id).order_by("-pk").first()
    return int(drawn.activity_id) if drawn else 0


def _draw(point: Activity) -> None:
    """State what the point changes, period by period: only of periods that had ended when it happened."""
    product = Product.objects.get(pk=point.object_id or 0)
    today = timezone.localdate(point.at)
    for period in sorted(_touched(point, product)):
        if period.last < today:
            _state(point, product, period)


def _touched(point: Activity, product: Product) -> set[Period]:
    if point.type == CLOSED:
        return {Period(date.fromisoformat(point.payload["first_day"]), date.fromisoformat(point.payload["last_day"]))}
    sales = product.sales.all()
    if point.type == IMPORTED:
        sales = sales.filter(arrived_in=point.payload["arrival"])
    else:
        term = RoyaltyShare.objects.get(pk=point.payload["share"]).term
        sales = sales.filter(arrived_in__lte=_arrived(point), sold_on__gte=term.starts, sold_on__lt=term.ends)
    schedules = queries.schedules()
    days = sales.values_list("sold_on", flat=True).distinct().order_by("sold_on")
    return {domain.period_of(day, domain.schedule_on(day, schedules)) for day in days}


def _arrived(point: Activity) -> int:
    """The last arrival of sales known at the point; 0 when there was none."""
    imports = points(point.object_id).filter(type=IMPORTED, pk__lte=point.pk)
    last = imports.last()
    return int(last.payload["arrival"]) if last else 0


def _state(point: Activity, product: Product, period: Period) -> None:
    """One statement per holder for whom the point makes a difference in the period, and who was here then: the share
    of one who has left is the house's from that day on, and the others' are what they were."""
    through = _arrived(point)
    sales = product.sales.filter(arrived_in__lte=through, sold_on__range=(period.first, period.last))
    net_by_day = dict(sales.values_list("sold_on").annotate(net=Sum("net")).order_by("sold_on"))
    stated = queries.stated(product, period)
    due = domain.due(net_by_day, _holdings(point))
    concerned = due.keys() | stated.keys()
    gone = set(Member.objects.filter(pk__in=concerned, erased_at__lte=point.at).values_list("pk", flat=True))
    for holder in sorted(concerned - gone):
        before = stated.get(holder, queries.NOTHING_STATED)
        owed = due.get(holder, 0) - before.owed
        if owed:
            _issue(point, product, period, holder, owed, before, through, sales)


def _holdings(point: Activity) -> list[Holding]:
    """The shares granted by then, whichever have been granted since."""
    granted = points(point.object_id).filter(type=GRANTED, pk__lte=point.pk).values_list("payload__share", flat=True)
    shares = RoyaltyShare.objects.filter(pk__in=list(granted))
    return [Holding(share.holder_id, share.term) for share in shares]


def _issue(
    point: Activity,
    product: Product,
    period: Period,
    holder: int,
    owed: int,
    before: queries.Stated,
    through: int,
    sales: QuerySet[Sale],
) -> None:
    chain = Statement.objects.filter(product=product, holder=holder)
    carried = chain.order_by("-pk").values_list("carried", flat=True).first() or 0
    settlement = domain.settle(owed, carried, queries.still_held(chain, point.at), period)
    hold = domain.schedule_on(period.first, queries.schedules()).hold_days
    net: int = sales.filter(arrived_in__gt=before.through).aggregate(net=Sum("net"))["net"] or 0
    statement = Statement.objects.create(
        key=f"royalties:{product.pk}:{period.label}:{holder}:{point.pk}",
        product=product,
        holder_id=holder,
        first_day=period.first,
        last_day=period.last,
        label=period.label,
        point=point,
        version=before.versions + 1,
        net=net,
        owed=owed,
        settled=settlement.settled,
        credited=settlement.credited,
        taken=settlement.taken_back,
        carried=settlement.carried,
        unit=product.unit,
        since_arrival=before.through,
        through_arrival=through,
        issued_at=point.at,
        due_at=point.at + timedelta(days=hold),
    )
    TakenBack.objects.bulk_create(
        TakenBack(source_id=source, correction=statement, amount=amount) for source, amount in settlement.taken
    )
    _post(statement, settlement)


def _post(statement: Statement, settlement: Settlement) -> None:
    memo = _("Royalties of “%(product)s” for %(period)s") % {
        "product": statement.product.name,
        "period": statement.label,
    }
    entry = domain.entry(
        statement.key,
        statement.holder_id,
        statement.unit,
        settlement,
        memo=memo[:300],
        evidence=statement.product.get_absolute_url(),
    )
    if entry is not None:
        post(entry, statement.point)


PROJECTOR = Projector(slug="royalties", project=project, reset=reset, listens=POINTS)
