"""Small networks with random weights, released for real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """
[plan]
stage = "texture-fusion"
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


@pytest.fixture(scope="session")
def small_codeformer_pp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with ``codeformer-pp``."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    from engine.training import plan as plans
    from engine.training import release

    folder = tmp_path_factory.mktemp("models")
    (folder / "small.toml").write_text(SMALL)
    plan = plans.read(folder / "small.toml")
    torch.manual_seed(4)
    network = release.RELEASES["texture-fusion"].build(plan)
    with torch.no_grad():  # the last layers start at zero; here everything shall count
        for p in network.parameters():
            p.add_(torch.randn_like(p) * 0.05)
    torch.save(
        {"networks": {f"main.{k}": v for k, v in network.state_dict().items()}, "samples": 1},
        folder / "ema.pt",
    )
    release.release(plan, folder, folder / "out")
    return folder / "out"
