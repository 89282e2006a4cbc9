"""Pledges as the team sees them: found, entered by hand, confirmed by a second person, paid back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.mechanisms.crowdfunding import actions, policy, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms import desk as typed
from essaim.mechanisms.crowdfunding.forms.pledging import AddressForm, OptionsForm, options_of
from essaim.mechanisms.crowdfunding.models import OfflineMoney, Pledge, PledgeLine
from essaim.mechanisms.crowdfunding.views.desk import desk_sheet, shown
from essaim.mechanisms.crowdfunding.views.sheet import Sheet

PER_PAGE = 50
State = Pledge.State
DETAILED = (State.UNPAID, State.PENDING, State.HELD, State.PAID)
"""States in which address and options may still be given."""


@require_GET
@for_the_desk
def pledges(request: HttpRequest, slug: str) -> HttpResponse:
    """All pledges, by state, name, address or number."""
    sheet = desk_sheet(request, slug)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:80]
    rows = queries.pledges(sheet.campaign)
    if state == "unconfirmed":
        rows = rows.filter(offline__confirmed_at=None, offline__isnull=False)
    elif state in State.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(_matching(words))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    states = [("", _("all")), ("unconfirmed", _("to be confirmed")), *State.choices]
    return shown(request, sheet, "pledges", page=page, states=states, state=state, words=words)


def _matching(words: str) -> Q:
    if words.isdigit():
        return Q(number=int(words[:9]))
    return (
        Q(name__icontains=words)
        | Q(email__icontains=words)
        | Q(backer__display_name__icontains=words)
        | Q(backer__email__iexact=words)
    )


@require_http_methods(["GET", "POST"])
@for_the_desk
def pledge(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One pledge with its money and its parcel; what the team can do with it."""
    sheet = desk_sheet(request, slug)
    found = get_object_or_404(queries.pledges(sheet.campaign), number=number)
    act = request.POST.get("act", "")
    lines = list(found.lines.select_related("tier"))
    forms: dict[str, Any] = {
        "refund": typed.RefundForm(request.POST if act == "refund" else None, unit=found.unit),
        "received": typed.ReceivedForm(request.POST if act == "received" else None),
        "sent": typed.SentForm(request.POST if act == "sent" else None),
        "address": _address(request, found, lines),
        "options": _options(request, lines),
    }
    if request.method == "POST" and _act(request, found, act, _posted(request, forms)):
        return redirect("crowdfunding-studio:pledge", slug=slug, number=number)
    return shown(
        request, sheet, "pledges", "pledge", pledge=found, forms=forms, lines=lines, **_told(sheet, found),
        refused=_posted(request, forms), may_pay_back=policy.handle_money.test(person(request), sheet.campaign),
    )  # fmt: skip


def _address(request: HttpRequest, pledge: Pledge, lines: list[PledgeLine]) -> AddressForm | None:
    """Where the parcel goes, for those who write or call; nothing when nothing is sent."""
    if pledge.waived or pledge.state not in DETAILED or not any(line.tier.ships for line in lines):
        return None
    posted = request.POST if request.POST.get("act") == "address" else None
    return AddressForm(posted, prefix="to", initial=pledge.address)


def _options(request: HttpRequest, lines: list[PledgeLine]) -> list[tuple[PledgeLine, OptionsForm]]:
    """The options of each line, as the team may still set them before the parcel leaves."""
    asked = request.POST.get("line", "") if request.POST.get("act") == "options" else ""
    return [
        (line, OptionsForm(request.POST if asked == str(line.pk) else None, tier=line.tier, initial=line.options))
        for line in lines
        if line.pledge.state in DETAILED and options_of(line.tier) and not line.pledge.waived
    ]


def _posted(request: HttpRequest, forms: dict[str, Any]) -> Any:
    """The form that was sent, if it is one of the page's."""
    act = request.POST.get("act", "")
    if act == "options":
        return next((form for line, form in forms["options"] if str(line.pk) == request.POST.get("line")), None)
    return forms.get(act)


