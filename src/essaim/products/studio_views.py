"""The brand team's pages: products, their credits and shares, and the sales that come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.base import ContentFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essaim.initiatives.policy import allow
from essaim.kit import images
from essaim.kit.errors import Forbidden, Refusal
from essaim.kit.media import fresh_name
from essaim.people.models import Member
from essaim.products import actions, queries
from essaim.products.forms import CreditForm, LaunchForm, ProductForm, SalesFileForm, ShareForm
from essaim.products.models import Product, SalesFile, SalesImport
from essaim.products.policy import keeps_sales, makes_products

SHOWN_ROWS = 20


def me(request: HttpRequest) -> Member | Any:
    return request.user


def attempt(form: Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """Do the act with the form's values; a refusal becomes an error of the form, and None."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def picture(values: dict[str, Any]) -> ContentFile[bytes] | None:
    """The uploaded picture made safe, None when there is none."""
    upload = values.pop("image", None)
    if not upload:
        return None
    made = images.clean(upload, most_bytes=settings.PICTURE_MOST_BYTES)
    return ContentFile(made.large, name=f"{fresh_name()}.{made.extension}")


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    allow(makes_products | keeps_sales, me(request))
    listed = list(Product.objects.select_related("community"))
    paid = queries.royalties_paid(listed)
    context = {"shown": [(product, paid[product.pk]) for product in listed]}
    return render(request, "products/studio/products.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def launch(request: HttpRequest) -> HttpResponse:
    allow(makes_products, me(request))
    form = LaunchForm(request.POST or None, request.FILES or None)
    product = attempt(form, lambda values: _launch(values, me(request))) if request.method == "POST" else None
    if product is not None:
        return redirect("products_studio:edit", product.slug)
    return render(request, "products/studio/launch.html", {"form": form}, status=422 if form.errors else 200)


def _launch(values: dict[str, Any], actor: Member) -> Product:
    image, text = picture(values), values.pop("image_text")
    product = actions.launch_product(actor=actor, **values)
    if image is not None:
        names = ("name", "summary", "story", "net_sales_terms")
        kept = {name: getattr(product, name) for name in names}
        product = actions.edit_product(product=product, actor=actor, image=image, image_text=text, **kept)
    return product


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    allow(makes_products, me(request))
    product = get_object_or_404(Product, slug=slug)
    form = ProductForm(request.POST, request.FILES) if request.method == "POST" else ProductForm.of(product)

    def act(values: dict[str, Any]) -> Product:
        return actions.edit_product(product=product, actor=me(request), image=picture(values), **values)

    if request.method == "POST" and attempt(form, act) is not None:
        messages.success(request, _("The page of the product is up to date."))
        return redirect("products_studio:edit", product.slug)
    return _edit_page(request, product, form=form)


def _edit_page(request: HttpRequest, product: Product, **forms: Form) -> HttpResponse:
    context = {
        "product": product,
        "form": forms.get("form") or ProductForm.of(product),
        "credit_form": forms.get("credit_form") or CreditForm(prefix="credit"),
        "share_form": forms.get("share_form") or ShareForm(prefix="share"),
        "shares": [(share, share.basis_points / 10_000) for share in queries.shares_of(product)],
        "credits": product.credits.select_related("member"),
        "months": queries.sales_by_month(product),
        "rate": product.royalty_rate / 10_000,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "products/studio/edit.html", context, status=422 if wrong else 200)


@require_POST
def credit(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(Product, slug=slug)
    form = CreditForm(request.POST, prefix="credit")

    def act(values: dict[str, Any]) -> Any:
        return actions.credit_member(product=product, actor=me(request), **values)

    if attempt(form, act) is None:
        allow(makes_products, me(request))
        return _edit_page(request, product, credit_form=form)
    return redirect("products_studio:edit", slug)


@require_POST
def share(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(Product, slug=slug)
    form = ShareForm(request.POST, prefix="share")

    def act(values: dict[str, Any]) -> Any:
        return actions.grant_share(product=product, holding=actions.Holding(**values), actor=me(request))

    if attempt(form, act) is None:
        allow(makes_products, me(request))
        return _edit_page(request, product, share_form=form)
    return redirect("products_studio:edit", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def sales(request: HttpRequest) -> HttpResponse:
    """Bring a file: it is read and shown before anything is written."""
    allow(keeps_sales, me(request))
    form = SalesFileForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> SalesFile:
        file = values["file"]
        return actions.lay_out(file=file.read(), name=file.name, actor=me(request), product=values["product"])

    laid_out = attempt(form, act) if request.method == "POST" else None
    if laid_out is not None:
        return redirect("products_studio:preview", laid_out.pk)
    context = {"form": form, "imports": queries.imports()[:20]}
    return render(request, "products/studio/sales.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    allow(keeps_sales, me(request))
    file = get_object_or_404(SalesFile.objects.select_related("product"), pk=pk, brought_by=me(request))
    if request.method == "POST":
        arrival = actions.import_laid_out(file=file, actor=me(request))
        messages.success(request, _told(arrival))
        return redirect("products_studio:arrival", arrival.pk)
    seen = queries.preview(file)
    rows = [*seen.new, *(row for row, _old in seen.changed)][:SHOWN_ROWS]
    return render(request, "products/studio/preview.html", {"file": file, "seen": seen, "rows": rows})


def _told(arrival: SalesImport) -> str:
    added = arrival.rows + arrival.corrected
    told = ngettext("%(count)s row was recorded.", "%(count)s rows were recorded.", added)
    return told % {"count": added}


@require_safe
def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    allow(keeps_sales, me(request))
    found = get_object_or_404(queries.imports(), pk=pk)
    return render(request, "products/studio/arrival.html", {"arrival": found, "faults": queries.told_faults(found)})
