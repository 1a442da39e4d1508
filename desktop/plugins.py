"""Keeps Qt's plugins Qt's own."""

from __future__ import annotations

import os
from pathlib import Path


def undo_opencv() -> None:
    """`import cv2` points Qt to OpenCV's own plugins of Qt 5, with which no window opens.

    Nor would a file manager that is started from here: programs inherit these variables.
    """
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in Path(os.environ.get(name, "")).parts:
            del os.environ[name]
