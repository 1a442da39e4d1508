"""Small pictures that are made in the background when somebody looks for them."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

_IN_MEMORY = 600


class SmallPictures(QObject):
    """Hands out pictures, or promises them.

    Args:
        make: the picture of a key, a null image where there is none; called in another thread.

    Signals:
        made: key of a picture that can be asked for now.
    """

    made = Signal(object)
    _finished = Signal(object, QImage)

    def __init__(self, make: Callable[[Any], QImage], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._memory: OrderedDict[Hashable, QImage] = OrderedDict()
        self._wanted: OrderedDict[Hashable, None] = OrderedDict()
        self._making: set[Hashable] = set()
        self._lock = threading.Lock()
        self._pool = QThreadPool(self)
        # One thread: the disk and the restoration need the rest.
        self._pool.setMaxThreadCount(1)
        self._pool.setThreadPriority(self._pool.threadPriority().LowPriority)
        self._finished.connect(self._keep)

    def get(self, key: Hashable) -> QImage | None:
        """The picture; None when it must be made first. A null image could not be made."""
        image = self._memory.get(key)
        if image is not None:
            self._memory.move_to_end(key)
            return image
        with self._lock:
            if key in self._making:
                return None
            new = key not in self._wanted
            # The newest wish is what the user looks at: it is made first.
            self._wanted[key] = None
            self._wanted.move_to_end(key)
        if new:
            self._pool.start(_Task(self))
        return None

    def forget(self, keys: Iterable[Hashable] | None = None) -> None:
        """Drops wishes that nobody waits for any more; None drops all."""
        with self._lock:
            for key in list(self._wanted if keys is None else keys):
                self._wanted.pop(key, None)

    def stop(self) -> None:
        """Ends the background work."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone()

    def make_next(self) -> None:
        """Makes the newest wish; for the background thread."""
        with self._lock:
            if not self._wanted:
                return
            key, _ = self._wanted.popitem()
            self._making.add(key)
        try:
            image = self._make(key)
        except Exception:
            # Nobody else hears of it in this thread, and the wish must not wait for ever.
            logging.getLogger(__name__).exception("There is no small picture of %s.", key)
            image = QImage()
        self._finished.emit(key, image)

    @Slot(object, QImage)
    def _keep(self, key: Hashable, image: QImage) -> None:
        with self._lock:
            self._making.discard(key)
        self._memory[key] = image
        while len(self._memory) > _IN_MEMORY:
            self._memory.popitem(last=False)
        self.made.emit(key)


class _Task(QRunnable):
    """Makes one picture."""

    def __init__(self, owner: SmallPictures) -> None:
        super().__init__()
        self._owner = owner

    def run(self) -> None:
        """The pool's call."""
        self._owner.make_next()
