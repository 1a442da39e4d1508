"""Reading: depth, modes, orientation."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from hostile import (
    WEIRD_NAMES,
    deep_tiff,
    encoded,
    interlaced_png,
    picture,
)
from PIL import Image

from engine import photo as photos
from engine.photo_container import heif_available

ORIENTATIONS = range(1, 9)
#: What a viewer shows of [[1, 2, 3], [4, 5, 6]] under each orientation, by hand from EXIF 2.32.
UPRIGHT = {
    1: [[1, 2, 3], [4, 5, 6]],
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[4, 1], [5, 2], [6, 3]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[3, 6], [2, 5], [1, 4]],
}


def stored_and_upright(orientation: int, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    """Blocks of 8 x 8 px in six grey levels, as stored and as a viewer shows them."""
    step = 40 if dtype is np.uint8 else 10007  # 16-bit levels whose low bytes matter
    block = np.ones((8, 8, 1), dtype=dtype)

    def blocks(numbers: list[list[int]]) -> np.ndarray:
        grid = (np.array(numbers, dtype=np.int64) * step).astype(dtype)
        return np.kron(grid[..., None], block) + np.array([0, 1, 2], dtype=dtype)

    return blocks(UPRIGHT[1]), blocks(UPRIGHT[orientation])


def exif_with(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "WEBP", "JPEG"])
def test_every_orientation_comes_out_upright(
    tmp_path: Path, orientation: int, format_name: str
) -> None:
    stored, upright = stored_and_upright(orientation, np.uint8)
    path = tmp_path / "photo.bin"
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 100, "subsampling": 0}}
    Image.fromarray(stored).save(
        path, format_name, exif=exif_with(orientation), **options.get(format_name, {})
    )
    photo = photos.read(path)
    assert photo.pixels.shape == upright.shape
    difference = np.abs(photo.pixels.astype(int) - upright)
    assert difference.max() <= (4 if format_name == "JPEG" else 0)


def deep_file(suffix: str, stored: np.ndarray, orientation: int) -> bytes:
    """A 16-bit file with an orientation, made without the code under test."""
    if suffix == ".tif":
        return deep_tiff(stored, orientation=orientation)
    data = cv2.imencode(suffix, stored[..., ::-1])[1].tobytes()
    small = io.BytesIO()
    Image.new("L", (1, 1)).save(small, "PNG", exif=exif_with(orientation))
    start = small.getvalue().index(b"eXIf") - 4
    length = int.from_bytes(small.getvalue()[start : start + 4], "big") + 12
    return data[:33] + small.getvalue()[start : start + length] + data[33:]


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_every_orientation_at_16_bit(tmp_path: Path, orientation: int, suffix: str) -> None:
    stored, upright = stored_and_upright(orientation, np.uint16)
    path = tmp_path / f"deep{suffix}"
    path.write_bytes(deep_file(suffix, stored, orientation))
    photo = photos.read(path)
    assert photo.bit_depth == 16
    assert photo.warnings == ()
    np.testing.assert_array_equal(photo.pixels, upright)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_16_bit_is_read_at_its_own_depth(tmp_path: Path, suffix: str, channels: int) -> None:
    rng = np.random.default_rng(1)
    samples = rng.integers(0, 65536, (9, 11, channels), dtype=np.uint16)
    order = {1: [0], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[channels]
    path = tmp_path / f"deep{suffix}"
    path.write_bytes(cv2.imencode(suffix, samples[..., order])[1].tobytes())
    photo = photos.read(path)
    assert photo.bit_depth == 16
    assert photo.pixels.dtype == np.uint16
    np.testing.assert_array_equal(
        photo.pixels, samples[..., [0, 0, 0] if channels == 1 else [0, 1, 2]]
    )
    if channels == 4:
        assert photo.alpha is not None
        np.testing.assert_array_equal(photo.alpha, samples[..., 3])
    else:
        assert photo.alpha is None
    assert (photo.mode == "mono") == (channels == 1)


def test_a_dark_16_bit_file_stays_16_bit(tmp_path: Path) -> None:
    """Depth comes from the file, not from its values."""
    path = tmp_path / "dark.png"
    dark = np.full((4, 5, 3), 200, dtype=np.uint16)
    path.write_bytes(cv2.imencode(".png", dark)[1].tobytes())
    photo = photos.read(path)
    assert photo.bit_depth == 16
    assert photo.pixels.max() == 200
    assert photo.preview8.max() == 1


def test_inverted_16_bit_grey_tiff(tmp_path: Path) -> None:
    path = tmp_path / "inverted.tif"
    levels = np.array([[0, 1000], [60000, 65535]], dtype=np.uint16)
    path.write_bytes(deep_tiff(levels[..., None], photometric=0))
    np.testing.assert_array_equal(photos.read(path).source, 65535 - levels)


def test_preview_rounds_16_to_8_bit(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    deep = picture().astype(np.uint16) * 257
    path.write_bytes(cv2.imencode(".png", deep[..., ::-1])[1].tobytes())
    preview = photos.read(path).preview8
    assert preview.dtype == np.uint8
    np.testing.assert_array_equal(preview, picture())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pillow_modes_keep_their_pixels(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(picture()).convert("RGB")
    if mode in {"LA", "RGBA"}:
        image.putalpha(Image.fromarray(picture(seed=3)[..., 0]))
    image = image.convert(mode)
    path = tmp_path / "photo.png"
    image.save(path)
    photo = photos.read(path)
    np.testing.assert_array_equal(photo.pixels, np.asarray(image.convert("RGB")))
    assert photo.source.ndim == (2 if mode in {"1", "L", "LA"} else 3)
    assert photo.bit_depth == 8
    if mode in {"LA", "RGBA"}:
        np.testing.assert_array_equal(photo.alpha, picture(seed=3)[..., 0])


def test_palette_with_transparency_gives_alpha(tmp_path: Path) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putdata([0, 1])
    path = tmp_path / "palette.png"
    image.save(path, transparency=1)
    photo = photos.read(path)
    assert photo.pixels.tolist() == [[[10, 20, 30], [200, 100, 50]]]
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[255, 0]]


def test_cmyk_is_converted_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(path, quality=100)
    photo = photos.read(path)
    assert photo.icc is not None
    assert [w for w in photo.warnings if "CMYK" in w and "sRGB" in w]
    red, green, blue = photo.pixels[8, 8].tolist()
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("format_name", ["GIF", "PNG", "WEBP"])
def test_animations_give_their_first_picture_and_say_so(tmp_path: Path, format_name: str) -> None:
    frames = [Image.new("RGB", (6, 4), colour) for colour in ((250, 0, 0), (0, 0, 250))]
    path = tmp_path / "moving.bin"
    options = {"WEBP": {"lossless": True}}.get(format_name, {})
    frames[0].save(path, format_name, save_all=True, append_images=frames[1:], **options)
    photo = photos.read(path)
    assert photo.warnings == ("It holds several pictures; only the first one is used.",)
    assert photo.pixels[0, 0, 0] >= 240
    assert photo.pixels[0, 0, 2] <= 10


def test_pages_of_a_tiff_give_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    first, second = Image.fromarray(picture()), Image.new("RGB", (3, 3))
    first.save(path, save_all=True, append_images=[second])
    photo = photos.read(path)
    assert len(photo.warnings) == 1
    np.testing.assert_array_equal(photo.pixels, picture())


@pytest.mark.skipif(not heif_available(), reason="pillow-heif is not there")
@pytest.mark.parametrize("suffix", [".heic", ".avif"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_heic_and_avif(tmp_path: Path, suffix: str, orientation: int) -> None:
    stored, _ = stored_and_upright(1, np.uint8)
    path = tmp_path / f"phone{suffix}"
    Image.fromarray(stored).save(path, quality=95, exif=exif_with(orientation))
    photo = photos.read(path)
    assert not photo.lossless
    assert photos.output_path(photo).name == "phone_likeness.jpg"
    if suffix == ".avif":
        _, upright = stored_and_upright(orientation, np.uint8)
        assert np.abs(photo.pixels.astype(int) - upright).mean() < 8
    else:  # libheif turns by itself: Pillow's plugin is the reference
        assert photo.pixels.shape == np.asarray(Image.open(path)).shape


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 2), (8, 8), (13, 21)])
def test_interlaced_png_is_complete(tmp_path: Path, width: int, height: int) -> None:
    grey = picture(width, height)[..., 1]
    path = tmp_path / "interlaced.png"
    path.write_bytes(interlaced_png(grey))
    np.testing.assert_array_equal(photos.read(path).source, grey)


def test_one_pixel_reads(tmp_path: Path) -> None:
    path = tmp_path / "dot.png"
    Image.new("RGB", (1, 1), (1, 2, 3)).save(path)
    assert photos.read(path).pixels.tolist() == [[[1, 2, 3]]]


@pytest.mark.parametrize("name", WEIRD_NAMES)
def test_any_name_is_read_and_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.fromarray(picture()).save(path, "PNG")
    photo = photos.read(path)
    written = photos.write(photo, photos.output_path(photo))
    assert "_likeness" in written.name or len(name) > 200
    assert written.suffix == path.suffix
    np.testing.assert_array_equal(photos.read(written).pixels, picture())
    assert len(list(tmp_path.iterdir())) == 2


def test_the_suffix_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "really_a_png.jpg"
    path.write_bytes(encoded("PNG"))
    photo = photos.read(path)
    assert photo.format == "PNG"
    assert photos.output_path(photo).name == "really_a_png_likeness.png"


def test_is_photo() -> None:
    for name in ("a.jpg", "A.JPG", "b.JpEg", "c.tiff", "d.HEIC", "e.webp", "f.avif", "g.gif"):
        assert photos.is_photo(Path(name)), name
    for name in ("a.txt", "jpg", ".jpg", "a.jpg.part", "a.nef", "._a.jpg", "a.mp4"):
        assert not photos.is_photo(Path(name)), name


def test_what_likeness_made_is_told_by_its_name() -> None:
    own = ("a_likeness.jpg", "a_likeness-12.PNG", "a_likeness-face0-uncertainty.png",
           "a b_likeness-2-face11-displacement-3.png", "a_likeness_likeness.jpg")  # fmt: skip
    for name in own:
        assert photos.is_restored(Path(name)), name
    others = ("a.jpg", "likeness.jpg", "a_likeness-old.jpg", "a_likeness2.jpg", "a-face0-prior.png",
              "a_likeness/b.jpg", "a_likeness of Anna.jpg")  # fmt: skip
    for name in others:
        assert not photos.is_restored(Path(name)), name


def test_more_than_100_megapixels_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("1", (11_000, 9_200), 1).save(path)
    photo = photos.read(path)
    assert (photo.width, photo.height) == (11_000, 9_200)
    assert photo.mode == "mono"
