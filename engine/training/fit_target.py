"""``python -m engine.training.fit_target``: fits and releases CLR-Face's identity target.

The map is linear in what is fitted, so that nothing is trained: ridge regression on the identity
vectors of damaged, recovered and undamaged training faces. How much it is held back is chosen by
cross-validation over persons, whose faces never stand on both sides.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from engine.errors import LikenessError
from engine.methods.identity import IdentityMethod
from engine.models.store import BUNDLED
from engine.networks.identity_target import IdentityTarget, hidden_share
from engine.training import material, measuring, release, releases
from engine.training.degradation import PRESETS, degrade
from engine.training.faces import read_shards

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.restorer import Restorer
    from engine.training.faces import Faces

    Vectors = NDArray[np.float64]

#: Damage of the faces, with its shares.
MIX = {"train-severe": 0.8, "train": 0.15, "train-mild": 0.05}
#: How strongly the map may be held back: least squares plus so much of its own square.
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
FOLDS = 5


@dataclass(frozen=True)
class Seen:
    """Unit identity vectors of N faces, (N, 256) each, and who they show, (N,)."""

    recovered: Vectors
    degraded: Vectors
    truth: Vectors
    persons: NDArray[np.int64]

    def features(self) -> Vectors:
        """(N, 513): what the map multiplies, as in `IdentityTarget`."""
        pair = torch.from_numpy(self.recovered), torch.from_numpy(self.degraded)
        hidden = hidden_share(*pair)
        parts = [*pair, torch.ones(len(hidden), 1, dtype=torch.float64)]
        return np.asarray((hidden * torch.cat(parts, dim=1)).numpy())


def look(restorer: Restorer, faces: Faces, count: int, seed: int) -> Seen:
    """Damages, recovers and recognises `count` faces (all with 0), in an order of its own."""
    method = IdentityMethod(restorer.store, restorer.backend)
    order = np.random.default_rng(seed).permutation(len(faces))[: count or None]
    codes = [faces.records[i].identity or f"face {i}" for i in order]
    names, shares = list(MIX), list(MIX.values())
    rows = []
    for index in map(int, order):
        rng = np.random.default_rng((seed, index))
        truth, worn = degrade(faces.at(index, 512), PRESETS[rng.choice(names, p=shares)], rng)
        crop = worn.astype(np.float32) / np.float32(255)
        recovered = method.restore(crop, (), 0.5, 0, lambda _share: None)
        rows.append([restorer.embedder.embed(picture) for picture in (recovered, worn, truth)])
    recovered_, degraded, truth_ = np.asarray(rows, np.float64).transpose(1, 0, 2)
    return Seen(recovered_, degraded, truth_, np.unique(codes, return_inverse=True)[1])


def fit(features: Vectors, change: Vectors, penalty: float) -> Vectors:
    """(513, 256): ridge regression of the change of the recovered vector."""
    square = features.T @ features + penalty * np.eye(features.shape[1])
    return np.asarray(np.linalg.solve(square, features.T @ change))


def cosine(seen: Seen, features: Vectors, map_: Vectors, rows: NDArray[np.bool_]) -> float:
    """Mean cosine of the mapped vectors of some rows to the truth."""
    made = seen.recovered[rows] + features[rows] @ map_
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return float((made * seen.truth[rows]).sum(1).mean())


def validated(seen: Seen, penalty: float) -> float:
    """Mean cosine to the truth of persons that the map was not fitted on."""
    features, change = seen.features(), seen.truth - seen.recovered
    total = 0.0
    for fold in range(FOLDS):
        out = seen.persons % FOLDS == fold
        map_ = fit(features[~out], change[~out], penalty)
        total += cosine(seen, features, map_, out) * out.sum()
    return total / len(seen.truth)


def network(seen: Seen, penalty: float) -> IdentityTarget:
    """The map of all faces as a network."""
    map_ = fit(seen.features(), seen.truth - seen.recovered, penalty)
    made = IdentityTarget()
    with torch.no_grad():
        made.change.weight.copy_(torch.from_numpy(map_[:-1].T))
        made.change.bias.copy_(torch.from_numpy(map_[-1]))
    return made.eval()


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when something is missing."""
    from engine.restorer import Restorer  # noqa: PLC0415  (opens the models)

    parser = argparse.ArgumentParser(prog="python -m engine.training.fit_target",
        description=__doc__)  # fmt: skip
    parser.add_argument("--limit", type=int, default=0, help="number of faces; 0 takes all")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    parser.add_argument("--into", type=Path, default=BUNDLED)
    options = parser.parse_args(arguments)
    try:
        restorer = Restorer(options.device, store=measuring.store(options.models))
        where = material.folder("faces")
        faces = read_shards(where, "train", keep=lambda row: row["size"] == "512")
        seen = look(restorer, faces, options.limit, options.seed)
        before = float((seen.recovered * seen.truth).sum(1).mean())
        print(f"{len(seen.truth)} faces: cosine of the recovered picture's identity {before:.4f}")
        figures = {penalty: validated(seen, penalty) for penalty in PENALTIES}
        for penalty, value in figures.items():
            print(f"penalty {penalty:g}: {value:.4f} on persons that it was not fitted on")
        best = max(figures, key=lambda penalty: figures[penalty])
        made = network(seen, best)
        release.write(releases.IDENTITY_TARGET, made, len(seen.truth), options.into)
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
