"""Cheers heard elsewhere: counted once per author and period, apart, in the round they were said in."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.mechanisms.cheer import actions, counting, exports, queries
from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.hearing import Voice, hear
from essaim.mechanisms.cheer.models import Cheer, Round
from essaim.mechanisms.cheer.tests.conftest import EVENING, MATCH

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def say(author, camp="reds", after=MINUTE, source="mastodon"):
    return Voice(source, author, camp, EVENING + after)


def test_each_author_counts_once_a_period_and_source(stadium):
    said = [say("ana"), say("ana"), say("ana", "blues", 5 * MINUTE), say("bo", "blues"), say("ana", source="bluesky")]
    assert hear(stadium.campaign, said) == Counter({Outcome.ACCEPTED: 3, Outcome.DUPLICATE: 1, Outcome.CHANGED: 1})
    assert queries.recounted(stadium.first).camps == (("blues", 0, 0, 2), ("reds", 0, 0, 1))
    assert queries.recounted(stadium.first).leaders == ()


def test_heard_again_it_changes_nothing(stadium):
    said = [say(f"fan{number}") for number in range(20)]
    hear(stadium.campaign, said)
    assert hear(stadium.campaign, said) == Counter({Outcome.DUPLICATE: 20})
    assert Cheer.objects.count() == 20


def test_the_round_is_that_of_the_post(stadium):
    second = stadium.rounds[1]
    said = [
        say("early", after=-MINUTE),
        say("first", after=timedelta(seconds=1)),
        say("last", after=MATCH - timedelta(seconds=1)),
        say("late", after=MATCH),
        say("else", "greens"),
        Voice("mastodon", "next", "reds", second.starts_at),
    ]
    with clock.at(second.starts_at + MINUTE):
        assert hear(stadium.campaign, said) == Counter({Outcome.ACCEPTED: 3, Outcome.CLOSED: 2, Outcome.UNKNOWN: 1})
    assert list(Cheer.objects.order_by("cast_at").values_list("phase", "kind")) == [
        (stadium.first.pk, 3),
        (stadium.first.pk, 3),
        (second.pk, 3),
    ]


def test_what_is_heard_after_the_count_is_sealed_changes_nothing(stadium):
    hear(stadium.campaign, [say("ana")])
    with clock.at(EVENING + MATCH):
        initiatives.turn_phases()
        assert hear(stadium.campaign, [say("bo")]) == Counter({Outcome.CLOSED: 1})
    assert Round.objects.get(phase=stadium.first).count["total"] == 1


def test_nobody_is_named_by_what_is_kept(stadium):
    hear(stadium.campaign, [say("@ana@example.social")])
    [kept] = Cheer.objects.values_list("supporter", flat=True)
    assert kept.startswith("mastodon:")
    assert "ana" not in kept


def test_counting_again_from_rows_and_from_the_published_file_gives_the_seal(stadium):
    hear(stadium.campaign, [say("ana"), say("bo", "blues"), say("cleo", "blues")])
    before = counting.tally(stadium.campaign)["rounds"][0]
    assert (before["camps"], before["total"], before["agrees"]) == ("blues 0+0+2, reds 0+0+1", 3, None)
    with clock.at(EVENING + MATCH):
        initiatives.turn_phases()
    after = counting.tally(stadium.campaign)["rounds"][0]
    assert after["agrees"] is True
    assert after["seal"] == Round.objects.get(phase=stadium.first).seal
    _name, published = exports.published_json(stadium.campaign)
    [again] = counting.recount(json.loads(published))["rounds"]
    assert again["seal"] == after["seal"]
    Cheer.objects.filter(camp=stadium.camps["reds"]).delete()
    assert counting.tally(stadium.campaign)["rounds"][0]["agrees"] is False


@pytest.mark.parametrize(
    "published", [{}, {"camps": 1}, {"camps": [], "cheers": [[1, 2]]}, {"camps": [], "cheers": [7]}]
)
def test_a_file_of_another_shape_is_refused(published):
    with pytest.raises(ValueError):
        counting.recount(published)


def test_a_clock_that_jumps_back_leaves_rows_and_count_right(stadium):
    """An hour forward, a change, then back to before: moments stay in order, the count stays the rows'."""
    ada, bob = stadium.fan("ada"), stadium.fan("bob")
    reds, blues = stadium.camps["reds"], stadium.camps["blues"]
    for moment, member, camp in [
        (60, ada, reds),
        (1, ada, blues),
        (90, ada, reds),
        (0, bob, blues),
        (119, bob, reds),
    ]:
        with clock.at(EVENING + moment * MINUTE):
            actions.give_cheer(phase=stadium.first, camp=camp, supporter=member)
    for cheer in Cheer.objects.all():
        assert cheer.changed_at is None or cheer.changed_at >= cheer.cast_at
    actions.fold()
    assert queries.live(stadium.first) == queries.recounted(stadium.first)
    assert queries.recounted(stadium.first).camps == (("reds", 2, 0, 0), ("blues", 0, 0, 0))
