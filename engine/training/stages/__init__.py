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
    "clr-fast": "engine.training.stages.clr_fast",
    "code-prediction": "engine.training.stages.code_prediction",
    "controllable-fusion": "engine.training.stages.controllable_fusion",
    "detector": "engine.training.stages.detector",
    "embedder": "engine.training.stages.embedder",
    "ented": "engine.training.stages.ented",
    "identity-recovery": "engine.training.stages.identity_recovery",
    "latent-autoencoder": "engine.training.stages.latent_autoencoder",
    "latent-mask": "engine.training.stages.latent_mask",
    "registration": "engine.training.stages.registration",
    "score": "engine.training.stages.score",
    "texture-fusion": "engine.training.stages.texture_fusion",
    "vq-autoencoder": "engine.training.stages.vq_autoencoder",
}


def build(plan: Plan) -> Stage:
    """The stage of a plan, with fresh networks."""
    if plan.stage not in STAGES:
        raise LikenessError(f"There is no stage '{plan.stage}'.", code="plan")
    stage: Stage = import_module(STAGES[plan.stage]).Training(plan)
    return stage
