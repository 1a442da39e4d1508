"""Work in overlapping stages."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from engine.album.flow import Stage, flow

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0  # seconds; a test that waits so long has failed


def test_every_item_comes_out_with_its_value_or_its_error() -> None:
    def half(number: int) -> float:
        if number == 3:
            raise ValueError(number)
        return number / 2

    ended = list(flow(range(8), [Stage(half, 3), Stage(lambda x: x + 1, 2)]))
    assert sorted(f.item for f in ended) == list(range(8))
    for finished in ended:
        if finished.item == 3:
            assert isinstance(finished.error, ValueError)
        else:
            assert finished.value == finished.item / 2 + 1


def test_the_next_is_read_while_one_is_worked_on() -> None:
    second_read = threading.Event()

    def read(number: int) -> int:
        if number == 1:
            second_read.set()
        return number

    def work(number: int) -> bool:
        return second_read.wait(PATIENCE)

    assert all(f.value for f in flow(range(3), [Stage(read), Stage(work)], ahead=1))


def test_a_slow_reader_delays_and_breaks_nothing() -> None:
    gate = threading.Semaphore(0)

    def read(number: int) -> int:
        assert gate.acquire(timeout=PATIENCE)
        return number

    seen = []
    results = flow(range(5), [Stage(read, 2), Stage(lambda x: x)])
    for _ in range(5):
        gate.release()
        seen.append(next(results).value)
    assert sorted(seen) == list(range(5))
    assert list(results) == []


def test_only_a_few_items_are_in_memory() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    results = flow(items(), [Stage(lambda x: x, 2), Stage(lambda x: x)], ahead=2)
    for _ in range(3):
        next(results)
    results.close()
    assert len(taken) < 25


def test_a_failing_source_is_told_after_what_came_before() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("gone")

    results = flow(items(), [Stage(lambda x: x)])
    assert next(results).value == 1
    with pytest.raises(KeyError):
        next(results)
