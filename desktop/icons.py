"""Line icons, drawn here so that they take the theme's colour and stay sharp at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import places

_SIZES = (16, 20, 24, 32, 48, 64)
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
    'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
)
_SHAPES = {
    "open": '<path d="M4 6.5h5l2 2.5h9v9.5H4z"/>',
    "photo": '<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="10" r="1.6"/>'
    '<path d="M4 17l5-4.5 3.5 3 3-2.5 4.5 4"/>',
    "save": '<path d="M12 4v10M8 10.5l4 4 4-4M5 19h14"/>',
    "undo": '<path d="M9 6L5 10l4 4M5 10h9a5 5 0 010 10h-3"/>',
    "redo": '<path d="M15 6l4 4-4 4M19 10h-9a5 5 0 000 10h3"/>',
    "fit": '<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>',
    "actual": '<rect x="4" y="5" width="16" height="14" rx="2"/>'
    '<path d="M8.3 9.5v5M15.7 9.5v5M12 10.6v.1M12 13.6v.1"/>',
    "zoom-in": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5M11 8.3v5.4M8.3 11h5.4"/>',
    "zoom-out": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5M8.3 11h5.4"/>',
    "after": '<rect x="4" y="4.5" width="16" height="15" rx="2"/><circle cx="12" cy="10" r="2.6"/>'
    '<path d="M7 19c.8-3 2.6-4.4 5-4.4s4.200 1.400 5 4.400"/>',
    "divider": '<rect x="4" y="4.500" width="16" height="15" rx="2"/><path d="M12 2.500v19M9 '
    '12l-2 0M15 12l2 0"/>',
    "side": '<rect x="3.500" y="5" width="7.500" height="14" rx="1.500"/>'
    '<rect x="13" y="5" width="7.500" height="14" rx="1.500"/>',
    "compare": '<path d="M3 12s3.300-6 9-6 9 6 9 6-3.300 6-9 6-9-6-9-6z"/>'
    '<circle cx="12" cy="12" r="2.600"/>',
    "faces": '<path d="M4 8V5.500A1.500 1.500 0 015.500 4H8M16 4h2.500A1.500 1.500 0 0120 5.500V8M20 '  # noqa: E501  (path data)
    '16v2.500a1.500 1.500 0 01-1.500 1.500H16M8 20H5.500A1.500 1.500 0 014 18.500V16"/>'
    '<path d="M9 10v.1M15 10v.1M9 14.500c1.800 1.600 4.200 1.600 6 0"/>',
    "add-face": '<circle cx="10" cy="9" r="4"/><path d="M3.500 20c.6-4 3-6 6.500-6 2 0 3.600.6 '
    '4.700 1.900M18 15v6M15 18h6"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "folded": '<path d="M9 6l6 6-6 6"/>',
    "unfolded": '<path d="M6 9l6 6 6-6"/>',
    "more": '<path d="M6 12v.1M12 12v.1M18 12v.1"/>',
}


@cache
def icon(name: str, colour: str) -> QIcon:
    """An icon of one colour."""
    renderer = QSvgRenderer(QByteArray(_SVG.format(colour=colour, shape=_SHAPES[name]).encode()))
    result = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result


def application_icon() -> QIcon:
    """The program's own icon."""
    result = QIcon()
    for path in sorted((places.resources() / "icons").glob("likeness-*.png")):
        result.addFile(str(path))
    return result
