"""Public pages of products."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from essaim.initiatives.policy import may
from essaim.kit.passing import same_for_passers_by
from essaim.products import queries
from essaim.products.actions import today
from essaim.products.policy import makes_products

PER_PAGE = 24


@require_safe
@same_for_passers_by
def list_products(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    paid = queries.royalties_paid(list(page))
    shown = [(product, paid[product.pk]) for product in page]
    return render(request, "products/list.html", {"page": page, "shown": shown})


@require_safe
@same_for_passers_by
def show_product(request: HttpRequest, slug: str) -> HttpResponse:
    """The makers' page: who brought what, who holds which share, what was paid."""
    product = get_object_or_404(queries.visible_to(request.user).select_related("origin__picture"), slug=slug)
    shares = list(queries.shares_of(product))
    context = {
        "product": product,
        "shares": [(share, share.basis_points / 10_000) for share in shares],
        "rate": product.royalty_rate / 10_000,
        "paid": queries.royalties_paid([product])[product.pk],
        "today": today(),
        "may_edit": may(makes_products, request.user),  # type: ignore[arg-type]
    }
    return render(request, "products/product.html", context)
