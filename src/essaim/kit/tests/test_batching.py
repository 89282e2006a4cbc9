"""Batches: everyone hears his own answer, once; too much is refused; nothing that waits is lost on closing."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit.batching import Batcher, Full


def test_everyone_hears_his_own_answer_and_batches_stay_small():
    sizes = []

    async def double(numbers):
        sizes.append(len(numbers))
        return [2 * number for number in numbers]

    async def many():
        batcher = Batcher(double, most=10)
        answers = await asyncio.gather(*(batcher.ask(number) for number in range(95)))
        await batcher.close()
        return answers

    assert asyncio.run(many()) == [2 * number for number in range(95)]
    assert max(sizes) == 10
    assert sum(sizes) == 95


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 8))
def test_a_batch_that_fails_is_told_to_its_own_and_to_nobody_else(poisons, most):
    async def refuse_poison(batch):
        if any(poison for _number, poison in batch):
            raise ValueError
        return [number for number, _poison in batch]

    async def many():
        batcher = Batcher(refuse_poison, most=most, wait=0)
        told = await asyncio.gather(*(batcher.ask(each) for each in enumerate(poisons)), return_exceptions=True)
        await batcher.close()
        return told

    for number, (told, poison) in enumerate(zip(asyncio.run(many()), poisons, strict=True)):
        assert isinstance(told, ValueError) or told == number
        assert isinstance(told, ValueError) or not poison


def test_more_than_the_room_is_refused_and_what_waits_is_done_before_closing():
    gate = asyncio.Event()

    async def slow(batch):
        await gate.wait()
        return batch

    async def many():
        batcher = Batcher(slow, most=2, room=3, wait=0)
        first = [batcher.ask(number) for number in range(2)]
        await asyncio.sleep(0.02)
        waiting = [batcher.ask(number) for number in range(2, 5)]
        await asyncio.sleep(0)
        with pytest.raises(Full):
            await batcher.ask(5)
        closing = asyncio.create_task(batcher.close())
        await asyncio.sleep(0)
        with pytest.raises(Full):
            await batcher.ask(6)
        gate.set()
        await closing
        return await asyncio.gather(*first, *waiting)

    assert asyncio.run(many()) == [0, 1, 2, 3, 4]


def test_who_hangs_up_disturbs_nobody():
    async def same(batch):
        return batch

    async def many():
        batcher = Batcher(same, wait=0.01)
        gone = batcher.ask(1)
        stays = batcher.ask(2)
        await asyncio.sleep(0)
        gone.cancel()
        answer = await stays
        await batcher.close()
        return answer

    assert asyncio.run(many()) == 2
