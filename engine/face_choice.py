"""Which faces of a photograph are restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.faces.detector import why_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.faces.face import Face
    from engine.results import RestoreOptions


def left_out(faces: Sequence[Face], options: RestoreOptions) -> list[str | None]:
    """For every face None when it is to be restored, else the reason why not.

    Raises:
        UsageError: the options name a face that is not there (code ``face-unknown``).
    """
    if isinstance(options.faces, tuple):
        wrong = [i for i in options.faces if not 0 <= i < len(faces)]
        if wrong:
            raise UsageError(
                f"There is no face {wrong[0]}: the photograph has {len(faces)} "
                "(counted from 0, largest first).",
                code="face-unknown",
            )
        chosen = set(options.faces)
        return [None if i in chosen else "Not chosen." for i in range(len(faces))]
    if options.faces == "all":
        return [None] * len(faces)
    if options.faces == "largest":
        return [None if i == 0 else "Not the largest face." for i in range(len(faces))]
    return [why_off(face) or None for face in faces]
