"""The contest's settings as forms: what the desk types becomes `Rules`, and `Rules` fill the forms again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.fields import CountField, MoneyField, PercentField
from essaim.mechanisms.contest.domain.errors import InvalidRules
from essaim.mechanisms.contest.domain.rules import (
    Award,
    Ballot,
    Condition,
    Eligibility,
    Reward,
    Right,
    RoyaltyShare,
    Rules,
    Rung,
    Surge,
    Tie,
    freeze,
    thaw,
    validated,
)


class RungForm(forms.Form):
    """One step of the ladder."""

    PAYS = [("", _("nothing now")), ("award", _("a sum, once")), ("royalty", _("a share of net sales"))]
    CONDITIONS = [
        (Condition.JURY, _("the jury's score")),
        (Condition.VOTES, _("votes in favour")),
        (Condition.PANEL, _("the test panel's score")),
        (Condition.LAUNCH, _("the product is launched")),
    ]

    slug = forms.SlugField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the rung"), max_length=60)
    # With its first choice as initial value, an empty extra form has not changed and adds no rung.
    condition = forms.ChoiceField(label=_("Reached by"), choices=CONDITIONS, initial=Condition.JURY)
    threshold = CountField(
        label=_("Threshold"), help_text=_("Votes in favour, or the mean score out of 100; nothing for a launch.")
    )
    quorum = CountField(label=_("At least how many scores"), help_text=_("For the jury and the panel."))
    approval = PercentField(
        label=_("Least share in favour, in %"), required=False, help_text=_("Among those who took sides.")
    )
    window_days = CountField(label=_("Days to gather votes"), help_text=_("0: until voting closes."))
    winners = CountField(label=_("Ideas the budget provides for"), help_text=_("0: no limit, when nothing is paid."))
    pays = forms.ChoiceField(label=_("Pays"), choices=PAYS, required=False)
    amount = MoneyField(label=_("The sum"), required=False)
    share = PercentField(label=_("Share of net sales, in %"), required=False)
    term_months = CountField(label=_("For how many months"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("pays") == "award" and not cleaned.get("amount"):
            self.add_error("amount", _("Type the sum this rung pays."))
        if cleaned.get("pays") == "royalty" and not (cleaned.get("share") and cleaned.get("term_months")):
            self.add_error("share", _("Type the share of net sales and for how many months it is paid."))
        return cleaned

    def rung(self) -> Rung:
        given = self.cleaned_data
        reward: Reward = None
        if given["pays"] == "award":
            reward = Award(given["amount"])
        elif given["pays"] == "royalty":
            reward = RoyaltyShare(given["share"], given["term_months"])
        figures = {name: given[name] for name in ("threshold", "quorum", "approval", "window_days", "winners")}
        slug = given["slug"] or slugify(given["name"])[:40] or "rung"
        return Rung(slug, given["name"], Condition(given["condition"]), reward=reward, **figures)


class RightForm(forms.Form):
    """One right the authors grant."""

    right = forms.CharField(label=_("The house may"), max_length=200)
    extent = forms.CharField(label=_("How far"), max_length=200)
    territory = forms.CharField(label=_("Where"), max_length=120)
    years = CountField(label=_("For how many years"), required=True, min_value=1, max_value=70)


class SettingsForm(forms.Form):
    """Everything of the rules that is not a list."""

    BALLOTS = [
        (Ballot.SUPPORT, _("Support: one voice for an idea")),
        (Ballot.OPINION, _("Opinion: agree, disagree or pass on each idea")),
    ]
    TIES = [(Tie.ALL, _("All ideas that tie win")), (Tie.EARLIEST, _("The one that had its votes first wins"))]

    ballot = forms.ChoiceField(label=_("The ballot"), choices=BALLOTS, widget=forms.RadioSelect)
    votes_each = CountField(label=_("Votes per person"), help_text=_("0: as many as one likes, one per idea."))
    results_hidden = forms.BooleanField(label=_("Hide the counts until voting closes"), required=False)
    open_to_ideas = forms.BooleanField(label=_("Members bring the ideas"), required=False)
    winners = CountField(label=_("Winners of the count"), required=True, min_value=1)
    quorum = CountField(label=_("Least number of voters"), help_text=_("Below it, the count names no winner."))
    community_weight = CountField(label=_("Weight of the community"))
    jury_weight = CountField(label=_("Weight of the jury"), help_text=_("The weights are shown with the results."))
    tie = forms.ChoiceField(label=_("When ideas tie"), choices=TIES, widget=forms.RadioSelect)
    similarity = PercentField(
        label=_("Warn of similar ideas from, in %"), help_text=_("Lower warns more often; 30 is a good start.")
    )
    confirmed = forms.BooleanField(label=_("Voters have confirmed their e-mail address"), required=False)
    days = forms.IntegerField(
        label=_("Least age of a voter's account at the opening, in days"),
        min_value=0, max_value=3650, required=False,
        help_text=_("Empty: everyone who joins in time."),
    )  # fmt: skip
    surge_arrivals = CountField(label=_("Surge alarm: new accounts within an hour"), required=True, min_value=1)
    surge_deviations = CountField(label=_("Surge alarm: how far from usual"), required=True, min_value=1)
    surge_days = CountField(label=_("Surge alarm: an account is new for days"), required=True, min_value=1)


RungFormSet = forms.formset_factory(RungForm, extra=1, max_num=8, can_delete=True, can_order=False)
RightFormSet = forms.formset_factory(RightForm, extra=1, max_num=12, can_delete=True)


class RulesForms:
    """Settings, ladder and rights as one thing: valid together, `Rules` together."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, rules: Rules) -> None:
        self.before = rules
        self.settings = SettingsForm(data, initial=_settings(rules))
        self.rungs = RungFormSet(data, prefix="rungs", initial=[_rung(rung) for rung in rules.rungs])
        self.rights = RightFormSet(data, prefix="rights", initial=[_right(right) for right in rules.rights])

    @property
    def errors(self) -> bool:
        """Whether anything typed was refused."""
        return bool(self.settings.errors or any(self.rungs.errors) or any(self.rights.errors))

    def is_valid(self) -> bool:
        parts = [self.settings.is_valid(), self.rungs.is_valid(), self.rights.is_valid()]
        return all(parts) and self._stands()

    def _stands(self) -> bool:
        try:
            validated(self.rules())
        except InvalidRules as refusal:
            self.settings.add_error(None, str(refusal))
            return False
        return True

    def rules(self) -> Rules:
        given = self.settings.cleaned_data
        kept = ("votes_each", "results_hidden", "open_to_ideas", "winners", "quorum", "similarity")
        return Rules(
            ballot=Ballot(given["ballot"]),
            tie=Tie(given["tie"]),
            community_weight=given["community_weight"],
            jury_weight=given["jury_weight"],
            order_seed=self.before.order_seed,
            rungs=tuple(self._rung(form) for form in _kept(self.rungs)),
            rights=tuple(self._right(form) for form in _kept(self.rights)),
            eligibility=Eligibility(given["confirmed"], given["days"], self.before.eligibility.communities),
            surge=Surge(given["surge_deviations"], given["surge_arrivals"], given["surge_days"]),
            **{name: given[name] for name in kept},
        )

    def _rung(self, form: RungForm) -> Rung:
        rung = form.rung()
        return replace(rung, name=self._said.get(rung.name, rung.name))

    def _right(self, form: RightForm) -> Right:
        given = {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        return Right(**{name: self._said.get(value, value) for name, value in given.items()})

    @cached_property
    def _said(self) -> dict[Any, str]:
        """The presets' own words by their translation: left as they were, they go on being translated."""
        rights = (text for right in self.before.rights for text in (right.right, right.extent, right.territory))
        return {gettext(text): text for text in (*(rung.name for rung in self.before.rungs), *rights) if text}

    def frozen(self) -> dict[str, Any]:
        return freeze(self.rules())


def rules_forms(data: Mapping[str, Any] | None, frozen: Mapping[str, Any]) -> RulesForms:
    return RulesForms(data, rules=thaw(frozen))


def _kept(formset: Any) -> list[Any]:
    """The forms that stand: those that were there, and the extra one once something was typed in it."""
    typed = [form for form in formset.extra_forms if form.has_changed()]
    return [form for form in (*formset.initial_forms, *typed) if form not in formset.deleted_forms]


def _settings(rules: Rules) -> dict[str, Any]:
    plain = ("ballot", "votes_each", "results_hidden", "open_to_ideas", "winners", "quorum", "community_weight")
    return {
        **{name: getattr(rules, name) for name in (*plain, "jury_weight", "tie", "similarity")},
        "confirmed": rules.eligibility.confirmed,
        "days": rules.eligibility.days,
        **{f"surge_{name}": getattr(rules.surge, name) for name in ("arrivals", "deviations", "days")},
    }


def _rung(rung: Rung) -> dict[str, Any]:
    plain = ("slug", "condition", "threshold", "quorum", "approval", "window_days", "winners")
    written = {name: getattr(rung, name) for name in plain} | {"name": gettext(rung.name)}
    if isinstance(rung.reward, Award):
        written |= {"pays": "award", "amount": rung.reward.amount}
    if isinstance(rung.reward, RoyaltyShare):
        written |= {"pays": "royalty", "share": rung.reward.basis_points, "term_months": rung.reward.term_months}
    return written


def _right(right: Right) -> dict[str, Any]:
    told = {name: gettext(getattr(right, name)) for name in ("right", "extent", "territory")}
    return {**told, "years": right.years}
