"""``python -m engine.training.evaluate_people``: how well faces are grouped into people.

The album is the family photographs, found by the program itself, together with the aligned faces
of the validation persons; nothing of either was trained on. Of all pairs of faces whose persons are
known: precision is the share of grouped pairs that show one person, recall the share of one
person's pairs that are grouped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine import photo as photos
from engine.album.groups import TOGETHER, groups
from engine.album.people import LEAST_EYES
from engine.album.record import look_at
from engine.faces.detector import default_on
from engine.restorer import Restorer
from engine.training import material
from engine.training.faces import read_shards

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_SINGLE = re.compile(r"(Family\d-[A-Za-z]+)\d\.jpg")


@dataclass(frozen=True)
class Album:
    """Faces with what is known of them.

    Attributes:
        vectors: (N, 256) unit vectors.
        photos: N numbers of photographs.
        persons: N names; empty where nobody knows.
    """

    vectors: NDArray[np.float32]
    photos: tuple[int, ...]
    persons: tuple[str, ...]


def family(restorer: Restorer, folder: Path) -> Album:
    """The faces that the program finds in the family photographs, groups among them."""
    vectors, where, persons = [], [], []
    for number, path in enumerate(sorted(folder.glob("*.jpg"))):
        photo = photos.read(path)
        faces = [f for f in restorer.find_faces(photo) if default_on(f)]
        faces = [f for f in faces if f.eye_distance >= LEAST_EYES]
        single = _SINGLE.match(path.name)
        for place, look in enumerate(look_at(restorer, photo, faces)):
            vectors.append(look.embedding)
            where.append(number)
            persons.append(single[1] if single and place == 0 else "")
    return Album(np.stack(vectors), tuple(where), tuple(persons))


def strangers(restorer: Restorer, split: str = "val") -> Album:
    """The aligned faces of the validation persons, a photograph each."""
    faces = read_shards(material.folder("faces"), split, keep=lambda row: bool(row["identity"]))
    vectors = [restorer.embed([faces.at(i, 512)])[0] for i in range(len(faces))]
    where = tuple(range(10**6, 10**6 + len(faces)))
    return Album(np.stack(vectors), where, tuple(r.identity for r in faces.records))


def joined(*albums: Album) -> Album:
    """Several albums as one."""
    return Album(
        np.concatenate([a.vectors for a in albums]),
        tuple(p for a in albums for p in a.photos),
        tuple(p for a in albums for p in a.persons),
    )


def measured(album: Album, together: float = TOGETHER) -> tuple[float, float, int]:
    """Pairwise precision and recall, and how many pairs show one person."""
    labels = groups(album.vectors, album.photos, together=together)
    persons = np.array(album.persons)
    known = np.flatnonzero(persons != "")
    i, j = np.triu_indices(len(known), 1)
    i, j = known[i], known[j]
    grouped, same = labels[i] == labels[j], persons[i] == persons[j]
    right = int((grouped & same).sum())
    return right / max(int(grouped.sum()), 1), right / max(int(same.sum()), 1), int(same.sum())


def main() -> None:
    """Prints the figures."""
    restorer = Restorer("cpu")
    parts = {
        "family": family(restorer, material.folder("photos") / "family"),
        "validation persons": strangers(restorer),
    }
    parts["both"] = joined(*parts.values())
    for name, album in parts.items():
        precision, recall, pairs = measured(album)
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f} of {pairs} pairs")
    for together in np.arange(0.36, 0.60, 0.02):
        precision, recall, _ = measured(parts["both"], float(together))
        print(f"mean cosine {together:.2f}: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
