"""What a backer types: what he wants, who he is, where it goes, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.fields import MoneyField
from essaim.kit.money import format_amount
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.domain.tiers import Option, OptionKind, thaw_option
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.models import Pledge, Tier

MOST_OF_ONE = 20


def option_name(tier: Tier, option: Option) -> str:
    return f"option-{tier.pk}-{option.slug}"


def quantity_name(tier: Tier) -> str:
    return f"quantity-{tier.pk}"


def option_field(option: Option) -> forms.Field:
    """The field an option is chosen or written in."""
    if option.kind is OptionKind.CHOICE:
        picks = [(choice, choice) for choice in option.choices]
        return forms.ChoiceField(label=option.label, choices=[("", "–"), *picks], required=option.required)
    helps = _("At most %(n)d characters.") % {"n": option.longest}
    if option.kind is OptionKind.ENGRAVING:
        helps = _(
            "At most %(n)d characters: letters, figures and simple signs. It is cut exactly as you type it."
        ) % {"n": option.longest}
    return forms.CharField(
        label=option.label,
        required=option.required,
        max_length=option.longest,
        help_text=helps,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RewardForm(forms.Form):
    """The reward and its options, extras, a gift on top, and the country it goes to."""

    gift = MoneyField(label=_("Add a gift"), required=False, help_text=_("As much as you like, or nothing."))
    waived = forms.BooleanField(
        label=_("I waive the reward"), required=False, help_text=_("All I give goes to the project; nothing is sent.")
    )
    country = forms.ChoiceField(label=_("It is sent to"), required=False)

    def __init__(
        self, data: Any = None, *, rules: Rules, tier: Tier | None, extras: Sequence[Tier], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.rules, self.tier, self.extras = rules, tier, list(extras)
        self.fields["gift"] = MoneyField(
            code=rules.unit,
            label=_("Add a gift") if tier else _("Your gift"),
            required=tier is None,
            help_text=_("As much as you like, or nothing.") if tier else "",
        )
        for one in ([tier] if tier else []) + self.extras:
            self._add_tier(one)
        self._set_country()
        if tier is None:
            del self.fields["waived"]
        self.order_fields([*[name for name in self.fields if name not in LAST], *LAST])

    def _add_tier(self, tier: Tier) -> None:
        most = min(tier.per_person or MOST_OF_ONE, MOST_OF_ONE)
        if tier.addon or most > 1:
            self.fields[quantity_name(tier)] = forms.IntegerField(
                label=_("How many"),
                required=False,
                min_value=0 if tier.addon else 1,
                max_value=most,
                initial=0 if tier.addon else 1,
            )
        for option in options_of(tier):
            kept = self.fields[option_name(tier, option)] = option_field(option)
            kept.required = kept.required and not tier.addon

    def _set_country(self) -> None:
        sent = [one for one in ([self.tier] if self.tier else []) + self.extras if one.ships]
        if not sent:
            del self.fields["country"]
            return
        field = self.fields["country"]
        field.choices = countries.choices(first=self.rules.country, served=served(self.rules, sent))  # type: ignore[attr-defined]
        field.initial = self.rules.country
        field.help_text = " ".join(self._fees(tier) for tier in sent)

    def _fees(self, tier: Tier) -> str:
        """What sending one costs, zone by zone."""
        fees = [
            f"{gettext(zone.name)} {format_amount(tier.shipping[zone.slug], self.rules.unit, get_language() or 'fr')}"
            for zone in self.rules.zones
            if zone.slug in tier.shipping
        ]
        return gettext("Shipping of “%(tier)s”: %(fees)s.") % {"tier": tier.title, "fees": ", ".join(fees)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for tier in self.extras:
            if cleaned.get(quantity_name(tier)):
                self._ask_options(tier, cleaned)
        return cleaned

    def _ask_options(self, tier: Tier, cleaned: Mapping[str, Any]) -> None:
        for option in options_of(tier):
            if option.required and not cleaned.get(option_name(tier, option)):
                self.add_error(option_name(tier, option), _("Fill this in for “%(tier)s”.") % {"tier": tier.title})

    def lines(self) -> tuple[Line, ...]:
        """What is wanted, as the act takes it."""
        found = [self._line(self.tier, 1)] if self.tier else []
        found += [self._line(tier, 0) for tier in self.extras]
        return tuple(line for line in found if line.quantity)

    def _line(self, tier: Tier, fallback: int) -> Line:
        given = self.cleaned_data
        quantity = given.get(quantity_name(tier)) or fallback
        options = {option.slug: given.get(option_name(tier, option), "") for option in options_of(tier)}
        return Line(tier, quantity, {slug: value for slug, value in options.items() if value})

    def of_tier(self, tier: Tier) -> list[forms.BoundField]:
        """The fields of one tier, for the page."""
        names = [quantity_name(tier), *(option_name(tier, option) for option in options_of(tier))]
        return [self[name] for name in names if name in self.fields]

    def mine(self) -> list[forms.BoundField]:
        return self.of_tier(self.tier) if self.tier else []

    def of_extras(self) -> list[tuple[Tier, list[forms.BoundField]]]:
        return [(tier, self.of_tier(tier)) for tier in self.extras]

    def kept(self) -> list[tuple[str, str]]:
        """Everything typed, for the next step to carry."""
        return [
            (name, str(self[name].value() or ""))
            for name in self.fields
            if self[name].value() not in (None, "", False)
        ]


LAST = ("gift", "country", "waived")


def options_of(tier: Tier) -> list[Option]:
    return [thaw_option(option) for option in tier.options]


def served(rules: Rules, tiers: Iterable[Tier]) -> frozenset[str]:
    """The countries to which all of these are sent."""
    found = set(countries.NAMES)
    for tier in tiers:
        found = {code for code in found if (zone := rules.zone_of(code)) and zone.slug in tier.shipping}
    return frozenset(found)


class AddressForm(forms.Form):
    """Where the parcel goes."""

    name = forms.CharField(
        label=_("Name on the parcel"), max_length=80, widget=forms.TextInput({"autocomplete": "name"})
    )
    lines = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        help_text=_("Building, floor or “care of” on a second line."),
        widget=forms.Textarea({"rows": 2, "autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=12, widget=forms.TextInput({"autocomplete": "postal-code"})
    )
    city = forms.CharField(label=_("Town"), max_length=80, widget=forms.TextInput({"autocomplete": "address-level2"}))
    phone = forms.CharField(
        label=_("Telephone, for the carrier"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )


class WhoForm(forms.Form):
    """Who gives, what others see of it, and what becomes of the money if the campaign fails."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you the link to your pledge, and nothing you did not ask for."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    on_failure = forms.ChoiceField(
        label=_("If the campaign fails"), choices=Pledge.Choice.choices, widget=forms.RadioSelect, initial="refund"
    )
    on_wall = forms.BooleanField(label=_("Show me on the wall of backers"), required=False)
    message = forms.CharField(label=_("A word for the wall"), max_length=200, required=False)
    place = forms.CharField(
        label=_("Your town or area, for the map"),
        max_length=80,
        required=False,
        help_text=_("Towns are shown from five backers on."),
    )
    anonymous = forms.BooleanField(
        label=_("Do not show my name"), required=False, help_text=_("The house's accountant knows it; nobody else.")
    )
    amount_hidden = forms.BooleanField(label=_("Do not show the amount"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: Any = None, *, guest: bool, keeps_all: bool, initial: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4(), **(initial or {})})
        if not guest:
            del self.fields["email"], self.fields["name"]
        else:
            self.fields["on_failure"].choices = [  # type: ignore[attr-defined]
                pair for pair in Pledge.Choice.choices if pair[0] != Pledge.Choice.CREDIT
            ]
        if keeps_all:
            del self.fields["on_failure"]


