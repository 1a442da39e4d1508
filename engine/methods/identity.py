"""Method ``identity``: the identity recovery network, one regression and nothing invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.faces.aligner import from_network, to_network
from engine.methods.base import MethodInfo
from engine.methods.recovery import recovery

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.methods.base import Checkpoint, Reference
    from engine.models.store import ModelStore

INFO = MethodInfo(
    key="identity",
    title="Faithful",
    sentence="Brings back what the photograph still tells, quickly, and invents nothing.",
    uses_references=False,
    uses_fidelity=False,
    uses_seed=False,
    models=("identity-recovery",),
)


class IdentityMethod:
    """See `engine.networks.identity_recovery` for the network and its source."""

    info = INFO

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._graph = recovery(store, backend)

    def restore(
        self,
        crop: NDArray[np.float32],
        references: Sequence[Reference],
        fidelity: float,
        seed: int,
        checkpoint: Checkpoint,
    ) -> NDArray[np.float32]:
        """See `Method.restore`; references, fidelity and seed have no effect here."""
        del references, fidelity, seed
        checkpoint(0.0)
        output = self._graph.run({"input": to_network(crop)})["output"]
        checkpoint(1.0)
        return from_network(output)
