from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.faces.likeness import LIMITS, Likeness, likeness

CARD = Path(__file__).resolve().parents[3] / "resources" / "models" / "embedder.md"


@pytest.mark.parametrize(
    ("cosine", "step"),
    [(0.9, "certain"), (0.52, "certain"), (0.519, "probable"), (0.3, "possible"), (0.2, "unlikely"),
     (-1.0, "unlikely"), (float("nan"), "unlikely")],
)  # fmt: skip
def test_steps(cosine: float, step: str) -> None:
    assert likeness(cosine) == Likeness(step)


def test_the_limits_are_those_of_the_model_card() -> None:
    rows = re.findall(
        r"^\| (0\.\d+) \| (certainly|probably|possibly)", CARD.read_text("utf-8"), re.MULTILINE
    )
    assert sorted(float(value) for value, _ in rows) == sorted(value for value, _ in LIMITS)
