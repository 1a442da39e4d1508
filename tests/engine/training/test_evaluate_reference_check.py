from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.faces.reference_check import Limits, Portrait
from engine.training.evaluate_reference_check import Compared, compared, evaluate, table
from engine.training.faces import Faces, Record
from engine.training.reference_checks import Trial


def portrait(cosine, sharpness=0.9):
    vector = np.zeros(256, np.float32)
    vector[:2] = cosine, np.sqrt(1 - cosine**2)
    return Portrait(vector, sharpness)


def pair(right, wrong):
    return Compared(portrait(1.0), portrait(right), portrait(wrong))


def test_shares_of_what_the_check_says():
    limits = Limits(same=0.4, stranger=0.3, doubt=0.0)
    found = evaluate([pair(0.9, 0.0), pair(0.35, 0.5), pair(0.1, -0.2), pair(0.8, 0.1)], limits)
    assert found["right"].refused == pytest.approx(0.25)
    assert found["right"].warned == pytest.approx(0.5)
    assert found["wrong"].refused == pytest.approx(0.75)
    assert found["wrong"].similarity == pytest.approx(0.1, abs=1e-6)
    assert found["right"].trust == pytest.approx((1 + 0.25 + 0 + 1) / 4)
    assert "| severe | wrong | 75.0% | 75.0% |" in table({"severe": found})


def test_the_damaged_target_is_compared_with_whole_portraits():
    records, blobs = [], []
    for i in range(3):
        blocks = np.random.default_rng(i).integers(0, 255, (64, 64, 3), np.uint8)
        picture = blocks.repeat(8, 0).repeat(8, 1)
        blobs.append(cv2.imencode(".png", picture)[1].tobytes())
        records.append(Record(f"{i}.png", 512, "album", "aab"[i], grey=False))
    seen, expected = [], []

    def embed(picture):
        seen.append(picture)
        return portrait(0.5).embedding

    def expect(picture):
        expected.append(picture)
        return portrait(0.8).embedding

    faces = Faces(records, blobs)
    (found,) = compared(embed, expect, faces, [Trial(0, 1, 2)], "severe")
    (worn,), (right, wrong) = expected, seen
    assert found.face.embedding[0] == pytest.approx(0.8)
    assert found.right.embedding[0] == found.wrong.embedding[0] == pytest.approx(0.5)
    assert np.array_equal(right, faces.at(1, 512))
    assert np.array_equal(wrong, faces.at(2, 512))
    assert not np.array_equal(worn, faces.at(0, 512))
    assert found.face.sharpness < found.right.sharpness
