"""RetinaFace where the graphics card fails: the processor goes on. A small network stands in."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from engine.errors import DeviceError
from engine.faces import retinaface

ROW = [10, 10, 90, 110, 0.9, *(30, 50), *(70, 50), *(50, 72), *(36, 90), *(64, 90)]


class Net(torch.nn.Conv2d):
    """One layer with the attributes of facexlib's; fails as often as it is told."""

    def __init__(self) -> None:
        super().__init__(3, 1, 1)
        self.mean_tensor, self.device, self.failures = torch.zeros(3), "cpu", 0

    def detect_faces(self, pixels, conf_threshold):
        self.failures -= 1
        if self.failures >= 0:
            raise RuntimeError("CUDA error: out of memory")
        return np.array([ROW], np.float32)


@pytest.fixture
def net(monkeypatch):
    net = Net()
    monkeypatch.setattr(retinaface, "network", lambda: net)
    return net


@pytest.fixture
def weights(net, tmp_path):
    path = tmp_path / "retinaface.safetensors"
    save_file(net.state_dict(), path)
    return path


PIXELS = np.zeros((640, 640, 3), np.uint8)


def test_a_card_that_is_not_there_leaves_the_processor(net, weights) -> None:
    found = retinaface.RetinaFaceDetector(weights, own=None, device="cuda:99")
    assert found.device == net.device == "cpu"
    assert len(found.detect(PIXELS)) == 1


def test_a_card_that_fails_in_the_middle_hands_over_once(net, weights) -> None:
    found = retinaface.RetinaFaceDetector(weights, own=None)
    found.device, net.failures = "cuda:0", 1  # as if it had been placed there
    assert len(found.detect(PIXELS)) == 1
    assert found.device == net.device == "cpu"


def test_a_processor_that_fails_is_one_sentence(net, weights) -> None:
    found = retinaface.RetinaFaceDetector(weights, own=None)
    net.failures = 1
    with pytest.raises(DeviceError):
        found.detect(PIXELS)
