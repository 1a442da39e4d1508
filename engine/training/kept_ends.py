"""What TGRN reads, made once and kept: the frozen networks before it cost more than it does.

An item is a clean face (`target`), its damaged picture (`input`), the faithful end (`faithful`),
the prior before and after registration (`prior`, `registered`) and, of some, a registered portrait
(`reference`) with its presence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from engine.training import kept_items
from engine.training.kept_items import KeptItems
from engine.training.stage import to_pictures, to_tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from engine.networks.codeformer_pp import CodeFormerPlusPlus
    from engine.training.plan import Plan
    from engine.training.samples import Samples

    Picture = NDArray[np.uint8]
    Item = dict[str, Picture]

PICTURES = ("target", "input", "faithful", "prior", "registered", "reference")


class KeptEnds(KeptItems):
    """A growing set of items; the note of each is its portrait's presence, -1 where it has none.

    Args:
        folder: where they lie.
        side: of the pictures.
        capacity: items at most.
    """

    def __init__(self, folder: Path, side: int, capacity: int) -> None:
        super().__init__(folder, capacity, dict.fromkeys(PICTURES, ((side, side, 3), np.uint8)))

    def window(self, index: int, top: int, left: int, side: int) -> Item:
        """A square of one item, each (side, side, 3); `reference` only where it has one."""
        names = PICTURES if self.notes[index] >= 0 else PICTURES[:-1]
        return {name: self.square(name, index, top, left, side) for name in names}


def draw_lent(plan: Plan, samples: Samples, rng: np.random.Generator) -> tuple[Item, float]:
    """Target, input and a portrait, and whether that counts: the right one's, a wrong one's, no."""
    data = plan.data
    face, other = samples.with_portrait(rng)
    kind = rng.random()
    if kind >= data["right"]:
        other = samples.anyone(rng)
    target, worn = samples.damage(face, rng, data["mix"])
    there = float(kind < data["right"] + data["wrong"])
    return {"target": target, "input": worn, "reference": other}, there


def draw(plan: Plan, samples: Samples, number: int) -> tuple[Item, float]:
    """Item `number` before the networks: as `draw_lent`, or without a portrait, which is -1."""
    rng = np.random.default_rng((plan.seed, 1, number))
    if rng.random() < float(plan.data["references"]):
        return draw_lent(plan, samples, rng)
    target, worn = samples.pairs(rng, 1, plan.data["mix"])
    return {"target": target[0], "input": worn[0]}, -1.0


def fill(
    kept: KeptEnds,
    count: int,
    drawn: Callable[[int], tuple[Item, float]],
    main: CodeFormerPlusPlus,
    entry: Callable[[Tensor], Tensor],
    device: torch.device,
) -> None:
    """Makes items until there are so many.

    Args:
        kept: grows.
        count: wanted in all.
        drawn: item by number, as `draw` gives it.
        main: the frozen prior and registration.
        entry: damaged (N, 3, S, S) -> what `main` reads.
        device: of both.
    """

    def make(some: list[tuple[Item, float]]) -> tuple[Item, list[float]]:
        items = {k: np.stack([item[k] for item, _ in some]) for k in ("target", "input")}
        portraits = [item.get("reference", item["input"]) for item, _ in some]
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
            ends = main.ends(entry(to_tensor(items["input"], device)))
            registered = main.register(ends.faithful, ends.prior)
            lent = main.register(ends.faithful, to_tensor(np.stack(portraits), device))
        items["faithful"] = to_pictures(ends.faithful)
        items["prior"] = to_pictures(ends.prior)
        items["registered"] = to_pictures(registered)
        items["reference"] = to_pictures(lent)
        return items, [there for _, there in some]

    kept_items.fill(kept, count, drawn, make)


def folder_of(plan: Plan, frozen: Mapping[str, Tensor], root: Path) -> Path:
    """The folder that recipe and weights name; without DAM (``registered`` false) another."""
    data = plan.data
    recipe = [plan.seed, *(data[k] for k in ("mix", "references", "right", "wrong"))]
    recipe.append(plan.network.get("registered", True))
    return kept_items.folder_of(root, "ends", recipe, frozen)
