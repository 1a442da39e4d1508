"""Weights of earlier stages, by plan name, and the configuration that all stages share.

A plan's data table names where a network starts, best first, such as ``prior =
["controllable-fusion.gpu", "controllable-fusion"]``: the averaged weights of that plan's run, the
released model of that name, or a path to either kind of file; ``NAME#PART`` a part of it.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from engine.errors import LikenessError
from engine.models import manifest
from engine.models.store import BUNDLED
from engine.networks.catalogue import configured
from engine.networks.codeformer_pp import CodeFormerPlusPlusConfig
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.networks.weights import read_weights
from engine.training import plan as plans
from engine.training.trainer import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor, nn

    from engine.training.plan import Plan


def find(source: str) -> Path | None:
    """The file that a name or path stands for; None when there is none yet."""
    source, _, _part = source.partition("#")
    places = (Path(source), RUNS / source / "ema.pt", BUNDLED / f"{source}.safetensors")
    return next((p for p in places if p.is_file()), None)


def weights(sources: str | Sequence[str]) -> dict[str, Tensor]:
    """The weights of the first source that exists, float32, by the network's own names.

    Of a source such as ``codeformer-pp#codeformer`` only what lies in that part, by its names.

    Raises:
        LikenessError: none of them is there (code ``earlier``).
    """
    names = [sources] if isinstance(sources, str) else list(sources)
    for name in names:
        path = find(name)
        if path is None:
            continue
        if path.suffix == ".safetensors":
            state = read_weights(path)
        else:
            state = torch.load(path, map_location="cpu", weights_only=True)["networks"]
            state = {k.removeprefix("main."): v for k, v in state.items()}
        part = name.partition("#")[2]
        prefix = f"{part}." if part else ""
        return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
    raise LikenessError(
        f"There are no weights of an earlier stage: train one of {', '.join(names)} first.",
        code="earlier",
    )


def sizes(sources: str | Sequence[str]) -> dict[str, Any] | None:
    """The network table that the weights of the first source were made with, where it was kept."""
    names = [sources] if isinstance(sources, str) else list(sources)
    path = next(filter(None, map(find, names)), None)
    if path is None:
        return None
    if path.suffix == ".safetensors":
        entry = manifest.read(path.parent).get(path.stem)
        table = entry.network if entry else None
    else:
        table = torch.load(path, map_location="cpu", weights_only=True).get("network")
    return table and _flat(table)


def take(module: nn.Module, state: Mapping[str, Tensor], prefix: str = "") -> int:
    """Loads what agrees in name and shape, of names with a prefix; returns how many tensors."""
    own = module.state_dict()
    taken = {
        k: v
        for k, v in state.items()
        if k.startswith(prefix) and k in own and own[k].shape == v.shape
    }
    module.load_state_dict(taken, strict=False)
    return len(taken)


def config(plan: Plan) -> CodeFormerPlusPlusConfig:
    """CodeFormer++'s part of the plan's network table; the rest is the stage's own.

    Its part: ``codeformer``, ``registration``, ``fusion``, ``registered``, ``recovered``.
    """
    own = {field.name for field in fields(CodeFormerPlusPlusConfig)}
    table = {name: value for name, value in plan.network.items() if name in own}
    made: CodeFormerPlusPlusConfig = configured(CodeFormerPlusPlusConfig, table)
    return made


def options(plan: Plan) -> dict[str, Any]:
    """The plan's network table without the parts of CodeFormer++, see `config`."""
    return _flat(plan.network)


def _flat(network: Mapping[str, Any]) -> dict[str, Any]:
    table = {k: v for k, v in network.items() if not isinstance(v, dict)}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}


def network(
    plan: Plan, key: str, standard: str, make: Callable[[dict[str, Any]], nn.Module]
) -> Any:
    """A frozen earlier network, of the plan `standard` unless ``KEY_plan`` names another.

    The data table's `key` says where its weights lie (see `weights`). They may be of another size
    than the plan is by now: what lies beside them tells (see `sizes`).
    """
    sources = plan.data.get(key, [standard])
    table = sizes(sources) or options(plans.read(plan.data.get(f"{key}_plan", standard)))
    made = make(table)
    made.load_state_dict(weights(sources))
    return made.requires_grad_(requires_grad=False).eval()


def recovery(plan: Plan) -> IdentityRecovery:
    """The frozen identity recovery network."""
    found: IdentityRecovery = network(
        plan,
        "recovery",
        "identity-recovery",
        lambda t: IdentityRecovery(IdentityRecoveryConfig(**t)),
    )
    return found
