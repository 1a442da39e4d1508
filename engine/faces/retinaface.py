"""RetinaFace (arXiv 1905.00641) by facexlib, as another way to find faces.

facexlib comes with the extra ``[cuda]``; its weights are imported by ``likeness models import``.
It finds more of the small and turned faces of a crowd than our own detector, at many times the
cost, and gives the same `Face`. Whether a crop shows a face at all is still told by our own.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import DeviceError
from engine.faces.detector import REPORTED
from engine.faces.detector_looks import plausible
from engine.faces.face import Face

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.faces.detector import Detector

#: Longer and shorter side at which a photograph is looked at, at most and at least.
LARGEST, SMALLEST = 1920, 640
#: What torch raises where a card is full or gone, and where the build knows none.
NO_CARD = (RuntimeError, AssertionError)

_LOG = logging.getLogger(__name__)


def network() -> Any:
    """Facexlib's network of backbone MobileNet 0.25, with random weights, on the processor.

    Raises:
        DeviceError: facexlib is not installed (code ``facexlib-missing``).
    """
    try:
        from facexlib.detection.retinaface import RetinaFace  # noqa: PLC0415  (large, optional)
    except ImportError as error:
        raise DeviceError(
            "RetinaFace needs the package facexlib: install Likeness with its extra 'cuda', "
            "or use the own detector.",
            code="facexlib-missing",
        ) from error
    return RetinaFace(network_name="mobile0.25", device="cpu")


def convert(source: Path, target: Path) -> None:
    """From the published checkpoint to safetensors.

    Raises:
        ModelError: it does not fit.
        DeviceError: facexlib is not installed.
    """
    from engine.networks import foreign  # noqa: PLC0415  (needs torch)

    shapes = {k: tuple(v.shape) for k, v in network().state_dict().items()}
    foreign.convert(foreign.read_checkpoint(source), shapes, target)


class RetinaFaceDetector:
    """Finds faces as `engine.faces.detector.Detector` does.

    Args:
        weights: safetensors from `engine.models.imports`.
        own: our own detector, for `confidence`.
        device: of torch, such as ``cuda:0``; where that fails, the processor takes over.

    Attributes:
        device: where it computes now.

    Raises:
        DeviceError: facexlib is not installed.
    """

    def __init__(self, weights: Path, own: Detector, device: str = "cpu") -> None:
        from safetensors.torch import load_file  # noqa: PLC0415  (torch is optional)

        net = network()
        net.load_state_dict(load_file(weights), strict=False)
        self._net = net.eval()
        self._own = own
        try:
            self._place(device)
        except NO_CARD as error:
            self._give_up(error)

    def _place(self, device: str) -> None:
        # facexlib remembers its device beside its tensors.
        self._net.to(device)
        self._net.mean_tensor = self._net.mean_tensor.to(device)
        self._net.device = self.device = device

    def _give_up(self, error: Exception) -> None:
        """The graphics card is full, gone, or not the build's: from here on the processor finds."""
        _LOG.warning("RetinaFace goes on on the processor: %s", error)
        self._place("cpu")

    def detect(self, pixels: NDArray[np.uint8]) -> list[Face]:
        """All faces of a photograph, the largest first; see `Detector.detect`."""
        import cv2  # noqa: PLC0415
        import torch  # noqa: PLC0415

        h, w = pixels.shape[:2]
        scale = min(LARGEST / max(h, w), max(1.0, SMALLEST / min(h, w)))
        size = max(1, round(w * scale)), max(1, round(h * scale))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small: NDArray[Any] = cv2.resize(pixels, size, interpolation=how)
        seen = np.ascontiguousarray(small[..., ::-1])
        with torch.inference_mode():
            try:
                rows = self._net.detect_faces(seen, conf_threshold=REPORTED)
            except NO_CARD as error:
                if self.device == "cpu":
                    raise DeviceError(
                        "The device stopped in the middle of a run; try again.",
                        code="device-failed",
                    ) from error
                self._give_up(error)
                rows = self._net.detect_faces(seen, conf_threshold=REPORTED)
        rows = np.asarray(rows, np.float32).reshape(-1, 15)
        shrink = np.array([size[0] / w, size[1] / h], np.float32)
        low, high = rows[:, :2] / shrink, rows[:, 2:4] / shrink
        boxes = np.concatenate([low, high - low], axis=1)
        points = rows[:, 5:].reshape(-1, 5, 2) / shrink
        found = [
            Face(box, marks, float(score))
            for box, marks, score in zip(boxes, points, rows[:, 4], strict=True)
            if plausible(box, marks)
        ]
        return sorted(found, key=lambda face: -float(face.box[2] * face.box[3]))

    def confidence(self, crop: NDArray[np.float32]) -> float:
        """How sure it is that an aligned crop shows a face; see `Detector.confidence`."""
        return self._own.confidence(crop)
