from __future__ import annotations

import json

import cv2
import numpy as np
import pytest

from engine.errors import LikenessError
from engine.methods.base import MethodInfo
from engine.training.evaluate_references import evaluate, save
from engine.training.faces import Faces, Record
from engine.training.reference_checks import Check, Trial, trials
from tests.engine.training.judges import Colours

SIDE = 512


def info(*, references=True):
    return MethodInfo("stub", "Stub", "A stub.", references, True, False, ())


class Lender:
    """Takes half of the reference, and the rest of the damaged picture."""

    def __init__(self, share=0.5, *, references=True):
        self.info, self.share, self.given = info(references=references), share, []

    def restore(self, crop, references, fidelity, seed, checkpoint):
        checkpoint(0.0)
        self.given.append((len(references), fidelity, seed))
        if not references:
            return crop
        return crop * (1 - self.share) + references[0].crop * self.share


@pytest.fixture(scope="module")
def faces():
    records, blobs = [], []
    colours = {"a": (220, 60, 60), "b": (60, 220, 60), "c": (60, 60, 220), "": (90, 90, 90)}
    for i, person in enumerate("aabbbc" + "c"):
        size = 256 if i == 6 else SIDE
        blocks = np.random.default_rng(i).integers(-30, 30, (size // 4, size // 4, 3))
        noise = blocks.repeat(4, 0).repeat(4, 1)  # grain alone would not count as sharp
        picture = np.clip(noise + colours[person], 0, 255).astype(np.uint8)
        blobs.append(cv2.imencode(".png", picture[..., ::-1])[1].tobytes())
        source = "album" if person in "ab" else "film"
        records.append(Record(f"{i}.png", size, source, person, grey=False))
    return Faces(records, blobs)


def test_trials_show_the_right_and_a_wrong_person(faces):
    found = trials(faces)
    assert [t.target for t in found] == [0, 1, 2, 3, 4, 5]  # the 256 px one is no target
    for t in found:
        own = faces.records[t.target].identity
        assert faces.records[t.right].identity == own
        assert t.right != t.target
        assert faces.records[t.wrong].identity not in {own, ""}
    assert {faces.records[t.wrong].source for t in found if t.target < 5} == {"album"}
    assert len(trials(faces, each=1)) == 3


def test_a_method_that_borrows_gains_from_the_right_and_pays_for_the_wrong(faces):
    method = Lender()
    some = [Trial(0, 1, 2), Trial(2, 3, 0)]
    result = evaluate(
        method, faces, some, Colours(), strengths=["severe"], fidelity=0.3, insist=True
    )
    assert result.faces == 2
    assert set(result.rows["severe"]) == {"input", "none", "right", "wrong"}
    assert result.rows["severe"]["input"] == result.rows["severe"]["none"]
    assert result.cost("severe") > 0.1
    assert abs(result.gain("severe")) < 0.1
    assert any("wrong reference costs" in sentence for sentence in result.failures())
    assert [g[0] for g in method.given] == [0, 1, 1] * 2
    assert {g[1:] for g in method.given} == {(0.3, 0)}
    assert result.sheet.shape == (2 * 256, 7 * 256, 3)


def test_the_reference_check_stands_before_the_method_as_it_does_for_a_user(faces):
    method = Lender()
    result = evaluate(method, faces, [Trial(0, 1, 2)], Colours(), strengths=["mild"])
    assert [g[0] for g in method.given] == [0, 1, 0]  # the stranger's portrait never arrives
    assert result.cost("mild") == 0


def test_portraits_are_compared_with_the_identity_to_be_expected(faces):
    judge, seen = Colours(), []

    def expect(crop):
        seen.append(crop)
        return judge.own(faces.at(2, SIDE))  # as if the photograph told of the stranger

    method = Lender()
    evaluate(method, faces, [Trial(0, 1, 2)], judge, strengths=["mild"], expect=expect)
    assert [g[0] for g in method.given] == [0, 0, 1]
    assert len(seen) == 3
    assert seen[0].shape == (SIDE, SIDE, 3)
    assert 0 <= seen[0].min() <= seen[0].max() <= 1


def test_goals_are_met_by_figures_that_meet_them(faces):
    result = evaluate(Lender(0.0), faces, [Trial(0, 1, 2)], Colours(), strengths=["mild"])
    assert result.gain("mild") == 0
    assert result.failures() == []
    assert result.nearer == {"mild": 0.0}


def test_table_and_files(faces, tmp_path):
    result = evaluate(Lender(), faces, [Trial(0, 1, 2)], Colours(), strengths=["mild"])
    save(result, tmp_path, "stub")
    assert json.loads((tmp_path / "stub.json").read_text())["faces"] == 1
    assert "| mild | right |" in (tmp_path / "stub.md").read_text()
    assert (tmp_path / "stub.jpg").stat().st_size > 1000


def test_a_method_without_references_is_not_measured(faces):
    with pytest.raises(LikenessError):
        evaluate(Lender(references=False), faces, [Trial(0, 1, 2)], Colours())


def test_some_of_a_check():
    pictures = np.arange(5, dtype=np.uint8).reshape(5, 1, 1, 1)
    few = Check(pictures, pictures, pictures, pictures).first(3)
    assert few.targets.ravel().tolist() == [0, 2, 4]
    assert list(few.references()) == ["none", "right", "wrong"]
