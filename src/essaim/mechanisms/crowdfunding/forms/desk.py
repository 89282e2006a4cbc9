"""What the team types while a campaign runs and after it: news, money by hand, parcels, delays, refunds, pots."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.initiatives.domain import LONGEST_ALT
from essaim.initiatives.fields import MemberField, MomentField, MoneyField, PercentField
from essaim.kit import clock
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms.fields import AREA, MonthField, StoryPictureField, ask_what_it_shows
from essaim.mechanisms.crowdfunding.forms.pledging import option_field, option_name, options_of
from essaim.mechanisms.crowdfunding.models import Delivery, Pledge, Pot, Tier


class UpdateForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(
        label=_("The news"),
        max_length=20_000,
        help_text=_("Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    picture = StoryPictureField()
    picture_alt = forms.CharField(label=_("What it shows"), max_length=LONGEST_ALT, required=False)
    backers_only = forms.BooleanField(label=_("For backers only"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ask_what_it_shows(self)
        return cleaned


class AnswerForm(forms.Form):
    body = forms.CharField(label=_("The answer"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))


class OfflineForm(forms.Form):
    """A cheque, a transfer or cash that came in by hand, for a new pledge."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address, if there is one"), max_length=254, required=False)
    backer = MemberField(label=_("Handle, if a member"), max_length=31, required=False)
    tier = forms.ModelChoiceField(
        label=_("Reward"), queryset=Tier.objects.none(), required=False, empty_label=_("No reward, a gift")
    )
    gift = MoneyField(label=_("Gift, or more than the price"), required=False)
    country = forms.ChoiceField(label=_("It is sent to"), required=False)
    method = forms.ChoiceField(
        label=_("How it came"), choices=[pair for pair in Pledge.Method.choices if pair[0] != Pledge.Method.ONLINE]
    )
    reference = forms.CharField(
        label=_("Its trace"),
        max_length=80,
        help_text=_("The cheque’s number, the transfer’s wording, the receipt’s number."),
    )
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    anonymous = forms.BooleanField(label=_("Do not show the name"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rules: Rules, tiers: Any) -> None:
        initial = {"key": uuid4(), "received_on": timezone.localdate(clock.now()), "country": rules.country}
        super().__init__(data, initial=initial)
        self.tiers = list(tiers)
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
        self.fields["gift"] = MoneyField(code=rules.unit, label=self.fields["gift"].label, required=False)
        self.fields["country"].choices = [("", "–"), *countries.choices(first=rules.country)]  # type: ignore[attr-defined]
        asked = {option_name(tier, option): (tier, option) for tier in self.tiers for option in options_of(tier)}
        for name, (tier, option) in asked.items():
            field = self.fields[name] = option_field(option)
            field.label, field.required = f"{tier.title} – {option.label}", False
        after = list(self.base_fields).index("tier") + 1
        names = list(self.base_fields)
        self.order_fields([*names[:after], *asked, *names[after:]])

    def clean(self) -> dict[str, Any]:
        """What the reward chosen asks for is needed; what others ask is left out. A gift goes nowhere."""
        cleaned = super().clean() or {}
        tier: Tier | None = cleaned.get("tier")
        found: dict[str, str] = {}
        for name, option in {option_name(tier, one): one for one in options_of(tier)}.items() if tier else ():
            value = cleaned.get(name, "")
            if tier and option.required and not value and name not in self.errors:
                self.add_error(name, _("Fill this in for “%(tier)s”.") % {"tier": tier.title})
            found |= {option.slug: value} if value else {}
        cleaned["options"] = found
        cleaned["country"] = cleaned.get("country", "") if tier and tier.ships else ""
        return cleaned


class ReceivedForm(forms.Form):
    """Money for a pledge that waits for it, by hand; or sent back by hand."""

    reference = forms.CharField(label=_("Its trace"), max_length=80)
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"day": timezone.localdate(clock.now()), "key": uuid4()})


class RefundForm(forms.Form):
    amount = MoneyField(label=_("Amount to pay back"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The backer reads it."))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, unit: str) -> None:
        super().__init__(data, initial={"key": uuid4()})
        self.fields["amount"] = MoneyField(code=unit, label=self.fields["amount"].label)


class LockForm(forms.Form):
    at = MomentField(
        label=_("Addresses and options are locked on"), help_text=_("From then on, parcels are prepared.")
    )


class DelayForm(forms.Form):
    month = MonthField(label=_("New month"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        help_text=_("Public, and sent to each who waits."),
        widget=forms.Textarea(AREA),
    )


class SentForm(forms.Form):
    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)


class TrackingFileForm(forms.Form):
    """The carrier's answer to the export: one line per parcel."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    file = forms.FileField(
        label=_("The carrier’s file"),
        help_text=_("CSV with the columns number and tracking; number is the pledge’s."),
    )


class ParcelFilterForm(forms.Form):
    STATES = [("", _("all")), ("waiting", _("not sent")), ("no-address", _("no address")), *Delivery.State.choices]
    state = forms.ChoiceField(label=_("Parcels"), choices=STATES, required=False)


class PotForm(forms.Form):
    """A sponsor's money that adds to pledges."""

    name = forms.CharField(label=_("Name of the pot"), max_length=120)
    sponsor = forms.CharField(label=_("Sponsor"), max_length=120)
    factor = PercentField(label=_("Adds to each pledge, in %"), initial=10_000, max_value=1_000, max_digits=6)
    per_gift = MoneyField(label=_("At most per pledge"), required=False)
    per_person = MoneyField(label=_("At most per person"), required=False)
    per_project = MoneyField(label=_("At most per campaign"), required=False)

    def caps(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] or None for name in ("per_gift", "per_person", "per_project")}


class PotMoneyForm(forms.Form):
    amount = MoneyField(label=_("Amount"))
    reference = forms.CharField(label=_("Its trace"), max_length=80)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4()})


class JoinPotForm(forms.Form):
    pot = forms.ModelChoiceField(label=_("Pot"), queryset=Pot.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, pots: Any) -> None:
        super().__init__(data)
        self.fields["pot"].queryset = pots  # type: ignore[attr-defined]
