"""ONNX Runtime, silenced: the only place that imports it.

Its distributed builds count their use and send what they counted to their maker, recent ones on
Linux and macOS too, where they also keep an identifier of the computer in the cache folder. Nothing
of a user's may leave the machine, so both of its switches are thrown before it is first used.
"""

from __future__ import annotations

import os
from typing import Any


def load() -> Any:
    """The module ``onnxruntime``, which tells nobody anything; costs start-up time.

    Raises:
        ImportError: it is not installed, or does not load.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # latched when the library starts
    import onnxruntime as ort  # noqa: PLC0415, TID251  (loaded when needed, silenced first)

    ort.disable_telemetry_events()  # the switch of Windows
    return ort
