"""`likeness models import codeformer.pth`, on a file of the official layout with random weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

from safetensors.torch import load_file  # noqa: E402

from engine import cli  # noqa: E402
from engine.backends.devices import choose  # noqa: E402
from engine.backends.onnx import OnnxBackend  # noqa: E402
from engine.methods.codeformer_pp import CodeFormerPlusPlusMethod  # noqa: E402
from engine.models import imports, manifest  # noqa: E402
from engine.models import store as stores  # noqa: E402
from engine.networks import codeformer  # noqa: E402
from engine.networks.codeformer import PUBLISHED, CodeFormer  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's model folder, empty."""
    monkeypatch.setattr(imports, "folder", lambda: tmp_path / "user")
    return tmp_path / "user"


def test_the_layout_is_known_and_needs_our_own_part(
    tmp_path: Path, user: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with torch.device("meta"):
        shapes = {k: v.shape for k, v in CodeFormer(PUBLISHED).state_dict().items()}
    del shapes["quantize.usage"]
    assert len(shapes) == 515
    path = tmp_path / "codeformer.pth"
    # Every number of a tensor is the same one, so that the file is small.
    torch.save({"params_ema": {k: torch.ones(1).expand(v) for k, v in shapes.items()}}, path)
    assert imports.recognise(path).name == imports.CODEFORMER
    monkeypatch.setattr(stores, "BUNDLED", tmp_path / "empty")
    assert cli.main(["models", "import", str(path), "--accept-licence"]) == 1
    told = capsys.readouterr()
    assert "S-Lab License 1.0" in told.out
    assert "non-commercial purpose" in told.out
    assert "need the method CodeFormer++" in told.err
    assert not list(user.glob("*"))


#: The published architecture with narrow layers: the whole way in seconds.
NARROW = replace(
    PUBLISHED, encoder=(32,) * 6, generator=(32,) * 6, latent=32, codes=64, width=32, mlp=32,
    layers=1,
)  # fmt: skip


def checkpoint(folder: Path) -> tuple[Path, dict[str, torch.Tensor]]:
    """As the authors publish it: fp32, nested, without our own counters."""
    torch.manual_seed(8)
    state = CodeFormer(NARROW).state_dict()
    del state["quantize.usage"]
    # As after training: codes of a size, and another one at every position.
    state["quantize.embedding.weight"].normal_()
    state["position_emb"].normal_(0, 0.5)
    state["idx_pred_layer.1.weight"].normal_(0, 0.2)
    path = folder / "codeformer.pth"
    torch.save({"params_ema": state}, path)
    return path, state


def test_the_method_runs_on_imported_weights(
    tmp_path: Path, user: Path, small_codeformer_pp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codeformer, "PUBLISHED", NARROW)
    path, state = checkpoint(tmp_path)
    before = manifest.fingerprint(path)
    monkeypatch.setattr(stores, "BUNDLED", small_codeformer_pp)
    assert cli.main(["models", "import", str(path), "--accept-licence"]) == 0
    path.unlink()
    store = stores.ModelStore()
    kept = load_file(store.weights(imports.CODEFORMER))
    name = "idx_pred_layer.1.weight"
    assert torch.allclose(kept[f"codeformer.{name}"].float(), state[name], atol=1e-3)
    ours = load_file(store.weights("codeformer-pp"))
    assert torch.equal(kept["fusion.out.weight"], ours["fusion.out.weight"])
    entry = store.find(imports.CODEFORMER)[1]
    assert entry.version == before[:8]
    crop = np.random.default_rng(1).random((512, 512, 3)).astype(np.float32)
    backend = OnnxBackend(choose("cpu"))
    with_theirs = CodeFormerPlusPlusMethod(store, backend).restore(
        crop, [], 0.5, 0, lambda _share: None
    )
    assert with_theirs.shape == crop.shape
    assert np.isfinite(with_theirs).all()
    assert cli.main(["models", "remove", imports.CODEFORMER]) == 0
    with_ours = CodeFormerPlusPlusMethod(stores.ModelStore(), backend).restore(
        crop, [], 0.5, 0, lambda _share: None
    )
    assert np.abs(with_theirs - with_ours).max() > 1e-3
