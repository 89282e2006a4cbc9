"""A campaign's settings, checked. Whole rules go in as JSON data and come out complete, defaults filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.mechanisms.crowdfunding.domain.errors import InvalidRules
from essaim.mechanisms.crowdfunding.domain.rules import Funding, LegalMode, Rules, freeze, thaw, validated

DEFAULTS = Rules()
LEGAL_MODES = [
    (LegalMode.OWN_SALE, _("own sale: the house sells its own product")),
    (LegalMode.PARTNER_GIFT, _("partner gift: a licensed partner holds the gifts")),
]
FUNDINGS = [
    (Funding.ALL_OR_NOTHING, _("all or nothing")),
    (Funding.KEEP_ALL, _("keep what comes")),
    (Funding.TWO_GOALS, _("two goals")),
    (Funding.THRESHOLD, _("keep what comes, fee from a threshold")),
]


def _share(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=10_000, **more)


class RulesForm(forms.Form):
    """`cleaned_data` is the frozen rules: what `thaw` reads. Amounts in minor units, shares in basis points."""

    legal_mode = forms.ChoiceField(label=_("Legal mode"), choices=LEGAL_MODES)
    funding = forms.ChoiceField(label=_("When the money is the project’s"), choices=FUNDINGS)
    unit = forms.CharField(label=_("Currency"), max_length=3)
    goal = forms.IntegerField(label=_("Goal, or the minimum of two"), min_value=1)
    optimum = forms.IntegerField(label=_("Optimum"), min_value=0)
    fee = _share(_("The house’s fee, in basis points"))
    fee_from = _share(_("Fee from this share of the goal on, in basis points"))
    vat = _share(_("VAT contained in the prices, in basis points"))
    country = forms.CharField(label=_("Country of the seller"), max_length=2)
    unpaid_minutes = forms.IntegerField(label=_("Minutes an unpaid pledge keeps its place"), min_value=1)
    offline_days = forms.IntegerField(label=_("Days a promised transfer or cheque keeps its place"), min_value=1)
    retry_days = forms.IntegerField(label=_("Days to make good a payment that failed"), min_value=1)
    two_persons_above = forms.IntegerField(label=_("Money by hand: two persons above"), min_value=0)
    smallest = forms.IntegerField(label=_("Smallest pledge"), min_value=1)
    largest = forms.IntegerField(label=_("Largest pledge"), min_value=1)
    gifts = forms.BooleanField(label=_("Gifts without a reward are welcome"), required=False)
    guests = forms.BooleanField(label=_("Guests pledge without an account"), required=False)
    late_pledges = forms.BooleanField(label=_("Late pledges after a success"), required=False)
    zones = forms.JSONField(label=_("Countries that share shipping fees"), required=False)
    partner = forms.JSONField(label=_("The licensed partner"), required=False)

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        defaults = freeze(DEFAULTS)
        options.setdefault("initial", defaults)
        super().__init__(data if data is None or hasattr(data, "getlist") else {**defaults, **data}, *args, **options)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        given = {name: value for name, value in cleaned.items() if value is not None}
        try:
            return freeze(validated(thaw(given)))
        except InvalidRules as refusal:
            raise forms.ValidationError(str(refusal.cause)) from refusal
