"""The identity embedder as released, run the way users run it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from faces_material import landmarks, painted

from engine.backends import onnx_runtime
from engine.errors import FaceError, LikenessError
from engine.faces.identity import Embedder, cosine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MODELS = Path(__file__).parents[3] / "resources" / "models"


class Session:
    """The smallest possible graph over ONNX Runtime."""

    def __init__(self) -> None:
        ort = onnx_runtime.load()

        options = ort.SessionOptions()
        options.intra_op_num_threads = 2
        self.session = ort.InferenceSession(
            str(MODELS / "embedder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.batches: list[int] = []

    def run(self, inputs: Mapping[str, NDArray[Any]], /) -> dict[str, NDArray[Any]]:
        self.batches.append(len(inputs["crop"]))
        return {"embedding": self.session.run(["embedding"], dict(inputs))[0]}


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


@pytest.fixture(scope="module")
def embedder(session: Session) -> Embedder:
    return Embedder(session)


@pytest.fixture(scope="module")
def crops() -> list[NDArray[np.uint8]]:
    """Painted faces that differ in their features' places."""
    rng = np.random.default_rng(4)
    made = []
    for _ in range(5):
        points = landmarks(126.0, 256.6, 314.0) + rng.normal(0, 12, (5, 2))
        made.append((painted(points, 512, 512) * 255).clip(0, 255).astype(np.uint8))
    return made


def test_vector_has_unit_length(embedder: Embedder, crops: list[NDArray[np.uint8]]) -> None:
    vector = embedder.embed(crops[0])
    assert vector.shape == (256,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("mirrored", [False, True])
def test_batch_equals_singles(
    embedder: Embedder, crops: list[NDArray[np.uint8]], mirrored: bool
) -> None:
    together = embedder.embed_all(crops, mirrored=mirrored)
    alone = np.stack([embedder.embed(crop, mirrored=mirrored) for crop in crops])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)


def test_many_faces_run_in_bounded_batches(crops: list[NDArray[np.uint8]]) -> None:
    session = Session()
    vectors = Embedder(session).embed_all(crops * 8)
    assert vectors.shape == (40, 256)
    assert max(session.batches) <= 16
    assert np.allclose(vectors[:5], vectors[35:], atol=1e-5)


def test_no_face_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed_all([]).shape == (0, 256)


def test_mirrored_average_does_not_depend_on_the_side(
    embedder: Embedder, crops: list[NDArray[np.uint8]]
) -> None:
    # The window is not centred to the pixel, so that the mirrored crop is moved by 1 px of 512.
    a = embedder.embed(crops[1], mirrored=True)
    b = embedder.embed(np.ascontiguousarray(crops[1][:, ::-1]), mirrored=True)
    assert cosine(a, b) > 0.97


def test_depths_and_mono_give_the_same_vector(
    embedder: Embedder, crops: list[NDArray[np.uint8]]
) -> None:
    grey = crops[2][..., 1]
    colour = np.repeat(grey[..., None], 3, axis=2)
    wanted = embedder.embed(colour)
    others = (grey, colour.astype(np.uint16) * 257, colour.astype(np.float32) / 255)
    for other in others:
        assert cosine(embedder.embed(other), wanted) > 0.9999


def test_wrong_shape_is_refused(embedder: Embedder) -> None:
    with pytest.raises(FaceError, match="512 x 512") as refused:
        embedder.embed(np.zeros((256, 256, 3), np.uint8))
    assert refused.value.code == "face-crop"


def test_cosine_of_known_vectors() -> None:
    assert cosine(np.array([1.0, 0]), np.array([3.0, 0])) == pytest.approx(1)
    assert cosine(np.array([1.0, 0]), np.array([0, 2.0])) == pytest.approx(0)
    assert cosine(np.array([1.0, 1]), np.array([-1.0, -1])) == pytest.approx(-1)
    assert cosine(np.zeros(3), np.ones(3)) == 0.0


def test_graph_holds_no_weights_of_its_own() -> None:
    weights = MODELS / "embedder.safetensors"
    assert (MODELS / "embedder.onnx").stat().st_size < 200_000
    assert weights.stat().st_size < 5_000_000


def _network() -> Any:
    pytest.importorskip("torch", reason="the training extra is not installed")
    pytest.importorskip("safetensors", reason="the training extra is not installed")
    from engine.networks.embedder import Embedder as Network
    from engine.networks.embedder import EmbedderConfig
    from engine.networks.weights import load_weights

    network = Network(EmbedderConfig(folded=True)).eval()
    load_weights(network, MODELS / "embedder.safetensors")
    return network


def test_torch_and_graph_agree(session: Session) -> None:
    network = _network()
    import torch

    rng = np.random.default_rng(2)
    x = rng.uniform(-1, 1, (3, 3, 112, 112)).astype(np.float32)
    with torch.no_grad():
        wanted = network(torch.from_numpy(x)).numpy()
    got = session.run({"crop": x})["embedding"]
    assert np.abs(got - wanted).max() < 1e-4


def test_gradient_leads_towards_the_wanted_face() -> None:
    network = _network()
    import torch

    rng = torch.Generator().manual_seed(3)
    x = (torch.rand(2, 3, 112, 112, generator=rng) * 2 - 1).requires_grad_()
    goal = network(torch.rand(2, 3, 112, 112, generator=rng) * 2 - 1).detach()
    before = (network(x) * goal).sum(1)
    (gradient,) = torch.autograd.grad(before.sum(), x)
    assert torch.isfinite(gradient).all()
    lengths = gradient.flatten(1).norm(dim=1)
    assert (lengths > 0).all()
    step = 0.5 * gradient / lengths[:, None, None, None]
    after = (network(x + step) * goal).sum(1)
    assert (after > before).all()


def test_folding_changes_nothing() -> None:
    torch = pytest.importorskip("torch", reason="the training extra is not installed")
    from engine.networks.embedder import Embedder as Network
    from engine.networks.embedder import EmbedderConfig, fold

    torch.manual_seed(5)
    network = Network(EmbedderConfig(widths=(16, 16, 32), blocks=(1, 1, 1), head=8))
    network.train()
    with torch.no_grad():  # gives the normalisation something to hold
        for _ in range(3):
            network(torch.randn(8, 3, 112, 112))
        network.eval()
        x = torch.randn(2, 3, 112, 112)
        assert torch.allclose(network(x), fold(network)(x), atol=1e-5)


@pytest.mark.shared
def test_tells_validation_persons_apart() -> None:
    pytest.importorskip("torch", reason="the training extra is not installed")
    from engine.training import material
    from engine.training.evaluate_embedder import released
    from engine.training.faces import read_shards
    from engine.training.verification import DAMAGES, auc, crop112, pairs, worn_crops

    try:
        where = material.folder("faces")
    except LikenessError as error:
        pytest.skip(error.sentence)
    faces = read_shards(where, "val", keep=lambda row: bool(row["identity"]))
    people = [record.identity for record in faces.records]
    embed = released(MODELS)
    clean = embed(np.stack([crop112(faces.at(i, 512)) for i in range(len(faces))]))
    assert auc(*pairs(clean, people)) >= 0.98
    assert auc(*pairs(embed(worn_crops(faces, DAMAGES["shrunk"])), people)) >= 0.93
