"""Whole rules through the settings form."""

from __future__ import annotations

import pytest

from essaim.mechanisms.contest.domain.presets import PRESETS
from essaim.mechanisms.contest.domain.rules import Rules, freeze
from essaim.mechanisms.contest.rules_form import RulesForm


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_comes_out_as_it_went_in(name: str) -> None:
    form = RulesForm(freeze(PRESETS[name]))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == freeze(PRESETS[name])


def test_what_is_not_given_has_its_default() -> None:
    form = RulesForm({"votes_each": 3})
    assert form.is_valid()
    assert form.cleaned_data == {**freeze(Rules()), "votes_each": 3}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ballot": "shout"}, "ballot"),
        ({"votes_each": -1}, "votes_each"),
        ({"rungs": [{"slug": "a", "name": "A", "condition": "votes"}]}, "__all__"),
        ({"rungs": [{"colour": "red"}]}, "__all__"),
        ({"rungs": "{"}, "rungs"),
        ({"community_weight": 0, "jury_weight": 0}, "__all__"),
    ],
)
def test_what_cannot_stand_is_said(given: dict[str, object], field: str) -> None:
    form = RulesForm(given)
    assert not form.is_valid()
    assert list(form.errors) == [field]
