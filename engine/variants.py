"""Several plausible faces for one damaged one, to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.kept_faces import KeptFaces
from engine.results import FaceOptions, RestoreOptions

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from engine.faces.face import Face
    from engine.methods.base import Reference
    from engine.photo import Photo
    from engine.restorer import Progress, Restorer
    from engine.results import FaceResult


def variants(
    restorer: Restorer,
    photo: Photo,
    face: Face,
    seeds: Sequence[int],
    references: Sequence[Reference] = (),
    options: RestoreOptions | None = None,
    *,
    own: FaceOptions | None = None,
    kept: KeptFaces | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> list[FaceResult]:
    """Restores one face once a seed.

    Args:
        restorer: does the work.
        photo: with the face in it.
        face: found before, or added by hand.
        seeds: one result each; a method that uses no seed gives equal ones.
        references: as for `Restorer.restore`.
        options: likewise; their seed and faces do not count.
        progress: told about every step.
        cancel: set it to stop.
        own: what this face asks for itself.
        kept: with the one of the photograph's restorations, a face that was made is not made
            again when its seed is chosen.

    Returns:
        In the order of the seeds, each ready to be laid over the photograph (`patch`).

    Raises:
        UsageError: there is no seed (code ``seeds-empty``).
        CancelledError: `cancel` was set.
    """
    if not seeds:
        raise UsageError("Choose at least one seed.", code="seeds-empty")
    options, kept = options or RestoreOptions(), kept or KeptFaces()
    results = []
    for number, seed in enumerate(seeds):

        def tell(share: float, words: str, number: int = number) -> None:
            if progress is not None:
                progress((number + share) / len(seeds), words)

        chosen = replace(options, seed=seed, faces=(0,))
        each = {0: own} if own is not None else None
        made = restorer.restore(
            photo, references, chosen, faces=[face], each=each, kept=kept,
            progress=tell, cancel=cancel,
        )  # fmt: skip
        results.append(made.faces[0])
    return results
