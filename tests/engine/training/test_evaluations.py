"""The fidelity curve, guidance and mask, goals and curves: figures of known candidates."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.errors import LikenessError, UsageError
from engine.methods.base import MethodInfo
from engine.training import (
    __main__,
    charts,
    evaluate_fidelity,
    evaluate_guidance,
    goals,
    measuring,
    plot,
)
from engine.training import plan as plans
from engine.training.faces import Faces, Record
from tests.engine.training.judges import Colours


class Grey:
    """Pulls towards grey: the more, the less faithful; `sign` turns the slider round."""

    def __init__(self, *, fidelity=True, sign=1, share=1.0):
        self.info = MethodInfo("grey", "Grey", "Grey.", False, fidelity, False, ())
        self.sign, self.share = sign, share

    def restore(self, crop, references, fidelity, seed, checkpoint):
        pull = self.share * (1 - fidelity if self.sign > 0 else fidelity)
        return (1 - pull) * crop + pull * np.float32(0.5)


def size(path):
    with Image.open(path) as picture:
        return picture.size


@pytest.fixture(scope="module")
def faces():
    pictures = [np.full((512, 512, 3), c, np.uint8) for c in ((220, 60, 60), (60, 220, 90))]
    blobs = [cv2.imencode(".png", p[..., ::-1])[1].tobytes() for p in pictures]
    return Faces([Record(f"{i}.png", 512, "made-up", "", grey=False) for i in range(2)], blobs)


def test_a_rising_curve_passes_and_a_falling_one_is_named(faces, tmp_path) -> None:
    def curve(sign):
        return evaluate_fidelity.evaluate(
            Grey(sign=sign), faces, [0, 1], Colours(), steps=3, strengths=["mild"]
        )

    good, bad = curve(1), curve(-1)
    assert list(good.rows["mild"]) == [0.0, 0.5, 1.0]
    assert good.failures() == []
    assert any("identity falls" in s for s in bad.failures())
    assert any("full fidelity" in s for s in bad.failures())
    evaluate_fidelity.save(good, tmp_path, "grey")
    assert json.loads((tmp_path / "grey-fidelity.json").read_text())["faces"] == 2
    assert "| mild | 0.5 |" in (tmp_path / "grey-fidelity.md").read_text()
    assert size(tmp_path / "grey-fidelity.png") == (2 * charts.SIZE[0], charts.SIZE[1])
    with pytest.raises(LikenessError):
        evaluate_fidelity.evaluate(Grey(fidelity=False), faces, [0], Colours())


def test_guidance_and_mask_are_told_apart(faces, tmp_path) -> None:
    shares = {
        "guided": 0.0, "no mask": 0.1, "unguided": 1.8, "not held": 0.2, "not held, no mask": 0.5,
        "neither": 1.9,
    }  # fmt: skip
    cases = {case: Grey(share=share) for case, share in shares.items()}
    good = evaluate_guidance.evaluate(cases, faces, [0, 1], Colours(), strengths=["severe"])
    assert good.gain("severe") > 0.03
    assert good.mask_gain("severe") > 0
    assert good.failures() == []
    assert good.both("severe") > good.more("severe") > 0
    same = dict.fromkeys(evaluate_guidance.CASES, Grey(share=0.0))
    bad = evaluate_guidance.evaluate(same, faces, [0, 1], Colours(), strengths=["severe"])
    assert len(bad.failures()) == 2
    evaluate_guidance.save(good, tmp_path)
    assert json.loads((tmp_path / "guidance.json").read_text())["rows"]["severe"]["unguided"]
    assert "| severe | no mask |" in (tmp_path / "guidance.md").read_text()


def test_pictures_on_the_way_can_be_measured(faces) -> None:
    class Shows(Grey):
        def explain(self, crop, references=(), fidelity=0.5):
            return {"half": crop / 2}

    worn = faces.at(0, 512)
    half = measuring.on_the_way(Shows(), "half", 0.5)(worn)
    assert np.abs(half.astype(int) - worn // 2).max() <= 1
    with pytest.raises(UsageError, match="choose one of: half"):
        measuring.on_the_way(Shows(), "whole", 0.5)(worn)
    with pytest.raises(UsageError, match="no picture 'half'"):
        measuring.on_the_way(Grey(), "half", 0.5)(worn)


def test_nothing_to_measure_is_said(faces) -> None:
    with pytest.raises(LikenessError):
        measuring.measure({}, faces, [0], "mild", Colours())
    assert measuring.spread_out(10, 3) == [0, 4, 9]
    assert measuring.spread_out(2, 3) == measuring.spread_out(2, 0) == [0, 1]


def row(**lpips_and_check):
    return {k.replace("_", "-"): {"lpips": a, "check": b} for k, (a, b) in lpips_and_check.items()}


def test_goals_of_codeformer() -> None:
    others = {"identity": (0.30, 0.80), "realesrgan_wdn": (0.40, 0.7)}

    def missed(lpips, check, strength="standard", **more):
        figures = row(**others, **more) | {"codeformer++": {"lpips": lpips, "check": check}}
        return goals.missed("codeformer++", {strength: figures})

    assert missed(0.29, 0.79) == []
    assert len(missed(0.31, 0.79)) == 1  # above identity's
    assert len(missed(0.35, 0.79)) == 2  # and not 15 % below the peer's
    assert len(missed(0.29, 0.77)) == 1
    assert missed(0.29, 0.77, "severe") == []
    # The better of the peer's two ways counts.
    assert len(missed(0.29, 0.79, realesrgan_wdn_repeated=(0.32, 0.7))) == 1


def test_goals_of_clr_face_are_those_of_severe_damage() -> None:
    figures = row(identity=(0.5, 0.4), realesrgan_wdn=(0.5, 0.2))
    for lpips, check, count in ((0.39, 0.41, 0), (0.45, 0.41, 1), (0.39, 0.39, 1)):
        rows = figures | {"clr-face": {"lpips": lpips, "check": check}}
        assert len(goals.missed("clr-face", {"severe": rows})) == count
        assert goals.missed("clr-face", {"mild": rows}) == []
    assert goals.missed("identity", {"mild": figures}) == []
    alone = {"severe": row() | {"clr-face": {"lpips": 0.1, "check": 0.9}}}
    assert "cannot be judged" in goals.missed("clr-face", alone)[0]


@pytest.fixture
def a_run(tmp_path):
    lines = [
        {"samples": 4000, "perplexity": 300.0, "folding": 0.0, "cosine-positive": 0.8},
        {"samples": 8000, "perplexity": 500.0, "folding": 0.1, "cosine-positive": 0.9,
         "cosine-negative": 0.5},
    ]  # fmt: skip
    run = tmp_path / "run"
    run.mkdir()
    (run / "metrics.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return run


def test_a_run_is_drawn(a_run, capsys) -> None:
    curves = plot.read(a_run)
    assert curves["perplexity"] == [(4000, 300.0), (8000, 500.0)]
    assert plot.groups(list(curves)) == {
        "cosine": ["cosine-positive", "cosine-negative"],
        "folding": ["folding"],
        "perplexity": ["perplexity"],
    }
    assert __main__.main(["plot", str(a_run)]) == 0
    assert size(a_run / "curves.png") == (3 * charts.SIZE[0], charts.SIZE[1])
    output = a_run / "two.png"
    assert __main__.main(["plot", str(a_run), "--only", "fold", "--output", str(output)]) == 0
    assert size(output) == charts.SIZE
    assert __main__.main(["plot", str(a_run), "--only", "nothing"]) == 1
    assert __main__.main(["plot", str(a_run / "none")]) == 1


def test_a_cooldown_is_a_share(capsys) -> None:
    with pytest.raises(SystemExit):
        __main__.main(["run", "score", "--cooldown", "8"])
    assert "8 is no share" in capsys.readouterr().err


def test_a_chart_shows_where_its_points_are() -> None:
    flat = charts.chart("flat", {"a": [(0, 1.0), (1, 1.0), (2, float("nan"))]})
    rising = charts.chart("rising", {"a": [(0, 0.0), (1, 1.0)]})
    blue = [np.argwhere((np.asarray(p) == charts._COLOURS[0]).all(axis=2)) for p in (flat, rising)]
    heights = [int(np.ptp(found[:, 0])) for found in blue]
    assert heights[0] < 30
    assert heights[1] > 150
    assert charts.chart("empty", {}).size == charts.SIZE


def test_a_plan_with_changes_is_another_run() -> None:
    plan = plans.read("texture-fusion", ["network.registered=false", "loss.triplet=0", "batch=2"])
    assert plan.name == "texture-fusion+network.registered=false+loss.triplet=0+batch=2"
    assert plan.network["registered"] is False
    assert plan.network["codeformer"] == plans.read("texture-fusion").network["codeformer"]
    assert (plan.loss["triplet"], plan.batch) == (0, 2)
    for wrong in ("batch", "batch=", "batch.size=3=", "unknown=3"):
        with pytest.raises(LikenessError):
            plans.read("texture-fusion", [wrong])
