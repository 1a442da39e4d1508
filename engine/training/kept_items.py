"""Training items that frozen networks made once, kept as plain arrays in a folder of their own.

The recipe and the weights name the folder, so that other weights make other items. Making goes on
where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import DTypeLike, NDArray
    from torch import Tensor

#: Where kept items lie: an ignored folder of the checkout.
CACHE = Path(".work/cache")
#: Made at a time.
BATCH = 8

Drawn = TypeVar("Drawn")


class KeptItems:
    """A growing set of items of several arrays each.

    Args:
        folder: where they lie.
        capacity: items at most; the files are sparse until they are filled.
        arrays: shape of one item and type, by the array's name.
    """

    def __init__(
        self,
        folder: Path,
        capacity: int,
        arrays: Mapping[str, tuple[tuple[int, ...], DTypeLike]],
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._arrays: dict[str, NDArray[Any]] = {
            name: np.memmap(
                folder / f"{name}.raw",
                kind,
                "r+" if (folder / f"{name}.raw").exists() else "w+",
                shape=(capacity, *shape),
            )
            for name, (shape, kind) in arrays.items()
        }
        #: a number an item, of the kind's own meaning
        self.notes: list[float] = []
        if self._index.exists():
            self.notes = json.loads(self._index.read_text(encoding="utf-8"))[:capacity]

    @property
    def _index(self) -> Path:
        return self.folder / "notes.json"

    def __len__(self) -> int:
        return len(self.notes)

    def add(self, items: Mapping[str, NDArray[Any]], notes: list[float]) -> None:
        """Keeps N items: (N, ...) by name, and N notes."""
        place = slice(len(self), len(self) + len(notes))
        for name, values in items.items():
            self._arrays[name][place] = values
        self.notes += notes
        whole = self._index.with_suffix(".tmp")
        whole.write_text(json.dumps(self.notes), encoding="utf-8")
        whole.replace(self._index)

    def square(self, name: str, index: int, top: int, left: int, side: int) -> NDArray[Any]:
        """A square of one item's array, (side, side, ...)."""
        rows, columns = slice(top, top + side), slice(left, left + side)
        return np.asarray(self._arrays[name][index, rows, columns])


def fill(
    kept: KeptItems,
    count: int,
    drawn: Callable[[int], Drawn],
    make: Callable[[list[Drawn]], tuple[Mapping[str, NDArray[Any]], list[float]]],
) -> None:
    """Makes items until there are so many.

    Args:
        kept: grows.
        count: wanted in all.
        drawn: what item by number is made of; asked ahead, in threads.
        make: some of these -> arrays and notes, as `KeptItems.add` takes them.
    """
    with ThreadPoolExecutor(2) as pool:
        ahead = pool.map(drawn, range(len(kept), count))
        while len(kept) < count:
            kept.add(*make([next(ahead) for _ in range(min(BATCH, count - len(kept)))]))


def folder_of(
    root: Path, kind: str, recipe: Sequence[object], frozen: Mapping[str, Tensor]
) -> Path:
    """The folder that kind, recipe and weights name."""
    digest = hashlib.sha256(repr(list(recipe)).encode())
    for value in frozen.values():
        digest.update(value.float().cpu().contiguous().numpy().tobytes())
    return root / f"{kind}-{digest.hexdigest()[:16]}"
