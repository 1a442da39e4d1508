"""Training of the face detector on canvases with teacher labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.errors import LikenessError
from engine.faces.detector_looks import suppressed
from engine.networks.detector import STRIDES, Detector, DetectorConfig, decoded, folded
from engine.training import detector_labels
from engine.training.canvas import FACE, IGNORED, Canvas, Sources
from engine.training.collages import draw
from engine.training.detector_labels import Labels, overlap
from engine.training.sheets import annotated, grid
from engine.training.stage import Batch, Stage, Tensors
from engine.training.trainer import RUNS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.training.plan import Plan

#: Faces (geometric mean of the sides, pixels) that each level answers for; they overlap.
RANGES = ((0.0, 44.0), (32.0, 104.0), (80.0, float("inf")))
#: Cells within this many strides of the face's centre are positive, the ring beyond is ignored.
CORE, RING = 1.25, 2.1
#: Faces a canvas may hold; the smallest of more are ignored.
MOST = 32
_NOTHING, _UNASKED = -1, -2


class Training(Stage):
    """Every twelfth photograph and every fiftieth aligned face are kept for validation."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        options: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in plan.network.items()
        }
        network = Detector(DetectorConfig(**options))
        if "start" in plan.data:
            network.load_state_dict(_folded(RUNS / plan.data["start"], options))
        self.networks = nn.ModuleDict({"main": network})
        self.side = int(plan.data["side"])
        self.sources, held = _split(float(plan.data.get("crowds", 2.0)))
        rng = np.random.default_rng(11)
        self.checks = [draw(held, self.side, rng) for _ in range(int(plan.data["checks"]))]

    def batch(self, number: int) -> Batch:
        """`pixels` (N, S, S, 3) uint8; `cell` (N, cells) face of each cell, or -1, or -2.

        `boxes` (N, 32, 4) and `points` (N, 32, 10) float32 are what `cell` points into.
        """
        rng = self.generator(number)
        return stacked([draw(self.sources, self.side, rng) for _ in range(self.plan.batch)])

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Quality focal loss of the score, distance IoU of the box, relative L1 of the points."""
        del seen
        pixels = batch["pixels"].permute(0, 3, 1, 2).float() / 127.5 - 1
        raw = self.networks["main"](pixels).float()
        return losses(raw, batch, self.plan.loss, (pixels.shape[2], pixels.shape[3]))

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """Recall and precision at score 0.5 and overlap 0.5; landmark error in eye distances."""
        hits, asked, extra, told, errors, overlaps = 0, 0, 0, 0, [], []
        for canvas, found in zip(self.checks, self._find(networks), strict=True):
            faces = canvas.kinds == FACE
            match = overlap(found[:, 1:5], canvas.boxes)
            extra += int((match.max(axis=1, initial=0) < 0.3).sum())
            told += len(found)
            asked += int(faces.sum())
            for j in np.flatnonzero(faces):
                i = int(match[:, j].argmax()) if len(found) else -1
                if i < 0 or match[i, j] < 0.5:
                    continue
                hits += 1
                overlaps.append(match[i, j])
                truth = canvas.landmarks[j]
                away = np.hypot(*(found[i, 5:].reshape(5, 2) - truth).T).mean()
                errors.append(away / np.hypot(*(truth[1] - truth[0])))
        return {
            "recall": hits / max(1, asked),
            "extra": extra / max(1, told),
            "landmarks": float(np.median(errors)) if errors else 1.0,
            "overlap": float(np.mean(overlaps)) if overlaps else 0.0,
        }

    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """Validation canvases with what was found."""
        found = self._find(networks)
        return grid(
            [annotated(c.pixels, f) for c, f in zip(self.checks[:32], found[:32], strict=True)], 8
        )

    def _find(self, networks: nn.ModuleDict) -> list[NDArray[np.float32]]:
        out = []
        for i in range(0, len(self.checks), 16):
            pixels = np.stack([c.pixels for c in self.checks[i : i + 16]])
            x = torch.from_numpy(pixels).to(self.device).permute(0, 3, 1, 2).float() / 127.5 - 1
            rows = decoded(networks["main"](x).float(), self.side, self.side).cpu().numpy()
            out += [suppressed(r[r[:, 0] > 0.5]) for r in rows]
        return out


def _folded(run: Path, options: dict[str, Any]) -> dict[str, Tensor]:
    """The averaged weights of a run with normalisation, for a network without."""
    if not (run / "ema.pt").exists():
        raise LikenessError(f"There are no trained weights in '{run}'.", code="plan")
    state = torch.load(run / "ema.pt", map_location="cpu", weights_only=True)["networks"]
    source = Detector(DetectorConfig(**{**options, "norm": True}))
    source.load_state_dict({k.removeprefix("main."): v for k, v in state.items()})
    return folded(source).state_dict()


def _split(crowds: float) -> tuple[Sources, Sources]:
    photos = detector_labels.photos()
    pictures, labels = detector_labels.faces()
    used: list[list[Any]] = [[], []]
    empty: list[list[Any]] = [[], []]
    for i, (picture, found, bare) in enumerate(photos):
        part = int(detector_labels.is_held_out(i))
        # Pictures of several people are rare and say the most.
        times = round(crowds) if (found.scores >= 0.65).sum() > 2 and not part else 1
        used[part] += [(picture, found)] * times
        if bare:
            empty[part].append(picture)
    kept = np.arange(len(pictures)) % 50 == 0
    sources = []
    for part, mask in enumerate((~kept, kept)):
        chosen = Labels(labels.boxes[mask], labels.landmarks[mask], labels.scores[mask])
        aligned = pictures[mask]
        sources.append(Sources(used[part], empty[part], aligned, chosen))
    return sources[0], sources[1]


def stacked(canvases: list[Canvas]) -> Batch:
    """Canvases of one size as arrays, with every cell's assignment."""
    n = len(canvases)
    boxes, points = np.zeros((n, MOST, 4), np.float32), np.zeros((n, MOST, 10), np.float32)
    cell = []
    for i, canvas in enumerate(canvases):
        order = np.argsort(-canvas.boxes[:, 2])
        kinds = canvas.kinds[order].copy()
        kinds[MOST:] = IGNORED
        count = min(MOST, len(order))
        boxes[i, :count] = canvas.boxes[order[:count]]
        points[i, :count] = canvas.landmarks[order[:count]].reshape(-1, 10)
        cell.append(assigned(canvas.boxes[order], kinds, canvas.pixels.shape[0]))
    pixels = np.stack([c.pixels for c in canvases])
    return {"pixels": pixels, "cell": np.stack(cell), "boxes": boxes, "points": points}


