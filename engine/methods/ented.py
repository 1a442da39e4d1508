"""Method ``ented``: a portrait of the same person lends its texture.

See `engine.networks.ented` for the network and its source. The identity recovery network's
restoration comes along with the photograph. The result's colours are that restoration's
(`with_colours_of`), and so is its coarse part as far as the photograph tells the person better
than the portraits do (`with_coarse_of`); what repeats every four pixels is taken out
(`without_lattice`). At last its features move by a few pixels towards the person whom photograph
and portraits tell of (`towards`). A portrait is encoded once and kept, so that the second face of
an album costs no more than the restoration.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.aligner import from_network, to_network
from engine.faces.tone import LUMA
from engine.methods.base import MethodInfo
from engine.methods.evidence import identity_target, portrait_share
from engine.methods.expected_identity import ExpectedIdentity
from engine.methods.identity_registration import towards
from engine.methods.lattice import without_lattice
from engine.methods.noise_plane import noise_plane
from engine.methods.recovery import recovery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Backend
    from engine.methods.base import Checkpoint, Reference
    from engine.methods.expected_identity import Expected
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]

INFO = MethodInfo(
    key="ented",
    title="With portrait",
    sentence="Takes lost skin, hair and eyes from a portrait of the person.",
    uses_references=True,
    uses_fidelity=True,
    uses_seed=False,
    models=("ented", "identity-recovery", "embedder", "identity-target"),
)

#: More portraits than the network was trained with bring nothing.
MOST = 4
#: Deviation in pixels of the Gaussian whose blur is the coarse part of a picture.
COARSE = 2.0
#: The same for colours: blotches of heavy JPEG compression are wider.
COLOUR = 6.0
#: From this share of the portraits on (see `portrait_share`) nothing of what they lend is replaced.
THEIRS = 0.4
#: The network's fidelity by the slider's: 0.4 is where it comes nearest to the truth, so that is
#: the middle (see the model card).
NETWORK = ((0.0, 0.5, 1.0), (0.0, 0.4, 1.0))
#: Up to this share of the portraits no feature is moved; from the other one on all of the way.
NO_MOVE, FULL_MOVE = 0.15, 0.4
#: Encoded portraits that are kept, some 3 MB each.
KEPT = 16


class EntedMethod:
    """Host code over the graphs ``ented-reference`` and ``ented``."""

    info = INFO

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._encode = store.graph("ented", "ented-reference", backend)
        self._graph = store.graph("ented", "ented", backend)
        found = store.find("ented")
        self._takes_noise = found is not None and bool(found[1].network.get("noise"))
        self._recovery = recovery(store, backend)
        self._expected = cache(lambda: ExpectedIdentity(store, backend))
        self._slope = cache(lambda: store.graph("embedder", "embedder-gradient", backend))
        self._kept: OrderedDict[bytes, Arrays] = OrderedDict()
        self._lock = threading.Lock()

    def restore(
        self,
        crop: Crop,
        references: Sequence[Reference],
        fidelity: float,
        seed: int,
        checkpoint: Checkpoint,
    ) -> Crop:
        """See `Method.restore`; the seed has no effect, portraits after the fourth neither."""
        del seed
        checkpoint(0.0)
        if references:
            told = self._expected().of(crop)
            lent = self.lend(crop, told, references, fidelity, checkpoint)
            untold = max(0.0, 1 - portrait_share(told.sure, references[:MOST]) / THEIRS)
            lent = with_coarse_of(told.recovered, lent, untold)
            checkpoint(0.8)
            lent = self.likened(lent, told, references, fidelity)
        else:
            faithful = from_network(self._recovery.run({"input": to_network(crop)})["output"])
            lent = self._rendered(crop, faithful, references, fidelity, checkpoint)
            lent = with_coarse_of(faithful, lent, 1.0)
        checkpoint(1.0)
        return lent

    def lend(
        self,
        crop: Crop,
        told: Expected,
        references: Sequence[Reference],
        fidelity: float,
        checkpoint: Checkpoint,
    ) -> Crop:
        """What is borrowed of one or more portraits.

        Args:
            crop: (512, 512, 3) in [0, 1], damaged.
            told: what the photograph tells of it.
            references: see `restore`.
            fidelity: see `restore`.
            checkpoint: see `restore`.
        """
        return self._rendered(crop, told.recovered, references[:MOST], fidelity, checkpoint)

    def _rendered(
        self,
        crop: Crop,
        faithful: Crop,
        used: Sequence[Reference],
        fidelity: float,
        checkpoint: Checkpoint,
    ) -> Crop:
        """The network's picture in the faithful one's colours, without its lattice."""
        # Without a portrait the network was trained with a grey one that the mask hides.
        crops = [r.crop for r in used] or [np.full_like(crop, 0.5)]
        encoded = []
        for number, portrait in enumerate(crops):
            encoded.append(self._encoded(portrait))
            checkpoint(0.5 * (number + 1) / len(crops))
        planes = [to_network(crop), to_network(faithful)]
        if self._takes_noise:
            planes.append(noise_plane(*crop.shape[:2]))
        inputs = {
            "input": np.concatenate(planes, axis=1),
            "fidelity": np.array([np.interp(fidelity, *NETWORK)], np.float32),
            "mask": np.array([[r.trust for r in used] or [0.0]], np.float32),
        }
        inputs |= {
            name: np.ascontiguousarray(np.concatenate([e[name] for e in encoded])[None])
            for name in encoded[0]
        }
        lent = with_colours_of(faithful, from_network(self._graph.run(inputs)["output"]))
        return np.clip(without_lattice(lent), 0, 1)

    def likened(
        self, lent: Crop, told: Expected, references: Sequence[Reference], fidelity: float
    ) -> Crop:
        """With its features moved as far as the portraits are trusted and the slider lets them.

        Args:
            lent: (512, 512, 3) in [0, 1], a restoration with what was borrowed.
            told: what the photograph tells of the face.
            references: see `restore`.
            fidelity: see `restore`.
        """
        used = references[:MOST]
        aim = identity_target(told.vector, told.sure, used)
        texture = min(1.0, 2 - 2 * min(max(fidelity, 0.0), 1.0))
        ruling = (portrait_share(told.sure, used) - NO_MOVE) / (FULL_MOVE - NO_MOVE)
        strength = max(r.trust for r in used) * texture * min(max(ruling, 0.0), 1.0)
        return towards(lent, aim, self._slope, strength)

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


def with_colours_of(faithful: Crop, lent: Crop) -> Crop:
    """`lent` in the colours of `faithful`, but for what is finer; (512, 512, 3) in [0, 1] each.

    Blotches of compressed colour and the light of the portrait would pass otherwise.
    """
    change = cv2.GaussianBlur(faithful - lent, (0, 0), COLOUR)
    colour = change - (change @ LUMA)[..., None]
    return np.asarray(np.clip(lent + colour, 0, 1), np.float32)


def with_coarse_of(faithful: Crop, lent: Crop, share: float) -> Crop:
    """`lent` with so much of the coarse part of `faithful`; (512, 512, 3) in [0, 1] each."""
    other = cv2.GaussianBlur(faithful - lent, (0, 0), COARSE)
    return np.asarray(np.clip(lent + np.float32(share) * other, 0, 1), np.float32)
