"""The benchmark's picture for the documentation: a bar a row, faces a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.benchmark import Row

#: Pixels: a row's height, the words' width, the whole width, the margin.
ROW, WORDS, WIDTH, MARGIN = 34, 300, 900, 24
_PAPER, _INK, _BAR, _OTHER = (255, 255, 255), (30, 34, 40), (46, 116, 181), (170, 176, 184)


def draw(rows: Sequence[Row], path: Path, *, others: frozenset[str] = frozenset()) -> None:
    """Writes a PNG of the rows, longest bar for the fastest; `others` are drawn in grey."""
    font = ImageFont.load_default(16)
    picture = Image.new("RGB", (WIDTH, 2 * MARGIN + ROW * (len(rows) + 1)), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.text((MARGIN, MARGIN), "Faces a second (512 x 512), more is better", _INK, font)
    most = max((r.faces_a_second for r in rows), default=1.0)
    for number, row in enumerate(rows, start=1):
        y = MARGIN + ROW * number
        where = f"{row.device}, {row.threads} threads" if row.device == "cpu" else row.device
        pen.text((MARGIN, y + 5), f"{row.method} ({where})", _INK, font)
        length = (WIDTH - WORDS - 2 * MARGIN - 70) * row.faces_a_second / most
        colour = _OTHER if row.method in others else _BAR
        pen.rectangle((WORDS, y + 5, WORDS + max(1.0, length), y + ROW - 7), colour)
        pen.text((WORDS + length + 8, y + 5), f"{row.faces_a_second:.2f}", _INK, font)
    picture.save(path, "PNG", optimize=True)
