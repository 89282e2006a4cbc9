"""What is done with products: launch, credit, grant a share, record sales."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.initiatives.models import Contribution
from essaim.initiatives.policy import allow
from essaim.kit import clock, media
from essaim.kit.errors import Conflict
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import Member
from essaim.products import arrivals, verbs
from essaim.products.domain import Figures, Term, check_shares, slug_of
from essaim.products.models import Credit, Product, RoyaltyShare, Sale, SalesFile, SalesImport
from essaim.products.policy import keeps_sales, makes_products
from essaim.products.spreadsheet import Row, Sheet


class AlreadyLaunched(Conflict):
    cause = _("“%(name)s” has already been launched from this contribution.")
    remedy = _("Edit that product instead.")


@dataclass(frozen=True)
class Brought:
    """Someone's part in a product, in words."""

    member: Member
    what: str
    contribution: Contribution | None = None


@dataclass(frozen=True)
class Holding:
    """A share of net sales to be granted, in basis points."""

    holder: Member
    basis_points: int
    starts: date
    ends: date
    origin: Contribution | None = None

    @property
    def term(self) -> Term:
        return Term(self.basis_points, self.starts, self.ends)


@transaction.atomic
def launch_product(
    *,
    actor: Member,
    name: str,
    slug: str = "",
    summary: str = "",
    story: str = "",
    community: Community | None = None,
    origin: Contribution | None = None,
    royalty_rate: int = 0,
    holdings: Sequence[Holding] = (),
    brought: Sequence[Brought] = (),
    unit: str = "EUR",
    net_sales_terms: str = "",
) -> Product:
    """Launch a product with its credits and its holders' shares (basis points of net sales, `royalty_rate` at most).

    Raises AlreadyLaunched when `origin` has become a product before, SharesExceedRate, TermIsEmpty.
    """
    if origin is not None:
        origin = Contribution.objects.select_for_update(no_key=True).get(pk=origin.pk)
        if (earlier := Product.objects.filter(origin=origin).first()) is not None:
            raise AlreadyLaunched(name=earlier.name)
    allow(makes_products, actor)
    check_shares([holding.term for holding in holdings], royalty_rate)
    product = Product.objects.create(
        slug=_free_slug(slug or slug_of(name)),
        name=name,
        summary=summary,
        story=story,
        community=community,
        origin=origin,
        royalty_rate=royalty_rate,
        unit=unit,
        net_sales_terms=net_sales_terms,
        launched_by=actor,
    )
    record(verbs.ProductLaunched(name), actor=actor, object=product, community=community)
    for position, part in enumerate(brought):
        _credit(product, part, position, actor)
    for holding in holdings:
        _grant(product, holding, actor)
    return product


