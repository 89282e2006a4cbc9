"""A contest's settings, checked. Whole rules go in as JSON data and come out complete, defaults filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.mechanisms.contest.domain.errors import InvalidRules
from essaim.mechanisms.contest.domain.rules import Ballot, Rules, Tie, freeze, thaw, validated

DEFAULTS = Rules()


class RulesForm(forms.Form):
    """`cleaned_data` is the frozen rules: what `thaw` reads."""

    ballot = forms.ChoiceField(
        label=_("How members vote"),
        choices=[(Ballot.SUPPORT, _("support an idea")), (Ballot.OPINION, _("agree, disagree or pass"))],
    )
    votes_each = forms.IntegerField(
        label=_("Votes per member"), min_value=0, help_text=_("0: as many as there are ideas")
    )
    results_hidden = forms.BooleanField(label=_("Hide the counts while the vote runs"), required=False)
    order_seed = forms.IntegerField(label=_("Seed of the random order"), min_value=0)
    community_weight = forms.IntegerField(label=_("Weight of the community"), min_value=0, max_value=1_000)
    jury_weight = forms.IntegerField(label=_("Weight of the jury"), min_value=0, max_value=1_000)
    winners = forms.IntegerField(label=_("Number of winners"), min_value=1)
    quorum = forms.IntegerField(label=_("Voters needed for the vote to count"), min_value=0)
    tie = forms.ChoiceField(
        label=_("In case of a tie"),
        choices=[(Tie.ALL, _("all tied ideas win")), (Tie.EARLIEST, _("the one that had its votes first wins"))],
    )
    open_to_ideas = forms.BooleanField(label=_("Members submit ideas"), required=False)
    similarity = forms.IntegerField(
        label=_("Similarity from which an idea is shown as close, in basis points"), min_value=0, max_value=10_000
    )
    rungs = forms.JSONField(label=_("Rungs"), required=False)
    eligibility = forms.JSONField(label=_("Who votes"), required=False)
    rights = forms.JSONField(label=_("Rights granted"), required=False)
    surge = forms.JSONField(label=_("Alarm figures"), required=False)

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        defaults = freeze(DEFAULTS)
        options.setdefault("initial", defaults)
        super().__init__(data if data is None or hasattr(data, "getlist") else {**defaults, **data}, *args, **options)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        given = {name: value for name, value in cleaned.items() if value not in (None, "")}
        try:
            return freeze(validated(thaw(given)))
        except InvalidRules as refusal:
            raise forms.ValidationError(str(refusal.cause)) from refusal