def order_of(reward: RewardForm, who: Mapping[str, Any]) -> Order:
    """The order the two steps make together; `who` are the second step's answers."""
    given = reward.cleaned_data
    return Order(
        lines=reward.lines(),
        gift=given.get("gift") or 0,
        country=given.get("country", ""),
        waived=bool(given.get("waived")),
        anonymous=bool(who.get("anonymous")),
        amount_hidden=bool(who.get("amount_hidden")),
        on_wall=bool(who.get("on_wall")),
        message=who.get("message", ""),
        place=who.get("place", ""),
        on_failure=who.get("on_failure") or "refund",
    )


def initial_of(pledge: Pledge) -> dict[str, Any]:
    """What the first step shows of a pledge to be changed."""
    found: dict[str, Any] = {"gift": pledge.gift, "country": pledge.country, "waived": pledge.waived}
    for line in pledge.lines.select_related("tier"):
        found[quantity_name(line.tier)] = line.quantity
        for slug, value in line.options.items():
            found[f"option-{line.tier_id}-{slug}"] = value
    return found


class OptionsForm(forms.Form):
    """The options of one line of a pledge, until they are locked."""

    def __init__(self, data: Any = None, *, tier: Tier, initial: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(initial), prefix=f"tier-{tier.pk}")
        for option in options_of(tier):
            self.fields[option.slug] = option_field(option)


class SurveyForm(forms.Form):
    """The team's own questions: `[{slug, label, choices, required}]`; without choices, words are written."""

    def __init__(self, data: Any = None, *, survey: Iterable[Mapping[str, Any]], initial: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(initial), prefix="survey")
        for question in survey:
            self.fields[question["slug"]] = self._field(question)

    def _field(self, question: Mapping[str, Any]) -> forms.Field:
        needed = bool(question.get("required"))
        if question.get("choices"):
            picks = [(choice, choice) for choice in question["choices"]]
            return forms.ChoiceField(label=question["label"], choices=[("", "–"), *picks], required=needed)
        return forms.CharField(label=question["label"], max_length=200, required=needed)


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("If the campaign fails"), choices=Pledge.Choice.choices, widget=forms.RadioSelect
    )


class AskForm(forms.Form):
    """A question to the team."""

    title = forms.CharField(label=_("Your question"), max_length=160)
    body = forms.CharField(
        label=_("More about it"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
