"""Rules and ballots, without a database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from essaim.mechanisms.contest.domain import presets
from essaim.mechanisms.contest.domain.ballots import (
    Elector,
    admit,
    canonical,
    cast,
    digest,
    pseudonym,
    receipt,
    stands,
)
from essaim.mechanisms.contest.domain.errors import (
    BallotFull,
    InvalidRules,
    JoinedTooLate,
    MailNotConfirmed,
    NoSuchRung,
    OutsideCommunities,
    WrongBallot,
)
from essaim.mechanisms.contest.domain.rules import (
    Award,
    Ballot,
    Condition,
    Eligibility,
    RoyaltyShare,
    Rules,
    Rung,
    Surge,
    freeze,
    thaw,
    validated,
)
from essaim.mechanisms.contest.tests.made import OPINION, T0


@pytest.mark.parametrize("rules", [*presets.PRESETS.values(), Rules()])
def test_rules_freeze_and_thaw(rules: Rules) -> None:
    assert thaw(json.loads(json.dumps(freeze(rules)))) == rules
    assert validated(rules) == rules


def test_the_ladder_pays_what_it_says() -> None:
    assert [rung.reward for rung in presets.LADDER.rungs] == [
        Award(50_000, "EUR"),
        Award(150_000, "EUR"),
        None,
        RoyaltyShare(1_000, 60),
    ]
    assert presets.LADDER.budget == {"EUR": 5 * 50_000 + 2 * 150_000}


@pytest.mark.parametrize(
    "rules",
    [
        Rules(community_weight=0, jury_weight=0),
        Rules(winners=0),
        Rules(votes_each=-1),
        Rules(similarity=10_001),
        Rules(surge=Surge(deviations=0)),
        Rules(eligibility=Eligibility(days=-1)),
        Rules(rungs=(Rung("a", "A", Condition.VOTES),)),
        Rules(rungs=(Rung("a", "A", Condition.JURY),)),
        Rules(rungs=(Rung("a", "A", Condition.PANEL, threshold=101, quorum=1),)),
        Rules(rungs=(Rung("a", "A", Condition.LAUNCH, reward=Award(1)),)),
        Rules(rungs=(Rung("a", "A", Condition.VOTES, threshold=1, reward=RoyaltyShare(1, 1)),)),
        Rules(rungs=(Rung("a", "A", Condition.LAUNCH, reward=RoyaltyShare(10_001, 1)),)),
        Rules(rungs=(Rung("a", "A", Condition.LAUNCH), Rung("a", "B", Condition.LAUNCH))),
    ],
)
def test_validated_refuses(rules: Rules) -> None:
    with pytest.raises(InvalidRules):
        validated(rules)


@pytest.mark.parametrize("frozen", [{"ballot": "shout"}, {"rungs": [{"slug": "a"}]}, {"colour": "red"}, {"surge": 3}])
def test_thaw_refuses_what_it_does_not_know(frozen: dict[str, object]) -> None:
    with pytest.raises(InvalidRules):
        thaw(frozen)


def test_a_rung_is_found_by_name() -> None:
    assert presets.LADDER.rung("tested").condition is Condition.PANEL
    with pytest.raises(NoSuchRung):
        presets.LADDER.rung("moon")


def test_cast_last_vote_wins() -> None:
    assert cast({}, 1, 1, OPINION).changes
    changed = cast({1: 1}, 1, -1, OPINION)
    assert (changed.value, changed.replaces, changed.changes) == (-1, 1, True)
    assert not cast({1: 1}, 1, 1, OPINION).changes


def test_cast_refuses_when_ballot_full() -> None:
    rules = replace(OPINION, votes_each=2)
    full = {1: 1, 2: -1, 3: 0}
    with pytest.raises(BallotFull):
        cast(full, 4, 1, rules)
    assert cast(full, 4, 0, rules).value == 0, "a pass spends nothing"
    assert cast(full, 2, 1, rules).value == 1, "changing one's mind spends nothing more"
    with pytest.raises(BallotFull):
        cast(full, 3, 1, rules)


@pytest.mark.parametrize(("style", "value"), [(Ballot.SUPPORT, 0), (Ballot.SUPPORT, -1), (Ballot.OPINION, 2)])
def test_cast_refuses_a_wrong_ballot(style: Ballot, value: int) -> None:
    with pytest.raises(WrongBallot):
        cast({}, 1, value, Rules(ballot=style))


def test_admit_looks_at_mail_age_and_communities() -> None:
    admit(Elector(T0, True), Eligibility(), T0)
    with pytest.raises(MailNotConfirmed):
        admit(Elector(T0, False), Eligibility(), T0)
    admit(Elector(T0 - timedelta(days=7), True), Eligibility(days=7), T0)
    with pytest.raises(JoinedTooLate):
        admit(Elector(T0 - timedelta(days=6), True), Eligibility(days=7), T0)
    with pytest.raises(OutsideCommunities):
        admit(Elector(T0, True, frozenset({"bees"})), Eligibility(communities=("bakers",)), T0)
    admit(Elector(T0, True, frozenset({"bees", "bakers"})), Eligibility(communities=("bakers",)), T0)


def test_receipt_finds_the_ballot_and_sees_a_change() -> None:
    code = pseudonym(b"secret", 7)
    assert code == pseudonym(b"secret", 7) != pseudonym(b"other", 7)
    given_out = receipt(code, {3: 1, 1: -1})
    lines = [(code, 1, -1), ("someone", 1, 1), (code, 3, 1)]
    assert stands(given_out, lines)
    assert not stands(given_out, [(code, 1, 1), (code, 3, 1)])
    assert not stands(given_out, lines[:2])


def test_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "é": [1, 2]}) == digest({"é": [1, 2], "a": 1})
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
