"""Answers on their way to a platform, asked of a connector once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from essaim.activity.models import Activity
from essaim.kit.errors import Refusal, gettext_noop
from essaim.listening import kinds
from essaim.listening.desk import acts
from essaim.listening.desk.models import Answer
from essaim.listening.desk.publishing import FAILED, UNSURE, publish_answer
from essaim.listening.desk.tests.conftest import heard
from essaim.listening.models import Mention, Source
from essaim.people.models import Member


class Shut(Refusal):
    cause = gettext_noop("The board is closed.")


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A kind of source that can answer; what it was asked to publish, and what it does about it."""
    asked: list[Any] = ["https://board.test/answer-1"]

    def publish(what: kinds.Asked, parent: str, text: str) -> str:
        asked.append((what.address, parent, text))
        if isinstance(asked[0], Exception):
            raise asked[0]
        return str(asked[0])

    kind = kinds.SourceKind(
        "board", "Board", "", "comment", "Address", "", "", "", 60, read=lambda asked: iter(()), answer=publish
    )
    monkeypatch.setitem(kinds._sources, "board", kind)
    return asked


@pytest.fixture
def waiting(source: Source, mona: Member, board: list[Any]) -> Answer:
    mention = heard(source, "Anyone there?", number="n-1")
    return acts.answer(mention_id=mention.pk, actor=mona, text="Yes.", key=uuid4(), seen=0, by_hand=False)


def test_an_answer_is_published_once(waiting: Answer, board: list[Any]) -> None:
    assert waiting.state == "waiting"
    publish_answer(waiting.pk, client=object())
    publish_answer(waiting.pk, client=object())
    waiting.refresh_from_db()
    assert board[1:] == [("https://The-village-board.test", "n-1", "Yes.")]
    assert (waiting.state, waiting.url) == ("sent", "https://board.test/answer-1")
    assert Activity.objects.filter(type="mention.answer_published").count() == 1


@pytest.mark.parametrize(("error", "told"), [(Shut(), "The board is closed."), (OSError("no route"), FAILED)])
def test_what_could_not_be_published_says_why_and_can_be_tried_again(
    waiting: Answer, board: list[Any], mona: Member, error: Exception, told: str
) -> None:
    board[0] = error
    publish_answer(waiting.pk, client=object())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("failed", told)
    assert acts.retry_answer(answer=waiting, actor=mona).state == "waiting"


def test_a_worker_killed_meanwhile_leaves_it_to_a_person(waiting: Answer, board: list[Any]) -> None:
    Answer.objects.update(state="sending")
    publish_answer(waiting.pk, client=object())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error, board[1:]) == ("failed", UNSURE, [])


def test_a_source_whose_connector_left_says_so(waiting: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(kinds._sources, "board")
    publish_answer(waiting.pk, client=object())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("failed", "The house cannot publish on this platform by itself.")
    assert Mention.objects.count() == 1
