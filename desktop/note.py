"""What a saved photograph says of itself, for whoever finds it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.version import __version__

if TYPE_CHECKING:
    from desktop.records import Restored


def note_of(restored: Restored) -> str:
    """Software, method, settings and portraits; in English, as notes in files are."""
    done = [face for face in restored.result.faces if face.status == "done"]
    faces = ", ".join(str(face.index + 1) for face in done)
    used = any(face.reference_used for face in done)
    reference = "a reference portrait was used" if used else "no reference portrait was used"
    choices = restored.choices
    tone = "" if choices.tone == "auto" else f", tone {choices.tone}"
    return (
        f"Faces {faces} restored with Likeness {__version__}, method {restored.result.method}, "
        f"fidelity {choices.fidelity:g}, strength {choices.strength:g}, grain {choices.grain:g}, "
        f"seed {choices.seed}{tone}; {reference}. Restored details are plausible, not evidence."
    )
