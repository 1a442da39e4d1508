"""Kept codes are what the frozen networks made, and a part's are those of the whole face there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.networks.codeformer import CodeFormer, CodeFormerConfig
from engine.training.kept_codes import TOKEN, keep
from engine.training.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 128


class _Samples:
    """Random pictures; the damaged one is the negative."""

    side = SIDE

    def __init__(self) -> None:
        self.asked: list[int] = []

    def pairs(self, rng, count, mix):
        assert mix == {"train": 1.0}
        self.asked.append(count)
        clean = rng.integers(0, 256, (count, SIDE, SIDE, 3), np.uint8)
        return clean, 255 - clean


class _Half(nn.Module):
    def __init__(self, factor: float = 0.5) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(factor))

    def forward(self, y: Tensor) -> Tensor:
        return y * self.factor


class _Codes(nn.Module):
    """A token's code is the red of its first pixel, 0 .. 255."""

    def forward(self, x: Tensor) -> Tensor:
        return ((x[:, 0, ::TOKEN, ::TOKEN] + 1) * 127.5).round().long()


def _kept(folder: Path, count: int, samples: _Samples, entry: nn.Module | None = None):
    plan = Plan("p", "code-prediction", data={"kept": count, "mix": {"train": 1.0}})
    entry = entry or _Half()
    return keep(plan, samples, entry, _Codes(), torch.device("cpu"), folder)


def test_a_part_has_the_codes_of_the_whole_face_there(tmp_path: Path) -> None:
    kept = _kept(tmp_path, 10, _Samples())
    rng = np.random.default_rng(3)
    corners = set()
    for _ in range(20):
        batch = kept.batch(rng, 4, SIDE // 2)
        assert batch["seen"].shape == (4, SIDE // 2, SIDE // 2, 3)
        assert batch["codes"].shape == (4, 2, 2)
        corners.add(tuple(batch["corner"]))
        # What is seen is half the negative; the code tells the clean face's red.
        red = batch["codes"].astype(float)
        worn = batch["seen"][:, ::TOKEN, ::TOKEN, 0].astype(float)
        assert np.abs(127.5 + (127.5 - red) / 2 - worn).max() < 2.5  # bfloat16 on the way
    assert len(corners) > 4
    whole = kept.batch(rng, 3, SIDE)
    assert tuple(whole["corner"]) == (0, 0)
    assert whole["codes"].shape == (3, 4, 4)


def test_making_goes_on_where_it_stopped_and_other_weights_make_others(tmp_path: Path) -> None:
    first, second, third = _Samples(), _Samples(), _Samples()
    _kept(tmp_path, 5, first)
    assert len(_kept(tmp_path, 12, second)) == 12
    assert (len(first.asked), len(second.asked)) == (5, 7)
    _kept(tmp_path, 3, third, _Half(0.25))
    assert len(third.asked) == 3


def test_a_part_is_predicted_by_the_positions_that_it_has_in_the_face() -> None:
    torch.manual_seed(1)
    net = CodeFormer(CodeFormerConfig(size=SIDE, latent=8, codes=16, width=16, mlp=16, layers=1,
        heads=2, encoder=(16,) * 4, encoder_blocks=(1,) * 4, generator=(16,) * 4,
        generator_blocks=(1,) * 4, head=8)).eval()  # fmt: skip
    nn.init.normal_(net.position_emb)
    part = torch.randn(1, 8, 2, 2)
    whole = net.position_emb.reshape(4, 4, 16)
    wanted = net.feat_emb(part.flatten(2).transpose(1, 2))
    for layer in net.ft_layers:
        wanted = layer(wanted, whole[1:3, 2:4].reshape(4, 16))
    with torch.no_grad():
        assert torch.equal(net.predict(part, (1, 2)), net.idx_pred_layer(wanted))
        assert not torch.equal(net.predict(part, (0, 0)), net.predict(part, (1, 2)))
