"""What our methods are measured against: general upscalers, run beside them on the same faces.

A peer gets the small damaged picture, as its user would give it, and its enlargement is resized
to 512. None of them was trained for faces alone; no claim reaches beyond them.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.errors import LikenessError
from engine.training import material
from engine.training.degradation import enlarge

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Peer = Callable[[Picture], Picture]


def _to_512(picture: Picture) -> Picture:
    how = cv2.INTER_AREA if picture.shape[0] > 512 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (512, 512), interpolation=how), np.uint8)


def _until_512(once: Peer, small: Picture) -> Picture:
    while small.shape[0] < 512:
        small = once(small)
    return _to_512(small)


def peers(*, upscalers: bool = True) -> dict[str, Peer]:
    """Name -> function from the small damaged (s, s, 3) uint8 face to (512, 512, 3) uint8.

    ``input`` is the bilinear enlargement. Upscalers run once; ``...-repeated`` run until 512 is
    reached, which is kinder to some of them at strong damage.

    Args:
        upscalers: False gives ``input`` alone.

    Raises:
        LikenessError: the upscalers, or what runs them, are not here (code ``peers``).
    """
    enlarged: dict[str, Peer] = {"input": lambda small: enlarge(small, 512)}
    if not upscalers:
        return enlarged
    load = material.teachers()
    if importlib.util.find_spec("ncnn") is None:
        raise LikenessError("The peers need the package 'ncnn': pip install ncnn.", code="peers")
    return enlarged | {
        "realesrgan": lambda small: _to_512(load.realesr_general_x4v3(small)),
        "realesrgan-wdn": lambda small: _to_512(load.realesr_general_wdn_x4v3(small)),
        "realesrgan-wdn-repeated": lambda small: _until_512(load.realesr_general_wdn_x4v3, small),
        "waifu2x": lambda small: _to_512(load.waifu2x_photo_x2(small, 3)),
        "waifu2x-repeated": lambda small: _until_512(lambda s: load.waifu2x_photo_x2(s, 3), small),
    }
