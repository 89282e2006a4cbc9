"""One clock, which can be stopped for one thread."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from essaim.kit import clock

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def test_now_is_aware_and_real():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_at_stops_the_clock_and_starts_it_again():
    with clock.at(NOON) as moment:
        assert moment == clock.now() == NOON
        with clock.at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now().year >= 2026


def test_at_gives_utc_whatever_the_zone():
    with clock.at(datetime(2024, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))):
        assert clock.now() == NOON
        assert clock.now().utcoffset() == timedelta(0)


def test_at_starts_the_clock_again_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.at(NOON):
        _ = 1 / 0
    assert clock.now().year >= 2026


def test_at_refuses_a_moment_without_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2024, 5, 1)):
        pass


def test_another_thread_keeps_the_real_time():
    seen = []
    with clock.at(NOON):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0].year >= 2026
