"""Too little memory has one name, whichever library finds out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def memory_errors() -> Iterator[None]:
    """Turns what OpenCV raises where it gets no memory into `MemoryError`; also a decorator.

    Raises:
        MemoryError: OpenCV got no memory.
    """
    try:
        yield
    except cv2.error as error:
        if error.code != cv2.Error.StsNoMem:
            raise
        raise MemoryError(str(error)) from error
