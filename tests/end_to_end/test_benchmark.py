"""The benchmark tells what it measured; how fast this machine is decides no test."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from engine.benchmark import Row, peak_memory, table
from engine.benchmark_plot import draw
from tests.end_to_end.program import likeness

if TYPE_CHECKING:
    from pathlib import Path


def test_a_row_for_every_number_of_threads_and_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "speed.png"
    done = likeness(
        "benchmark", "--method", "identity", "--device", "cpu", "--threads", 1, "--threads", 2,
        "--seconds", 0.1, "--json", "--plot", picture,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [(r["method"], r["threads"]) for r in told["rows"]] == [("identity", 1), ("identity", 2)]
    for row in told["rows"]:
        assert 0 < row["seconds"] < row["first_picture"]
        assert row["faces"] >= 3
        assert row["memory"] > 30
    with Image.open(picture) as drawn:
        assert drawn.size[0] > 500


def test_a_method_that_uses_portraits_has_a_row_without_and_one_with_one() -> None:
    done = likeness(
        "benchmark", "--method", "ented", "--device", "cpu", "--threads", 2,
        "--seconds", 0.1, "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert [r["portraits"] for r in rows] == [0, 1]
    # Its encoder of portraits is opened for the second alone.
    assert rows[1]["memory"] > rows[0]["memory"]


def test_an_unknown_method_or_device_is_one_sentence() -> None:
    wrong = likeness("benchmark", "--method", "magic")
    assert wrong.returncode == 2
    assert "choose one of" in wrong.stderr
    absent = likeness("benchmark", "--device", "quantum", "--seconds", 0.1)
    assert absent.returncode == 1
    assert "choose one of" in absent.stderr
    assert "Traceback" not in absent.stderr


def row(method: str, rate: float) -> Row:
    return Row(method, "cpu", 2, 1 / rate, rate, 1.0, 200.0, 5)


def test_the_longest_bar_is_the_fastest(tmp_path: Path) -> None:
    draw([row("a", 8.0), row("b", 2.0)], tmp_path / "p.png", others=frozenset({"b"}))
    with Image.open(tmp_path / "p.png") as drawn:
        colours = drawn.convert("RGB").getcolors(1 << 20) or []
    bars = {colour: count for count, colour in colours}
    ours, other = bars[46, 116, 181], bars[170, 176, 184]
    assert ours / other == pytest.approx(4.0, rel=0.05)


def test_long_names_push_the_bars_aside(tmp_path: Path) -> None:
    draw([row("CodeFormer as it was published", 8.0)], tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as drawn:
        blue = (np.asarray(drawn.convert("RGB")) == (46, 116, 181)).all(axis=2)
        dark = np.asarray(drawn.convert("L")) < 100
    line = np.flatnonzero(blue.any(axis=1))
    words = np.flatnonzero(dark[line[0] : line[-1]].any(axis=0))
    first_bar = np.flatnonzero(blue.any(axis=0))[0]
    assert (words < first_bar).any()
    # Nothing dark lies on the bar: the words end before it, the number stands behind it.
    assert not ((words > first_bar) & (words < np.flatnonzero(blue.any(axis=0))[-1])).any()


def test_the_table_has_a_line_a_row() -> None:
    lines = table([row("a", 8.0), row("b", 2.0)]).splitlines()
    assert len(lines) == 4
    assert "| a | - | cpu | 2 | 0.125 | 8.00 |" in lines[2]
    assert lines[2].endswith("| 200 |")
    unknown = table([replace(row("a", 8.0), memory=0.0)]).splitlines()[2]
    assert unknown.endswith("| - |")


def test_memory_is_told_in_megabytes() -> None:
    assert 10 < peak_memory() < 100_000
