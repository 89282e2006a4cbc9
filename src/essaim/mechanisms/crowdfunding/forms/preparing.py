"""What the team types before the opening: a new campaign, its story, rules and rewards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.desk_forms import NewInitiativeForm, TextForm
from essaim.initiatives.domain import LONGEST_ALT
from essaim.initiatives.fields import CountField, MomentField, MoneyField, PercentField
from essaim.kit import clock
from essaim.mechanisms.crowdfunding.domain.rules import Rules, Zone
from essaim.mechanisms.crowdfunding.domain.vat import RATES, ordinary
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms.fields import (
    AREA,
    MonthField,
    PictureField,
    StoryPictureField,
    ask_what_it_shows,
    percent,
)
from essaim.mechanisms.crowdfunding.models import Tier

SELLERS = frozenset(line.country for line in RATES)
"""Countries whose rates and holidays we know."""


class StoryForm(TextForm):
    """What the campaign says."""

    brief = forms.CharField(
        label=_("The story"),
        required=False,
        max_length=20_000,
        help_text=_("What you want to make, for whom, with whom. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    picture = StoryPictureField()
    picture_alt = forms.CharField(label=_("What it shows"), max_length=LONGEST_ALT, required=False)
    risks = forms.CharField(
        label=_("What may go wrong"),
        required=False,
        max_length=5_000,
        help_text=_("And what you would do then. People trust those who say it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    cover = PictureField(label=_("Picture"))
    cover_text = forms.CharField(label=_("What the picture shows"), max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cover") and not cleaned.get("cover_text"):
            self.add_error("cover_text", _("Say what the picture shows, for those who cannot see it."))
        ask_what_it_shows(self)
        return cleaned


class NewCampaignForm(NewInitiativeForm):
    """A campaign from a preset. The legal mode comes with it and stays."""

    goal = MoneyField(
        label=_("Goal"), help_text=_("With two goals: the minimum; the optimum is set on the next pages.")
    )

    def __init__(self, data: Any = None, *, unit: str, **given: Any) -> None:
        super().__init__(data, **given)
        goal = self.fields["goal"]
        self.fields["goal"] = MoneyField(code=unit, label=goal.label, help_text=goal.help_text)


CODE = re.compile(r"[A-Z]{2}|\*")


def _zones_written(zones: Iterable[Zone]) -> str:
    return "\n".join(f"{_(zone.name)}: {', '.join(zone.countries)}" for zone in zones)


class DeskRulesForm(forms.Form):
    """The rules as the desk types them: money as money, shares in percent."""

    goal = MoneyField(label=_("Goal"))
    optimum = MoneyField(label=_("Optimum"), required=False)
    fee = PercentField(label=_("The house’s fee, in %"), required=False)
    fee_from = PercentField(label=_("Fee only from this share of the goal, in %"), required=False)
    country = forms.ChoiceField(
        label=_("Country of the seller"), help_text=_("Its VAT and its public holidays are counted with.")
    )
    vat = PercentField(label=_("VAT in the prices, in %"), required=False)
    smallest = MoneyField(label=_("Smallest pledge"))
    largest = MoneyField(label=_("Largest pledge"))
    unpaid_minutes = CountField(label=_("Minutes an unpaid pledge keeps its place"), required=True, min_value=1)
    offline_days = CountField(
        label=_("Days a promised transfer or cheque keeps its place"), required=True, min_value=1
    )
    retry_days = CountField(label=_("Days to make good a payment that failed"), required=True, min_value=1)
    two_persons_above = MoneyField(label=_("Money by hand: two persons above"), required=False)
    gifts = forms.BooleanField(label=_("Gifts without a reward are welcome"), required=False)
    guests = forms.BooleanField(label=_("Guests pledge without an account"), required=False)
    late_pledges = forms.BooleanField(label=_("Late pledges after a success"), required=False)
    zones = forms.CharField(
        label=_("Countries that share shipping fees"),
        help_text=_("One group a line: a name, a colon, two-letter codes. * is every other country."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    partner_name = forms.CharField(label=_("The licensed partner"), max_length=120, required=False)
    partner_register_number = forms.CharField(label=_("Its number in the register"), max_length=60, required=False)
    partner_authority = forms.CharField(label=_("The authority that licensed it"), max_length=120, required=False)

    PARTNER = ("name", "register_number", "authority")

    def __init__(self, data: Any = None, *, rules: Rules, opened: bool = False) -> None:
        partner = {f"partner_{name}": getattr(rules.partner, name) for name in self.PARTNER}
        plain = {name: getattr(rules, name) for name in self.base_fields if not name.startswith("partner_")}
        super().__init__(data, initial={**plain, **partner, "zones": _zones_written(rules.zones)})
        self.rules = rules
        for name, field in list(self.fields.items()):
            if isinstance(field, MoneyField):
                options = {"label": field.label, "required": field.required, "help_text": field.help_text}
                self.fields[name] = MoneyField(code=rules.unit, **options)
        self.fields["country"].choices = countries.choices(first=rules.country, served=SELLERS | {rules.country})  # type: ignore[attr-defined]
        rates = ", ".join(percent(rate) for rate in ordinary(rules.country, clock.now().date()))
        if rates:
            told = _("Ordinary rates in %(country)s: %(rates)s. A reward may bear its own.")
            self.fields["vat"].help_text = told % {"country": countries.name_of(rules.country), "rates": rates}
        gone = [f"partner_{name}" for name in self.PARTNER] if rules.is_sale else ["vat"]
        gone += ["zones"] if opened else []
        gone += [] if rules.funding == "two_goals" else ["optimum"]
        gone += [] if rules.funding == "threshold" else ["fee_from"]
        for name in gone:
            del self.fields[name]

    def clean_zones(self) -> list[dict[str, Any]]:
        """The groups as the rules keep them; one that keeps its name keeps its fees."""
        known = {gettext(zone.name): zone for zone in self.rules.zones}
        found = []
        for number, line in enumerate(filter(str.strip, self.cleaned_data["zones"].splitlines()), 1):
            name, colon, codes = (part.strip() for part in line.partition(":"))
            countries_ = [code.upper() for code in codes.replace(",", " ").split()]
            if not (name and colon and countries_) or any(not CODE.fullmatch(code) for code in countries_):
                raise forms.ValidationError(
                    gettext(
                        "Line %(line)s cannot be read. Write a name, a colon and codes, as “Benelux: BE, NL, LU”."
                    )
                    % {"line": number}
                )
            kept = known.get(name)
            slug, written = (kept.slug, kept.name) if kept else (slugify(name)[:30] or f"zone-{number}", name)
            found.append({"slug": slug, "name": written, "countries": countries_})
        return found

    def changed(self, frozen: Mapping[str, Any]) -> dict[str, Any]:
        """The rules with what was typed in them."""
        given = dict(self.cleaned_data)
        partner = {name: given.pop(f"partner_{name}") for name in self.PARTNER if f"partner_{name}" in given}
        return {**frozen, **given, **({"partner": partner} if partner else {})}


class TierForm(forms.Form):
    """A reward, or an extra that goes with one."""

    title = forms.CharField(label=_("Title"), max_length=120)
    amount = MoneyField(label=_("Price"))
    description = forms.CharField(
        label=_("Description"), max_length=2_000, required=False, widget=forms.Textarea(AREA)
    )
    image = PictureField(label=_("Picture"))
    image_text = forms.CharField(label=_("What the picture shows"), max_length=160, required=False)
    stock = forms.IntegerField(
        label=_("How many there are"), min_value=0, required=False, help_text=_("Empty: no limit.")
    )
    per_person = forms.IntegerField(label=_("At most per person"), min_value=1, max_value=1_000, required=False)
    early_until = MomentField(label=_("Early price until"), required=False)
    delivery_month = MonthField(label=_("Delivered in"), required=False)
    vat = forms.ChoiceField(label=_("VAT in the price"), required=False)
    addon = forms.BooleanField(label=_("An extra, with a reward only"), required=False)
    ships = forms.BooleanField(label=_("Is sent by post"), required=False)

    KEPT = (
        "title", "amount", "description", "image_text", "stock", "per_person", "early_until", "delivery_month", "vat",
        "addon", "ships",
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, rules: Rules, tier: Tier | None = None) -> None:
        self.rules, self.tier = rules, tier
        names = ("title", "amount", "description", "image_text", "stock", "per_person", "early_until")
        initial = (
            {name: getattr(tier, name) for name in (*names, "delivery_month", "vat", "addon", "ships")}
            if tier
            else {}
        )
        super().__init__(data, files, initial=initial)
        self.fields["amount"] = MoneyField(code=rules.unit, label=self.fields["amount"].label)
        self._set_vat(rules, tier)
        for zone in rules.zones:
            fee = tier.shipping.get(zone.slug) if tier else None
            self.fields[f"shipping_{zone.slug}"] = MoneyField(
                code=rules.unit, label=_("Shipping: %(zone)s") % {"zone": _(zone.name)}, required=False, initial=fee,
                help_text=_("Empty: not sent there. 0: free."),
            )  # fmt: skip

    def _set_vat(self, rules: Rules, tier: Tier | None) -> None:
        """The ordinary rates of the seller's country today, and the one this reward bears."""
        if not rules.is_sale:
            del self.fields["vat"]
            return
        rates = {*ordinary(rules.country, clock.now().date()), 0}
        rates |= {tier.vat} if tier and tier.vat is not None else set()
        usual = _("As the campaign, %(rate)s") % {"rate": percent(rules.vat)}
        picks = [(str(rate), percent(rate)) for rate in sorted(rates, reverse=True)]
        self.fields["vat"].choices = [("", usual), *picks]  # type: ignore[attr-defined]

    def zones(self) -> list[forms.BoundField]:
        return [self[f"shipping_{zone.slug}"] for zone in self.rules.zones]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("image") and not cleaned.get("image_text"):
            self.add_error("image_text", _("Say what the picture shows, for those who cannot see it."))
        fees = {zone.slug: cleaned.get(f"shipping_{zone.slug}") for zone in self.rules.zones}
        typed = {slug: fee for slug, fee in fees.items() if str(self.data.get(f"shipping_{slug}", "")).strip()}
        if cleaned.get("ships") and not typed:
            self.add_error("ships", _("Type the shipping fee of at least one group of countries; 0 is free."))
        cleaned["shipping"] = typed if cleaned.get("ships") else {}
        return cleaned

    def fields_given(self) -> dict[str, Any]:
        """The tier's own fields, as its acts take them."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith("shipping_")}
        if given["image"] is None:
            del given["image"]
        given["vat"] = int(given["vat"]) if given.get("vat") else None
        return given
