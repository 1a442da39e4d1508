"""The benchmark's picture for the documentation: a bar a row, faces a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.benchmark import Row

#: Pixels: a row's height, the whole width, the margin.
ROW, WIDTH, MARGIN = 34, 900, 24
_PAPER, _INK, _BAR, _OTHER = (255, 255, 255), (30, 34, 40), (46, 116, 181), (170, 176, 184)


def draw(rows: Sequence[Row], path: Path, *, others: frozenset[str] = frozenset()) -> None:
    """Writes a PNG of the rows, longest bar for the fastest; `others` are drawn in grey."""
    font = ImageFont.load_default(16)
    picture = Image.new("RGB", (WIDTH, 2 * MARGIN + ROW * (len(rows) + 1)), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.text((MARGIN, MARGIN), "Faces a second (512 x 512), more is better", _INK, font)
    most = max((r.faces_a_second for r in rows), default=1.0)
    words = [f"{row.method} ({_where(row)})" for row in rows]
    left = 2 * MARGIN + max((pen.textlength(w, font) for w in words), default=0.0)
    for number, (row, said) in enumerate(zip(rows, words, strict=True), start=1):
        y = MARGIN + ROW * number
        pen.text((MARGIN, y + 5), said, _INK, font)
        length = (WIDTH - left - MARGIN - 70) * row.faces_a_second / most
        colour = _OTHER if row.method in others else _BAR
        pen.rectangle((left, y + 5, left + max(1.0, length), y + ROW - 7), colour)
        pen.text((left + length + 8, y + 5), f"{row.faces_a_second:.2f}", _INK, font)
    picture.save(path, "PNG", optimize=True)


def _where(row: Row) -> str:
    lent = ", portrait" if row.portraits else ""
    if row.device != "cpu":
        return row.device + lent
    return f"{row.device}, {row.threads} thread{'s' if row.threads > 1 else ''}{lent}"
