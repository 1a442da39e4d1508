"""What the user should know of a restoration beside its picture, one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.methods.base import Explains, Varies
from engine.results import FaceStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.methods.base import Method
    from engine.results import FaceResult, RestoreOptions


def remarks(
    method: Method, results: Sequence[FaceResult], options: RestoreOptions, *, given: bool
) -> list[str]:
    """Of doubtful faces, of portraits, and of what was asked for in vain.

    Args:
        method: the one that was asked for.
        results: of all faces.
        options: of the restoration.
        given: whether there was a portrait, for all faces or for one.
    """
    info = method.info
    said = []
    if doubtful := sum(result.doubtful for result in results):
        said.append(
            f"{doubtful} of the restored faces can hardly be seen in the photograph: "
            "look closely at what was made of them, or switch them off."
        )
    if info.uses_references:
        said += _of_portraits(results, given=given, invents=info.uses_seed)
    elif given:
        said.append(
            f"The method '{info.title}' does not use portraits; the portrait was only compared."
        )
    if options.uncertainty and not isinstance(method, Varies):
        said.append(
            f"The method '{info.title}' leaves nothing to chance: there is no other face that "
            "it could have made."
        )
    if options.pictures and not isinstance(method, Explains):
        said.append(f"The method '{info.title}' has no pictures on the way to show.")
    return said


def _of_portraits(results: Sequence[FaceResult], *, given: bool, invents: bool) -> list[str]:
    """Refusals only where no face took a portrait."""
    done = [r for r in results if r.status is FaceStatus.DONE]
    if not done:
        return []
    if not given and invents:
        return []
    if not given:
        return ["No portrait was given: the faces show only what the photograph itself tells."]
    used = [r for r in done if r.reference_used]
    return list(dict.fromkeys(r.reference_note for r in used or done if r.reference_note))
