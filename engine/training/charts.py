"""Small line charts as pictures, for training runs and model cards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Pixels: a chart's size, and its margins left, top, right, bottom.
SIZE = (420, 260)
MARGINS = (62, 34, 14, 30)
_PAPER, _INK, _GRID = (255, 255, 255), (30, 34, 40), (224, 227, 231)
_COLOURS = ((46, 116, 181), (204, 85, 51), (70, 140, 70), (140, 80, 160), (120, 120, 120))


def chart(title: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> Image.Image:
    """One chart; `lines` maps a name to its points (x, y), of which those not finite are left out.

    Returns:
        An RGB picture of `SIZE`.
    """
    width, height = SIZE
    left, top, right, bottom = MARGINS
    picture = Image.new("RGB", SIZE, _PAPER)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(12)
    pen.text((left, 4), title, _INK, ImageFont.load_default(14))
    kept = {name: [(x, y) for x, y in points if math.isfinite(y)] for name, points in lines.items()}
    every = [point for points in kept.values() for point in points]
    if not every:
        return picture
    x0, x1 = _range([x for x, _ in every])
    y0, y1 = _range([y for _, y in every])

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            left + (x - x0) / (x1 - x0) * (width - left - right),
            height - bottom - (y - y0) / (y1 - y0) * (height - top - bottom),
        )

    for share in (0.0, 0.5, 1.0):
        value = y0 + share * (y1 - y0)
        _, y = place(x0, value)
        pen.line((left, y, width - right, y), _GRID)
        pen.text((left - 6, y), f"{value:.4g}", _INK, font, anchor="rm")
        at = x0 + share * (x1 - x0)
        x, _ = place(at, y0)
        pen.text((x, height - bottom + 6), f"{at:.4g}", _INK, font, anchor="ma")
    for number, (name, points) in enumerate(kept.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        placed = [place(x, y) for x, y in sorted(points)]
        if len(placed) > 1:
            pen.line([c for point in placed for c in point], colour, 2)
        for x, y in placed:
            pen.ellipse((x - 2, y - 2, x + 2, y + 2), colour)
        if len(kept) > 1:
            pen.text((left + 6, top - 12 + 14 * number), name, colour, font)
    return picture


def sheet(charts: Sequence[Image.Image], columns: int = 3) -> Image.Image:
    """Charts side by side, row by row."""
    columns = max(1, min(columns, len(charts)))
    rows = -(-len(charts) // columns)
    picture = Image.new("RGB", (columns * SIZE[0], max(1, rows) * SIZE[1]), _PAPER)
    for number, one in enumerate(charts):
        picture.paste(one, (number % columns * SIZE[0], number // columns * SIZE[1]))
    return picture


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest, apart from each other."""
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
