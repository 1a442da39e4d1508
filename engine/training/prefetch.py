"""Batches prepared ahead of the training loop."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.training.stage import Batch, Stage


def prefetch(stage: Stage, first: int, last: int, workers: int) -> Iterator[Batch]:
    """Batches `first` to `last` in order, prepared ahead by threads.

    The heavy calls (decoding, filters, random numbers) release the interpreter's lock; threads
    share the compressed pictures and, unlike forked workers, get on with OpenMP everywhere.
    """
    cv2.setNumThreads(1)
    with ThreadPoolExecutor(max(1, workers)) as pool:
        numbers = iter(range(first, last))
        ahead = deque(pool.submit(stage.batch, n) for n in islice(numbers, 2 * workers + 2))
        try:
            while ahead:
                yield ahead.popleft().result()
                ahead.extend(pool.submit(stage.batch, n) for n in islice(numbers, 1))
        finally:
            for future in ahead:
                future.cancel()
