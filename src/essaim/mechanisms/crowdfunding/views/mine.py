"""A backer's own pledges: where each stands, what can still be changed, and the papers that go with it.

A member's pledge opens to him alone; a guest's to who holds the secret of its address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.initiatives.forms import refuse
from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions.withdrawing import check_withdrawal
from essaim.mechanisms.crowdfunding.domain.errors import NotYourPledge, WithdrawalMade
from essaim.mechanisms.crowdfunding.domain.tiers import OptionKind
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms.pledging import (
    AddressForm,
    ChoiceForm,
    OptionsForm,
    SurveyForm,
    options_of,
)
from essaim.mechanisms.crowdfunding.models import Pledge, PledgeLine, Withdrawal
from essaim.mechanisms.crowdfunding.views import written
from essaim.mechanisms.crowdfunding.views.sheet import CampaignUnknown, Sheet, viewer_of
from essaim.people.models import Member

State = Pledge.State
OPEN_ENDED = (State.UNPAID, State.PENDING, State.HELD, State.PAID, State.FAILED)
NEWS_SHOWN = 5
TO_PAY = (State.UNPAID, State.FAILED)


def pledge_of(request: HttpRequest, token: str) -> tuple[Pledge, Sheet]:
    """The pledge behind this address, and its campaign as its backer sees it. Raises NotYourPledge."""
    try:
        pledge = queries.pledge_by_token(token)
    except Pledge.DoesNotExist:
        raise CampaignUnknown from None
    viewer = viewer_of(request)
    if pledge.backer_id is not None and (viewer is None or viewer.pk != pledge.backer_id):
        raise NotYourPledge
    return pledge, Sheet(pledge.campaign, viewer if pledge.backer_id else None)


def members_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A member who is signed out is led to the door and back, with what he typed."""

    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        signed_out = viewer_of(request) is None
        if signed_out and Pledge.objects.filter(token=token, backer__isnull=False).exists():
            return ask_to_sign_in(request)
        return view(request, token, **kwargs)

    guarded.__name__, guarded.__doc__ = view.__name__, view.__doc__
    return guarded


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All pledges of the member, the latest first; those made as a guest can be brought in."""
    member = request.user
    assert isinstance(member, Member)
    waiting = Pledge.objects.filter(backer=None, email__iexact=member.email).count()
    context = {"pledges": queries.pledges_of(member)[:200], "waiting": waiting if member.email_confirmed_at else 0}
    return render(request, "crowdfunding/mine.html", context)


@login_required
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Pledges made as a guest under the member's own address become his."""
    assert isinstance(request.user, Member)
    count = actions.claim_pledges(member=request.user)
    if count:
        messages.success(request, _("Your pledges are in your place now."))
    return redirect("crowdfunding:mine")


