"""NVIDIA cards of this machine, asked of the driver: importing PyTorch to ask takes seconds."""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def adapters() -> list[str]:
    """Names of the cards, in the driver's order; empty without a driver."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return []
    count = ctypes.c_int(0)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)):
        return []
    names = []
    for number in range(count.value):
        handle, text = ctypes.c_int(), ctypes.create_string_buffer(256)
        if driver.cuDeviceGet(ctypes.byref(handle), number):
            break
        driver.cuDeviceGetName(text, len(text), handle)
        names.append(text.value.decode("utf-8", "replace"))
    return names


def driver_version() -> str:
    """The driver's version, which decides what a card computes; empty without a driver."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return ""
    version = ctypes.c_int(0)
    return "" if driver.cuDriverGetVersion(ctypes.byref(version)) else str(version.value)


@lru_cache(maxsize=1)
def torch_for_cuda() -> bool:
    """Whether a PyTorch built for CUDA is installed, read from its files without importing it."""
    try:
        spec = importlib.util.find_spec("torch")
    except ValueError:  # a torch that was put aside on purpose
        return False
    if spec is None or spec.origin is None:
        return False
    version = Path(spec.origin).with_name("version.py")
    if not version.is_file():
        return False
    text = version.read_text(encoding="utf-8", errors="replace")
    return re.search(r"^cuda[^=\n]*=\s*['\"]\d", text, re.MULTILINE) is not None
