"""The treasurer's choice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.projectors.royalties import domain


class ScheduleForm(forms.Form):
    months = forms.TypedChoiceField(
        label=_("stated"),
        coerce=int,
        choices=[(domain.MONTHLY, _("each month")), (domain.QUARTERLY, _("each quarter"))],
    )
    hold_days = forms.IntegerField(
        label=_("days held before release"), min_value=0, max_value=365, initial=domain.DEFAULT_HOLD_DAYS
    )
    valid_from = forms.DateField(
        label=_("in force from"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The first day of a quarter to come."),
    )
