"""Whatever the engine may say in the window is known to the translators."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

import desktop
import engine
from desktop import engine_words
from desktop.engine_sentences import SENTENCES, SHAPES
from desktop.engine_words import known, translated
from engine import errors

ENGINE, WINDOW = Path(engine.__file__).parent, Path(desktop.__file__).parent

#: Modules whose sentences never come to the window, by how their path begins, and why.
UNREACHED = {
    "engine/cli": "the command line, and the wording of its options",
    "engine/batch.py": "what `likeness restore` does with several photographs",
    "engine/comparison.py": "`likeness compare`",
    "engine/benchmark": "`likeness benchmark`, and what it runs",
    "engine/selftest.py": "`likeness selftest`",
    "engine/machine.py": "`likeness selftest`",
    "engine/updates.py": "`likeness update`",
    "engine/variants.py": "`likeness restore --seeds`",
    "engine/album/cluster.py": "repairs on a Dask cluster, which only the command line starts",
    "engine/album/report.py": "the page that a repair writes; it is in English",
    "engine/training/": "the training bed",
    "engine/models/imports.py": "`likeness models import`",
    "engine/models/licences.py": "the text of a licence",
    "engine/codeformer_weights.py": "`likeness models import`",
    "engine/networks/": "training, imports, and what `engine.backends` tells in its own words",
    "engine/faces/retinaface.py": "`likeness restore --finder retinaface`",
    "desktop/selftest.py": "`likeness selftest`",
    "desktop/benchmark.py": "measures the window from the command line",
}

#: What other modules say that never comes to the window, with its places as `_`, and why.
UNSAID = {
    "There is no detector '_'; say one of _.": "needs --finder",
    "Choose at least one seed.": "needs --seeds",
    "Uncertainty needs at least two seeds.": "needs --uncertainty",
    "A seed is a whole number from 0 on.": "needs --seed; the window's own begin at 0",
    "The method '_' leaves nothing to chance: there is no other face that it could have made.": (
        "needs --uncertainty"
    ),
    "The method '_' has no pictures on the way to show.": "needs --pictures",
    "Not the largest face.": "needs --faces largest",
    "There is no setting '_' for a person; choose method, fidelity, strength or grain.": (
        "the window knows these four only"
    ),
    "You ignore this face.": "is written into the journal and its report",
    "No face was found.": "is written into the journal and its report",
    "Faces _ restored with Likeness, method _; _. Restored details are plausible, not evidence.": (
        "is written into the restored file"
    ),
    "Likeness goes on on the processor.": "ends a sentence of `engine.backends.checked`",
}

#: What stands in a place, where anything would not do: by module and expression.
VALUES = {
    ("engine/photo.py", "shown(path)"): ['"scan.png"'],
    ("engine/photo_files.py", "shown(path)"): ['"scan.png"'],
    ("engine/photo_files.py", "name"): ['"scan.png"'],
    ("engine/photo_files.py", "folder"): ['"/photos"'],
    ("engine/photo_decode.py", "name"): ['"scan.png"'],
    ("engine/photo_decode.py", "kind"): ["CMYK (printing colours)", "Lab colours"],
    ("engine/photo_decode.py", "note[:-1]"): [
        "It is in CMYK (printing colours); the result will be in sRGB"
    ],
    ("engine/album/database.py", "self._what"): ["album's index", "journal"],
    ("engine/album/scan.py", "sentence[:-1]"): ["The folder /photos cannot be read (Not ready)"],
    ("engine/backends/onnx.py", "what"): ["is out of memory", "failed"],
    ("engine/backends/torch_cuda.py", "what"): ["is out of memory", "failed"],
    ("engine/backends/torch_cuda.py", "doing"): ["running 'ented'", "opening 'ented'"],
    ("engine/models/manifest.py", "what"): [
        "is damaged; install Likeness again.",
        "is damaged or of a newer Likeness; delete it and import its models again.",
    ],
    ("engine/faces/reference_choice.py", "said"): ["'b.png' seems to show another person."],
}

#: Sentences that the engine puts together from pieces.
PUT_TOGETHER = (
    "Card (NVIDIA graphics card (CUDA))",
    "Card (Graphics card (DirectML))",
    "Card (Apple graphics and neural engine (CoreML))",
    "Card cannot run 'ented' (device-memory); Likeness goes on on the processor.",
    "Card computes wrong numbers; Likeness goes on on the processor. A newer driver may help.",
    "ONNX Runtime does not load; install Likeness again. The processor is used instead.",
    (
        "'a. b.png' is too blurred to help; choose a sharper one. "
        "'a. b.png' shows the head strongly tilted and helps less. "
        "The face was restored without it."
    ),
)


class Said(NamedTuple):
    """A sentence of the program's source, with values in its places."""

    where: str
    shape: str
    text: str


