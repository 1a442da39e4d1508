"""From a run's averaged weights to released files: fp16 weights, graphs, manifest entry.

``python -m engine.training release PLAN`` writes into ``resources/models`` (or ``--into``) and
refuses to when a graph does not agree with its network.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import torch

from engine.errors import LikenessError
from engine.models import manifest
from engine.models.manifest import ModelEntry
from engine.models.store import BUNDLED
from engine.networks import export
from engine.networks.catalogue import SYSTEMS
from engine.networks.weights import load_weights, read_weights
from engine.training import earlier
from engine.training.opponent import Opponent
from engine.training.releases import RELEASES

if TYPE_CHECKING:
    from pathlib import Path

    from engine.training.plan import Plan
    from engine.training.releases import Release
    from engine.training.trainer import Trainer

LICENCE = (
    "Weights trained on pictures of mixed terms, some of them for research only: "
    "for research and personal use."
)


def _plain(config: Any) -> dict[str, Any]:
    """A config dataclass as the manifest stores it."""
    out: dict[str, Any] = json.loads(json.dumps(asdict(config)))
    return out


def release(plan: Plan, run: Path, into: Path) -> ModelEntry:
    """Releases the averaged weights of a run.

    Args:
        plan: the run's plan.
        run: its folder, with ``ema.pt``.
        into: model folder; its manifest is updated.

    Raises:
        LikenessError: there are no weights, or a graph disagrees with its network.
    """
    if plan.stage not in RELEASES:
        raise LikenessError(f"The stage '{plan.stage}' is not released this way.", code="release")
    if not (run / "ema.pt").exists():
        raise LikenessError(f"There are no trained weights in '{run}'.", code="release")
    what = RELEASES[plan.stage]
    state = torch.load(run / "ema.pt", map_location="cpu", weights_only=True)
    network = what.build(plan)
    own = {k.removeprefix("main."): v for k, v in state["networks"].items()}
    network.load_state_dict(own)
    return write(what, network, int(state["samples"]), into)


def again(plan: Plan, models: Path) -> ModelEntry:
    """Writes the graphs of released weights anew, as when a model that they refer to has changed.

    Args:
        plan: of the stage that released them.
        models: model folder, which is updated.

    Raises:
        LikenessError: nothing of the stage is released, or in another form than the plan's.
    """
    what, entry, base = _released(plan, models)
    network = what.build(plan)
    load_weights(network, models / f"{what.model}.safetensors", base)
    return write(what, network, entry.samples_seen, models)


def begin(trainer: Trainer, models: Path = BUNDLED) -> None:
    """Goes on from the released weights of the trainer's stage, as where its run was lost.

    What the plan has added to the network since keeps its start; a discriminator, which is never
    released, gets its lead again.

    Raises:
        LikenessError: the stage is not released, or in a form that is not trained on.
    """
    what, entry, base = _released(trainer.plan, models)
    state = read_weights(models / f"{what.model}.safetensors", base)
    main = trainer.stage.networks["main"]
    if earlier.take(main, state) < len(state):
        raise LikenessError(
            f"The released '{what.model}' has not the form of the plan's network: run without "
            "--released.",
            code="release",
        )
    if isinstance(trainer.stage.adversary, Opponent):
        trainer.stage.adversary.start_after(entry.samples_seen)
    trainer.begin(entry.samples_seen)


def _released(plan: Plan, models: Path) -> tuple[Release, ModelEntry, Path | None]:
    """How a stage is released, what is, and the weights file of its base where it has one."""
    what = RELEASES.get(plan.stage)
    entry = manifest.read(models).get(what.model) if what else None
    if what is None or entry is None:
        raise LikenessError(f"No weights of '{plan.name}' are released yet.", code="release")
    return what, entry, models / entry.base if entry.base else None


def write(what: Release, network: Any, samples: int, into: Path) -> ModelEntry:
    """Writes a network's weights, graphs and manifest entry.

    Args:
        what: how it is released.
        network: trained.
        samples: that it saw.
        into: model folder; its manifest is updated.

    Raises:
        LikenessError: a graph disagrees with its network, or the base is not released there.
    """
    if what.finish is not None:
        network = what.finish(network)
    into.mkdir(parents=True, exist_ok=True)
    weights = into / f"{what.model}.safetensors"
    base = into / f"{what.base}.safetensors" if what.base else None
    if base and not base.exists():
        raise LikenessError(f"Release '{what.base}' before '{what.model}'.", code="release")
    export.save_weights(network, weights, {"samples": str(samples)}, base)
    graphs = export.export_system(
        network,
        SYSTEMS[what.model],
        what.graphs(network),
        weights,
        base=base,
        tolerance=what.tolerance,
    )
    if what.more is not None:
        graphs |= what.more(network, weights)
    needs = [name for g in graphs.values() for name in g.get("needs", ())]
    files = [weights.name, *(g["file"] for g in graphs.values()), *needs]
    files += [base.name] if base else []
    entry = ModelEntry(
        name=what.model,
        title=what.title,
        version=f"{dt.datetime.now(dt.UTC):%Y.%m.%d}",
        licence=LICENCE,
        training_data=what.data,
        files={name: {} for name in files},
        graphs=graphs,
        samples_seen=samples,
        network=_plain(network.config),
        base=base.name if base else "",
    )
    manifest.register(into, entry)
    return entry
