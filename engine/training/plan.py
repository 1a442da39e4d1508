"""Plans: one TOML file a network says everything about its training.

Sections: ``[plan]`` the run (stage, seed, batch, rates, sample goal), ``[network]`` the network's
configuration, ``[data]`` what the stage draws from, ``[loss]`` the weights of the losses.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LikenessError

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent / "plans"


@dataclass(frozen=True)
class Plan:
    """One training run.

    Attributes:
        name: file stem; names the run's folder and the released weights.
        stage: key of `engine.training.stages`.
        seed: of data, initial weights and noise.
        batch: samples a step.
        learning_rate: of AdamW after the warm-up.
        warmup: steps of linear warm-up.
        samples: the goal; a run stops there or at its wall-clock budget, whichever is first.
        ema: decay a step of the averaged weights, which are the ones that are released.
        clip: bound on the gradient's norm.
        weight_decay: of AdamW.
        validate_every: samples between validations with a picture sheet and a checkpoint.
        workers: threads that prepare samples.
        discriminator_rate: learning rate of the discriminator, where the stage has one.
        discriminator_momentum: its first moment's decay.
        network, data, loss: what the stage reads.
    """

    name: str
    stage: str
    seed: int = 1
    batch: int = 4
    learning_rate: float = 3e-4
    warmup: int = 200
    samples: int = 100_000
    ema: float = 0.999
    clip: float = 1.0
    weight_decay: float = 1e-4
    validate_every: int = 4000
    workers: int = 2
    discriminator_rate: float = 2e-4
    discriminator_momentum: float = 0.9
    network: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    loss: dict[str, float] = field(default_factory=dict)


def read(name: str | Path, changes: Sequence[str] = ()) -> Plan:
    """A plan by the name of a bundled one or by the path of a TOML file.

    Args:
        name: of the plan.
        changes: values in place of the plan's, such as ``network.registered=false`` or
            ``samples=4000``; they join the plan's name, so that the run has its own folder.

    Raises:
        LikenessError: there is no such plan, or it holds an unknown key (code ``plan``).
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = FOLDER / f"{name}.toml"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.toml")))
        raise LikenessError(f"There is no plan '{name}'; choose one of: {known}.", code="plan")
    with path.open("rb") as stream:
        tables = tomllib.load(stream)
    head = tables.pop("plan", {})
    for change in changes:
        _change(head, tables, change)
    try:
        return Plan(name="+".join([path.stem, *changes]), **head, **tables)
    except TypeError as error:
        raise LikenessError(f"Plan '{path.name}' does not read: {error}.", code="plan") from error


def _change(head: dict[str, Any], tables: dict[str, Any], change: str) -> None:
    """Puts ``table.key=value`` (TOML) into the tables; without a table, into the head."""
    where, _, value = change.partition("=")
    *path, key = where.split(".")
    table = head if not path else tables
    try:
        for part in path:
            table = table.setdefault(part, {})
        table[key] = tomllib.loads(f"value = {value}")["value"]
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise LikenessError(
            f"'{change}' is no change of a plan; say for example network.registered=false.",
            code="plan",
        ) from error
