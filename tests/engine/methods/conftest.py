"""Small networks with random weights, released for real."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from engine.models.store import BUNDLED

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """
[network.codeformer]
encoder = [16, 16, 16, 16]
encoder_blocks = [1, 1, 1, 1]
generator = [16, 16, 16, 16]
generator_blocks = [1, 1, 1, 1]
head = 8
latent = 16
codes = 32
width = 16
mlp = 16
layers = 1
heads = 2
[network.registration]
down = [8, 8]
up = [8, 8]
tail = [8]
[network.fusion]
widths = [16, 16, 16]
texture = [16, 16, 16]
head = 8
hidden = 8
"""


CLR = {
    "latent-autoencoder": "width = 16\nblocks = 1\nhead = 16",
    "score": "widths = [16, 16, 16]\nblocks = 1\nembedding = 16",
    "latent-mask": "width = 8",
    "clr-fast": "widths = [16, 16, 16]\nblocks = 1\nembedding = 16\nidentity = 256",
}


def released(stage: str, network: str, folder: Path) -> Path:
    """Releases a stage's network with random weights into ``folder/out``, and gives that."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    from engine.training import plan as plans
    from engine.training import release, releases

    (folder / "small.toml").write_text(f'[plan]\nstage = "{stage}"\n{network}\n')
    plan = plans.read(folder / "small.toml")
    torch.manual_seed(4)
    made = releases.RELEASES[stage].build(plan)
    with torch.no_grad():  # the last layers start at zero; here everything shall count
        for p in made.parameters():
            p.add_(torch.randn_like(p) * 0.05)
    networks = {f"main.{k}": v for k, v in made.state_dict().items()}
    torch.save({"networks": networks, "samples": 1}, folder / "ema.pt")
    release.release(plan, folder, folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def small_codeformer_pp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with ``codeformer-pp``."""
    return released("texture-fusion", SMALL, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def small_codeformer_pp_recovered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """On what the recovery network, or ENTED, made; with damaged face and noise for its fusion."""
    network = f"[network]\nrecovered = true\n{SMALL}damaged = true\nnoise = true\n"
    return released("texture-fusion", network, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def small_clr_face(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with all that CLR-Face adds to the bundled models."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "out").mkdir()
    shutil.copy(BUNDLED / "embedder.safetensors", folder / "out")
    for stage, sizes in CLR.items():
        released(stage, f"[network]\n{sizes}", folder)
    return folder / "out"
