"""What the code prediction learns from, made once: what it reads, and the codes it is to tell.

The recovery network and stage I's encoder are frozen and cost more than a step of the prediction.
A part of a face starts on a token's border, so that its codes are those of the whole face there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from engine.training.kept_items import KeptItems, fill, folder_of
from engine.training.stage import to_pictures, to_tensor

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.random import Generator
    from numpy.typing import NDArray

    from engine.training.plan import Plan
    from engine.training.samples import Samples
    from engine.training.stage import Batch

    Picture = NDArray[np.uint8]

#: Pixels a token.
TOKEN = 32


class KeptCodes(KeptItems):
    """Items of `seen` (S, S, 3), what the prediction reads, and `codes` (S/32, S/32).

    Args:
        folder: where they lie.
        side: S.
        capacity: items at most.
    """

    def __init__(self, folder: Path, side: int, capacity: int) -> None:
        tokens = side // TOKEN
        super().__init__(
            folder,
            capacity,
            {"seen": ((side, side, 3), np.uint8), "codes": ((tokens, tokens), np.int16)},
        )
        self.side = side

    def batch(self, rng: Generator, count: int, side: int) -> Batch:
        """Squares of one place: `seen` (N, s, s, 3), `codes` (N, s/32, s/32), `corner` (2,).

        The corner is row and column of their first token in the whole face.
        """
        row, column = (int(i) for i in rng.integers(0, (self.side - side) // TOKEN + 1, 2))
        chosen = [int(i) for i in rng.integers(len(self), size=count)]
        seen = [self.square("seen", i, row * TOKEN, column * TOKEN, side) for i in chosen]
        codes = [self.square("codes", i, row, column, side // TOKEN) for i in chosen]
        return {
            "seen": np.stack(seen),
            "codes": np.stack(codes).astype(np.int64),
            "corner": np.array([row, column]),
        }


def keep(
    plan: Plan,
    samples: Samples,
    entry: torch.nn.Module,
    teacher: torch.nn.Module,
    device: torch.device,
    root: Path,
) -> KeptCodes:
    """The plan's items, made where they are not there yet.

    Args:
        plan: its data table's ``kept`` is how many.
        samples: to draw from.
        entry: damaged (N, 3, S, S) -> what the prediction reads.
        teacher: clean (N, 3, S, S) -> codes (N, S/32, S/32).
        device: of both.
        root: where kept items lie.
    """
    count, mix = int(plan.data["kept"]), plan.data["mix"]
    frozen = entry.state_dict(prefix="entry.") | teacher.state_dict(prefix="teacher.")
    kept = KeptCodes(folder_of(root, "codes", [plan.seed, mix], frozen), samples.side, count)

    def drawn(number: int) -> tuple[Picture, Picture]:
        target, worn = samples.pairs(np.random.default_rng((plan.seed, 1, number)), 1, mix)
        return target[0], worn[0]

    def make(some: list[tuple[Picture, Picture]]) -> tuple[Batch, list[float]]:
        targets, inputs = (to_tensor(np.stack(p), device) for p in zip(*some, strict=True))
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
            seen, codes = entry(inputs), teacher(targets)
        return {"seen": to_pictures(seen), "codes": codes.cpu().numpy()}, [0.0] * len(some)

    fill(kept, count, drawn, make)
    return kept
