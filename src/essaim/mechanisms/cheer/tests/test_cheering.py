"""The statement that takes cheers: each outcome, the row it leaves, and the count it moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.mechanisms.cheer import actions, cheers, domain, queries
from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.models import Camp, Cheer, CheerMessage, Round, Shift, Tally, Total
from essaim.mechanisms.cheer.tests.conftest import EVENING, MATCH
from essaim.people.queries import house

pytestmark = pytest.mark.django_db


def give(stadium, member, camp, words="", phase=None):
    return actions.give_cheer(phase=phase or stadium.first, camp=stadium.camps[camp], supporter=member, words=words)


def ask(stadium, *pairs, phase=None):
    """The outcomes of one batch of (member, camp)."""
    phase = phase or stadium.first
    batch = [cheers.of_member(phase.pk, stadium.camps[camp].pk, member.pk) for member, camp in pairs]
    return [(answer.outcome, answer.camp) for answer in actions.write_cheers(batch)]


def rows(stadium):
    return list(Cheer.objects.order_by("id").values_list("supporter", "camp__slug", "period", "kind"))


def test_a_cheer_is_one_row_and_one_shift(stadium):
    ada = stadium.fan("ada")
    answer = give(stadium, ada, "reds", "Allez !")
    assert (answer.outcome, answer.camp) == (Outcome.ACCEPTED, stadium.camps["reds"].pk)
    assert rows(stadium) == [(f"member:{ada.pk}", "reds", stadium.first.pk, 1)]
    assert list(Shift.objects.values_list("phase", "camp__slug", "kind", "minute", "by")) == [
        (stadium.first.pk, "reds", 1, EVENING, 1)
    ]
    assert list(CheerMessage.objects.values_list("words", "state")) == [("Allez !", "waiting")]


@pytest.mark.parametrize("table", ["cheer_camp", "initiatives_phase"])
def test_what_is_cheered_for_cannot_be_deleted(stadium, table):
    give(stadium, stadium.fan("ada"), "reds")
    row = stadium.camps["reds"] if table == "cheer_camp" else stadium.first
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row.pk])


def test_the_same_again_changes_nothing(stadium):
    ada = stadium.fan("ada")
    give(stadium, ada, "reds")
    assert give(stadium, ada, "reds").outcome is Outcome.DUPLICATE
    assert Cheer.objects.count() == Shift.objects.count() == 1


def test_another_camp_takes_the_place_of_the_first(stadium):
    ada = stadium.fan("ada")
    give(stadium, ada, "reds")
    assert give(stadium, ada, "blues").outcome is Outcome.CHANGED
    assert [row[1] for row in rows(stadium)] == ["blues"]
    assert queries.live(stadium.first).camps == (("blues", 1, 0, 0), ("reds", 0, 0, 0))


def test_where_cheers_do_not_change_the_first_stands(evening, play):
    stadium = play(changeable=False)
    ada = stadium.fan("ada")
    give(stadium, ada, "reds")
    answer = give(stadium, ada, "blues")
    assert (answer.outcome, answer.camp) == (Outcome.DUPLICATE, stadium.camps["reds"].pk)
    assert [row[1] for row in rows(stadium)] == ["reds"]


@pytest.mark.parametrize(("changeable", "stands"), [(True, "blues"), (False, "reds")])
def test_of_two_in_one_batch_one_stands(evening, play, changeable, stands):
    stadium = play(changeable=changeable)
    ada = stadium.fan("ada")
    outcomes = [outcome for outcome, _camp in ask(stadium, (ada, "reds"), (ada, "blues"))]
    assert sorted(outcomes) == [Outcome.ACCEPTED, Outcome.DUPLICATE]
    assert [row[1] for row in rows(stadium)] == [stands]


def test_the_same_twice_in_one_batch_is_accepted_once(stadium):
    ada, reds = stadium.fan("ada"), stadium.camps["reds"].pk
    same = [(ada, "reds")] * 3
    assert ask(stadium, *same) == [(Outcome.ACCEPTED, reds), (Outcome.DUPLICATE, reds), (Outcome.DUPLICATE, reds)]
    assert Shift.objects.get().by == 1


def test_every_question_of_a_batch_has_its_own_answer(stadium):
    ada, bob, passer = stadium.fan("ada"), stadium.fan("bob"), stadium.fan("passer", joins=False)
    elsewhere = Camp(pk=stadium.camps["reds"].pk + 10_000)
    stadium.camps["nowhere"] = elsewhere
    assert [outcome for outcome, _camp in ask(stadium, (ada, "reds"), (passer, "reds"), (bob, "nowhere"))] == [
        Outcome.ACCEPTED,
        Outcome.STRANGER,
        Outcome.UNKNOWN,
    ]
    assert Cheer.objects.count() == 1


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        (EVENING - timedelta(microseconds=1), Outcome.CLOSED),
        (EVENING, Outcome.ACCEPTED),
        (EVENING + MATCH - timedelta(microseconds=1), Outcome.ACCEPTED),
        (EVENING + MATCH, Outcome.CLOSED),
    ],
)
def test_a_round_opens_and_closes_to_the_microsecond(evening, play, moment, outcome):
    stadium = play()
    ada = stadium.fan("ada")
    with clock.at(moment):
        assert ask(stadium, (ada, "reds"))[0][0] is outcome


def test_late_is_told_with_the_time(stadium):
    ada = stadium.fan("ada")
    answer = cheers.Answer(Outcome.CLOSED, None)
    with pytest.raises(domain.TooLate):
        actions.refuse(answer, stadium.first)
    with clock.at(EVENING + MATCH), pytest.raises(domain.TooLate):
        give(stadium, ada, "reds")


def test_a_halted_campaign_and_a_mechanism_switched_off_take_no_cheer(stadium):
    ada = stadium.fan("ada")
    initiatives.halt(initiative=stadium.campaign, actor=stadium.manager, reason="Rain")
    assert ask(stadium, (ada, "reds")) == [(Outcome.CLOSED, None)]
    initiatives.resume(initiative=stadium.campaign, actor=stadium.manager, reason="Dry")
    row = house()
    row.modules_off = ["cheer"]
    row.save()
    assert ask(stadium, (ada, "reds")) == [(Outcome.CLOSED, None)]


@pytest.mark.parametrize(("period", "cheers_given"), [("campaign", 1), ("day", 2), ("round", 2)])
def test_once_a_period(evening, play, period, cheers_given):
    stadium = play(period=period)
    ada = stadium.fan("ada")
    for phase in stadium.rounds:
        with clock.at(phase.starts_at):
            ask(stadium, (ada, "reds"), phase=phase)
    assert Cheer.objects.count() == cheers_given


def test_a_cheer_of_a_round_that_is_over_is_not_moved_by_a_later_one(evening, play):
    stadium = play(period="campaign")
    ada = stadium.fan("ada")
    ask(stadium, (ada, "reds"))
    later = stadium.rounds[1]
    with clock.at(later.starts_at):
        assert ask(stadium, (ada, "blues"), phase=later) == [(Outcome.DUPLICATE, stadium.camps["reds"].pk)]
    assert [row[1] for row in rows(stadium)] == ["reds"]


def test_days_are_those_of_the_campaigns_zone(evening, play):
    stadium = play(period="day", time_zone="Pacific/Auckland", start=EVENING.replace(hour=11))
    ada = stadium.fan("ada")
    for minute in (0, 59):  # 23:00 and 23:59 there
        with clock.at(EVENING.replace(hour=11, minute=minute)):
            ask(stadium, (ada, "reds"))
    with clock.at(EVENING.replace(hour=12)):  # midnight there
        ask(stadium, (ada, "reds"))
    assert Cheer.objects.count() == 2


def test_the_fold_is_exact_and_eats_what_it_sums(stadium):
    fans = [stadium.fan(f"fan{n}") for n in range(5)]
    ask(stadium, *((fan, "reds") for fan in fans))
    ask(stadium, (fans[0], "blues"), (fans[1], "blues"))
    before = queries.live(stadium.first)
    assert actions.fold() == [stadium.campaign.pk]
    assert Shift.objects.count() == 0
    assert list(Tally.objects.order_by("camp__slug").values_list("camp__slug", "count")) == [
        ("blues", 2),
        ("reds", 3),
    ]
    assert sorted(Total.objects.values_list("camp__slug", "count")) == [("blues", 2), ("reds", 3)]
    assert queries.live(stadium.first) == before == queries.recounted(stadium.first)
    assert actions.fold() == []


def test_the_end_of_a_round_seals_its_count(stadium):
    fans = [stadium.fan(f"fan{n}") for n in range(3)]
    ask(stadium, (fans[0], "reds"), (fans[1], "reds"), (fans[2], "blues"))
    with clock.at(EVENING + MATCH):
        initiatives.turn_phases()
    sealed = Round.objects.get(phase=stadium.first)
    assert sealed.count == {
        "camps": [
            {"camp": "reds", "members": 2, "guests": 0, "heard": 0},
            {"camp": "blues", "members": 1, "guests": 0, "heard": 0},
        ],
        "leaders": ["reds"],
        "total": 3,
    }
    counted = domain.count(queries.lines(stadium.first), ["reds", "blues"])
    assert sealed.seal == domain.seal(domain.told(counted))


def test_a_round_once_sealed_takes_nothing_even_when_the_clock_goes_back(stadium):
    ada = stadium.fan("ada")
    with clock.at(EVENING + MATCH):
        initiatives.turn_phases()
    with clock.at(EVENING):
        assert ask(stadium, (ada, "reds")) == [(Outcome.CLOSED, None)]


def test_the_stream_is_told_once_per_member_and_round(stadium, monkeypatch):
    from essaim.activity.models import Activity

    monkeypatch.setattr(actions.cheering, "TOLD_AT_ONCE", 2)
    fans = [stadium.fan(f"fan{n}") for n in range(5)]
    ask(stadium, *((fan, "reds") for fan in fans))
    with clock.at(EVENING + MATCH):
        initiatives.turn_phases()
        assert actions.tell_stream(stadium.first) == 5
        assert actions.tell_stream(stadium.first) == 0
    told = Activity.objects.filter(type="cheer.give").order_by("id")
    assert [each.actor for each in told] == fans
    assert {each.payload["camp"] for each in told} == {"Reds"}
    assert {each.at for each in told} == {EVENING}
