"""A campaign's money, and the pots that add to pledges: for treasurers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.mechanisms.crowdfunding import actions, policy, queries
from essaim.mechanisms.crowdfunding.actions.pots import left_in
from essaim.mechanisms.crowdfunding.forms import desk as typed
from essaim.mechanisms.crowdfunding.models import Pledge, Pot, PotCampaign, Refund, Settlement
from essaim.mechanisms.crowdfunding.views.desk import desk_sheet, shown
from essaim.mechanisms.crowdfunding.views.sheet import Sheet
from essaim.people.policy import allow
from essaim.people.queries import house


@require_http_methods(["GET", "POST"])
@for_the_desk
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the money is; settle it, send back by hand what no provider can, let a pot join."""
    sheet = desk_sheet(request, slug)
    act = request.POST.get("act", "")
    pots = Pot.objects.filter(closed_at=None, unit=sheet.rules.unit)
    joined = list(PotCampaign.objects.filter(campaign=sheet.campaign).select_related("pot"))
    join = typed.JoinPotForm(request.POST if act == "join" else None, pots=pots)
    by_hand = typed.ReceivedForm(request.POST if act == "send-back" else None)
    if request.method == "POST" and _act(request, sheet, act, join, by_hand):
        return redirect("crowdfunding-studio:money", slug=slug)
    charging = Pledge.objects.filter(campaign=sheet.campaign, state=Pledge.State.HELD).count()
    return shown(
        request, sheet, "money",
        money=queries.money(sheet.campaign),
        settlements=Settlement.objects.filter(campaign=sheet.campaign).select_related("by"),
        refunds=queries.refunds_by_hand().filter(pledge__campaign=sheet.campaign), by_hand=by_hand, join=join,
        joined=joined, free=pots.exclude(pk__in=[one.pot_id for one in joined]), charging=charging, key=uuid4(),
        passed=queries.has_passed(sheet.row), is_treasurer=policy.handle_money.test(person(request), sheet.campaign),
    )  # fmt: skip


def _act(request: HttpRequest, sheet: Sheet, act: str, join: Any, by_hand: Any) -> bool:
    row, actor = sheet.campaign, person(request)
    if act == "settle":
        key = request.POST.get("key", "")[:40]
        settle = lambda: actions.settle_campaign(campaign=row, treasurer=actor, key=key)  # noqa: E731
        return tried(request, settle, _("Settled: the fee is the house’s, the rest the project’s.")) or True
    if act == "join" and join.is_valid():
        joining = lambda: actions.join_pot(pot=join.cleaned_data["pot"], campaign=row, actor=actor)  # noqa: E731
        return tried(request, joining, _("From now on the pot adds to new pledges."), join)
    if act == "send-back" and by_hand.is_valid():
        refund = get_object_or_404(Refund, pk=request.POST.get("refund") or 0, pledge__campaign=row)
        given = by_hand.cleaned_data
        send = lambda: actions.send_back_by_hand(  # noqa: E731
            refund=refund, treasurer=actor, reference=given["reference"], day=given["day"]
        )
        return tried(request, send, _("Noted: it has left the books."), by_hand)
    return False


@require_http_methods(["GET", "POST"])
@for_the_desk
def pots(request: HttpRequest) -> HttpResponse:
    """All pots; a treasurer opens one."""
    allow(policy.handle_money, person(request), refusal=policy.NotTreasurer)
    form = typed.PotForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, opened = form.cleaned_data, list[Pot]()

        def start() -> None:
            pot = actions.open_pot(
                actor=person(request), name=given["name"], sponsor=given["sponsor"], unit=house().currency,
                factor=given["factor"], **form.caps(),
            )  # fmt: skip
            opened.append(pot)

        if tried(request, start, _("The pot is open. Put the sponsor’s money in."), form):
            return redirect("crowdfunding-studio:pot", pk=opened[0].pk)
    context = {"form": form, "pots": [(pot, left_in(pot)) for pot in Pot.objects.all()[:100]]}
    return render(request, "crowdfunding/studio/pots.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_the_desk
def pot(request: HttpRequest, pk: int) -> HttpResponse:
    """One pot: its money, its campaigns."""
    allow(policy.handle_money, person(request), refusal=policy.NotTreasurer)
    found = get_object_or_404(Pot, pk=pk)
    form = typed.PotMoneyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = actions.return_pot if request.POST.get("act") == "return" else actions.fund_pot
        move = lambda: chosen(  # noqa: E731
            pot=found, treasurer=person(request), amount=given["amount"], reference=given["reference"],
            key=str(given["key"]),
        )  # fmt: skip
        if tried(request, move, _("Noted, with its trace."), form):
            return redirect("crowdfunding-studio:pot", pk=pk)
    context = {
        "pot": found, "left": left_in(found), "form": form, "movements": found.movements.select_related("by"),
        "campaigns": found.campaigns.select_related("campaign"),
    }  # fmt: skip
    return render(request, "crowdfunding/studio/pot.html", context, status=422 if form.errors else 200)
