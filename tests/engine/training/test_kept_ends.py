"""What is made once and kept: it grows, goes on where it stopped, and gives it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from engine.networks.codeformer_pp import Ends
from engine.training.kept_ends import PICTURES, KeptEnds, fill, folder_of
from engine.training.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 16


class _Frozen:
    """I_F is the input's negative, I_G its mirror image; registration darkens."""

    def ends(self, y: torch.Tensor) -> Ends:
        return Ends(-y, y.flip(3), y[:, 0, 0, 0])

    def register(self, faithful: torch.Tensor, moving: torch.Tensor) -> torch.Tensor:
        assert faithful.shape == moving.shape
        return moving / 2 - 0.5


def _drawn(number: int) -> tuple[dict[str, np.ndarray], float]:
    rng = np.random.default_rng(number)
    item = {k: rng.integers(0, 256, (SIDE, SIDE, 3), np.uint8) for k in ("target", "input")}
    if number % 3:
        return item, -1.0
    return item | {"reference": np.full((SIDE, SIDE, 3), number, np.uint8)}, float(number % 2)


def _filled(folder: Path, count: int, drawn=_drawn) -> KeptEnds:
    kept = KeptEnds(folder, SIDE, count)
    fill(kept, count, drawn, _Frozen(), lambda y: y, torch.device("cpu"))
    return kept


def test_items_are_what_the_frozen_networks_made(tmp_path: Path) -> None:
    kept = _filled(tmp_path, 11)
    assert kept.notes == [_drawn(i)[1] for i in range(11)]
    lent, alone = kept.window(9, 0, 0, SIDE), kept.window(10, 0, 0, SIDE)
    assert set(lent) == set(PICTURES)
    assert set(alone) == set(PICTURES) - {"reference"}
    worn = _drawn(10)[0]["input"]
    assert np.array_equal(alone["input"], worn)
    assert np.array_equal(alone["target"], _drawn(10)[0]["target"])
    assert np.abs(alone["faithful"].astype(int) - (255 - worn)).max() <= 1
    assert np.array_equal(alone["prior"], worn[:, ::-1])
    assert np.abs(alone["registered"].astype(int) - worn[:, ::-1] // 2).max() <= 1
    assert np.abs(lent["reference"].astype(int) - 9 // 2).max() <= 1
    part = kept.window(10, 3, 5, 8)
    assert np.array_equal(part["input"], worn[3:11, 5:13])


def test_making_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = _filled(tmp_path / "a", 5)
    assert len(first) == 5
    asked: list[int] = []

    def drawn(number: int):
        asked.append(number)
        return _drawn(number)

    second = _filled(tmp_path / "a", 12, drawn)
    assert sorted(asked) == list(range(5, 12))
    whole = _filled(tmp_path / "b", 12)
    for i in range(12):
        a, b = (kept.window(i, 0, 0, SIDE) for kept in (second, whole))
        assert all(np.array_equal(a[k], b[k]) for k in a)
    assert len(KeptEnds(tmp_path / "a", SIDE, 4)) == 4  # no more than asked for


def test_other_weights_and_other_recipes_have_other_folders(tmp_path: Path) -> None:
    data = {"mix": {"train": 1.0}, "references": 0.3, "right": 0.5, "wrong": 0.3, "checks": 3}
    plan = Plan("p", "texture-fusion", data=data)
    weights = {"a": torch.ones(3)}
    folder = folder_of(plan, weights, tmp_path)
    assert folder == folder_of(replace(plan, data=data | {"checks": 9}), weights, tmp_path)
    others = [
        folder_of(plan, {"a": torch.zeros(3)}, tmp_path),
        folder_of(replace(plan, seed=9), weights, tmp_path),
        folder_of(replace(plan, network={"registered": False}), weights, tmp_path),
        folder_of(replace(plan, data=data | {"mix": {"train-mild": 1.0}}), weights, tmp_path),
    ]
    assert len({folder, *others}) == 5
