"""Products, and their sales from a till, a shop or a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of, reader
from essaim.products import actions, queries
from essaim.products.domain import Figures
from essaim.products.models import Product

router = Router(tags=["products"])
LARGEST = 10**12


class ProductOut(Schema):
    slug: str
    name: str
    summary: str
    unit: str
    royalty_rate: int
    launched_at: datetime
    url: str
    picture: str = Field(description="Address of its picture, empty without one")
    picture_alt: str = Field(description="What the picture shows")

    @staticmethod
    def resolve_url(product: Product) -> str:
        return product.get_absolute_url()

    @staticmethod
    def resolve_picture(product: Product) -> str:
        return str(product.image.url) if product.image else ""

    @staticmethod
    def resolve_picture_alt(product: Product) -> str:
        return product.image_text


class SaleIn(Schema):
    """Amounts in minor units of the product's unit, each as a positive number."""

    source: str = Field(
        min_length=1, max_length=120, description="Its number at its source; sent twice, it counts once"
    )
    sold_on: date
    quantity: int = Field(ge=-1_000_000, le=1_000_000)
    gross: int = Field(ge=0, le=LARGEST)
    discounts: int = Field(0, ge=0, le=LARGEST)
    returns: int = Field(0, ge=0, le=LARGEST)
    vat: int = Field(0, ge=0, le=LARGEST)
    channel: str = Field("", max_length=40)


class SalesFile(Schema):
    """A spreadsheet saved as CSV, as text."""

    name: str = Field(min_length=1, max_length=200)
    csv: str = Field(min_length=1, max_length=5_000_000)


class ArrivalOut(Schema):
    name: str
    rows: int
    corrected: int
    known: int
    refused: list[Any]


def _visible(request: HttpRequest) -> QuerySet[Product]:
    return queries.visible_to(reader(request))


@router.get("", response={200: Page[ProductOut], **PROBLEMS}, summary="Products")
def products(request: HttpRequest, window: Query[Window]) -> object:
    return page_of(_visible(request), window)


@router.get("{slug:slug}/", response={200: ProductOut, **PROBLEMS}, summary="One product")
def product(request: HttpRequest, slug: str) -> object:
    return get_object_or_404(_visible(request), slug=slug)


@router.post("{slug:slug}/sales/", response={201: ArrivalOut, **PROBLEMS}, summary="Record one sale")
def record_sale(request: HttpRequest, slug: str, sale: SaleIn) -> object:
    keeper = actor(request, "sales")
    arrival = actions.record_sale(
        product=get_object_or_404(_visible(request), slug=slug),
        source=sale.source,
        sold_on=sale.sold_on,
        figures=_figures(sale),
        actor=keeper,
        channel=sale.channel,
    )
    return Status(201, arrival)


@router.post("{slug:slug}/sales/file/", response={201: ArrivalOut, **PROBLEMS}, summary="Import a file of sales")
def import_sales(request: HttpRequest, slug: str, file: SalesFile) -> object:
    keeper = actor(request, "sales")
    found = get_object_or_404(_visible(request), slug=slug)
    arrival = actions.import_sales(file=file.csv.encode(), name=file.name, actor=keeper, product=found)
    return Status(201, arrival)


def _figures(sale: SaleIn) -> Figures:
    return Figures(sale.quantity, sale.gross, sale.discounts, sale.returns, sale.vat)
