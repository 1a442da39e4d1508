"""Writing: nothing outside the changed pixels moves, and everything else travels along."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hostile import picture
from PIL import Image

from engine import photo as photos
from engine.errors import PhotoError
from engine.photo_data import Photo

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = (32, 48)


def mask() -> np.ndarray:
    inside = np.zeros(SHAPE, dtype=bool)
    inside[8:20, 10:30] = True
    return inside


def deep_picture(seed: int = 0) -> np.ndarray:
    """(32, 48, 3) uint16 with all 16 bits in use."""
    low = np.random.default_rng(seed).integers(0, 256, (*SHAPE, 3), dtype=np.uint16)
    return picture().astype(np.uint16) * 256 + low


def save(path: Path, samples: np.ndarray, **options: object) -> Path:
    """An 8- or 16-bit file; alpha is a fourth channel."""
    if samples.dtype == np.uint8:
        Image.fromarray(samples).save(path, **options)
        return path
    if samples.ndim == 3:
        samples = samples[..., [2, 1, 0, 3][: samples.shape[2]]]
    path.write_bytes(cv2.imencode(path.suffix, samples)[1].tobytes())
    return path


def restored(photo: Photo) -> Photo:
    """The photo with other pixels inside the mask."""
    pixels = photo.pixels.copy()
    pixels[mask()] = np.iinfo(pixels.dtype).max - pixels[mask()]
    return photo.with_pixels(pixels, mask())


def raw(path: Path) -> np.ndarray:
    """What another program sees: samples at full depth, RGB order."""
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    samples = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if samples.ndim == 2:
        return samples
    return samples[..., [2, 1, 0, 3][: samples.shape[2]]]


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp", ".bmp"])
def test_8_bit_is_exact_outside_the_mask(tmp_path: Path, suffix: str) -> None:
    options = {"lossless": True} if suffix == ".webp" else {}
    photo = photos.read(save(tmp_path / f"in{suffix}", picture(), **options))
    changed = restored(photo)
    out = raw(photos.write(changed, photos.output_path(changed)))
    np.testing.assert_array_equal(out[~mask()], picture()[~mask()])
    np.testing.assert_array_equal(out[mask()], 255 - picture()[mask()])


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_16_bit_is_exact_outside_the_mask(tmp_path: Path, suffix: str, channels: int) -> None:
    samples = deep_picture()
    if channels == 1:
        samples = np.ascontiguousarray(samples[..., 0])
    if channels == 4:
        samples = np.dstack([samples, deep_picture(4)[..., 0]])
    photo = photos.read(save(tmp_path / f"in{suffix}", samples))
    changed = restored(photo)
    out = raw(photos.write(changed, photos.output_path(changed)))
    assert out.dtype == np.uint16
    assert out.shape == samples.shape
    np.testing.assert_array_equal(out[~mask()], samples[~mask()])
    colours = (..., slice(0, 3)) if channels == 4 else (...,)
    np.testing.assert_array_equal(out[mask()][colours], 65535 - samples[mask()][colours])
    if channels == 4:
        np.testing.assert_array_equal(out[..., 3], samples[..., 3])


@pytest.mark.parametrize(("source", "target"), [(".png", ".tif"), (".tif", ".png")])
def test_16_bit_survives_a_change_of_format(tmp_path: Path, source: str, target: str) -> None:
    photo = photos.read(save(tmp_path / f"in{source}", deep_picture()))
    out = raw(photos.write(photo, tmp_path / f"out{target}"))
    np.testing.assert_array_equal(out, deep_picture())


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".bmp"])
def test_mono_files_stay_mono(tmp_path: Path, suffix: str) -> None:
    grey = np.ascontiguousarray(picture()[..., 1])
    photo = photos.read(save(tmp_path / f"in{suffix}", grey))
    assert photo.mode == "mono"
    written = photos.write(restored(photo), tmp_path / f"out{suffix}")
    with Image.open(written) as image:
        assert image.mode == "L"
    if suffix != ".jpg":
        np.testing.assert_array_equal(raw(written)[~mask()], grey[~mask()])
        np.testing.assert_array_equal(raw(written)[mask()], 255 - grey[mask()])


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_mono_with_alpha(tmp_path: Path, suffix: str) -> None:
    layers = np.ascontiguousarray(picture()[..., :2])
    image = Image.fromarray(layers[..., 0])
    image.putalpha(Image.fromarray(np.ascontiguousarray(layers[..., 1])))
    image.save(tmp_path / f"in{suffix}")
    photo = photos.read(tmp_path / f"in{suffix}")
    with Image.open(photos.write(photo, tmp_path / f"out{suffix}")) as out:
        assert out.mode == "LA"
        np.testing.assert_array_equal(np.asarray(out), layers)


def test_a_grey_file_called_sepia_is_written_in_colour(tmp_path: Path) -> None:
    grey = np.ascontiguousarray(picture()[..., 1])
    photo = photos.read(save(tmp_path / "in.png", grey)).with_mode("sepia")
    pixels = photo.pixels.copy()
    pixels[mask()] = (180, 140, 100)
    out = raw(photos.write(photo.with_pixels(pixels), tmp_path / "out.png"))
    assert (out[mask()] == (180, 140, 100)).all()
    np.testing.assert_array_equal(out[~mask()], np.repeat(grey[~mask()][:, None], 3, axis=1))


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
def test_alpha_is_untouched_even_where_it_hides(tmp_path: Path, suffix: str) -> None:
    layers = np.dstack([picture(), picture(seed=9)[..., 0]])
    layers[:4, :, 3] = 0
    options = {"lossless": True, "exact": True} if suffix == ".webp" else {}
    photo = photos.read(save(tmp_path / f"in{suffix}", layers, **options))
    changed = restored(photo)
    with Image.open(photos.write(changed, tmp_path / f"out{suffix}")) as image:
        out = np.asarray(image)
    np.testing.assert_array_equal(out[..., 3], layers[..., 3])
    np.testing.assert_array_equal(out[~mask()], layers[~mask()])


@pytest.mark.parametrize("suffix", [".jpg", ".bmp"])
def test_formats_without_alpha_get_white_paper(tmp_path: Path, suffix: str) -> None:
    layers = np.zeros((16, 16, 4), dtype=np.uint8)
    layers[:8, :, 3] = 255
    photo = photos.read(save(tmp_path / "in.png", layers))
    out = raw(photos.write(photo, tmp_path / f"out{suffix}"))
    assert out.shape == (16, 16, 3)
    assert out[:7].max() <= 6
    assert out[9:].min() >= 249


def test_palette_becomes_rgb_with_the_same_colours(tmp_path: Path) -> None:
    image = Image.fromarray(picture()).quantize(32)
    image.save(tmp_path / "in.png")
    photo = photos.read(tmp_path / "in.png")
    with Image.open(photos.write(restored(photo), tmp_path / "out.png")) as out:
        assert out.mode == "RGB"
        np.testing.assert_array_equal(
            np.asarray(out)[~mask()], np.asarray(image.convert("RGB"))[~mask()]
        )


def test_jpeg_quality_and_full_chroma(tmp_path: Path) -> None:
    photo = photos.read(save(tmp_path / "in.jpg", picture(), quality=98))
    fine = photos.write(photo, tmp_path / "fine.jpg")
    coarse = photos.write(photo, tmp_path / "coarse.jpg", quality=60)
    assert coarse.stat().st_size < fine.stat().st_size
    with Image.open(fine) as image:
        assert [layer[1:3] for layer in image.layer] == [(1, 1)] * 3
    assert np.abs(raw(fine).astype(int) - photo.pixels).mean() < 2.5


def test_16_bit_to_jpeg_rounds(tmp_path: Path) -> None:
    deep = np.full((16, 16, 3), 128 * 257, dtype=np.uint16)
    photo = photos.read(save(tmp_path / "in.png", deep))
    out = raw(photos.write(photo, tmp_path / "out.jpg"))
    assert out.dtype == np.uint8
    assert np.abs(out.astype(int) - 128).max() <= 1


@pytest.mark.parametrize("lossless", [True, False])
def test_webp_stays_lossless_or_lossy(tmp_path: Path, lossless: bool) -> None:
    path = tmp_path / "in.webp"
    Image.fromarray(picture()).save(path, lossless=lossless, exif=Image.Exif())
    photo = photos.read(path)
    assert photo.lossless is lossless
    written = photos.write(photo, tmp_path / "out.webp")
    assert photos.read(written).lossless is lossless


def test_gif_is_written_as_png(tmp_path: Path) -> None:
    Image.fromarray(picture()).save(tmp_path / "in.GIF")
    photo = photos.read(tmp_path / "in.GIF")
    assert photos.output_path(photo) == tmp_path / "in_likeness.png"
    assert photos.write(photo, tmp_path / "out.gif") == tmp_path / "out.png"
    assert photos.write(photo, tmp_path / "bare") == tmp_path / "bare.png"


def test_unknown_suffix_is_refused(tmp_path: Path) -> None:
    photo = Photo.from_pixels(picture())
    with pytest.raises(PhotoError) as caught:
        photos.write(photo, tmp_path / "out.xyz")
    assert caught.value.code == "photo-unknown-suffix"
    assert list(tmp_path.iterdir()) == []


def test_too_wide_for_the_format_is_refused(tmp_path: Path) -> None:
    photo = Photo.from_pixels(np.zeros((1, 70_000, 3), dtype=np.uint8))
    for suffix in (".jpg", ".webp"):
        with pytest.raises(PhotoError) as caught:
            photos.write(photo, tmp_path / f"out{suffix}")
        assert caught.value.code == "photo-too-large"
    assert photos.write(photo, tmp_path / "out.tif").stat().st_size > 0


def test_output_path_keeps_the_suffix_as_the_user_wrote_it(tmp_path: Path) -> None:
    save(tmp_path / "IMG.0001.JPG", picture())
    photo = photos.read(tmp_path / "IMG.0001.JPG")
    other = tmp_path / "other"
    assert photos.output_path(photo) == tmp_path / "IMG.0001_likeness.JPG"
    assert photos.output_path(photo, other) == other / "IMG.0001_likeness.JPG"


def test_with_pixels_holds_the_contract() -> None:
    photo = Photo.from_pixels(picture())
    with pytest.raises(ValueError, match="uint16"):
        photo.with_pixels(deep_picture())
    with pytest.raises(ValueError, match="expected"):
        photo.with_pixels(picture(10, 10))
    with pytest.raises(ValueError, match="mask"):
        photo.with_pixels(picture(), np.zeros((2, 2), dtype=bool))
    with pytest.raises(ValueError, match="read-only"):
        photo.pixels[0, 0] = 0


def test_the_mask_wins_over_the_pixels() -> None:
    photo = Photo.from_pixels(picture())
    changed = photo.with_pixels(255 - picture(), mask())
    np.testing.assert_array_equal(changed.pixels[~mask()], picture()[~mask()])
    np.testing.assert_array_equal(changed.pixels[mask()], 255 - picture()[mask()])
    np.testing.assert_array_equal(photo.pixels, picture())


def test_changes_add_up_and_can_be_undone(tmp_path: Path) -> None:
    photo = photos.read(save(tmp_path / "in.png", picture()))
    other = np.zeros(SHAPE, dtype=bool)
    other[25:, 40:] = True
    twice = restored(photo).with_pixels(np.zeros_like(photo.pixels), other)
    assert twice.changed is not None
    np.testing.assert_array_equal(twice.changed, mask() | other)
    undone = twice.with_pixels(photo.pixels)
    np.testing.assert_array_equal(undone.file_samples(), picture())


def test_without_a_mask_the_difference_decides() -> None:
    photo = Photo.from_pixels(picture())
    pixels = picture()
    pixels[3, 4, 2] ^= 1
    changed = photo.with_pixels(pixels).changed
    assert changed is not None
    assert np.argwhere(changed).tolist() == [[3, 4]]


def test_the_source_file_is_never_touched(tmp_path: Path) -> None:
    path = save(tmp_path / "in.png", picture())
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    photo = restored(photos.read(path))
    assert photos.write(photo, path) == tmp_path / "in-2.png"
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == stamp
    path.unlink()  # even when it is gone, its name is not taken
    assert photos.write(photo, path) == tmp_path / "in-3.png"


def test_one_pixel_is_written(tmp_path: Path) -> None:
    photo = Photo.from_pixels(np.array([[[7, 8, 9]]], dtype=np.uint8))
    assert raw(photos.write(photo, tmp_path / "dot.png")).tolist() == [[[7, 8, 9]]]


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
def test_other_programs_can_read_what_was_written(tmp_path: Path, suffix: str) -> None:
    photo = Photo.from_pixels(picture(301, 1201))  # several strips in a TIFF
    written = photos.write(photo, tmp_path / f"out{suffix}")
    with Image.open(io.BytesIO(written.read_bytes())) as image:
        assert image.size == (301, 1201)
        difference = np.abs(np.asarray(image).astype(int) - picture(301, 1201))
    assert difference.mean() < (3 if suffix == ".jpg" else 1e-9)
