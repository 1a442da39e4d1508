"""How far a restoration is, and whether it is to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.errors import CancelledError

if TYPE_CHECKING:
    import threading


class Progress(Protocol):
    """Told how far a restoration is."""

    def __call__(self, share: float, words: str, /) -> None:
        """`share` in [0, 1] of the whole photograph, and what is being done."""


class Run:
    """Progress and cancel of one call, so that methods need to know neither."""

    def __init__(self, progress: Progress | None, cancel: threading.Event | None) -> None:
        self._progress, self._cancel = progress, cancel
        self._base, self._span, self._words = 0.0, 1.0, ""

    def step(self, share: float, words: str) -> None:
        """Tells that `share` of the whole is done.

        Raises:
            CancelledError: the user stopped it.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise CancelledError
        if self._progress is not None:
            self._progress(share, words)

    def enter(self, base: float, span: float, words: str) -> None:
        """Begins a face that takes `span` of the whole, from `base`."""
        self._base, self._span, self._words = base, span, words

    def checkpoint(self, share: float, /) -> None:
        """What a method calls: `share` of its face is done."""
        self.step(self._base + self._span * share, self._words)
