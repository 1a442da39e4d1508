"""The training bed's commands.

``python -m engine.training run PLAN --minutes M --device cpu|cuda`` trains, resuming where the
plan's run stopped; the others race plans, stage data for another machine, release, evaluate, and
draw curves.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

import torch

from engine.errors import LikenessError
from engine.models.store import BUNDLED
from engine.training import plan as plans
from engine.training.budget import Budget
from engine.training.trainer import RUNS, Trainer


def main(arguments: list[str] | None = None) -> int:
    """Runs one of the bed's commands; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m engine.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="train a plan, resuming where it stopped")
    run.add_argument("plan")
    run.add_argument("--minutes", type=float, default=math.inf)
    run.add_argument("--samples", type=int, default=0, help="stop at this count of samples")
    run.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    run.add_argument("--cooldown", type=_share, default=0.0, metavar="SHARE",
        help="last share of the run with a falling rate, 0 to 1 (not minutes)")  # fmt: skip
    run.add_argument("--folder", type=Path, help="run folder (default .work/runs/PLAN)")
    run.add_argument("--released", action="store_true",
        help="where there is no run yet, go on from the released weights")  # fmt: skip
    _add_changes(run)
    run.set_defaults(run=_run)
    race = commands.add_parser("race", help="the same few minutes for several plans")
    race.add_argument("plans", nargs="+")
    race.add_argument("--minutes", type=float, default=15)
    race.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    race.set_defaults(run=_race)
    stage = commands.add_parser("stage", help="cut the faces into shards of at most 25 MB")
    stage.add_argument("folder", type=Path)
    stage.add_argument("--size", choices=("512", "256"))
    stage.set_defaults(run=_stage)
    release = commands.add_parser("release", help="export a run's averaged weights")
    release.add_argument("plan")
    release.add_argument("--folder", type=Path, help="run folder (default .work/runs/PLAN)")
    release.add_argument("--into", type=Path, default=BUNDLED)
    release.add_argument("--again", action="store_true",
        help="write the graphs of released weights anew, after another model changed")  # fmt: skip
    _add_changes(release)
    release.set_defaults(run=_release)
    evaluate = commands.add_parser("evaluate", help="measure released methods beside the peers")
    evaluate.add_argument("methods", nargs="+")
    evaluate.add_argument("--limit", type=int, default=0, help="number of faces; 0 takes all")
    evaluate.add_argument("--no-peers", action="store_true")
    evaluate.add_argument("--fidelity", type=float, default=0.5)
    evaluate.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    evaluate.add_argument("--folder", type=Path, default=Path(".work/evaluation"))
    evaluate.set_defaults(run=_evaluate)
    plot = commands.add_parser("plot", help="draw what a run measured")
    plot.add_argument("plan", metavar="RUN", help="name of a run, or its folder")
    plot.add_argument("--only", nargs="+", default=(), help="beginnings of measures' names")
    plot.add_argument("--output", type=Path, help="PNG (default curves.png in the run's folder)")
    plot.set_defaults(run=_plot)
    wear = commands.add_parser("wear", help="make a worn copy of a good photograph")
    wear.add_argument("photo", type=Path)
    wear.add_argument("output", type=Path)
    wear.add_argument("--seed", type=int, default=1)
    wear.add_argument("--down", type=float, default=3.0)
    wear.add_argument("--sepia", action="store_true")
    wear.set_defaults(run=_wear)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


def _add_changes(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", dest="changes",
        help="another value in place of the plan's, such as network.registered=false",
    )  # fmt: skip


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share from 0 to 1")
    return value


def _run(options: argparse.Namespace) -> None:
    from engine.training.stages import build  # noqa: PLC0415  (a stage loads its data)

    chosen = plans.read(options.plan, options.changes)
    trainer = Trainer(build(chosen), options.folder or RUNS / chosen.name, options.device)
    if not trainer.resume():
        if options.released:
            from engine.training.release import begin  # noqa: PLC0415

            begin(trainer)
        print(f"no run yet: starts at {trainer.seen} samples", flush=True)
    trainer.run(Budget(options.minutes, options.samples, options.cooldown))


def _race(options: argparse.Namespace) -> None:
    from engine.training.stages import build  # noqa: PLC0415

    results: dict[str, tuple[int, dict[str, float]]] = {}
    for name in options.plans:
        chosen = plans.read(name)
        trainer = Trainer(build(chosen), RUNS / "races" / chosen.name, options.device)
        figures = trainer.run(Budget(options.minutes))
        results[chosen.name] = (trainer.seen, figures)
    measures = list(next(iter(results.values()))[1])
    print("| plan | samples | " + " | ".join(measures) + " |")
    print("| --- " * (len(measures) + 2) + "|")
    for name, (seen, figures) in results.items():
        print(f"| {name} | {seen} | " + " | ".join(f"{figures[m]:.4f}" for m in measures) + " |")
    for measure in measures:
        ahead = max(results, key=lambda n: results[n][1][measure])
        print(f"{measure}: {ahead} has the highest value")


def _stage(options: argparse.Namespace) -> None:
    from engine.training.staging import stage  # noqa: PLC0415

    for shard in stage(options.folder, size=options.size):
        print(f"{shard} {shard.stat().st_size / 1e6:.1f} MB")


def _release(options: argparse.Namespace) -> None:
    from engine.training.release import again, release  # noqa: PLC0415

    chosen = plans.read(options.plan, options.changes)
    if options.again:
        entry = again(chosen, options.into)
    else:
        entry = release(chosen, options.folder or RUNS / chosen.name, options.into)
    for name, graph in entry.graphs.items():
        print(f"{name}: agrees with its network to {graph['parity']:.1e}")
    print(f"{entry.name} {entry.version}: {entry.samples_seen} samples, in {options.into}")


def _evaluate(options: argparse.Namespace) -> None:
    from engine.training.evaluate import evaluate, save  # noqa: PLC0415

    result = evaluate(
        options.methods,
        with_peers=not options.no_peers,
        limit=options.limit,
        models=options.models,
        fidelity=options.fidelity,
    )
    save(result, options.folder)
    print(result.table())
    for sentence in result.missed(options.methods):
        print(f"missed: {sentence}")


def _plot(options: argparse.Namespace) -> None:
    from engine.training.plot import plot  # noqa: PLC0415

    folder = Path(options.plan) if Path(options.plan).is_dir() else RUNS / options.plan
    output = options.output or folder / "curves.png"
    plot(folder, options.only).save(output, "PNG", optimize=True)
    print(output)


def _wear(options: argparse.Namespace) -> None:
    from engine.training.wear import wear  # noqa: PLC0415

    print(
        wear(
            options.photo,
            options.output,
            seed=options.seed,
            down=options.down,
            sepia=options.sepia,
        )
    )


if __name__ == "__main__":
    torch.backends.cudnn.benchmark = True
    raise SystemExit(main())
