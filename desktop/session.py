"""The session file: what is chosen right now, kept until the program ends well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.choices import Choices
from desktop.files import read_json, write_json

VERSION = 1


@dataclass(frozen=True)
class Session:
    """Unsaved work.

    Attributes:
        photo: path of the photograph that was open, or of the kept copy of a pasted picture.
        choices: what was chosen for it.
        restored: whether it had been restored.
        pasted: whether the picture came from the clipboard and has no file of its own.
    """

    photo: Path
    choices: Choices
    restored: bool = False
    pasted: bool = False


class SessionFile:
    """Reads and writes the session."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def pasted(self) -> Path:
        """Where a picture from the clipboard is kept: it is nowhere else."""
        return self.path.with_suffix(".png")

    def read(self) -> Session | None:
        """What the run before left, if it ended badly and its photograph is still there."""
        data: Any = read_json(self.path)
        if not isinstance(data, dict) or data.get("version") != VERSION:
            return None
        photo = data.get("photo")
        if not isinstance(photo, str) or not photo or not Path(photo).is_file():
            return None
        choices = Choices.from_json(data.get("choices"))
        restored, pasted = data.get("restored") is True, data.get("pasted") is True
        return Session(Path(photo), choices, restored, pasted)

    def write(self, session: Session) -> None:
        """Keeps the session; a full disk costs the safety net, not the work."""
        try:
            write_json(
                self.path,
                {
                    "version": VERSION,
                    "photo": str(session.photo),
                    "choices": session.choices.to_json(),
                    "restored": session.restored,
                    "pasted": session.pasted,
                },
            )
        except OSError:
            return

    def clear(self) -> None:
        """Forgets the session: all is saved, or was given up knowingly."""
        self.path.unlink(missing_ok=True)
        self.pasted.unlink(missing_ok=True)
