"""Making and changing a pledge: choose, check, pay. Each step carries what was typed to the next; nothing is lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from essaim.initiatives.forms import refuse
from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit.errors import Refusal
from essaim.kit.money import format_amount
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.actions import payments
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain import tiers as decisions
from essaim.mechanisms.crowdfunding.domain.tiers import OptionKind, Price, Wanted
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms.pledging import AddressForm, RewardForm, WhoForm, initial_of, order_of
from essaim.mechanisms.crowdfunding.models import Pledge, Tier
from essaim.mechanisms.crowdfunding.views.mine import pledge_of
from essaim.mechanisms.crowdfunding.views.sheet import Sheet, sheet_of, to_be_had
from essaim.people.queries import reader_language


class Basket:
    """The two steps of one pledge: the reward form, and once it is valid what it comes to."""

    def __init__(
        self, request: HttpRequest, sheet: Sheet, tier: Tier | None, *, before: Pledge | None = None
    ) -> None:
        self.sheet, self.tier, self.before = sheet, tier, before
        self.posted = request.POST if request.method == "POST" else None
        self.step = request.POST.get("step", "back" if self.posted is not None else "")
        initial = initial_of(before) if before else {"gift": None}
        given = None if self.step in ("", "back") else self.posted
        if self.step == "back" and self.posted is not None:
            initial = {
                name: value for name, value in self.posted.items() if name not in ("csrfmiddlewaretoken", "step")
            }
        self.reward = RewardForm(given, rules=sheet.rules, tier=tier, extras=sheet.extras, initial=initial)

    def priced(self) -> Price | None:
        """What it comes to; a refusal goes into the form."""
        if not self.reward.is_valid():
            return None
        wanted = [Wanted(line.tier.as_offer(), line.quantity, line.options) for line in self.reward.lines()]
        given = self.reward.cleaned_data
        try:
            for each in wanted:
                decisions.chosen(each.offer.options, each.options)
            return decisions.price(
                self.sheet.rules, wanted, gift=given["gift"] or 0, country=given.get("country", ""),
                waived=bool(given.get("waived")),
            )  # fmt: skip
        except (errors.TooSmall, errors.TooLarge) as refusal:
            refuse(self.reward, type(refusal)(**{name: self._written(sum_) for name, sum_ in refusal.facts.items()}))
        except Refusal as refusal:
            refuse(self.reward, refusal)
        return None

    def _written(self, amount: Any) -> str:
        return format_amount(int(amount), self.sheet.rules.unit, reader_language())

    @property
    def sends(self) -> bool:
        return not self.reward.cleaned_data.get("waived") and any(line.tier.ships for line in self.reward.lines())

    def told(self) -> dict[str, Any]:
        """What the second step says of the first."""
        lines = [(line, line.tier.amount * line.quantity) for line in self.reward.lines()]
        country = countries.name_of(self.reward.cleaned_data.get("country", ""))
        return {"lines": lines, "country": country, "engravings": self.engravings()}

    def engravings(self) -> list[dict[str, Any]]:
        """What will be cut, drawn as it will look; also while it is being typed."""
        shown = []
        for tier in ([self.tier] if self.tier else []) + self.reward.extras:
            for option in tier.as_offer().options:
                name = f"option-{tier.pk}-{option.slug}"
                value = str(self.reward[name].value() or "").strip() if name in self.reward.fields else ""
                if option.kind is OptionKind.ENGRAVING and (value or tier == self.tier):
                    shown.append({"label": option.label, "text": value[: option.longest], "room": option.longest})
        return shown


def chosen_tier(request: HttpRequest, sheet: Sheet) -> Tier | None:
    """The tier asked for, when it is one of this campaign's; a gift without one."""
    asked = (request.POST.get("tier") or request.GET.get("tier") or "").strip()
    return next((tier for tier in sheet.tiers if str(tier.pk) == asked), None)


@never_cache
@require_http_methods(["GET", "POST"])
def pledge(request: HttpRequest, slug: str) -> HttpResponse:
    """A new pledge."""
    sheet = sheet_of(request, slug)
    if not sheet.takes_pledges:
        return render(
            request, "crowdfunding/shut.html", {"sheet": sheet}, status=409 if request.method == "POST" else 200
        )
    if sheet.viewer is None and not sheet.takes_guests:
        return ask_to_sign_in(request)
    tier = chosen_tier(request, sheet)
    if tier is None and not sheet.rules.gifts:
        return redirect(f"{sheet.campaign.get_absolute_url()}#rewards")
    if tier is not None and not to_be_had(tier):
        messages.error(request, str(errors.TierTaken(tier=tier.title, left=0)))
        return redirect(f"{sheet.campaign.get_absolute_url()}#rewards")
    basket = Basket(request, sheet, tier)
    price = basket.priced() if basket.step in ("choose", "pay") else None
    if price is None:
        return first_step(request, basket)
    return second_step(request, basket, price)


