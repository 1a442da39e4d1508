"""``python -m engine.training plot RUN``: what a training measured, as curves.

Measures that belong together share a chart: those of one name that differ in what follows the
last hyphen (``identity-mild``, ``identity-severe``), such as the triplet's two cosines; each of the
others has its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.errors import LikenessError
from engine.training import charts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL import Image

Curves = dict[str, list[tuple[float, float]]]


def read(run: Path) -> Curves:
    """Measure -> points (samples, value) of a run folder.

    Raises:
        LikenessError: nothing was measured there yet (code ``plot``).
    """
    path = run / "metrics.jsonl"
    if not path.exists():
        raise LikenessError(f"Nothing was measured in '{run}' yet.", code="plot")
    curves: Curves = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        samples = row.pop("samples")
        for name, value in row.items():
            curves.setdefault(name, []).append((samples, value))
    return curves


def groups(names: Sequence[str]) -> dict[str, list[str]]:
    """Title -> measures of one chart."""
    by_stem: dict[str, list[str]] = {}
    for name in names:
        by_stem.setdefault(name.rpartition("-")[0] or name, []).append(name)
    return {stem if len(found) > 1 else found[0]: found for stem, found in sorted(by_stem.items())}


def plot(run: Path, only: Sequence[str] = ()) -> Image.Image:
    """The charts of a run.

    Args:
        run: its folder.
        only: beginnings of the measures' names; empty takes all.

    Raises:
        LikenessError: there is nothing of that kind.
    """
    curves = read(run)
    names = [name for name in curves if not only or name.startswith(tuple(only))]
    if not names:
        raise LikenessError(f"'{run}' measured nothing called {', '.join(only)}.", code="plot")
    drawn = [
        charts.chart(title, {name: curves[name] for name in found})
        for title, found in groups(names).items()
    ]
    return charts.sheet(drawn)
