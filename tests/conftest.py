"""Fixtures for all tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest

# Before torch is loaded: small tensors are quickest on one thread, the more so on busy cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A shell gives its background jobs an ignored Ctrl-C, and they hand it on to their children.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "resources" / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of public-domain sample photographs."""
    return SAMPLES


@pytest.fixture
def rng() -> np.random.Generator:
    """A fixed source of randomness."""
    return np.random.default_rng(20)


def material_or_skip(name: str) -> Path:
    """A folder of the training and test material; skips the test where it is not."""
    from engine.errors import LikenessError
    from engine.training import material

    try:
        return material.folder(name)
    except LikenessError as error:
        pytest.skip(error.sentence)


@pytest.fixture(scope="session")
def shared_photos() -> Path:
    return material_or_skip("photos")


@pytest.fixture(scope="session")
def shared_faces() -> Path:
    return material_or_skip("faces")


@pytest.fixture(scope="session")
def teachers() -> object:
    material_or_skip("teachers")
    from engine.training import material

    return material.teachers()
