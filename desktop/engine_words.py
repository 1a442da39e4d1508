"""The engine speaks English; these are its words and what it remarks, known to the translators.

What it says where something does not go as wished is in `desktop.engine_sentences`.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.engine_sentences import SENTENCES, SHAPES
from engine.faces.likeness import Likeness, likeness

_KNOWN = (
    QT_TRANSLATE_NOOP("Engine", "Faithful"),
    QT_TRANSLATE_NOOP(
        "Engine", "Brings back what the photograph still tells, quickly, and invents nothing."
    ),
    QT_TRANSLATE_NOOP("Engine", "With portrait"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Takes lost skin, hair and eyes from a portrait of the person.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Vivid"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "For bad damage: imagines lost detail and keeps to the person.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Vivid, fast (distilled)"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Vivid in one step: several times faster, a little softer.",
    ),
    QT_TRANSLATE_NOOP("Engine", "Rich detail"),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Adds skin, hair and eyes as it knows them from many faces.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "No portrait was given: the faces show only what the photograph itself tells.",
    ),
    QT_TRANSLATE_NOOP("Engine", "It is not certain that this is a face."),
    QT_TRANSLATE_NOOP("Engine", "This face is too small to be restored faithfully."),
    QT_TRANSLATE_NOOP("Engine", "Not chosen."),
    QT_TRANSLATE_NOOP("Engine", "Looking for faces"),
    QT_TRANSLATE_NOOP("Engine", "Putting the faces back"),
    QT_TRANSLATE_NOOP("Engine", "Done"),
    QT_TRANSLATE_NOOP("Engine", "Stopped as you asked; nothing was changed."),
    QT_TRANSLATE_NOOP(
        "Engine", "Stopped as you asked; what was finished is kept, the rest is queued."
    ),
    QT_TRANSLATE_NOOP("Engine", "crisp"),
    QT_TRANSLATE_NOOP("Engine", "fairly sharp"),
    QT_TRANSLATE_NOOP("Engine", "the same pose"),
    QT_TRANSLATE_NOOP("Engine", "taken in the same year"),
    QT_TRANSLATE_NOOP("Engine", "Processor"),
    QT_TRANSLATE_NOOP("Engine", "NVIDIA graphics card (CUDA)"),
    QT_TRANSLATE_NOOP("Engine", "Graphics card (DirectML)"),
    QT_TRANSLATE_NOOP("Engine", "Apple graphics and neural engine (CoreML)"),
    QT_TRANSLATE_NOOP("Engine", "There is not enough memory for this face; close other programs."),
    *SENTENCES,
)
#: Sentences with names or numbers in them.
_PATTERNS = (
    QT_TRANSLATE_NOOP("Engine", "Face %1 of %2"),
    QT_TRANSLATE_NOOP("Engine", "You chose it (%1)"),
    QT_TRANSLATE_NOOP("Engine", "You confirmed that it is the same person (%1)"),
    QT_TRANSLATE_NOOP("Engine", "Certainly the same person (%1)"),
    QT_TRANSLATE_NOOP("Engine", "Probably the same person (%1)"),
    QT_TRANSLATE_NOOP("Engine", "Possibly the same person (%1)"),
    QT_TRANSLATE_NOOP("Engine", "Grouped with this person, but not very alike (%1)"),
    QT_TRANSLATE_NOOP("Engine", "turned by %1 more"),
    QT_TRANSLATE_NOOP("Engine", "taken %1 years apart"),
    QT_TRANSLATE_NOOP("Engine", "%1 seems to show another person."),
    QT_TRANSLATE_NOOP("Engine", "It is not certain that %1 shows the same person."),
    QT_TRANSLATE_NOOP("Engine", "%1 is too blurred to help; choose a sharper one."),
    QT_TRANSLATE_NOOP("Engine", "%1 is a little soft and lends little detail."),
    QT_TRANSLATE_NOOP(
        "Engine", "%1 shows the head from quite another side; choose a more similar pose."
    ),
    QT_TRANSLATE_NOOP("Engine", "%1 shows the head turned otherwise and helps less."),
    QT_TRANSLATE_NOOP("Engine", "%1 shows the head strongly tilted and helps less."),
    QT_TRANSLATE_NOOP(
        "Engine", "The method '%1' does not use portraits; the portrait was only compared."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "No clear face was found in the portrait '%1'; choose another portrait."
    ),
    QT_TRANSLATE_NOOP("Engine", "%1 is out of memory; the processor went on in its place."),
    QT_TRANSLATE_NOOP("Engine", "%1 failed; the processor went on in its place."),
    QT_TRANSLATE_NOOP("Engine", "%1 The processor is used instead."),
    *SHAPES,
)


def translated(text: str) -> str:
    """What the engine says in the user's language; as it is where nobody translated it."""
    sentences = _apart(text)
    if len(sentences) > 1:
        return " ".join(translated(sentence) for sentence in sentences)
    if text in _KNOWN:
        return QCoreApplication.translate("Engine", text)
    pattern, values = _matched(text)
    if not pattern:
        return text
    words = QCoreApplication.translate("Engine", pattern)
    # All places at once: a file may be called "%2".
    return re.sub(r"%(\d)", lambda place: translated(values[int(place[1]) - 1]), words)


def known(text: str) -> bool:
    """Whether the translators know what the engine says."""
    return len(_apart(text)) > 1 or _is_one(text)


def reason_words(reason: str) -> str:
    """Why a portrait is suggested, clause by clause in the user's language."""
    # "Grouped with this person, but ..." has a comma of its own.
    clauses = re.split(r", (?!but )", reason.removesuffix("."))
    return ", ".join(translated(clause) for clause in clauses) + "."


def nth_face(progress: str) -> int | None:
    """Which of the wanted faces is being worked on, from 0; None where it is none of them."""
    found = _shape("Face %1 of %2").fullmatch(progress)
    return int(found.group(1)) - 1 if found else None


def _is_one(text: str) -> bool:
    return text in _KNOWN or bool(_matched(text)[0])


def _apart(text: str) -> tuple[str, ...]:
    """The sentences of which a text is made; the text itself where not all of them are known."""
    for end in re.finditer(r"\. ", text):
        first, rest = text[: end.start() + 1], text[end.end() :]
        if _is_one(first) and known(rest):
            return first, *_apart(rest)
    return (text,)


def _matched(text: str) -> tuple[str, tuple[str, ...]]:
    """The first pattern that a sentence has, and what stands in its places; empty for none."""
    for pattern in _PATTERNS:
        found = _shape(pattern).fullmatch(text)
        if found is not None:
            return pattern, found.groups()
    return "", ()


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    """What a sentence looks like with anything in its places."""
    return re.compile(re.sub(r"%\d", "(.+)", re.escape(pattern)), re.DOTALL)


def likeness_words(cosine: float) -> str:
    """How alike two faces are, in plain words, for the cosine of their identity vectors."""
    return QCoreApplication.translate("Likeness", _LIKENESS[likeness(cosine)])


_LIKENESS = {
    Likeness.CERTAIN: QT_TRANSLATE_NOOP("Likeness", "clearly the same person"),
    Likeness.PROBABLE: QT_TRANSLATE_NOOP("Likeness", "very likely the same person"),
    Likeness.POSSIBLE: QT_TRANSLATE_NOOP("Likeness", "perhaps the same person"),
    Likeness.UNLIKELY: QT_TRANSLATE_NOOP("Likeness", "may look like somebody else"),
}