def _free_slug(wanted: str) -> str:
    taken = set(Product.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 2
    slug = wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _credit(product: Product, part: Brought, position: int, actor: Member) -> Credit:
    credit = Credit.objects.create(
        product=product,
        member=part.member,
        what=part.what,
        contribution=part.contribution,
        position=position,
    )
    record(
        verbs.CreditGiven(product.name, part.what),
        actor=actor,
        object=product,
        community=product.community,
        target=part.member,
    )
    return credit


def _grant(product: Product, holding: Holding, actor: Member) -> RoyaltyShare:
    share = RoyaltyShare.objects.create(
        product=product,
        holder=holding.holder,
        basis_points=holding.basis_points,
        starts=holding.starts,
        ends=holding.ends,
        origin=holding.origin or product.origin,
        granted_by=actor,
    )
    granted = verbs.ShareGranted(
        name=product.name,
        share=share.pk,
        percent=f"{holding.basis_points / 100:g}",
        starts=holding.starts.isoformat(),
        ends=holding.ends.isoformat(),
    )
    record(granted, actor=actor, object=product, community=product.community, target=holding.holder)
    return share


def lock(product: Product) -> Product:
    """The product under its lock: shares and sales are written by one hand at a time, so their order is total."""
    return Product.objects.select_for_update(no_key=True, of=("self",)).get(pk=product.pk)


@transaction.atomic
def credit_member(*, product: Product, member: Member, what: str, actor: Member) -> Credit:
    product = lock(product)
    allow(makes_products, actor)
    return _credit(product, Brought(member, what), product.credits.count(), actor)


@transaction.atomic
def grant_share(*, product: Product, holding: Holding, actor: Member) -> RoyaltyShare:
    """Grant one more share. Raises SharesExceedRate or TermIsEmpty."""
    product = lock(product)
    allow(makes_products, actor)
    check_shares([*(share.term for share in product.shares.all()), holding.term], product.royalty_rate)
    return _grant(product, holding, actor)


@transaction.atomic
def edit_product(
    *,
    product: Product,
    actor: Member,
    name: str,
    summary: str,
    story: str,
    image: object = None,
    image_text: str = "",
    net_sales_terms: str = "",
) -> Product:
    """Change what the product's page says; the rate and the shares are not text and do not change here."""
    product = lock(product)
    allow(makes_products, actor)
    product.name, product.summary, product.story = name, summary, story
    product.image_text, product.net_sales_terms = image_text, net_sales_terms
    if image is not None:
        media.discard(product.image)
        product.image = image
    product.save(
        update_fields=["name", "summary", "story", "image", "image_text", "net_sales_terms"],
    )
    record(verbs.ProductEdited(name), actor=actor, object=product, community=product.community)
    return product


@transaction.atomic
def lay_out(*, file: bytes, name: str, actor: Member, product: Product | None = None) -> SalesFile:
    """Keep a file to be looked at before it is imported. Files left lying for a day go."""
    allow(keeps_sales, actor)
    arrivals.read(file, product)
    SalesFile.objects.filter(brought_at__lt=clock.now() - timedelta(days=1)).delete()
    return SalesFile.objects.create(name=name[:200], content=file, product=product, brought_by=actor)


@transaction.atomic
def import_laid_out(*, file: SalesFile, actor: Member) -> SalesImport:
    """Import the file that was looked at; it can be done once."""
    file = SalesFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    arrival = import_sales(file=bytes(file.content), name=file.name, actor=actor, product=file.product)
    file.delete()
    return arrival


@transaction.atomic
def import_sales(*, file: bytes, name: str, actor: Member, product: Product | None = None) -> SalesImport:
    """Record the sales of a file; a file seen before adds nothing, changed figures reverse the old ones.

    Dirty rows are listed on the import with their line and reason, the others are recorded. `product` is
    what rows without a product column are about.
    """
    allow(keeps_sales, actor)
    sheet = arrivals.read(file, product)
    arrival = SalesImport.objects.create(name=name, digest=hashlib.sha256(file).hexdigest(), imported_by=actor)
    return _arrive(sheet, arrival, actor)


@transaction.atomic
def record_sale(
    *,
    product: Product,
    source: str,
    sold_on: date,
    figures: Figures,
    actor: Member,
    channel: str = "",
) -> SalesImport:
    """Record one sale known as `source` at its source. The same again adds nothing; other figures correct it."""
    allow(keeps_sales, actor)
    row = Row(
        line=1, product=product.slug, sold_on=sold_on, since=None, channel=channel, figures=figures,
        unit=product.unit, source=source,
    )  # fmt: skip
    arrival = SalesImport.objects.create(name=source[:200], imported_by=actor)
    return _arrive(Sheet(rows=(row,), faults=()), arrival, actor)


def _arrive(sheet: Sheet, arrival: SalesImport, actor: Member) -> SalesImport:
    """Write the rows that are new or changed, and tell each product's story once."""
    slugs = {row.product for row in sheet.rows}
    products = {
        product.slug: product
        for product in Product.objects.select_for_update(no_key=True, of=("self",))
        .filter(slug__in=slugs)
        .order_by("pk")
    }
    plan = arrivals.plan(sheet.rows, products)
    written = Sale.objects.bulk_create(plan.sales(arrival), batch_size=2_000)
    arrival.rows, arrival.corrected, arrival.known = len(plan.new), len(plan.changed), plan.known
    arrival.refused = [fault.kept() for fault in sheet.faults]
    arrival.save(update_fields=["rows", "corrected", "known", "refused"])
    for slug in sorted(products):
        _tell(products[slug], [sale for sale in written if sale.product_id == products[slug].pk], arrival, actor)
    return arrival


def _tell(product: Product, sales: Sequence[Sale], arrival: SalesImport, actor: Member) -> None:
    if not sales:
        return
    imported = verbs.SalesImported(
        name=product.name,
        arrival=arrival.pk,
        rows=len(sales),
        first_day=min(sale.sold_on for sale in sales).isoformat(),
        last_day=max(sale.sold_on for sale in sales).isoformat(),
        net=sum(sale.net for sale in sales),
        unit=product.unit,
    )
    record(imported, actor=actor, object=product, community=product.community)


def today() -> date:
    """The day it is in the house."""
    return timezone.localdate(clock.now())
