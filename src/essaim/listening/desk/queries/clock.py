"""How soon a person gets a first human answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from essaim.kit import clock
from essaim.listening.desk import domain
from essaim.listening.desk.models import Item

LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True)
class FirstAnswer:
    """The median time from hearing a person to answering him, over `n` mentions; None when there are none."""

    n: int
    median: timedelta | None


def first_answer(*, since: timedelta = LOOKED_BACK) -> FirstAnswer:
    """Of the mentions answered within the last 90 days: from the moment the house heard of them."""
    answered = Item.objects.filter(first_answer_at__gte=clock.now() - since)
    delays = [
        (at - heard).total_seconds()
        for at, heard in answered.values_list("first_answer_at", "received_at")
        if at is not None and at >= heard
    ]
    middle = domain.middle(delays)
    return FirstAnswer(len(delays), None if middle is None else timedelta(seconds=middle))
