from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from engine import photo as photos
from engine.faces.detector import DOUBTFUL
from engine.faces.face import TEMPLATE_512, Face
from engine.methods import METHODS
from engine.restorer import Restorer
from engine.results import FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.photo import Photo


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer("cpu")


def placed(pixels: NDArray[np.uint8], folder: Path) -> tuple[Photo, Face]:
    """A photograph that is one aligned crop, with a face marked by hand on the template."""
    path = folder / "crop.png"
    Image.fromarray(pixels).save(path)
    box = np.array([130, 160, 250, 300], np.float32)
    return photos.read(path), Face(box, TEMPLATE_512.astype(np.float32), 1.0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["black", "white", "noise", "blotches"])
def test_where_no_face_is_the_result_is_finite_and_doubtful(
    restorer, tmp_path, kind, method
) -> None:
    rng = np.random.default_rng(3)
    pixels = {
        "black": np.zeros((512, 512, 3), np.uint8),
        "white": np.full((512, 512, 3), 255, np.uint8),
        "noise": rng.integers(0, 256, (512, 512, 3)).astype(np.uint8),
        "blotches": rng.integers(0, 256, (8, 8, 3)).astype(np.uint8).repeat(64, 0).repeat(64, 1),
    }[kind]
    photo, face = placed(pixels, tmp_path)
    options = RestoreOptions(method=method, faces="all")
    made = restorer.restore(photo, options=options, faces=[face])
    result = made.faces[0]
    assert result.status is FaceStatus.DONE
    assert result.restored is not None
    assert np.isfinite(result.restored).all()
    assert result.confidence is not None
    assert result.confidence < DOUBTFUL
    assert result.report()["doubtful"] is True
    assert any("hardly be seen" in sentence for sentence in made.warnings)


def test_a_worn_face_is_not_doubtful(restorer, samples: Path) -> None:
    made = restorer.restore(
        photos.read(samples / "worn-1.jpg"), options=RestoreOptions(faces="largest")
    )
    assert not made.faces[0].doubtful
    assert not any("hardly be seen" in sentence for sentence in made.warnings)
