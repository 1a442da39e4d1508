"""``python -m engine.training run PLAN --minutes M --device cpu|cuda`` and its companions."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

import torch

from engine.errors import LikenessError
from engine.training import plan as plans
from engine.training.stages import build
from engine.training.trainer import RUNS, Budget, Trainer


def main(arguments: list[str] | None = None) -> int:
    """Runs one of the bed's commands; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m engine.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="train a plan, resuming where it stopped")
    run.add_argument("plan")
    run.add_argument("--minutes", type=float, default=math.inf)
    run.add_argument("--samples", type=int, default=0, help="stop at this count of samples")
    run.add_argument("--device", default="cpu")
    run.add_argument("--cooldown", type=float, default=0.0, help="last share with a falling rate")
    run.add_argument("--folder", type=Path, help="run folder (default .work/runs/PLAN)")
    run.add_argument("--threads", type=int, default=0)
    options = parser.parse_args(arguments)
    try:
        if options.threads:
            torch.set_num_threads(options.threads)
        chosen = plans.read(options.plan)
        trainer = Trainer(build(chosen), options.folder or RUNS / chosen.name, options.device)
        if not trainer.load("stable.pt" if _newer_stable(trainer.folder) else "state.pt"):
            print("starting afresh", flush=True)
        trainer.run(Budget(options.minutes, options.samples, options.cooldown))
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


def _newer_stable(folder: Path) -> bool:
    """After a cooldown the run goes on from the state before it."""
    stable = folder / "stable.pt"
    return stable.exists()


if __name__ == "__main__":
    raise SystemExit(main())
