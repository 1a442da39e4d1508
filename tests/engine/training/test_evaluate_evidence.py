from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine import photo as photos
from engine.methods.base import Reference
from engine.methods.expected_identity import Expected
from engine.models.store import BUNDLED
from engine.restorer import Restorer
from engine.training import evaluate_evidence
from engine.training.evaluate_evidence import Told, aimed_at, evaluate, table
from engine.training.faces import Faces, Record
from engine.training.reference_checks import Trial


@pytest.fixture(scope="module")
def restorer():
    return Restorer("cpu")


@pytest.fixture(scope="module")
def faces(restorer):
    """Two people, aligned; of the first one also the mirrored picture."""
    samples = [BUNDLED.parent / "samples" / f"portrait-{n}.jpg" for n in (1, 2)]
    a, b = (np.uint8(restorer.read_reference(photos.read(p)).crop * 255) for p in samples)
    blobs = [cv2.imencode(".png", p[..., ::-1])[1].tobytes() for p in (a, a[:, ::-1], b)]
    return Faces([Record(f"{i}.png", 512, "album", "aab"[i], grey=False) for i in range(3)], blobs)


def test_the_worse_the_damage_the_less_the_photograph_tells(restorer, faces, monkeypatch):
    asked = []

    def teacher(crops):
        """Crops are as alike as their pixels are."""
        asked.append(crops)
        flat = crops.reshape(len(crops), -1).astype(np.float32)
        flat = flat - flat.mean(1, keepdims=True)
        return flat / np.linalg.norm(flat, axis=1, keepdims=True)

    monkeypatch.setattr(evaluate_evidence, "teacher_embeddings", teacher)
    mild, severe = (evaluate(restorer, faces, [Trial(0, 1, 2)], s) for s in ("mild", "severe"))
    assert [crops.shape for crops in asked] == [(1, 112, 112, 3)] * 6
    assert mild.said > severe.said
    assert mild.photograph > severe.photograph
    assert mild.portrait == severe.portrait
    assert mild.none > severe.none
    assert severe.right > severe.none
    assert severe.right > severe.wrong


def test_a_refused_portrait_changes_nothing():
    one, other, between = np.eye(256, dtype=np.float32)[:3]
    stranger = Reference(np.zeros((512, 512, 3), np.float32), other, 0.9)
    told = Expected(stranger.crop, one, one, 0.98)
    friend = Reference(stranger.crop, (one + between) / np.float32(np.sqrt(2)), 0.9)
    assert np.array_equal(aimed_at(told, 0.9, None), one)
    assert np.array_equal(aimed_at(told, 0.9, stranger), one)
    assert aimed_at(told, 0.9, friend)[2] > 0


def test_the_table_has_a_row_a_strength():
    said = table({"mild": Told(0.98, 0.7, 0.95, 0.99, 0.988, 0.992)})
    assert "| strength | photograph | portrait | said | none | right | wrong |" in said
    assert said.endswith("| mild | 0.980 | 0.700 | 0.950 | 0.990 | 0.988 | 0.992 |")
