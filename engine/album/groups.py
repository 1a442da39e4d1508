"""Which faces show one person: average linkage over identity vectors, with what is known.

Two clusters are joined while the mean cosine between them is at least `TOGETHER`; the mean over
all pairs is what keeps one misleading pair from joining two families. What the user confirmed is
joined first and never with another confirmed person; two faces of one photograph are two persons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import fastcluster
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

#: Mean cosine from which two groups are one person: well inside the range (0.38 and more) in
#: which ``python -m engine.training.evaluate_people`` finds a precision of 1 on people that no
#: network was trained on; an album of thousands has more strangers that are alike.
TOGETHER = 0.44
#: Faces that are compared all with all at a time: memory grows with the square of it (64 MB).
MOST = 4000
_FAR = 1e9  # so far that no average with it ever comes near
_BLOCK = 1024  # rows of the comparison in memory at a time
_STEP = 0.02
FREE = -1


def groups(
    vectors: Floats,
    photos: Sequence[int],
    anchors: Sequence[int] | None = None,
    refused: Iterable[tuple[int, int]] = (),
    *,
    together: float = TOGETHER,
    most: int = MOST,
) -> Integers:
    """Groups faces.

    Args:
        vectors: (N, D) unit vectors.
        photos: N photographs that the faces are in; two faces of one are never one person.
        anchors: N persons that are certain, `FREE` for the others: faces of one person stay
            together, even within a photograph, and those of two persons apart.
        refused: pairs of faces that are not one person.
        together: mean cosine from which two groups are one.
        most: above so many connected faces, the loosest connections are given up first.

    Returns:
        (N,) labels from 0; a face that is like no other has a label of its own.
    """
    count = len(vectors)
    fixed = np.full(count, FREE, np.int64) if anchors is None else np.asarray(anchors, np.int64)
    where = np.asarray(photos, np.int64)
    never = _Never(where, fixed, {(min(p), max(p)) for p in refused})
    labels = np.full(count, -1, np.int64)
    used = 0
    for members in _pieces(vectors, np.arange(count), fixed, together, most):
        part = _linked(vectors[members], never, members, together)
        labels[members] = part + used
        used += int(part.max(initial=-1)) + 1
    return labels


class _Never:
    """Pairs that must stay apart, and pairs that must not."""

    def __init__(self, photos: Integers, anchors: Integers, refused: set[tuple[int, int]]) -> None:
        self._photos, self._anchors, self._refused = photos, anchors, refused

    def put(self, distance: NDArray[np.float64], members: Integers) -> None:
        """Writes them into an (n, n) matrix of distances."""
        photo, anchor = self._photos[members], self._anchors[members]
        distance[photo[:, None] == photo[None]] = _FAR
        place = {int(m): i for i, m in enumerate(members)}
        for a, b in self._refused:
            if a in place and b in place:
                distance[place[a], place[b]] = distance[place[b], place[a]] = _FAR
        sure = anchor != FREE
        both = sure[:, None] & sure[None]
        same = anchor[:, None] == anchor[None]
        distance[both & ~same] = _FAR
        distance[both & same] = 0.0


def _linked(vectors: Floats, never: _Never, members: Integers, together: float) -> Integers:
    """Labels of faces that are compared all with all."""
    count = len(members)
    if count == 1:
        return np.zeros(1, np.int64)
    distance = 1.0 - vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    never.put(distance, members)
    rows, columns = np.triu_indices(count, 1)
    tree = fastcluster.linkage(distance[rows, columns], "average", preserve_input=False)
    union = _Union(2 * count - 1)
    for step, (a, b, height, _) in enumerate(tree):
        if height <= 1.0 - together:
            union.join(int(a), count + step)
            union.join(int(b), count + step)
    return union.labels(count)


def _pieces(
    vectors: Floats, members: Integers, anchors: Integers, together: float, most: int
) -> Iterable[Integers]:
    """Faces that could be joined at all, apart from each other.

    A mean reaches `together` only where at least one pair does, so nothing is lost by looking at
    connected pieces one by one; a piece that is too large is cut at its loosest pairs.
    """
    union = _Union(len(members))
    first: dict[int, int] = {}
    for i, anchor in enumerate(anchors[members]):
        if anchor != FREE:
            union.join(i, first.setdefault(int(anchor), i))
    own = vectors[members]
    for start in range(0, len(members), _BLOCK):
        like = own[start : start + _BLOCK] @ own[start:].T
        for i, j in np.argwhere(like >= together):
            union.join(start + int(i), start + int(j))
    labels = union.labels(len(members))
    order = np.argsort(labels, kind="stable")
    for piece in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if not len(piece):
            continue
        if len(piece) <= most or together >= 1.0:
            yield members[piece]
        else:
            yield from _pieces(vectors, members[piece], anchors, together + _STEP, most)


class _Union:
    """Sets that are joined."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, i: int) -> int:
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def labels(self, count: int) -> Integers:
        """Labels from 0 of the first so many."""
        roots = [self.find(i) for i in range(count)]
        return np.unique(np.asarray(roots, np.int64), return_inverse=True)[1].astype(np.int64)
