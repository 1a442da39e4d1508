"""The session file: what is chosen right now, kept until the program ends well."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
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

    def new_copy(self) -> Path:
        """Where the next picture from the clipboard is kept: it is nowhere else."""
        return self.path.with_suffix(f".{uuid.uuid4().hex}.png")

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

    def write(self, session: Session) -> bool:
        """Keeps the session; a full disk costs the safety net, not the work, and gives False."""
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
            return False
        return True

    def adopt(self, left: SessionFile) -> None:
        """Takes over the session that another window left when it died."""
        session = left.read()
        if session is not None:
            photo = self.new_copy() if session.pasted else session.photo
            if not self.write(replace(session, photo=photo)):
                return
            if session.pasted:
                session.photo.replace(photo)
        left.end()

    def clear(self) -> None:
        """Forgets the session: all is saved, or was given up knowingly."""
        self.path.unlink(missing_ok=True)

    def end(self) -> None:
        """Forgets it at the end of the program, with every picture from the clipboard."""
        self.clear()
        for copy in self.path.parent.glob(f"{self.path.stem}.*.png"):
            copy.unlink(missing_ok=True)
