"""A graph that several parts of a restoration ask the same."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Graph

#: Faces whose answers are kept, some 6 MB each for pictures of 512 px.
_LAST = 4


class Remembering:
    """Keeps the last answers of a graph.

    Whether a portrait fits is judged on the recovered face, and then the method builds on that;
    another fidelity or seed of the same face builds on it again.

    Args:
        graph: what answers for the first time.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._kept: deque[tuple[Arrays, Arrays]] = deque(maxlen=_LAST)
        self._lock = threading.Lock()

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """See `Graph.run`; the answers are read-only."""
        with self._lock:
            kept = list(self._kept)
        for seen, told in kept:
            if seen.keys() == inputs.keys() and all(
                np.array_equal(seen[name], inputs[name]) for name in seen
            ):
                return dict(told)
        told = self._graph.run(inputs)
        for answer in told.values():
            answer.flags.writeable = False
        with self._lock:
            self._kept.append(({name: array.copy() for name, array in inputs.items()}, told))
        return dict(told)
