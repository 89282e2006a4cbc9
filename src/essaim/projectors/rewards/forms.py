"""The rules as a form: one line per rule, one per level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.projectors.rewards.domain import MOST_PER_DAY, MOST_POINTS, Level, Rules
from essaim.projectors.rewards.wording import act_name


class RulesForm(forms.Form):
    """Points and daily cap of each rule, threshold of each level, and why they change."""

    reason = forms.CharField(label=_("why the rules change"), max_length=240)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for number, rule in enumerate(rules.rules):
            self.fields[f"points_{number}"] = forms.IntegerField(
                label=_("%(act)s: points") % {"act": act_name(rule)},
                min_value=0,
                max_value=MOST_POINTS,
                initial=rule.points,
            )
            self.fields[f"per_day_{number}"] = forms.IntegerField(
                label=_("at most, times a day"), min_value=1, max_value=MOST_PER_DAY, initial=rule.per_day
            )
        for number, level in enumerate(rules.levels[1:], start=1):
            self.fields[f"level_{number}"] = forms.IntegerField(
                label=_("level “%(name)s” from") % {"name": next(iter(level.names.values()))},
                min_value=1,
                initial=level.points,
            )

    def chosen(self) -> dict[str, Any]:
        values = self.cleaned_data
        rules = [
            replace(rule, points=values[f"points_{number}"], per_day=values[f"per_day_{number}"])
            for number, rule in enumerate(self.rules.rules)
        ]
        levels = [
            Level(values.get(f"level_{number}", 0), level.names) for number, level in enumerate(self.rules.levels)
        ]
        return {"rules": rules, "levels": levels, "reason": values["reason"]}
