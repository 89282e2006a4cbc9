"""Each act: its rows, its activity, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.listening.desk import acts, errors
from essaim.listening.desk.models import Answer, Item, Promise
from essaim.listening.desk.queries.clock import first_answer
from essaim.listening.desk.queries.promises import overdue, record_of
from essaim.listening.desk.tests.conftest import DAY, NOON, ROLES, heard, make_person, read_as
from essaim.listening.models import Claim, Mention, Source
from essaim.listening.reading.models import Correction
from essaim.people.models import Member


@pytest.fixture
def mention(source: Source) -> Mention:
    return heard(source, "The crust was burnt again, please do something.")


def told() -> list[tuple[str, int | None, int | None, dict[str, Any]]]:
    """What the stream was told: type, object, target, payload."""
    return list(Activity.objects.order_by("id").values_list("type", "object_id", "target_id", "payload"))[1:]


def answer(mention: Mention, actor: Member, text: str = "We are sorry.", **more: Any) -> Answer:
    given = {"key": uuid4(), "seen": 0, "url": "https://board.test/a", **more}
    return acts.answer(mention_id=mention.pk, actor=actor, text=text, **given)


ACTS: dict[str, Callable[[Mention, Member], object]] = {
    "assign": lambda mention, actor: acts.assign(mention_id=mention.pk, actor=actor, assignee=None),
    "answer": lambda mention, actor: answer(mention, actor),
    "snooze": lambda mention, actor: acts.snooze(mention_id=mention.pk, actor=actor, until=NOON + DAY),
    "close": lambda mention, actor: acts.close(mention_id=mention.pk, actor=actor, reason="read"),
    "reopen": lambda mention, actor: acts.reopen(mention_id=mention.pk, actor=actor),
    "correct": lambda mention, actor: acts.correct(mention_id=mention.pk, actor=actor, field="kind", value="claim"),
    "promise": lambda mention, actor: acts.promise(
        mention_id=mention.pk, actor=actor, text="Better crusts", due_on=date(2026, 4, 1)
    ),
    "name_brand": lambda mention, actor: acts.name_brand(actor=actor, name="Levain", words=["levain"]),
    "lock_panel": lambda mention, actor: acts.lock_panel(
        actor=actor,
        sources=[mention.source_id],
        brands=[acts.name_brand(actor=Member.objects.get(handle="olga"), name="Levain", words=["levain"]).pk],
    ),
}
ANSWERING = {"owner", "manager", "moderator"}
SETTING = {"owner", "manager"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(mention: Mention, carrying: Callable[[str], Member], act: str, role: str) -> None:
    read_as(mention)
    allowed = SETTING if act in ("name_brand", "lock_panel") else ANSWERING
    actor = carrying(role)
    if role in allowed:
        ACTS[act](mention, actor)
    else:
        with pytest.raises(Forbidden):
            ACTS[act](mention, actor)


def test_a_mention_nobody_touched_has_no_row(mention: Mention) -> None:
    assert not Item.objects.exists()


def test_assign_and_let_go(mention: Mention, mona: Member, marc: Member) -> None:
    item = acts.assign(mention_id=mention.pk, actor=mona, assignee=marc)
    assert (item.assignee, item.state, item.changed_by) == (marc, "open", mona)
    acts.assign(mention_id=mention.pk, actor=mona, assignee=marc)  # again: nothing new
    acts.assign(mention_id=mention.pk, actor=mona, assignee=None)
    assert Item.objects.get().assignee is None
    assert told()[-2:] == [
        ("mention.assign", mention.pk, marc.pk, {}),
        ("mention.release", mention.pk, None, {}),
    ]


def test_two_people_take_the_same_mention(mention: Mention, mona: Member, marc: Member, owner: Member) -> None:
    acts.assign(mention_id=mention.pk, actor=mona, assignee=mona, seen=0)
    with pytest.raises(errors.TakenMeanwhile):
        acts.assign(mention_id=mention.pk, actor=marc, assignee=marc, seen=0)
    assert acts.assign(mention_id=mention.pk, actor=marc, assignee=marc, seen=mona.pk).assignee == marc


def test_nobody_gets_a_mention_he_may_not_answer(mention: Mention, mona: Member) -> None:
    with pytest.raises(errors.NotAListener):
        acts.assign(mention_id=mention.pk, actor=mona, assignee=make_person("anna", "analyst"))


def test_answer_by_hand(mention: Mention, mona: Member) -> None:
    given = answer(mention, mona)
    item = Item.objects.get()
    assert (given.state, given.by_hand, given.url, given.sent_at) == ("sent", True, "https://board.test/a", NOON)
    assert (item.state, item.first_answer_at, item.received_at) == ("answered", NOON, NOON)
    assert told()[-1] == ("mention.answer", mention.pk, None, {"platform": "board"})
    assert Activity.objects.last().public is False  # type: ignore[union-attr]


def test_the_same_form_sent_twice_is_one_answer(mention: Mention, mona: Member) -> None:
    key = uuid4()
    assert answer(mention, mona, key=key) == answer(mention, mona, key=key)
    assert Answer.objects.count() == 1


def test_the_second_to_answer_sees_the_first(mention: Mention, mona: Member, marc: Member) -> None:
    answer(mention, mona)
    with pytest.raises(errors.AnsweredMeanwhile) as refused:
        answer(mention, marc, "Hello from me too")
    assert "Mona" in str(refused.value)
    answer(mention, marc, "Hello from me too", seen=1)
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": "  "}, errors.NothingWritten),
        ({"url": ""}, errors.NoPlaceNamed),
        ({"by_hand": False, "url": ""}, errors.NoWayBack),
    ],
)
def test_what_is_no_answer(mention: Mention, mona: Member, given: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        answer(mention, mona, **given)
    assert not Answer.objects.exists()


def test_a_claimed_voice_is_its_member(mention: Mention, mona: Member) -> None:
    marie = make_person("marie")
    Claim.objects.create(voice=mention.voice, member=marie, proof="code", code="x", proved_at=NOON)
    answer(mention, mona)
    last = Activity.objects.last()
    assert last is not None
    assert (last.target, last.weight) == (marie, 3.0)


def test_the_clock_of_first_answers(source: Source, mona: Member) -> None:
    for hours in (1, 2, 30):
        mention = heard(source, f"Hello {hours}", number=str(hours))
        with clock.at(NOON + timedelta(hours=hours)):
            answer(mention, mona)
            answer(mention, mona, "And again", seen=1)
    with clock.at(NOON + 2 * DAY):
        assert (first_answer().n, first_answer().median) == (3, timedelta(hours=2))
    with clock.at(NOON + 100 * DAY):
        assert (first_answer().n, first_answer().median) == (0, None)


def test_snooze_close_reopen(mention: Mention, mona: Member) -> None:
    acts.snooze(mention_id=mention.pk, actor=mona, until=NOON + 3 * DAY)
    with pytest.raises(errors.TooEarly):
        acts.snooze(mention_id=mention.pk, actor=mona, until=NOON)
    acts.close(mention_id=mention.pk, actor=mona, reason="elsewhere", note="by phone")
    with pytest.raises(errors.NoReason):
        acts.close(mention_id=mention.pk, actor=mona, reason="because")
    item = Item.objects.get()
    assert (item.state, item.reason, item.note, item.snoozed_until) == ("closed", "elsewhere", "by phone", None)
    acts.reopen(mention_id=mention.pk, actor=mona)
    acts.reopen(mention_id=mention.pk, actor=mona)
    item.refresh_from_db()
    assert (item.state, item.reason) == ("open", "")
    assert [(type_, payload) for type_, _object, _target, payload in told()] == [
        ("mention.snooze", {"until": "2026-03-05"}),
        ("mention.close", {"reason": "Seen to elsewhere"}),
        ("mention.reopen", {}),
    ]


def test_a_mention_gone_is_not_touched(mention: Mention, mona: Member) -> None:
    Mention.objects.filter(pk=mention.pk).update(gone_at=NOON)
    with pytest.raises(errors.MentionGone):
        acts.assign(mention_id=mention.pk, actor=mona, assignee=mona)


def test_a_correction_counts_and_is_kept(mention: Mention, mona: Member) -> None:
    read_as(mention, kind="opinion")
    acts.correct(mention_id=mention.pk, actor=mona, field="kind", value="claim")
    assert Correction.objects.values_list("field", "value", "was").get() == ("kind", "claim", "opinion")


def test_a_promise_kept_late_and_broken(mention: Mention, mona: Member) -> None:
    due = NOON.date() + timedelta(days=10)
    made = [
        acts.promise(mention_id=mention.pk, actor=mona, text=f"Promise {number}", due_on=due) for number in range(4)
    ]
    assert told()[-1][0] == "promise.make"
    assert Activity.objects.last().public is True  # type: ignore[union-attr]
    acts.settle_promise(promise=made[0], actor=mona, kept=True, words="New ovens")
    acts.settle_promise(promise=made[2], actor=mona, kept=False, words="The ovens did not come")
    with clock.at(NOON + 11 * DAY):
        assert list(overdue()) == [made[1], made[3]]
        acts.settle_promise(promise=made[1], actor=mona, kept=True, words="A day late")
        record = record_of()
    assert (record.kept, record.late, record.broken, record.overdue, record.open) == (1, 1, 1, 1, 0)
    assert record.in_time is not None
    assert (record.in_time.count, record.in_time.n) == (1, 4)
    assert told()[-1] == ("promise.settle", made[1].pk, None, {"outcome": "kept late"})
    with pytest.raises(errors.PromiseSettledAlready):
        acts.settle_promise(promise=made[0], actor=mona, kept=False)


def test_what_is_no_promise(mention: Mention, mona: Member) -> None:
    with pytest.raises(errors.NothingPromised):
        acts.promise(mention_id=mention.pk, actor=mona, text=" ", due_on=date(2026, 4, 1))
    with pytest.raises(errors.TooEarly):
        acts.promise(mention_id=mention.pk, actor=mona, text="Yes", due_on=date(2026, 3, 1))
    assert not Promise.objects.exists()