@login_required
@require_GET
def numbered(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A pledge by its number, for its own member: on to its page."""
    assert isinstance(request.user, Member)
    found = Pledge.objects.filter(campaign__slug=slug, number=number, backer=request.user).first()
    if found is None:
        raise CampaignUnknown
    return redirect("crowdfunding:own", token=found.token)


@never_cache
@require_GET
@members_sign_in
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One pledge: where it stands, and what can be done with it today."""
    pledge, sheet = pledge_of(request, token)
    return shown(request, pledge, sheet)


def shown(request: HttpRequest, pledge: Pledge, sheet: Sheet, **forms: Any) -> HttpResponse:
    """The page of a pledge, with a form that was refused in the place of its own."""
    locked = queries.choices_locked(pledge)
    lines = list(pledge.lines.select_related("tier"))
    sold = sheet.rules.is_sale and pledge.tier_id and not pledge.waived and pledge.state == State.PAID
    kept = _in_the_way(pledge) if sold else None
    context = {
        "sheet": sheet,
        "pledge": pledge,
        "lines": lines,
        "locked": locked,
        "to_pay": pledge.state in TO_PAY and not sheet.failed and not _too_late(pledge),
        "may_change": _may_change(pledge, sheet),
        "may_choose": pledge.state in OPEN_ENDED and not sheet.row.outcome and not sheet.rules.funding.keeps_all,
        "refunds": list(pledge.refunds.all()),
        "matches": list(pledge.matches.filter(amount__gt=0).select_related("pot")),
        "delivery": getattr(pledge, "delivery", None),
        "withdrawal": Withdrawal.objects.filter(pledge=pledge).first(),
        "may_withdraw": sold and kept is None,
        "no_withdrawal": kept.cause if kept is not None and not isinstance(kept, WithdrawalMade) else "",
        "withdrawal_ends": actions.withdrawal_ends(pledge) if sheet.rules.is_sale else None,
        "country": countries.name_of(pledge.country) if pledge.country else "",
        "engravings": engravings_of(lines),
        "news": queries.news_of(pledge)[:NEWS_SHOWN],
        "forms": {**({} if locked else _open_forms(pledge, sheet, lines)), **forms},
    }
    return render(request, "crowdfunding/pledge.html", context, status=422 if _refused(forms) else 200)


@never_cache
@require_GET
@members_sign_in
def news(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A piece of news as the pledge's backer reads it; a guest has no other door to what is for backers only."""
    pledge, sheet = pledge_of(request, token)
    found = queries.news_of(pledge).filter(number=number).first()
    if found is None:
        raise CampaignUnknown
    return render(request, "crowdfunding/update.html", {"sheet": sheet, "update": found, "shown": True})


def _in_the_way(pledge: Pledge) -> Refusal | None:
    """Why the purchase cannot be taken back any more, if so."""
    try:
        check_withdrawal(pledge)
    except Refusal as refusal:
        return refusal
    return None


def _refused(forms: dict[str, Any]) -> bool:
    return any(getattr(form, "errors", None) for form in forms.values())


def _too_late(pledge: Pledge) -> bool:
    return pledge.expires_at is not None and pledge.expires_at <= clock.now()


def _may_change(pledge: Pledge, sheet: Sheet) -> bool:
    in_time = pledge.state in (State.UNPAID, State.HELD, State.PAID) and sheet.takes_pledges and not sheet.row.outcome
    return in_time and pledge.method == Pledge.Method.ONLINE


def _open_forms(pledge: Pledge, sheet: Sheet, lines: list[PledgeLine]) -> dict[str, Any]:
    """What may still be said about the pledge before the choices are locked."""
    found: dict[str, Any] = {"choice": ChoiceForm(initial={"choice": pledge.on_failure})}
    if pledge.is_guest:
        found["choice"].fields["choice"].choices = [
            pair for pair in Pledge.Choice.choices if pair[0] != Pledge.Choice.CREDIT
        ]
    if pledge.state not in OPEN_ENDED or pledge.waived:
        return found
    if any(line.tier.ships for line in lines):
        found["address"] = AddressForm(prefix="to", initial=pledge.address)
    if sheet.row.survey and sheet.succeeded:
        found["survey"] = SurveyForm(survey=sheet.row.survey, initial=pledge.answers)
    found["options"] = [
        (line, OptionsForm(tier=line.tier, initial=line.options)) for line in lines if options_of(line.tier)
    ]
    return found


def engravings_of(lines: list[PledgeLine]) -> list[dict[str, Any]]:
    return [
        {"label": option.label, "text": line.options[option.slug], "room": option.longest}
        for line in lines
        for option in options_of(line.tier)
        if option.kind is OptionKind.ENGRAVING and line.options.get(option.slug)
    ]


def done(request: HttpRequest, act: Callable[[], Any], said: str, token: str) -> HttpResponse:
    """Do it and go back to the pledge; a refusal stands above it."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("crowdfunding:own", token=token)


@require_POST
@members_sign_in
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    pledge, sheet = pledge_of(request, token)
    told = _("Your pledge is cancelled. What the bank kept aside is let go; what was paid goes back.")
    return done(request, lambda: actions.cancel_pledge(pledge=pledge, actor=sheet.viewer), told, token)


@require_POST
@members_sign_in
def choice(request: HttpRequest, token: str) -> HttpResponse:
    """What becomes of the money if the campaign fails."""
    pledge, sheet = pledge_of(request, token)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return shown(request, pledge, sheet, choice=form)
    chosen = form.cleaned_data["choice"]
    act = lambda: actions.choose_on_failure(pledge=pledge, actor=sheet.viewer, choice=chosen)  # noqa: E731
    return done(request, act, _("Your choice is kept."), token)


@require_POST
@members_sign_in
def address(request: HttpRequest, token: str) -> HttpResponse:
    pledge, sheet = pledge_of(request, token)
    form = AddressForm(request.POST, prefix="to")
    if form.is_valid():
        try:
            where = {**form.cleaned_data, "country": pledge.country}
            actions.give_address(pledge=pledge, actor=sheet.viewer, address=where)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The address is kept."))
            return redirect("crowdfunding:own", token=token)
    return shown(request, pledge, sheet, address=form)


@require_POST
@members_sign_in
def survey(request: HttpRequest, token: str) -> HttpResponse:
    pledge, sheet = pledge_of(request, token)
    form = SurveyForm(request.POST, survey=sheet.row.survey, initial={})
    if form.is_valid():
        try:
            actions.answer_survey(pledge=pledge, actor=sheet.viewer, answers=form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Thank you, your answers are kept."))
            return redirect("crowdfunding:own", token=token)
    return shown(request, pledge, sheet, survey=form)


@require_POST
@members_sign_in
def options(request: HttpRequest, token: str) -> HttpResponse:
    """Other options for one line of the pledge."""
    pledge, sheet = pledge_of(request, token)
    line = pledge.lines.select_related("tier").filter(pk=request.POST.get("line") or 0).first()
    if line is None:
        raise CampaignUnknown
    form = OptionsForm(request.POST, tier=line.tier, initial={})
    if form.is_valid():
        given = {slug: value for slug, value in form.cleaned_data.items() if value}
        try:
            actions.change_options(pledge=pledge, actor=sheet.viewer, line=line, options=given)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your options are kept."))
            return redirect("crowdfunding:own", token=token)
    lines = list(pledge.lines.select_related("tier"))
    others = [(one, form if one.pk == line.pk else OptionsForm(tier=one.tier, initial=one.options)) for one in lines]
    pairs = [(one, each) for one, each in others if options_of(one.tier)]
    return shown(request, pledge, sheet, options=pairs, refused=form)


@require_POST
@members_sign_in
def engraving(request: HttpRequest, token: str) -> HttpResponse:
    """Read letter by letter, and right."""
    pledge, sheet = pledge_of(request, token)
    told = _("Thank you: it will be cut exactly so.")
    return done(request, lambda: actions.check_engraving(pledge=pledge, actor=sheet.viewer), told, token)


@require_POST
@members_sign_in
def arrived(request: HttpRequest, token: str) -> HttpResponse:
    """The parcel is there: its backer says so."""
    pledge, sheet = pledge_of(request, token)
    told = _("Thank you for telling us. Enjoy it.")
    return done(request, lambda: actions.mark_delivered(pledge=pledge, actor=sheet.viewer), told, token)


@never_cache
@require_http_methods(["GET", "POST"])
@members_sign_in
def withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw from the purchase, in two steps: say so, then confirm. The receipt holds content, date and hour."""
    pledge, sheet = pledge_of(request, token)
    begun = Withdrawal.objects.filter(pledge=pledge).first()
    refusal = None if begun and begun.confirmed_at else _in_the_way(pledge)
    if request.method == "POST":
        try:
            if request.POST.get("step") == "confirm" and begun is not None:
                actions.confirm_withdrawal(withdrawal=begun, actor=sheet.viewer)
                messages.success(request, _("You have withdrawn. The receipt is yours to keep."))
                return redirect("crowdfunding:withdrawal", token=token)
            actions.declare_withdrawal(pledge=pledge, actor=sheet.viewer)
            return redirect("crowdfunding:withdrawal", token=token)
        except Refusal as caught:
            refusal = caught
    context = {
        "sheet": sheet, "pledge": pledge, "withdrawal": begun, "refusal": refusal,
        "lines": list(pledge.lines.select_related("tier")),
    }  # fmt: skip
    posted = request.method == "POST"
    return render(request, "crowdfunding/withdrawal.html", context, status=409 if posted and refusal else 200)


@require_GET
@members_sign_in
def withdrawal_receipt(request: HttpRequest, token: str) -> HttpResponse:
    pledge, _sheet = pledge_of(request, token)
    found = Withdrawal.objects.filter(pledge=pledge, confirmed_at__isnull=False).first()
    if found is None:
        raise CampaignUnknown
    return written.as_file(written.withdrawal(found), "withdrawal", pledge)


@require_GET
@members_sign_in
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was paid, and what was paid back."""
    pledge, _sheet = pledge_of(request, token)
    if not pledge.captured:
        raise CampaignUnknown
    return written.as_file(written.receipt(pledge), "receipt", pledge)


@require_GET
@members_sign_in
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks to hang on a wall, once the campaign succeeded."""
    pledge, sheet = pledge_of(request, token)
    if not (sheet.succeeded and pledge.state == State.PAID):
        raise CampaignUnknown
    return written.as_file(written.certificate(pledge, sheet), "certificate", pledge)
