"""Forms around the books. Amounts are typed as people write them and become minor units."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from essaim.kit.errors import Refusal
from essaim.kit.money import format_amount, parse_amount
from essaim.ledger import chart, fec, words
from essaim.ledger.models import Account, PayoutRules
from essaim.ledger.payouts.domain import iban
from essaim.ledger.providers import Provider


class AmountField(forms.CharField):
    """Minor units of `unit`."""

    def __init__(self, *, unit: str = "EUR", **options: Any) -> None:
        self.unit = unit
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        try:
            amount = parse_amount(typed, self.unit, get_language() or "fr")
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if amount < 0:
            raise forms.ValidationError(_("Write an amount above zero."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return format_amount(value, self.unit, get_language() or "fr") if isinstance(value, int) else value


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class KeyedForm(forms.Form):
    """Carries the UUID that makes the act happen once, however often the form is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"key": uuid.uuid4(), **(options.get("initial") or {})}
        super().__init__(*args, **options)


class DepositForm(KeyedForm):
    way = forms.ChoiceField(
        label=_("How"),
        choices=[
            ("bank", _("It has arrived on the house’s bank account")),
            ("provider", _("Pay now through the payment provider")),
            ("out", _("Take free money of the house out again")),
        ],
        widget=forms.RadioSelect,
        initial="bank",
    )
    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("What it is for"), max_length=300, help_text=_("Written in the books."))


class EntryForm(KeyedForm):
    debited = forms.ChoiceField(label=_("Debit"))
    credited = forms.ChoiceField(label=_("Credit"))
    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("What it is for"), max_length=300)
    evidence = forms.CharField(label=_("Document or reference"), max_length=300, required=False)

    def __init__(self, *args: Any, unit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        accounts = [("", ""), *_accounts(unit)]
        for name in ("debited", "credited"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = accounts


class ReverseForm(KeyedForm):
    reason = forms.CharField(label=_("Why it is reversed"), max_length=300)


class RefundForm(KeyedForm):
    amount = AmountField(label=_("Amount"))


class PayoutForm(KeyedForm):
    amount = AmountField(label=_("Amount"))
    destination = forms.CharField(
        label=_("Your bank account (IBAN)"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_destination(self) -> str:
        try:
            return iban(self.cleaned_data["destination"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PayoutRulesForm(forms.ModelForm):  # type: ignore[type-arg]
    two_persons_above = AmountField(label=_("Two persons approve above"))
    minimum = AmountField(label=_("Smallest payout"))
    identity_above = AmountField(label=_("Identity is checked above, over a year"))

    class Meta:
        model = PayoutRules
        fields = ("two_persons_above", "minimum", "hold_days", "identity_above")
        labels = {"hold_days": _("Days between the request and the payout")}


class PeriodForm(forms.Form):
    """Both days included."""

    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=_("To"), required=False, widget=day_input())


class JournalForm(PeriodForm):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    account = forms.CharField(label=_("Account"), required=False, max_length=80)
    words = forms.CharField(label=_("Words"), required=False, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all kinds")), *words.kinds_in_words()]


class FecForm(forms.Form):
    siren = forms.CharField(label=_("SIREN of the legal person"), max_length=20)
    opening = forms.DateField(label=_("First day of the year"), widget=day_input())
    closing = forms.DateField(label=_("Closing day"), widget=day_input())

    def clean_siren(self) -> str:
        try:
            return fec.checked_siren(self.cleaned_data["siren"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("opening"), given.get("closing")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("closing", _("The closing day comes after the first day."))
        return given


def _accounts(unit: str) -> list[tuple[str, str]]:
    """Every house account of the unit, and the open ones of initiatives, causes and members."""
    house = [(f"house:{name}:{unit}", f"{line.number} {words.HOUSE[name]}") for name, line in chart.HOUSE.items()]
    others = Account.objects.filter(unit=unit).exclude(role=Account.Role.HOUSE).select_related("owner")[:2_000]
    names = words.accounts_in_words(others)
    return house + [(account.code, f"{account.number} {names[account.code]}") for account in others]


class ReconciliationForm(forms.Form):
    """A provider and a period; `from` and `to` are days, both included."""

    def __init__(self, *args: Any, providers: Iterable[Provider], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(provider.slug, gettext(provider.title)) for provider in providers]
        self.fields["provider"] = forms.ChoiceField(label=_("Provider"), choices=choices, required=False)
        self.fields["from"] = forms.DateField(label=_("From"), required=False, widget=day_input())
        self.fields["to"] = forms.DateField(label=_("To"), required=False, widget=day_input())
