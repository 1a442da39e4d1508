"""A store filled by hand: faces with made-up vectors, where no network is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.album.store import AlbumStore, stored_path
from engine.faces.face import TEMPLATE_512

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def person_vectors(
    person: int, count: int, *, likeness: float = 0.8, seed: int = 0
) -> NDArray[np.float32]:
    """(count, 256) unit vectors of one person, with about this cosine to each other."""
    centre = np.random.default_rng(1000 + person).standard_normal(256)
    centre /= np.linalg.norm(centre)
    noise = np.random.default_rng((seed, person)).standard_normal((count, 256))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    some = np.sqrt(likeness) * centre + np.sqrt(1 - likeness) * noise
    return np.asarray(some / np.linalg.norm(some, axis=1, keepdims=True), np.float32)


def add_photo(
    store: AlbumStore,
    path: Path,
    vectors: NDArray[np.float32],
    *,
    sharpness: float = 0.8,
    eyes: float = 60.0,
    score: float = 0.9,
    taken: str | None = None,
) -> list[int]:
    """A photograph with a face for every vector; returns the faces' ids."""
    with store.transaction():
        photo = store.run(
            "INSERT INTO photos(hash, width, height, taken, models) VALUES (?, 600, 400, ?, '')",
            str(path), taken,
        )  # fmt: skip
        store.run("INSERT INTO files VALUES (?, ?, 1, 1)", stored_path(path), photo)
        ids = []
        for place, vector in enumerate(vectors):
            points = (TEMPLATE_512 - TEMPLATE_512[0]) * (eyes / 125.92) + (50 + 80 * place, 90)
            ids.append(store.run(
                "INSERT INTO faces(photo, place, x, y, w, h, landmarks, score, sharpness, "
                "embedding, thumbnail) VALUES (?, ?, ?, 60, 70, 90, ?, ?, ?, ?, x'')",
                photo, place, 30 + 80 * place, np.asarray(points, np.float32).tobytes(), score,
                sharpness, np.asarray(vector, np.float32).tobytes(),
            ))  # fmt: skip
    return ids
