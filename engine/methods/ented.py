"""Method ``ented``: a portrait of the same person lends its texture.

See `engine.networks.ented` for the network and its source. The identity recovery network's
restoration comes along with the photograph where the network was trained with it. A portrait is
encoded once and kept, so that the second face of an album costs no more than the restoration.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from engine.faces.aligner import from_network, to_network
from engine.methods.base import MethodInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Backend, Graph
    from engine.methods.base import Checkpoint, Reference
    from engine.models.store import ModelStore

INFO = MethodInfo(
    key="ented",
    title="With portrait",
    sentence="Takes lost skin, hair and eyes from a portrait of the person.",
    uses_references=True,
    uses_fidelity=True,
    uses_seed=False,
    models=("ented", "identity-recovery"),
)

#: More portraits than the network was trained with bring nothing.
MOST = 4
#: Encoded portraits that are kept, some 3 MB each.
KEPT = 16


class EntedMethod:
    """Host code over the graphs ``ented-reference`` and ``ented``."""

    info = INFO

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._encode = store.graph("ented", "ented-reference", backend)
        self._graph = store.graph("ented", "ented", backend)
        self._recovery: Graph | None = None
        found = store.find("ented")
        if found is not None and found[1].network.get("recovered"):
            self._recovery = store.graph("identity-recovery", "identity-recovery", backend)
        self._kept: OrderedDict[bytes, Arrays] = OrderedDict()
        self._lock = threading.Lock()

    def restore(
        self,
        crop: NDArray[np.float32],
        references: Sequence[Reference],
        fidelity: float,
        seed: int,
        checkpoint: Checkpoint,
    ) -> NDArray[np.float32]:
        """See `Method.restore`; the seed has no effect, portraits after the fourth neither."""
        del seed
        checkpoint(0.0)
        used = list(references[:MOST])
        # Without a portrait the network was trained with a grey one that the mask hides.
        crops = [r.crop for r in used] or [np.full_like(crop, 0.5)]
        encoded = []
        for number, portrait in enumerate(crops):
            encoded.append(self._encoded(portrait))
            checkpoint(0.5 * (number + 1) / len(crops))
        inputs = {
            "input": self._entry(crop),
            "fidelity": np.array([np.clip(fidelity, 0.0, 1.0)], np.float32),
            "mask": np.array([[r.trust for r in used] or [0.0]], np.float32),
        }
        inputs |= {
            name: np.ascontiguousarray(np.concatenate([e[name] for e in encoded])[None])
            for name in encoded[0]
        }
        output = self._graph.run(inputs)["output"]
        checkpoint(1.0)
        return from_network(output)

    def _entry(self, crop: NDArray[np.float32]) -> NDArray[np.float32]:
        """(1, 3, 512, 512) in [-1, 1]; 6 where the network takes the faithful restoration too."""
        face = to_network(crop)
        if self._recovery is None:
            return face
        faithful = np.clip(self._recovery.run({"input": face})["output"], -1, 1)
        return np.concatenate((face, faithful), axis=1)

    def _encoded(self, portrait: NDArray[np.float32]) -> Arrays:
        """The encoding of a portrait, from memory when it was seen before."""
        pixels = np.ascontiguousarray(portrait)
        key = hashlib.blake2b(pixels.data, digest_size=16).digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        encoded = self._encode.run({"reference": to_network(pixels)})
        with self._lock:
            self._kept[key] = encoded
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return encoded