def first_step(request: HttpRequest, basket: Basket) -> HttpResponse:
    asked_by: Any = request.htmx  # type: ignore[attr-defined]
    if asked_by and (asked_by.target or "").endswith("#preview"):
        return render(request, "crowdfunding/choose.html#preview", {"engravings": basket.engravings()})
    context = {"sheet": basket.sheet, "basket": basket, "form": basket.reward, "engravings": basket.engravings()}
    return render(request, "crowdfunding/choose.html", context, status=422 if basket.reward.errors else 200)


def second_step(request: HttpRequest, basket: Basket, price: Price) -> HttpResponse:
    sheet = basket.sheet
    paying = request.POST if basket.step == "pay" else None
    who = WhoForm(paying, guest=sheet.viewer is None, keeps_all=sheet.charged_at_once)
    address = AddressForm(paying, prefix="to") if basket.sends else None
    if paying is not None and all([who.is_valid(), address is None or address.is_valid()]):
        try:
            made = make(request, sheet, basket, who, address)
            return leave(request, payments.pay(made, reverse("crowdfunding:own", args=[made.token])))
        except Refusal as refusal:
            refuse(who, refusal)
    context = {
        "sheet": sheet, "basket": basket, "reward": basket.reward, "price": price, "form": who, "address": address,
        **basket.told(),
    }  # fmt: skip
    refused = who.errors or (address is not None and address.errors)
    return render(request, "crowdfunding/check.html", context, status=422 if refused else 200)


@transaction.atomic
def make(request: HttpRequest, sheet: Sheet, basket: Basket, who: WhoForm, address: AddressForm | None) -> Pledge:
    """The pledge and where it goes, in one transaction."""
    made = actions.make_pledge(
        campaign=sheet.campaign,
        backer=sheet.viewer,
        order=order_of(basket.reward, who.cleaned_data),
        key=who.cleaned_data["key"],
        email=who.cleaned_data.get("email", ""),
        name=who.cleaned_data.get("name", ""),
        language=reader_language(),
    )
    if address is not None:
        country = basket.reward.cleaned_data["country"]
        actions.give_address(pledge=made, actor=sheet.viewer, address={**address.cleaned_data, "country": country})
    return made


def leave(request: HttpRequest, url: str) -> HttpResponse:
    """On to the payer's page. One outside the house is reached by a page of ours: a form may not lead there."""
    if url.startswith(("/", f"{settings.BASE_URL}/")):
        return redirect(url)
    return render(request, "crowdfunding/leaving.html", {"url": url})


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Another reward, other options or another gift, while the campaign runs."""
    before, sheet = pledge_of(request, token)
    asked = request.POST.get("tier", request.GET.get("tier"))
    tier = chosen_tier(request, sheet) if asked is not None else _same_tier(sheet, before)
    basket = Basket(request, sheet, tier, before=before)
    price = basket.priced() if basket.step in ("choose", "pay") else None
    if price is None:
        return first_step(request, basket)
    who = WhoForm(
        request.POST if basket.step == "pay" else None, guest=False, keeps_all=True, initial=_shown_of(before)
    )
    if basket.step == "pay" and who.is_valid():
        order = order_of(basket.reward, {**who.cleaned_data, "on_failure": before.on_failure})
        try:
            made = actions.change_pledge(pledge=before, actor=sheet.viewer, order=order, key=who.cleaned_data["key"])
        except Refusal as refusal:
            refuse(who, refusal)
        else:
            return _changed(request, before, made)
    context = {
        "sheet": sheet, "basket": basket, "reward": basket.reward, "price": price, "form": who, "before": before,
        **basket.told(),
    }  # fmt: skip
    return render(request, "crowdfunding/check.html", context, status=422 if who.errors else 200)


def _same_tier(sheet: Sheet, pledge: Pledge) -> Tier | None:
    return next((tier for tier in sheet.tiers if tier.pk == pledge.tier_id), None)


def _shown_of(pledge: Pledge) -> dict[str, Any]:
    return {name: getattr(pledge, name) for name in ("on_wall", "message", "place", "anonymous", "amount_hidden")}


def _changed(request: HttpRequest, before: Pledge, made: Pledge) -> HttpResponse:
    """A dearer one is paid first; the pledge it replaces stands until then."""
    if made.pk != before.pk:
        try:
            return leave(request, payments.pay(made, reverse("crowdfunding:own", args=[made.token])))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("crowdfunding:own", token=made.token)
    messages.success(request, _("Your pledge is changed."))
    return redirect("crowdfunding:own", token=made.token)


@require_POST
def payment(request: HttpRequest, token: str) -> HttpResponse:
    """On to the payment, or back to it."""
    found, _sheet = pledge_of(request, token)
    try:
        return leave(request, payments.pay(found, reverse("crowdfunding:own", args=[token])))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("crowdfunding:own", token=token)
