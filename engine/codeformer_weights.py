"""CodeFormer's official weights, brought by the user, under our CodeFormer++.

Their checkpoint fills the prior at its published size; registration and fusion are those of our
released ``codeformer-pp``. Together they become a model of their own with the same graphs, so that
the method and every backend run it like the bundled one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from engine.errors import DeviceError, ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from engine.models.manifest import ModelEntry

#: Our released model that registration and fusion come from.
OWN = "codeformer-pp"
#: As `export.TOLERANCE`, for a network of seven times the size whose rounding adds up.
TOLERANCE = 1e-3


def fits(source: Path) -> bool:
    """True when a checkpoint has the published layout; False also without PyTorch."""
    try:
        from engine.networks import foreign  # noqa: PLC0415  (needs torch)
    except ImportError:
        return False
    try:
        found = foreign.read_checkpoint(source)
    except ModelError:
        return False
    return {k: tuple(v.shape) for k, v in found.items() if k != "quantize.usage"} == _layout()


def convert(source: Path, target: Path, own: tuple[Path, ModelEntry] | None) -> dict[str, Any]:
    """From the published checkpoint to weights and graphs.

    Args:
        source: the checkpoint; only read.
        target: a new safetensors file; the graphs are written beside it.
        own: weights and manifest entry of our released ``codeformer-pp``; None where it is not.

    Returns:
        ``graphs`` and ``network`` for the manifest.

    Raises:
        ModelError: it does not fit; or our own part is not installed (code ``import-needs``).
        DeviceError: PyTorch or the exporter is not installed (code ``exporter-missing``).
    """
    if own is None:
        raise ModelError(
            "CodeFormer's weights need the method CodeFormer++, which this version of Likeness "
            "does not have yet; get a newer version first.",
            code="import-needs",
        )
    try:
        from safetensors.torch import load_file  # noqa: PLC0415

        from engine.networks import export, foreign  # noqa: PLC0415
        from engine.networks.catalogue import SYSTEMS, configured  # noqa: PLC0415
        from engine.networks.codeformer import PUBLISHED  # noqa: PLC0415
        from engine.networks.codeformer_pp import (  # noqa: PLC0415
            CodeFormerPlusPlus,
            CodeFormerPlusPlusConfig,
        )
    except ImportError as error:
        raise DeviceError(
            "Importing CodeFormer's weights needs PyTorch and its exporter: "
            "install Likeness with its extra 'train'.",
            code="exporter-missing",
        ) from error
    weights, entry = own
    theirs = foreign.checked(foreign.read_checkpoint(source), _layout())
    ours = configured(CodeFormerPlusPlusConfig, entry.network)
    config = replace(ours, codeformer=PUBLISHED, adain=True, recovered=False)
    network = CodeFormerPlusPlus(config).eval()
    state = {f"codeformer.{k}": v for k, v in theirs.items()}
    state |= {k: v for k, v in load_file(weights).items() if not k.startswith("codeformer.")}
    missing, extra = network.load_state_dict(state, strict=False)
    assert not extra
    assert set(missing) <= {"codeformer.quantize.usage"}
    export.save_weights(network, target)
    graphs_of = export.codeformer_pp_graphs(damaged=config.fusion.damaged)
    specs = {k: replace(v, checks=1) for k, v in graphs_of.items()}
    graphs = export.export_system(network, SYSTEMS[OWN], specs, target, tolerance=TOLERANCE)
    return {"graphs": graphs, "network": json.loads(json.dumps(asdict(config)))}


def _layout() -> dict[str, tuple[int, ...]]:
    """Names and shapes of the published checkpoint."""
    from engine.networks import foreign  # noqa: PLC0415
    from engine.networks.codeformer import PUBLISHED, CodeFormer  # noqa: PLC0415

    # How often codes were used is ours; the checkpoint does not hold it.
    made = foreign.layout(lambda: CodeFormer(PUBLISHED))
    return {name: shape for name, shape in made.items() if name != "quantize.usage"}
