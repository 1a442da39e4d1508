"""The engine speaks English; these are its fixed sentences, known to the translators."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from engine.faces.likeness import Likeness, likeness

_KNOWN = (
    QT_TRANSLATE_NOOP("Engine", "Faithful"),
    QT_TRANSLATE_NOOP(
        "Engine", "Brings back what the photograph still tells, quickly, and invents nothing."
    ),
    QT_TRANSLATE_NOOP("Engine", "It is not certain that this is a face."),
    QT_TRANSLATE_NOOP("Engine", "This face is too small to be restored faithfully."),
    QT_TRANSLATE_NOOP("Engine", "Not chosen."),
    QT_TRANSLATE_NOOP("Engine", "Looking for faces"),
    QT_TRANSLATE_NOOP("Engine", "Putting the faces back"),
    QT_TRANSLATE_NOOP("Engine", "Done"),
    QT_TRANSLATE_NOOP("Engine", "Stopped as you asked; nothing was changed."),
    QT_TRANSLATE_NOOP("Engine", "Processor"),
    QT_TRANSLATE_NOOP("Engine", "NVIDIA graphics card (CUDA)"),
    QT_TRANSLATE_NOOP("Engine", "Graphics card (DirectML)"),
    QT_TRANSLATE_NOOP("Engine", "Apple graphics and neural engine (CoreML)"),
    QT_TRANSLATE_NOOP("Engine", "There is not enough memory for this face; close other programs."),
)


def translated(text: str) -> str:
    """A sentence of the engine in the user's language; as it is where nobody translated it."""
    return QCoreApplication.translate("Engine", text) if text in _KNOWN else text


def likeness_words(cosine: float) -> str:
    """How alike two faces are, in plain words, for the cosine of their identity vectors."""
    return QCoreApplication.translate("Likeness", _LIKENESS[likeness(cosine)])


_LIKENESS = {
    Likeness.CERTAIN: QT_TRANSLATE_NOOP("Likeness", "clearly the same person"),
    Likeness.PROBABLE: QT_TRANSLATE_NOOP("Likeness", "very likely the same person"),
    Likeness.POSSIBLE: QT_TRANSLATE_NOOP("Likeness", "perhaps the same person"),
    Likeness.UNLIKELY: QT_TRANSLATE_NOOP("Likeness", "may look like somebody else"),
}
