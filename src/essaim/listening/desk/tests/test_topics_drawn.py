from __future__ import annotations

from django.utils import translation

from essaim.listening.desk.models import Sum
from essaim.listening.desk.pictures import Asked, Picture, topics_over_time
from essaim.listening.desk.queries.pictures import Period
from essaim.listening.desk.tests.conftest import DAY, NOON
from essaim.listening.reading.models import Topic

FIVE = [1, 2, 3, 4, 5]
LEFT_OUT = "Steps with fewer than five people are left out."


def drawn(*weeks: list[int]) -> Picture:
    """The picture of one topic of which these people spoke, week after week."""
    topic = Topic.objects.create(language="en", name="crust")
    for number, people in enumerate(reversed(weeks)):
        day = NOON.date() - 7 * number * DAY
        if people:
            Sum.objects.create(day=day, dimension="topic", value=topic.pk, mentions=len(people), people=people)
    with translation.override("en"):
        return topics_over_time(Asked(None, Period(NOON.date() - 21 * DAY, NOON.date())))


def test_a_topic_stands_on_every_step_it_was_spoken_of_in():
    picture = drawn(FIVE, FIVE, [], FIVE)
    assert picture.chart is not None
    assert picture.chart["series"] == [{"name": "crust", "data": [5, 5, 0, 5]}]
    assert picture.notes == []


def test_steps_of_fewer_than_five_people_leave_a_gap_that_is_told():
    picture = drawn(FIVE, FIVE, [1, 2], FIVE)
    assert picture.chart is not None
    assert picture.chart["series"][0]["data"] == [5, 5, None, 5]
    assert picture.notes == [LEFT_OUT]


def test_weeks_too_thin_are_told_in_months():
    picture = drawn([1, 2, 3], [4, 5], [1], FIVE)  # three weeks of February, the first of March
    assert picture.chart is not None
    assert picture.chart["x"] == ["February 2026", "March 2026"]
    assert picture.chart["series"][0]["data"] == [6, 5]


def test_where_nothing_is_told_step_by_step_there_is_no_picture():
    picture = drawn([], [1, 2, 3], [], [4, 5])
    assert (picture.chart, picture.notes) == (None, [LEFT_OUT])
    assert [row.mentions for row in picture.rows] == [5]
