"""The stages by name; each is imported only when its plan runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from engine.errors import LikenessError

if TYPE_CHECKING:
    from engine.training.plan import Plan
    from engine.training.stage import Stage

#: stage name -> module that holds a `Stage` subclass called ``Training``
STAGES = {
    "detector": "engine.training.stages.detector",
    "embedder": "engine.training.stages.embedder",
    "identity-recovery": "engine.training.stages.identity_recovery",
}


def build(plan: Plan) -> Stage:
    """The stage of a plan, with fresh networks."""
    if plan.stage not in STAGES:
        raise LikenessError(f"There is no stage '{plan.stage}'.", code="plan")
    stage: Stage = import_module(STAGES[plan.stage]).Training(plan)
    return stage
