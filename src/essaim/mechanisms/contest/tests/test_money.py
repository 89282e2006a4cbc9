"""Money set aside, rungs that cannot open unpaid, and what goes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.ledger.domain import InsufficientFunds
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.domain.rules import Award, Rules
from essaim.mechanisms.contest.models import (
    Funding,
)
from essaim.mechanisms.contest.tests.acting import FREE, postings, told
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, SMALL, House


def test_fund_contest_moves_house_money_once(house: House) -> None:
    contest = house.contest(FREE, opened=False)
    for _ in range(2):
        funding = actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=70_000, key="form-1")
    assert Funding.objects.get() == funding
    assert postings(funding.key) == {"house:own:EUR": 70_000, f"escrow:{contest.pk}:EUR": -70_000}
    assert told("contest.fund") == [("tresor", {"amount": 70_000, "unit": "EUR", "funding": funding.pk})]


def test_fund_contest_refuses_others_nothing_and_more_than_there_is(house: House) -> None:
    contest = house.contest(FREE, opened=False)
    with pytest.raises(Forbidden):
        actions.fund_contest(contest=contest, treasurer=house.manager, amount=1, key="a")
    with pytest.raises(errors.AwardNotPositive):
        actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=0, key="b")
    with pytest.raises(InsufficientFunds), transaction.atomic():
        actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=10_000_001, key="c")
    assert not Funding.objects.exists()


def test_a_rung_that_pays_cannot_open_unfunded(house: House) -> None:
    rich = replace(SMALL, rungs=(replace(SMALL.rungs[0], reward=Award(4_000_000)), *SMALL.rungs[1:]))
    contest = house.contest(SMALL, opened=False)
    initiatives.change_draft(initiative=contest, actor=house.manager, rules={"rungs": _rungs(rich)})
    with pytest.raises(errors.NotFunded):
        initiatives.open_initiative(initiative=contest, actor=house.manager)
    actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=8_000_000, key="more")
    initiatives.open_initiative(initiative=contest, actor=house.manager)


def _rungs(rules: Rules) -> list[dict[str, object]]:
    from essaim.mechanisms.contest.domain.rules import freeze

    return freeze(rules)["rungs"]


def test_a_contest_with_a_jury_rung_needs_its_jury(house: House) -> None:
    contest = house.contest(SMALL, opened=False)
    juror = queries.jury(contest).get().member
    actions.unseat_juror(contest=contest, member=juror, actor=house.manager)
    with pytest.raises(errors.JuryTooSmall):
        initiatives.open_initiative(initiative=contest, actor=house.manager)


def test_the_jury_freezes_at_opening(house: House) -> None:
    contest = house.contest()
    with pytest.raises(errors.RulesFrozen):
        actions.seat_juror(contest=contest, member=house.member(), actor=house.manager)
    with pytest.raises(errors.RulesFrozen):
        actions.unseat_juror(contest=contest, member=queries.jury(contest).get().member, actor=house.manager)


def test_an_amendment_promises_no_more_than_is_held(house: House) -> None:
    contest = house.contest()
    more = replace(SMALL, rungs=(replace(SMALL.rungs[0], winners=9), *SMALL.rungs[1:]))
    amend = {
        "initiative": contest,
        "rules": {"rungs": _rungs(more)},
        "reason": "So many good ones",
        "actor": house.manager,
    }
    with pytest.raises(errors.NotFunded):
        initiatives.amend_rules(**amend)
    actions.fund_contest(contest=contest, treasurer=house.treasurer, amount=7 * 50_000, key="more")
    assert initiatives.amend_rules(**amend).version == 2


def test_what_was_not_spent_goes_back_when_all_is_over(house: House) -> None:
    contest = house.contest()
    with pytest.raises(errors.VotingRuns):
        actions.return_leftover(contest=contest, treasurer=house.treasurer)
    with clock.at(NOON + 91 * DAY):
        assert actions.return_leftover(contest=contest, treasurer=house.treasurer) == 250_000
        with pytest.raises(errors.NothingLeft):
            actions.return_leftover(contest=contest, treasurer=house.treasurer)
    assert escrow_balance(contest.pk) == 0