def assigned(boxes: NDArray[np.float32], kinds: NDArray[np.int64], side: int) -> NDArray[np.int64]:
    """What every cell shall say: a face's index, -1 for nothing, -2 for not asked.

    Args:
        boxes: (M, 4) x, y, width, height, largest first, so that the smaller one wins a cell.
        kinds: (M,) `FACE` or `IGNORED`.
        side: of the canvas in pixels.

    Returns:
        (cells,) int64 in the order of `engine.networks.detector.Detector`.
    """
    parts = []
    for stride, (low, high) in zip(STRIDES, RANGES, strict=True):
        n = side // stride
        axis = (np.arange(n) + 0.5) * stride
        out = np.full((n, n), _NOTHING, np.int64)
        rings = []
        for j, (x, y, w, h) in enumerate(boxes):
            dx, dy = np.abs(axis - (x + w / 2))[None, :], np.abs(axis - (y + h / 2))[:, None]
            if kinds[j] == IGNORED:
                rings.append((dx < w / 2 + stride) & (dy < h / 2 + stride))
                continue
            size = float(np.sqrt(w * h))
            away = np.maximum(dx, dy)
            if low <= size <= high:
                # A face smaller than the core keeps the cells near its own centre alone.
                core = away <= min(CORE * stride, max(0.5 * size, 0.5 * stride))
                rings.append(away <= max(RING * stride, 0.25 * size))
                out[core] = j
            elif low / 1.5 <= size <= high * 1.5:
                rings.append(away <= CORE * stride)
        for ring in rings:
            out[ring & (out == _NOTHING)] = _UNASKED
        parts.append(out.reshape(-1))
    return np.concatenate(parts)


def losses(raw: Tensor, batch: Tensors, weight: dict[str, float], size: tuple[int, int]) -> Tensors:
    """The three losses of raw cells (N, cells, 15) for a canvas of height and width `size`."""
    cell = batch["cell"]
    row, column = torch.nonzero(cell >= 0, as_tuple=True)
    index = cell[row, column]
    boxes, points = batch["boxes"][row, index], batch["points"][row, index]
    found = decoded(raw, *size)[row, column]
    shared, distance = _overlap(found[:, 1:5], boxes)
    wanted = torch.zeros_like(raw[..., 0])
    wanted[row, column] = shared.detach().clamp(0.35, 1.0)
    logit = raw[..., 0]
    focus = (torch.sigmoid(logit) - wanted).abs().square() * (cell != _UNASKED)
    score = F.binary_cross_entropy_with_logits(logit, wanted, reduction="none") * focus.detach()
    count = max(1, len(row))
    unit = torch.sqrt(boxes[:, 2:3] * boxes[:, 3:4]).clamp(min=4)
    away = F.smooth_l1_loss(found[:, 5:] / unit, points / unit, beta=0.02, reduction="none").mean(1)
    return {
        "score": weight["score"] * score.sum() / count,
        "box": weight["box"] * (1 - shared + distance).sum() / count,
        "points": weight["points"] * away.sum() / count,
    }


def _overlap(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Intersection over union and relative squared centre distance of (K, 4) boxes, row by row."""
    low, high = (
        torch.maximum(a[:, :2], b[:, :2]),
        torch.minimum(a[:, :2] + a[:, 2:], b[:, :2] + b[:, 2:]),
    )
    both = (high - low).clamp(min=0).prod(1)
    union = a[:, 2:].prod(1) + b[:, 2:].prod(1) - both
    hull = torch.maximum(a[:, :2] + a[:, 2:], b[:, :2] + b[:, 2:]) - torch.minimum(
        a[:, :2], b[:, :2]
    )
    apart = ((a[:, :2] + a[:, 2:] / 2) - (b[:, :2] + b[:, 2:] / 2)).square().sum(1)
    return both / union.clamp(min=1e-6), apart / hull.square().sum(1).clamp(min=1e-6)
