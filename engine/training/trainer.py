"""The one trainer of all stages.

bf16 autocast on CPU and CUDA, channels-last, AdamW, EMA, gradient clipping, wall-clock budget,
checkpoints that resume to the bit (`tests/engine/training/test_trainer.py` holds it to that), a
plain log, and a picture sheet at each validation.
"""

from __future__ import annotations

import copy
import json
import math
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch

from engine.errors import LikenessError
from engine.training.budget import stop_signal
from engine.training.prefetch import prefetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor, nn

    from engine.training.budget import Budget
    from engine.training.stage import Batch, Stage

#: Where runs lie unless told otherwise: an ignored folder of the checkout.
RUNS = Path(".work/runs")
#: Seconds between checkpoints that no validation caused.
SAVE_EVERY = 300.0


class Trainer:
    """Runs one stage.

    Args:
        stage: the stage, with networks on the CPU.
        folder: run folder: ``state.pt`` (resume), ``stable.pt``, ``ema.pt``, ``log.txt``,
            ``metrics.jsonl``, ``sheet-*.jpg``.
        device: ``cpu`` or ``cuda``.
    """

    def __init__(self, stage: Stage, folder: Path, device: str = "cpu") -> None:
        self.stage, self.plan, self.folder = stage, stage.plan, folder
        self.device = torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(self.plan.seed)
        stage.networks.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        stage.place(self.device)
        self.ema = copy.deepcopy(stage.networks).requires_grad_(requires_grad=False).eval()
        self.optimiser = self._adamw(stage.parameter_groups(), self.plan.learning_rate, 0.9)
        self.adversary_optimiser = None
        if stage.adversary is not None:
            stage.adversary.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
            weights = [p for p in stage.adversary.parameters() if p.requires_grad]
            self.adversary_optimiser = self._adamw(
                [(weights, 1.0)], self.plan.discriminator_rate, self.plan.discriminator_momentum
            )
        self.steps = 0
        self.skipped = 0
        self._warm_from = 0

    @property
    def seen(self) -> int:
        """Samples seen so far."""
        return self.steps * self.plan.batch

    def _adamw(
        self, groups: list[tuple[list[nn.Parameter], float]], rate: float, momentum: float
    ) -> torch.optim.AdamW:
        weights = [{"params": some, "factor": factor} for some, factor in groups]
        return torch.optim.AdamW(
            weights,
            lr=rate,
            betas=(momentum, 0.99),
            weight_decay=self.plan.weight_decay,
            fused=True,
        )

    # ------------------------------------------------------------------ state
    def save(self, name: str = "state.pt") -> None:
        """Writes everything that a resumed run needs, atomically."""
        state = {
            "plan": json.dumps(asdict(self.plan)),
            "steps": self.steps,
            "warm_from": self._warm_from,
            "networks": self.stage.networks.state_dict(),
            "ema": self.ema.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
        }
        if self.adversary_optimiser is not None and self.stage.adversary is not None:
            state["adversary"] = self.stage.adversary.state_dict()
            state["adversary_optimiser"] = self.adversary_optimiser.state_dict()
        _write(state, self.folder / name)

    def load(self, name: str = "state.pt") -> bool:
        """Resumes from a checkpoint; False when there is none."""
        path = self.folder / name
        if not path.exists():
            return False
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        self.steps = state["steps"]
        self._warm_from = state.get("warm_from", 0)
        if not self._grow(state):
            self.stage.networks.load_state_dict(state["networks"])
            self.ema.load_state_dict(state["ema"])
            self.optimiser.load_state_dict(state["optimiser"])
        if self.adversary_optimiser is not None and self.stage.adversary is not None:
            self.stage.adversary.load_state_dict(state["adversary"])
            self.adversary_optimiser.load_state_dict(state["adversary_optimiser"])
        self._renew()
        torch.set_rng_state(state["random"])
        return True

    def _renew(self) -> None:
        self.stage.renew(self.stage.networks)
        self.stage.renew(self.ema)

    def _grow(self, state: Mapping[str, Any]) -> bool:
        """Goes on with a network that the plan made larger since; False where it has its old size.

        What is new keeps its start (residual blocks begin as nothing). The moments of the old
        weights are lost, so that the rate warms up again.

        Raises:
            LikenessError: the plan's network lacks some of the run's weights.
        """
        own, kept = set(self.stage.networks.state_dict()), set(state["networks"])
        if kept - own:
            raise LikenessError(
                f"'{self.folder}' holds a larger network than its plan: move it away first.",
                code="train-shape",
            )
        if kept == own:
            return False
        self.stage.networks.load_state_dict(state["networks"], strict=False)
        self.ema.load_state_dict(state["ema"], strict=False)
        self._warm_from = self.steps
        self._say(f"{self.plan.name}: the network has grown by {len(own - kept)} tensors")
        return True

    def _keep(self, *, cooling: bool) -> None:
        """Saves; a state newer than ``stable.pt`` that did not cool down takes its place."""
        self.save()
        if not cooling:
            (self.folder / "stable.pt").unlink(missing_ok=True)

    def resume(self) -> bool:
        """Goes on where the run stopped; after a cooldown, from the state before it."""
        return self.load("stable.pt") or self.load()

    def begin(self, samples: int) -> None:
        """Goes on from weights that were put into the stage's networks, without their moments.

        Args:
            samples: that these weights have seen; the data goes on behind them, and the rate
                warms up again.
        """
        self.ema.load_state_dict(self.stage.networks.state_dict())
        self._renew()
        self.steps = self._warm_from = samples // self.plan.batch

    # ------------------------------------------------------------------ the loop
    def run(self, budget: Budget) -> dict[str, float]:
        """Trains until the budget is used up; returns the last validation's figures."""
        start = time.monotonic()
        goal = budget.samples or self.plan.samples
        last = math.ceil(goal / self.plan.batch)
        loader = prefetch(self.stage, self.steps, last, self.plan.workers)
        size = sum(p.numel() for p in self.stage.networks.parameters()) / 1e6
        self._say(
            f"{self.plan.name}: {size:.2f} M parameters, "
            f"from sample {self.seen} to {goal}, {self.device}"
        )
        sums: dict[str, list[float]] = {}
        count, figures = 0, {}
        mark, mark_seen = start, self.seen
        cooling_from: float | None = None
        saved = start
        stopped = stop_signal()
        for numbers in loader:
            used = (time.monotonic() - start) / 60
            share = max(used / budget.minutes, self.seen / goal if budget.cooldown else 0.0)
            rate = 1.0
            if budget.cooldown and share > 1 - budget.cooldown:
                if cooling_from is None:
                    self.save("stable.pt")
                    cooling_from = share
                rate = max(0.02, (1 - share) / max(1e-6, 1 - cooling_from))
            losses = self._step(numbers, rate)
            count += 1
            for key, value in losses.items():
                sums.setdefault(key, []).append(value)
            over = used >= budget.minutes
            due = self.seen % self.plan.validate_every < self.plan.batch
            if count >= 50 or over or due:
                now = time.monotonic()
                speed = (self.seen - mark_seen) / max(1e-9, now - mark)
                text = " ".join(f"{k} {np.mean(v):.4f}" for k, v in sums.items())
                self._say(f"{self.seen:>8} {used:6.1f} min {speed:5.1f}/s rate {rate:.2f} {text}")
                sums, count, mark, mark_seen = {}, 0, now, self.seen
            if due and not over:
                figures = self._validate()
                mark, mark_seen = time.monotonic(), self.seen
            if due or time.monotonic() - saved > SAVE_EVERY:
                self._keep(cooling=cooling_from is not None)
                saved = time.monotonic()
            if over or stopped:
                break
        if stopped:
            self._keep(cooling=cooling_from is not None)
            return figures
        figures = self._validate()
        self._keep(cooling=cooling_from is not None)
        released = {"networks": self.ema.state_dict(), "samples": self.seen}
        _write({**released, "network": self.plan.network}, self.folder / "ema.pt")
        return figures

    def _step(self, numbers: Batch, rate: float) -> dict[str, float]:
        warm = min(1.0, (self.steps - self._warm_from + 1) / max(1, self.plan.warmup))
        for optimiser, base in (
            (self.optimiser, self.plan.learning_rate),
            (self.adversary_optimiser, self.plan.discriminator_rate),
        ):
            for group in optimiser.param_groups if optimiser else ():
                group["lr"] = base * warm * rate * group.get("factor", 1.0)
        batch = {k: _to_device(v, self.device) for k, v in numbers.items()}
        self.stage.networks.train()
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            losses = self.stage.losses(batch, self.seen)
            total = torch.stack([v.float() for v in losses.values()]).sum()
        self._descend(total, self.optimiser, self.stage.networks)
        report = {k: float(v.detach()) for k, v in losses.items()}
        if self.adversary_optimiser is not None and self.stage.adversary is not None:
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                loss = self.stage.adversary_loss(self.seen)
            if loss is not None:
                self._descend(loss.float(), self.adversary_optimiser, self.stage.adversary)
                report["discriminator"] = float(loss.detach())
        # The average follows quickly at first, then at the plan's pace.
        decay = min(self.plan.ema, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            averages, values = self.ema.state_dict(), self.stage.networks.state_dict()
            for key, average in averages.items():
                if average.is_floating_point():
                    average.lerp_(values[key], 1 - decay)
                else:
                    average.copy_(values[key])
        self.steps += 1
        return report

    def _descend(self, loss: Tensor, optimiser: torch.optim.Optimizer, module: nn.Module) -> None:
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(module.parameters(), self.plan.clip)
        if torch.isfinite(norm):
            optimiser.step()
        else:
            self.skipped += 1
            self._say(f"step {self.steps}: the gradient is not finite; skipped ({self.skipped})")
            if self.skipped > 100:
                raise LikenessError("The training diverged.", code="training-diverged")

    def _validate(self) -> dict[str, float]:
        self.ema.eval()
        with torch.no_grad():
            figures = self.stage.validate(self.ema)
            sheet = self.stage.sheet(self.ema)
        self._say("         " + " ".join(f"{k} {v:.4f}" for k, v in figures.items()))
        with (self.folder / "metrics.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"samples": self.seen, **figures}) + "\n")
        ok, coded = cv2.imencode(".jpg", np.ascontiguousarray(sheet[..., ::-1]))
        assert ok
        (self.folder / f"sheet-{self.seen:07d}.jpg").write_bytes(coded.tobytes())
        return figures

    def _say(self, text: str) -> None:
        print(text, flush=True)
        with (self.folder / "log.txt").open("a", encoding="utf-8") as stream:
            stream.write(text + "\n")


def _to_device(array: Any, device: torch.device) -> Tensor:
    tensor = array if isinstance(array, torch.Tensor) else torch.from_numpy(array)
    return tensor.to(device, non_blocking=True)


def _write(state: dict[str, Any], path: Path) -> None:
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    temporary.replace(path)
