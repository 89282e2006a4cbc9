"""Pure decisions: outcomes, shares, prices, options, pots, periods."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.mechanisms.crowdfunding.domain import errors, law, matching, tiers
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.outcomes import Money, Outcome, fee, outcome, progress, shares
from essaim.mechanisms.crowdfunding.domain.rules import (
    Choice,
    Funding,
    LegalMode,
    Partner,
    Rules,
    freeze,
    thaw,
    validated,
)
from essaim.mechanisms.crowdfunding.domain.vat import vat_within

SUMS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("funding", "raised", "expected"),
    [
        (Funding.ALL_OR_NOTHING, 999, "failed"),
        (Funding.ALL_OR_NOTHING, 1_000, "succeeded"),
        (Funding.TWO_GOALS, 999, "failed"),
        (Funding.TWO_GOALS, 1_000, "succeeded"),
        (Funding.KEEP_ALL, 0, "failed"),
        (Funding.KEEP_ALL, 1, "succeeded"),
        (Funding.THRESHOLD, 1, "succeeded"),
    ],
)
def test_outcome(funding: Funding, raised: int, expected: str) -> None:
    assert outcome(Rules(funding=funding, goal=1_000), raised) == expected


@pytest.mark.parametrize(("net", "due"), [(599, 0), (600, 30), (1_000, 50), (1_019, 50)])
def test_the_fee_is_taken_from_its_threshold_on(net: int, due: int) -> None:
    assert fee(Rules(funding=Funding.THRESHOLD, goal=1_000, fee=500, fee_from=6_000), net) == due


@given(captured=SUMS, refunded=SUMS, matched=SUMS, rate=st.integers(0, 10_000), vat=st.integers(0, 10_000))
def test_a_settlement_empties_the_jar_and_the_equation_holds(
    captured: int, refunded: int, matched: int, rate: int, vat: int
) -> None:
    refunded = min(refunded, captured)
    rules = Rules(fee=rate, vat=vat)
    before = Money(captured=captured, matched=matched, refunded=refunded, escrow=captured - refunded + matched)
    parts = shares(rules, before, vat_within(before.net, vat))
    after = Money(
        captured=captured, matched=matched, refunded=refunded, fees=parts.fee, vat=parts.vat, paid_out=parts.rest
    )
    assert (before.balanced, after.balanced) == (True, True)
    assert parts.total == before.escrow


def test_progress_is_never_rounded_up() -> None:
    assert [progress(raised, 1_000) for raised in (999, 1_000, 1_999)] == [99, 100, 199]


@pytest.mark.parametrize("funding", Funding)
def test_rules_freeze_and_thaw(funding: Funding) -> None:
    rules = Rules(funding=funding, partner=Partner("P", "1", "ACPR"))
    assert thaw(freeze(rules)) == rules


@pytest.mark.parametrize(
    "rules",
    [
        Rules(goal=0),
        Rules(funding=Funding.TWO_GOALS, goal=10, optimum=10),
        Rules(optimum=10),
        Rules(funding=Funding.THRESHOLD),
        Rules(vat=10_001),
        Rules(legal_mode=LegalMode.PARTNER_GIFT, vat=550),
        Rules(smallest=200, largest=100),
        Rules(zones=(Rules().zones[0], Rules().zones[0])),
        Rules(unit="euro"),
    ],
)
def test_rules_that_do_not_hold_together(rules: Rules) -> None:
    with pytest.raises(errors.InvalidRules):
        validated(rules)


JAR = tiers.Offer(1, "Jar", 2_000, ships=True, shipping={"fr": 500, "eu": 900})
BADGE = tiers.Offer(2, "Badge", 300, addon=True)


def priced(*wanted: tiers.Wanted, gift: int = 0, country: str = "FR", waived: bool = False) -> tuple[int, int, int]:
    made = tiers.price(Rules(), wanted, gift=gift, country=country, waived=waived)
    return made.rewards, made.gift, made.shipping


def test_prices() -> None:
    assert priced(tiers.Wanted(JAR, 2), tiers.Wanted(BADGE), gift=50) == (4_300, 50, 1_000)
    assert priced(tiers.Wanted(JAR), country="DE") == (2_000, 0, 900)
    assert priced(tiers.Wanted(JAR), waived=True, gift=10, country="") == (0, 2_010, 0)
    assert priced(gift=500, country="") == (0, 500, 0)


@pytest.mark.parametrize(
    ("wanted", "more", "refusal"),
    [
        ((tiers.Wanted(BADGE),), {}, errors.AddOnAlone),
        ((tiers.Wanted(JAR),), {"country": "US"}, errors.NotSentThere),
        ((tiers.Wanted(JAR),), {"country": ""}, errors.CountryMissing),
        ((), {"gift": 99}, errors.TooSmall),
        ((), {"gift": -1}, errors.TooSmall),
        ((), {"gift": 10**9}, errors.TooLarge),
    ],
)
def test_prices_refused(wanted: tuple[tiers.Wanted, ...], more: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        priced(*wanted, **more)  # type: ignore[arg-type]


SIZE = tiers.Option("size", "Size", choices=("S", "M"))
CUT = tiers.Option("cut", "Engraving", tiers.OptionKind.ENGRAVING, longest=10)


def test_options() -> None:
    assert tiers.chosen((SIZE, CUT), {"size": "M", "cut": "  Zoé  &  Léo "}) == {"size": "M", "cut": "Zoé & Léo"}


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        ({"cut": "Zoé"}, errors.OptionMissing),
        ({"size": "XL", "cut": "Zoé"}, errors.UnknownChoice),
        ({"size": "M", "cut": "Zoé & Léopold"}, errors.EngravingTooLong),
        ({"size": "M", "cut": "Zoé ♥"}, errors.EngravingCharacter),
        ({"size": "M", "cut": "Zoé", "more": "x"}, errors.UnknownOption),
    ],
)
def test_options_refused(given_: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        tiers.chosen((SIZE, CUT), given_)


@pytest.mark.parametrize(
    ("pot", "amount", "added"),
    [
        (matching.Pot(1, 10_000, 9_000), 3_000, 3_000),
        (matching.Pot(1, 5_000, 9_000), 3_001, 1_500),
        (matching.Pot(1, 10_000, 2_000), 3_000, 2_000),
        (matching.Pot(1, 10_000, 9_000, per_gift=1_000), 3_000, 1_000),
        (matching.Pot(1, 10_000, 9_000, per_person=4_000, person=3_500), 3_000, 500),
        (matching.Pot(1, 10_000, 9_000, per_project=4_000, project=4_000), 3_000, 0),
    ],
)
def test_what_a_pot_adds(pot: matching.Pot, amount: int, added: int) -> None:
    assert matching.matched(pot, amount) == added


@given(st.lists(st.integers(1, 10_000), max_size=20), st.integers(0, 50_000))
def test_a_pot_never_promises_more_than_it_has(gifts: list[int], pot: int) -> None:
    promised = 0
    for gift in gifts:
        promised += matching.matched(matching.Pot(1, 10_000, pot - promised), gift)
    assert promised == min(sum(gifts), pot)


def test_legal_figures_are_dated() -> None:
    assert law.figure(law.WITHDRAWAL_FUNCTION, "FR", date(2026, 6, 18)) is None
    assert law.figure(law.WITHDRAWAL_FUNCTION, "FR", date(2026, 6, 19)) is not None
    assert all(line.source for line in law.FIGURES)


@pytest.mark.parametrize(
    ("state", "outcome_", "choice", "due"),
    [
        ("held", "succeeded", "refund", "capture"),
        ("held", "failed", "refund", "release"),
        ("held", "failed", "credit", "capture"),
        ("paid", "failed", "refund", "refund"),
        ("paid", "failed", "credit", "credit"),
        ("paid", "failed", "gift", "give"),
        ("paid", "succeeded", "gift", "nothing"),
        ("failed", "succeeded", "refund", "nothing"),
        ("cancelled", "failed", "credit", "nothing"),
    ],
)
def test_what_the_end_does_with_a_pledge(state: str, outcome_: str, choice: str, due: str) -> None:
    assert life.due(Outcome(outcome_), life.State(state), Choice(choice)) == due


STATES = [
    (life.Facts(held=100), "held"),
    (life.Facts(held=99), "unpaid"),
    (life.Facts(waiting=True), "pending"),
    (life.Facts(captured=100), "paid"),
    (life.Facts(captured=100, refunded=40), "paid"),
    (life.Facts(captured=100, refunded=100), "refunded"),
    (life.Facts(captured=100, lost=100), "failed"),
    (life.Facts(), "unpaid"),
]


@pytest.mark.parametrize(("facts", "after"), STATES)
def test_a_state_is_read_from_the_facts(facts: life.Facts, after: str) -> None:
    assert life.standing(life.State.UNPAID, 100, facts, place=True) == after


def test_a_pledge_that_is_over_stays_over_in_any_order() -> None:
    for order in permutations([facts for facts, _after in STATES[:5]]):
        state = life.State.CANCELLED
        for facts in order:
            state = life.standing(state, 100, facts, place=True)
        assert state == "cancelled"
