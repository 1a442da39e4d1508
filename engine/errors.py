"""The one road that errors travel.

Every failure the user can meet is a `LikenessError` with a stable `code`, one sentence that says
what happened and what to do, and (as `__cause__`) the exception that led to it. The window, the
command line and the batch journal show `str(error)` and store `error.code`.
"""

from __future__ import annotations


class LikenessError(Exception):
    """Base of all errors meant for the user.

    Attributes:
        code: short stable identifier for journals, JSON and tests, such as ``photo-truncated``.
    """

    default_code = "error"

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code or self.default_code

    @property
    def sentence(self) -> str:
        """What happened and what to do, in one sentence for the user."""
        return str(self.args[0])


class PhotoError(LikenessError):
    """A photograph cannot be read or written."""

    default_code = "photo"


class ModelError(LikenessError):
    """A model is missing, damaged, or not what it claims to be."""

    default_code = "model"


class DeviceError(LikenessError):
    """A device is absent, out of memory, or computes wrong numbers."""

    default_code = "device"


class PortraitError(LikenessError):
    """A reference portrait cannot be used."""

    default_code = "reference"


class FaceError(LikenessError):
    """One face of a photograph cannot be restored."""

    default_code = "face"


class UsageError(LikenessError):
    """The request itself makes no sense."""

    default_code = "usage"


class CancelledError(LikenessError):
    """The user stopped the work; nothing was left half-written."""

    default_code = "cancelled"

    def __init__(self, sentence: str = "Stopped as you asked; nothing was changed.") -> None:
        super().__init__(sentence)


class AlbumError(LikenessError):
    """The index of an album, or the journal of its repair, cannot be used."""

    default_code = "album"


def sentence_of(error: Exception) -> str:
    """What a failure says to the user, whatever it is."""
    if isinstance(error, LikenessError):
        return error.sentence
    if isinstance(error, MemoryError):
        return "There is not enough memory for this photograph; close other programs."
    if isinstance(error, OSError):
        return f"This file cannot be used ({error.strerror}); check the drive it is on."
    return f"Likeness met an error of its own here ({type(error).__name__}: {error})."
