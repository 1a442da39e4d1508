"""Portraits in training as the reference check would give them, on the real embedder."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine import photo as photos
from engine.restorer import Restorer
from engine.training import earlier
from engine.training.plan import read
from engine.training.reference_trust import ReferenceTrust, sharpnesses


@pytest.fixture(scope="module")
def crops(samples):
    """Aligned: a worn face of one person, then portraits of that person and of another."""
    restorer = Restorer("cpu")
    names = ("worn-2", "portrait-2", "portrait-1")
    found = [restorer.read_reference(photos.read(samples / f"{n}.jpg")).crop for n in names]
    return np.stack([np.uint8(np.round(c * 255)) for c in found])


def recover(y):
    return earlier.recovery(read("ented"))(y).clamp(-1, 1).detach()


def tensor(pictures):
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1


def test_the_right_portrait_is_trusted_a_wrong_one_hardly_and_none_not_at_all(crops) -> None:
    trust = ReferenceTrust(read("ented"))
    y = tensor(np.repeat(crops[:1], 3, axis=0))
    references = tensor(crops[[1, 2, 1]])[:, None]
    mask = torch.tensor([[1.0], [1.0], [0.0]])
    sharp = torch.from_numpy(sharpnesses(np.repeat(crops[:1], 3, axis=0)))
    recovered = recover(y)
    right, wrong, none = trust(y, recovered, references, mask, sharp)[:, 0].tolist()
    assert right > 0.8
    assert wrong < 0.5
    assert none == 0


def test_the_most_similar_portrait_speaks_for_all_of_a_face(crops) -> None:
    trust = ReferenceTrust(read("ented"))
    y = tensor(crops[:1])
    portraits = tensor(crops[[1, 2]])[None]
    both = trust(y, recover(y), portraits, torch.ones(1, 2), torch.tensor([0.5]))
    assert both[0, 0] == both[0, 1] > 0.8


def test_sharpness_is_of_a_whole_crop_whatever_its_side(crops) -> None:
    small = crops[1:2, ::4, ::4]
    worn, portrait, shrunk = (float(sharpnesses(p)[0]) for p in (crops[:1], crops[1:2], small))
    assert worn < portrait
    assert 0 <= shrunk < portrait
