"""Which brands are followed, under which words, and the panel their shares are counted over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essaim.kit.errors import Forbidden, Refusal
from essaim.listening.desk import acts, forms, policy
from essaim.listening.desk.models import Brand, BrandMention, Panel
from essaim.listening.desk.views.entering import listeners_only, person
from essaim.listening.models import Source


@require_http_methods(["GET", "POST"])
@listeners_only
def index(request: HttpRequest) -> HttpResponse:
    """All brands; the form names a new one."""
    form = forms.BrandForm(request.POST or None)

    def name() -> None:
        acts.name_brand(actor=person(request), **form.act())
        messages.success(request, _("Followed from now on; what was heard before is being looked through."))

    if _done(request, form, name):
        return redirect("listening_desk:brands")
    return _shown(request, form)


def _shown(request: HttpRequest, form: Any, panel: Any = None) -> HttpResponse:
    counted = dict(BrandMention.objects.order_by().values("brand").annotate(n=Count("pk")).values_list("brand", "n"))
    panels = list(Panel.objects.order_by("-starts_on", "-pk")[:20])
    force = next((one for one in panels if one.ended_on is None), None)
    brands = list(Brand.objects.all())
    names = {
        "brands": {one.pk: one.name for one in brands},
        "sources": dict(Source.objects.values_list("pk", "name")),
    }
    context = {
        "form": form,
        "panel_form": panel or forms.PanelForm(panel=force),
        "brands": [(one, counted.get(one.pk, 0)) for one in brands],
        "panels": [
            (one, _named(names["sources"], one.sources), _named(names["brands"], one.brands)) for one in panels
        ],
        "force": force,
        "may_set": policy.may_set.test(request.user),
    }
    faulty = form.errors or (panel is not None and panel.errors)
    return render(request, "listening_desk/brands.html", context, status=422 if faulty else 200)


def _named(names: dict[int, str], keys: list[int]) -> list[str]:
    return [names.get(key, "…") for key in keys]


@require_http_methods(["GET", "POST"])
@listeners_only
def brand(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Brand, pk=pk)
    form = forms.BrandForm(request.POST or None, brand=found)

    def change() -> None:
        acts.change_brand(brand=found, actor=person(request), **form.act())
        messages.success(request, _("Saved. What was heard before is being looked through again."))

    if _done(request, form, change):
        return redirect("listening_desk:brands")
    context = {"brand": found, "form": form, "may_set": policy.may_set.test(request.user)}
    return render(request, "listening_desk/brand.html", context, status=422 if form.errors else 200)


@require_POST
@listeners_only
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    acts.retire_brand(brand=get_object_or_404(Brand, pk=pk), actor=person(request))
    messages.success(request, _("No longer followed; what was counted stays."))
    return redirect("listening_desk:brands")


@require_POST
@listeners_only
def panel(request: HttpRequest) -> HttpResponse:
    form = forms.PanelForm(request.POST)

    def lock() -> None:
        acts.lock_panel(actor=person(request), **form.cleaned_data)
        messages.success(request, _("The panel is locked: shares of voice are counted over it from today on."))

    if _done(request, form, lock):
        return redirect("listening_desk:brands")
    return _shown(request, forms.BrandForm(), form)


def _done(request: HttpRequest, form: Any, act: Callable[[], None]) -> bool:
    """Whether the form was sent and its act done; a refusal is shown on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
