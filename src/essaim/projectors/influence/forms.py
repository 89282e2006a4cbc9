"""Forms of the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.projectors.influence import domain, wording
from essaim.projectors.influence.actions import MOST


class PlanForm(forms.Form):
    budget = forms.IntegerField(
        label=_("How many people can you invite?"), min_value=1, max_value=MOST, initial=10,
        help_text=_("The engine looks for those from whom the word goes furthest together."),
    )  # fmt: skip
    voices = forms.BooleanField(
        label=_("Outside voices too"),
        required=False,
        initial=True,
        help_text=_("They cannot be written to: you answer one of their posts."),
    )


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("What you write"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It arrives among the member's notices, with your name."),
    )


class WeightsForm(forms.Form):
    """The parts of the score, what ties weigh, how fast they fade, and why."""

    half_life = forms.IntegerField(label=_("Days after which a tie weighs half"), min_value=1, max_value=3650)
    reason = forms.CharField(label=_("Why"), max_length=240, help_text=_("Everybody reads it, under your name."))

    def __init__(self, *args: Any, rules: domain.Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for kind, names, weights in (
            ("part", wording.PARTS, rules.advocacy),
            ("tie", wording.TIES, rules.ties),
        ):
            for name, label in names.items():
                self.fields[f"{kind}_{name}"] = forms.FloatField(
                    label=str(label), min_value=0, max_value=100, initial=f"{weights[name]:g}"
                )
        self.fields["half_life"].initial = rules.half_life_days
        self.order_fields([*self.names("part"), *self.names("tie"), "half_life", "reason"])

    def names(self, kind: str) -> list[str]:
        return [name for name in self.fields if name.startswith(f"{kind}_")]

    def parts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names("part")]

    def ties(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names("tie")]

    def chosen(self) -> domain.Rules:
        given = self.cleaned_data
        return domain.Rules(
            half_life_days=given["half_life"],
            ties={name: given[f"tie_{name}"] for name in self.rules.ties},
            advocacy={name: given[f"part_{name}"] for name in self.rules.advocacy},
        )