def _modules():
    for folder in (ENGINE, WINDOW):
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(folder.parent).as_posix()
            if not name.startswith(tuple(UNREACHED)):
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def _raised(tree):
    """What is given to an error of the program, or told as a step of the work."""
    names = {n for n, c in vars(errors).items() if isinstance(c, type)}
    names |= {
        c.name
        for c in ast.walk(tree)
        if isinstance(c, ast.ClassDef) and names & {getattr(b, "id", "") for b in c.bases}
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in names and call.args:
            yield call.args[0]
        elif name in {"step", "enter"}:
            yield from call.args


def _written(tree):
    """What reads like a sentence, wherever it is said in the end; no docstrings."""
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for value in node.values
        for part in ast.walk(value)
    }
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in parts and re.fullmatch(r"[A-Z_'\"{].* .*\. ?", _shape(node), re.DOTALL):
            yield node


def _shape(node):
    """A string with `_` in its places; empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "_" for v in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _filled(where, node):
    if isinstance(node, ast.Constant):
        return [re.sub(r"{\w+}", "Sample", node.value)]
    texts = [""]
    for number, value in enumerate(node.values):
        if isinstance(value, ast.Constant):
            ends = [value.value]
        else:
            ends = VALUES.get((where, ast.unparse(value.value)), [f"Sample {number}"])
        texts = [text + end for text in texts for end in ends]
    return texts


def _collected():
    for where, tree in _modules():
        said = [*_raised(tree)]
        # The window's own words go through `tr`; only what it raises is the engine's.
        said += _written(tree) if where.startswith("engine/") else []
        for node in {id(n): n for n in said}.values():
            shape = _shape(node).strip()
            if shape and shape not in UNSAID:
                yield from (Said(where, shape, text.strip()) for text in _filled(where, node))


@pytest.fixture(scope="module")
def collected():
    return list(_collected())


class Marking(QTranslator):
    """Puts what was translated between marks."""

    def translate(self, context, source, _disambiguation=None, _number=-1):
        return f"<{source}>" if context == "Engine" else ""


@pytest.fixture
def marking(qapp):
    translator = Marking()
    QApplication.installTranslator(translator)
    yield
    QApplication.removeTranslator(translator)


def test_every_sentence_of_the_engine_is_known(collected):
    assert len(collected) > 100, "the walk has lost its way"
    unknown = [f"{said.where}: {said.shape}" for said in collected if not known(said.text)]
    assert not unknown, "add them to desktop/engine_sentences.py:\n" + "\n".join(unknown)


@pytest.mark.parametrize("text", PUT_TOGETHER)
def test_sentences_of_several_pieces_are_known(text):
    assert known(text)


def test_a_new_sentence_would_be_missed(collected):
    tree = ast.parse('raise PhotoError(f"{name} is of {kind} paper; scan it anew.", code="photo")')
    (node,) = _raised(tree)
    assert _filled("engine/photo.py", node) == ["Sample 0 is of Sample 2 paper; scan it anew."]
    assert not known("Sample 0 is of Sample 2 paper; scan it anew.")
    assert list(_written(ast.parse('note = "Its paper is torn; glue it."')))


def test_nobody_translates_what_is_never_said(collected):
    texts = [said.text for said in collected] + list(PUT_TOGETHER)
    texts += [sentence for text in texts for sentence in engine_words._apart(text)]
    said = {engine_words._matched(text)[0] for text in texts} | set(texts)
    assert not [entry for entry in (*SENTENCES, *SHAPES) if entry not in said]


def test_what_is_left_out_is_still_there():
    names = [
        path.relative_to(folder.parent).as_posix()
        for folder in (ENGINE, WINDOW)
        for path in folder.rglob("*.py")
    ]
    assert not [begin for begin in UNREACHED if not any(n.startswith(begin) for n in names)]
    shapes = {
        _shape(node).strip() for _, tree in _modules() for node in (*_raised(tree), *_written(tree))
    }
    assert not [shape for shape in UNSAID if shape not in shapes]


def test_values_stand_in_their_places(marking):
    text = 'The folder "/photos/50 %2" cannot be made (Not ready); choose another one.'
    said = translated(text)
    assert said == f"<{text}>"


@pytest.mark.parametrize("pattern", SHAPES)
def test_the_most_specific_pattern_comes_first(pattern):
    text = re.sub(r"%(\d)", r"Sample \1", pattern)
    assert engine_words._matched(text)[0] == pattern


def test_several_sentences_are_translated_one_by_one(marking):
    said = translated("'a. b.png' seems to show another person. The face was restored without it.")
    assert said == "<'a. b.png' seems to show another person.> <The face was restored without it.>"


def test_a_device_in_a_sentence_is_translated(marking):
    said = translated("Graphics card (DirectML) failed; the processor went on in its place.")
    assert said == "<<Graphics card (DirectML)> failed; the processor went on in its place.>"


def test_a_long_text_that_nobody_knows_stays_as_it_is(marking):
    text = "It broke. " * 200
    assert translated(text) == text
