"""When a run ends: its budget, and a request from outside."""

from __future__ import annotations

import math
import signal
import threading
from dataclasses import dataclass


@dataclass
class Budget:
    """When to stop: after `minutes` of wall clock or at `samples` seen, whichever is first.

    `cooldown` is the last share of the run during which the learning rate falls to zero. The
    state before it is kept as ``stable.pt``, from which a later run goes on; the released weights
    are those after it.
    """

    minutes: float = math.inf
    samples: int = 0
    cooldown: float = 0.0


class Stop:
    """True once the process was asked to end: the state is saved, nothing is lost."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, *_: object) -> None:
        """Asks; as a signal handler."""
        self.asked = True

    def __bool__(self) -> bool:
        return self.asked


def stop_signal() -> Stop:
    """True once SIGTERM or SIGINT came; only the main thread can be told so."""
    stop = Stop()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    return stop
