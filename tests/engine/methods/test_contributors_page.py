"""Adds the method of docs/contributing.md by following the page."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import methods, selftest
from engine import photo as photos
from engine.errors import CancelledError
from engine.methods import registry
from engine.restorer import Restorer
from engine.results import RestoreOptions

PAGE = Path(__file__).resolve().parents[3] / "docs" / "contributing.md"


@pytest.fixture
def followed(tmp_path, monkeypatch):
    """The registry after steps 1 and 2 of the page."""
    written, registered = re.findall(
        r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    path = tmp_path / "relief.py"
    path.write_text(written, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("engine.methods.relief", path)
    relief = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "engine.methods.relief", relief)
    spec.loader.exec_module(relief)
    # The line changes the program's own table for the length of the test.
    monkeypatch.setitem(registry.METHODS, "relief", None)
    exec(registered, {"METHODS": registry.METHODS, "relief": relief})
    return relief


def test_the_method_of_the_page_restores_a_photograph(followed, samples):
    photo = photos.read(samples / "worn-1.jpg")
    options = RestoreOptions(method="relief", faces="largest", fidelity=0.0)
    result = Restorer("cpu").restore(photo, [], options)
    assert result.faces[0].status == "done"
    changed = (result.photo.pixels != photo.pixels).any(axis=2)
    assert 0.005 < changed.mean() < 0.5
    assert "relief" in {info.key for info in methods.infos()}
    assert "method relief" in {check.name for check in selftest.checks()}


def test_the_method_of_the_page_keeps_the_contract(followed, rng):
    method = registry.create("relief", None, None)
    crop = rng.random((512, 512, 3), dtype=np.float32)
    once, again = (method.restore(crop, [], 0.3, 7, lambda share: None) for _ in range(2))
    assert once.shape == crop.shape
    assert once.dtype == np.float32
    assert 0.0 <= once.min() <= once.max() <= 1.0
    assert np.array_equal(once, again)
    assert np.array_equal(method.restore(crop, [], 1.0, 7, lambda share: None), crop)

    def stop(share):
        raise CancelledError

    with pytest.raises(CancelledError):
        method.restore(crop, [], 0.3, 7, stop)
