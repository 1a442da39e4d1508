from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage

from desktop.photo_view import Mode, PhotoView
from desktop.picture import Picture, pixels_of
from desktop.viewport import Viewport


def noise(height: int, width: int) -> np.ndarray:
    pixels = np.random.default_rng(3).integers(0, 255, (height, width, 3), np.uint8)
    pixels.flags.writeable = False
    return pixels


def test_one_to_one_shows_the_very_pixels(qapp):
    pixels = noise(90, 131)
    image = Picture(pixels).crop(QRectF(10, 20, 50, 40), QSize(50, 40))
    assert (pixels_of(image) == pixels[20:60, 10:60]).all()


def test_reduced_copies_keep_the_mean(qapp):
    pixels = np.full((700, 1000, 3), (200, 100, 50), np.uint8)
    image = Picture(pixels).crop(QRectF(0, 0, 1000, 700), QSize(100, 70))
    assert np.abs(pixels_of(image)[2:-2, 2:-2].astype(int) - (200, 100, 50)).max() <= 1


@pytest.mark.parametrize("shape", [(40_000, 300), (300, 40_000)])
def test_pictures_longer_than_qt_paints_are_shown(qapp, shape):
    pixels = np.zeros((*shape, 3), np.uint8)
    pixels[-200:, -200:] = (0, 200, 0)
    picture = Picture(pixels)
    end = QRectF(shape[1] - 100, shape[0] - 100, 100, 100)
    assert (pixels_of(picture.crop(end, QSize(100, 100))) == (0, 200, 0)).all()
    whole = pixels_of(picture.crop(picture.area, QSize(shape[1] // 100, shape[0] // 100)))
    assert whole.shape == (shape[0] // 100, shape[1] // 100, 3)
    assert whole[-1, -1, 1] > 100


def test_no_copy_reaches_the_limit_of_qt(qapp):
    picture = Picture(np.zeros((9000, 12_000, 3), np.uint8))
    for _, image in picture._copies:
        assert image.sizeInBytes() < 256 << 20
        assert max(image.width(), image.height()) < 32_767


def test_beside_the_photograph_is_grey(qapp):
    picture = Picture(np.full((50, 50, 3), 255, np.uint8))
    image = picture.crop(QRectF(-50, 0, 100, 50), QSize(100, 50))
    assert image.pixelColor(10, 25) == QColor("gray") or image.pixelColor(10, 25).red() in {
        128,
        160,
    }
    assert image.pixelColor(75, 25) == QColor("white")


def test_a_clear_clipboard_picture_lies_on_white(qapp):
    image = QImage(7, 5, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    pixels = pixels_of(image)
    assert pixels.shape == (5, 7, 3)
    assert (pixels == 255).all()


def test_zooming_keeps_the_point_under_the_pointer():
    port = Viewport()
    port.set_pane(800, 600)
    port.set_photo(4000, 3000)
    at = QPointF(250, 400)
    port.zoom(6)
    before = port.to_photo(at)
    port.zoom(2.5, at)
    after = port.to_photo(at)
    assert (after - before).manhattanLength() < 1e-6
    assert port.scale > 1.0


def test_a_fitted_photograph_stays_fitted_when_the_window_grows():
    port = Viewport()
    port.set_photo(4000, 3000)
    port.set_pane(400, 300)
    small = port.scale
    port.set_pane(800, 600)
    assert port.scale == pytest.approx(2 * small)
    assert port.to_pane(QPointF(2000, 1500)) == QPointF(400, 300)


def test_the_photograph_cannot_be_pushed_out_of_sight():
    port = Viewport()
    port.set_pane(400, 300)
    port.set_photo(4000, 3000)
    port.zoom_to(1.0)
    port.pan(QPointF(1e6, -1e6))
    assert port.seen() == QRectF(0, 2700, 400, 300)


@pytest.mark.parametrize("mode", [Mode.SIDE, Mode.DIVIDER])
@pytest.mark.parametrize("mirrored", [False, True])
def test_before_stands_where_reading_begins(qtbot, mode, mirrored):
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.set_before(Picture(np.full((300, 400, 3), (200, 0, 0), np.uint8)))
    view.set_after(Picture(np.full((300, 400, 3), (0, 0, 200), np.uint8)))
    view.set_mode(mode)
    if mirrored:
        view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown = pixels_of(view.grab().toImage())
    row = shown.shape[0] // 2
    begin, end = (shown[row, shown.shape[1] * x // 4] for x in ((3, 1) if mirrored else (1, 3)))
    assert tuple(begin) == (200, 0, 0)
    assert tuple(end) == (0, 0, 200)