def _told(sheet: Sheet, pledge: Pledge) -> dict[str, Any]:
    return {
        "charges": list(pledge.charges.select_related("payment")),
        "offline": list(pledge.offline.select_related("entered_by", "confirmed_by")),
        "refunds": list(pledge.refunds.select_related("asked_by")),
        "matches": list(pledge.matches.select_related("pot")),
        "delivery": getattr(pledge, "delivery", None),
        "country": countries.name_of(pledge.country) if pledge.country else "",
        "questions": [(one["label"], pledge.answers.get(one["slug"], "")) for one in sheet.row.survey],
    }


def _act(request: HttpRequest, pledge: Pledge, act: str, form: Any) -> bool:
    """One act on the pledge. False: a form was refused and is shown again."""
    actor = person(request)
    if act == "confirm":
        money = get_object_or_404(OfflineMoney, pk=request.POST.get("money") or 0, pledge=pledge)
        confirm = lambda: actions.confirm_offline(money=money, actor=actor)  # noqa: E731
        return tried(request, confirm, _("Confirmed: the pledge counts.")) or True
    if act == "delivered":
        return tried(request, lambda: actions.mark_delivered(pledge=pledge, actor=actor), _("Noted.")) or True
    if act == "returned":
        return tried(request, lambda: actions.mark_returned(pledge=pledge, actor=actor), _("Noted.")) or True
    if form is None or not form.is_valid():
        return False
    given = form.cleaned_data
    if act == "sent":
        return tried(request, lambda: actions.mark_sent(pledge=pledge, actor=actor, **given), _("Noted."), form)
    if act == "received":
        receive = lambda: actions.receive_offline(  # noqa: E731
            pledge=pledge, actor=actor, amount=pledge.amount, reference=given["reference"],
            received_on=given["day"], key=str(given["key"]),
        )  # fmt: skip
        return tried(request, receive, _("Noted, with its trace."), form)
    if act == "address":
        where = {**given, "country": pledge.country}
        keep = lambda: actions.give_address(pledge=pledge, actor=actor, address=where)  # noqa: E731
        return tried(request, keep, _("The address is kept."), form)
    if act == "options":
        line = get_object_or_404(pledge.lines, pk=request.POST["line"])
        chosen = {slug: value for slug, value in given.items() if value}
        set_ = lambda: actions.change_options(pledge=pledge, actor=actor, line=line, options=chosen)  # noqa: E731
        return tried(request, set_, _("The options are kept; the giver reads them over again."), form)
    refund = lambda: actions.refund_pledge(  # noqa: E731
        pledge=pledge, treasurer=actor, amount=given["amount"], reason=given["reason"], key=str(given["key"])
    )
    return tried(request, refund, _("It is on its way back; the backer is told why."), form)


@require_http_methods(["GET", "POST"])
@for_the_desk
def offline(request: HttpRequest, slug: str) -> HttpResponse:
    """A pledge that came with a cheque, a transfer or cash."""
    sheet = desk_sheet(request, slug)
    form = typed.OfflineForm(
        request.POST if request.method == "POST" else None,
        rules=sheet.rules,
        tiers=queries.tiers(sheet.campaign).filter(withdrawn_at=None, addon=False),
    )
    if request.method == "POST" and form.is_valid():
        given, made = form.cleaned_data, list[Pledge]()

        def enter() -> None:
            order = Order(
                lines=(Line(given["tier"], 1, given["options"]),) if given["tier"] else (),
                gift=given["gift"] or 0,
                country=given["country"],
                anonymous=given["anonymous"],
            )
            pledge = actions.enter_offline_pledge(
                campaign=sheet.campaign, actor=person(request), order=order, method=given["method"],
                reference=given["reference"], received_on=given["received_on"], key=given["key"],
                backer=given["backer"], email=given["email"], name=given["name"],
            )  # fmt: skip
            made.append(pledge)

        if tried(request, enter, _("The pledge is entered, with its trace."), form):
            return redirect("crowdfunding-studio:pledge", slug=slug, number=made[0].number)
    return shown(request, sheet, "pledges", "offline", form=form, limit=sheet.rules.two_persons_above)
