"""Method ``codeformer++``: a generative prior registered and fused onto a faithful restoration.

See `engine.networks.codeformer_pp` for the networks and their source. Two graphs over the same
weights: one alone, one with a portrait as a second source of texture. Our own weights build on the
identity recovery network's restoration, which runs before them; what ENTED borrows from a portrait
joins it (`lender`). A user who imported the official CodeFormer weights gets them in place of our
compact prior, and w = 1 in place of that restoration.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.aligner import from_network, to_network
from engine.faces.face import CROP_SIZE, TEMPLATE_512
from engine.methods.base import MethodInfo
from engine.methods.evidence import portrait_share
from engine.methods.expected_identity import ExpectedIdentity
from engine.methods.lattice import without_lattice
from engine.methods.lender import Lender
from engine.methods.noise_plane import noise_plane
from engine.methods.pictures import drawn_displacement
from engine.methods.recovery import recovery
from engine.models.imports import CODEFORMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Backend, Graph
    from engine.methods.base import Checkpoint, Reference
    from engine.methods.expected_identity import Expected
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]

INFO = MethodInfo(
    key="codeformer++",
    title="Rich detail",
    sentence="Adds skin, hair and eyes as it knows them from many faces.",
    uses_references=True,
    uses_fidelity=True,
    uses_seed=False,
    models=("codeformer-pp", "identity-recovery", "ented", "embedder", "identity-target"),
)


#: Share of the fused detail by fidelity. The network gives all of it; that costs so little identity
#: that the middle of the slider takes it whole (see the model card).
SHARES = ((0.0, 0.5, 1.0), (1.5, 1.0, 0.0))
#: What full fidelity keeps of it where the photograph hardly tells the person: forms coarser than
#: this deviation in pixels, which bring the face nearer to the person there (see the model card).
FORMS = 2.0
#: Expected cosines to the truth of a photograph that tells the person, and of one that hardly does.
TOLD, HARDLY = 0.8, 0.45
#: Share of it in the eyes, where a look finds glitter that the measures do not mind, and the
#: deviations of the two ovals in pixels.
EYES, OVAL = 0.5, (26.0, 13.0)


class CodeFormerPlusPlusMethod:
    """Host code over the graphs ``codeformer-pp`` and ``codeformer-pp-reference``."""

    info = INFO

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._store, self._backend = store, backend
        self._model = CODEFORMER if store.has(CODEFORMER) else "codeformer-pp"
        self._alone = store.graph(self._model, "codeformer-pp", backend)
        found = store.find(self._model)
        self._recovery: Graph | None = None
        self._expected: ExpectedIdentity | None = None
        if found is not None and found[1].network.get("recovered"):
            self._recovery = recovery(store, backend)
            self._expected = ExpectedIdentity(store, backend)
        fusion = (found[1].network if found is not None else {}).get("fusion", {})
        self._sees_damage, self._takes_noise = (bool(fusion.get(k)) for k in ("damaged", "noise"))
        self._lender = Lender(store, backend)

    def restore(
        self,
        crop: Crop,
        references: Sequence[Reference],
        fidelity: float,
        seed: int,
        checkpoint: Checkpoint,
    ) -> Crop:
        """See `Method.restore`; of several portraits the sharpest counts, the seed not."""
        del seed
        checkpoint(0.0)
        found = self._run(crop, references, fidelity)
        checkpoint(1.0)
        return from_network(found["output"])

    def explain(
        self, crop: Crop, references: Sequence[Reference] = (), fidelity: float = 0.5
    ) -> dict[str, Crop]:
        """The pictures on the way, each (512, 512, 3) in [0, 1].

        Returns:
            ``faithful`` (I_F), ``prior`` (I_G), ``registered`` (I_G laid onto I_F by the learned
            displacement field), ``displacement`` (that field in colours, see
            `drawn_displacement`) and ``output``.
        """
        found = self._run(crop, references, fidelity)
        names = ("faithful", "prior", "registered", "output")
        pictures = {name: from_network(found[name]) for name in names}
        return pictures | {"displacement": drawn_displacement(found["displacement"][0])}

    def confidence(self, crop: Crop) -> float:
        """Mean probability of the predicted codes; low where there is nothing of a face."""
        return float(self._run(crop, (), 0.5)["confidence"][0])

    def _run(self, crop: Crop, references: Sequence[Reference], fidelity: float) -> Arrays:
        share = float(np.interp(fidelity, *SHARES))
        told = None
        if self._expected is not None and (references or share < 1):
            told = self._expected.of(crop)
        entry = self._entry(crop, references, told)
        if self._sees_damage:
            entry = np.concatenate([entry, to_network(crop)], axis=1)
        if self._takes_noise:
            entry = np.concatenate([entry, noise_plane(*crop.shape[:2])], axis=1)
        # The fusion is trained at 0 and faded here, so that the slider moves evenly.
        inputs = {"input": entry, "fidelity": np.zeros(1, np.float32)}
        graph = self._alone
        if references:
            best = max(references, key=lambda r: r.sharpness)
            present = np.array([best.trust], np.float32)
            inputs |= {"reference": to_network(best.crop), "present": present}
            graph = self._store.graph(self._model, "codeformer-pp-reference", self._backend)
        found = dict(graph.run(inputs))
        faithful = found["faithful"]
        detail = found["output"] - faithful
        if self._model != CODEFORMER:
            if references:  # ENTED's picture joined, and a lattice with it
                fused = without_lattice(_rows(found["output"])).transpose(2, 0, 1)[None]
                detail = fused - faithful
            detail = detail * (1 - (1 - EYES) * _eyes(*detail.shape[2:]))
        kept = share * detail
        if told is not None and share < 1:
            kept += (1 - share) * _unsure(told.sure, references) * _forms(detail)
        found["output"] = np.clip(faithful + kept, -1, 1).astype(np.float32)
        return found

    def _entry(
        self, crop: Crop, references: Sequence[Reference], told: Expected | None
    ) -> NDArray[np.float32]:
        """What the graphs read: (1, 3, 512, 512) in [-1, 1]."""
        face = to_network(crop)
        if self._recovery is None:
            return face
        if not references or told is None:
            return np.clip(self._recovery.run({"input": face})["output"], -1, 1)
        return to_network(self._lender.join(crop, told, references))


def _unsure(sure: float, references: Sequence[Reference]) -> float:
    """How little photograph, by its expected cosine, and portraits tell who it is, 0 .. 1."""
    hidden = float(np.interp(sure, (HARDLY, TOLD), (1.0, 0.0)))
    return hidden * (1 - portrait_share(sure, references))


def _forms(detail: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, C, H, W) -> the same without what is finer than `FORMS`."""
    planes = cv2.GaussianBlur(_rows(detail), (0, 0), FORMS)
    return np.asarray(planes.transpose(2, 0, 1)[None], np.float32)


@lru_cache(maxsize=2)
def _eyes(height: int, width: int) -> NDArray[np.float32]:
    """(H, W): 1 in the eyes of an aligned face, falling to 0 around them."""
    rows, columns = np.indices((height, width), np.float32) * np.float32(CROP_SIZE / height)
    ovals = [
        ((columns - x) / OVAL[0]) ** 2 + ((rows - y) / OVAL[1]) ** 2 for x, y in TEMPLATE_512[:2]
    ]
    near = np.exp(-0.5 * np.minimum(*ovals))
    return np.asarray(np.minimum(1.3 * near, 1), np.float32)


def _rows(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, C, H, W) -> (H, W, C)."""
    return np.ascontiguousarray(planes[0].transpose(1, 2, 0), np.float32)
