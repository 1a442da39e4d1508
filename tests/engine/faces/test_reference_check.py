from __future__ import annotations

import numpy as np
import pytest

from engine.faces.face import TEMPLATE_512
from engine.faces.reference_check import Limits, Portrait, Verdict, check, rank, roll, yaw


def vector(cosine):
    """A unit vector of this cosine to (1, 0, ...)."""
    out = np.zeros(256, np.float32)
    out[:2] = cosine, np.sqrt(1 - cosine**2)
    return out


def turned(degrees, tilt=0.0, scale=1.0):
    """The five points of a simple head, turned and tilted; lengths in eye distances."""
    head = np.array([[-0.5, 0, 0], [0.5, 0, 0], [0, 0.6, 0.5], [-0.45, 1.05, 0], [0.45, 1.05, 0]])
    a, b = np.deg2rad([degrees, tilt])
    x = head[:, 0] * np.cos(a) + head[:, 2] * np.sin(a)
    points = np.stack([x, head[:, 1]], axis=1)
    turn = np.array([[np.cos(b), -np.sin(b)], [np.sin(b), np.cos(b)]])
    return (points @ turn.T * scale + 40).astype(np.float32)


FACE = Portrait(vector(1.0), 0.9, turned(0))


def candidate(cosine=0.7, sharpness=0.9, degrees=0.0, tilt=0.0, name="anna.jpg"):
    return Portrait(vector(cosine), sharpness, turned(degrees, tilt), name)


def test_a_good_portrait_is_accepted_without_a_word():
    answer = check(FACE, candidate())
    assert answer.verdict is Verdict.ACCEPT
    assert answer.sentences == ()
    assert answer.similarity == pytest.approx(0.7, abs=1e-5)
    assert 0 < answer.score <= 1


@pytest.mark.parametrize(
    ("change", "verdict", "word"),
    [
        ({"cosine": 0.05}, Verdict.REFUSE, "another person"),
        ({"cosine": 0.4}, Verdict.WARN, "not certain"),
        ({"sharpness": 0.05}, Verdict.REFUSE, "blurred"),
        ({"sharpness": 0.3}, Verdict.WARN, "soft"),
        ({"degrees": 40}, Verdict.WARN, "turned"),
        ({"degrees": -70}, Verdict.REFUSE, "side"),
        ({"tilt": 55}, Verdict.WARN, "tilted"),
    ],
)
def test_each_fault_is_told_in_a_sentence(change, verdict, word):
    answer = check(FACE, candidate(**change))
    assert answer.verdict is verdict
    assert len(answer.sentences) == 1
    assert word in answer.sentences[0]
    assert "anna.jpg" in answer.sentences[0]
    assert answer.sentences[0].endswith(".")


def test_the_worst_fault_decides():
    answer = check(FACE, candidate(cosine=0.05, sharpness=0.3))
    assert answer.verdict is Verdict.REFUSE
    assert len(answer.sentences) == 2


def test_a_destroyed_face_is_given_the_benefit_of_the_doubt():
    destroyed = Portrait(vector(1.0), 0.0)
    assert check(destroyed, candidate(cosine=0.1)).verdict is Verdict.WARN
    assert check(destroyed, candidate(cosine=0.2)).verdict is Verdict.WARN
    assert check(destroyed, candidate(cosine=0.3)).verdict is Verdict.ACCEPT
    assert check(destroyed, candidate(cosine=-0.2)).verdict is Verdict.REFUSE


def test_limits_are_parameters():
    strict = Limits(same=0.9, stranger=0.8)
    assert check(FACE, candidate(cosine=0.7), strict).verdict is Verdict.REFUSE


def test_a_reference_without_points_is_judged_by_the_rest():
    assert check(FACE, Portrait(vector(0.7), 0.9)).verdict is Verdict.ACCEPT


def test_candidates_are_ranked_and_refused_ones_come_last():
    some = [
        candidate(cosine=0.05, sharpness=1.0),
        candidate(cosine=0.5, sharpness=0.5),
        candidate(cosine=0.7, sharpness=0.9),
        candidate(cosine=0.7, sharpness=0.9, degrees=25),
    ]
    order = rank(FACE, some)
    assert [i for i, _ in order] == [2, 3, 1, 0]
    assert order[-1][1].verdict is Verdict.REFUSE
    assert rank(FACE, []) == []


@pytest.mark.parametrize("degrees", [-50, -20, 0, 20, 50])
@pytest.mark.parametrize(("tilt", "scale"), [(0, 1.0), (25, 80.0)])
def test_yaw_and_roll_of_a_simple_head(degrees, tilt, scale):
    points = turned(degrees, tilt, scale)
    assert yaw(points) == pytest.approx(degrees, abs=1.0)
    assert roll(points) == pytest.approx(tilt, abs=0.1)


def test_the_template_looks_ahead():
    assert abs(yaw(TEMPLATE_512)) < 2
    assert abs(roll(TEMPLATE_512)) < 0.5


def test_a_point_degenerate_face_does_not_divide_by_zero():
    assert np.isfinite(yaw(np.zeros((5, 2))))
