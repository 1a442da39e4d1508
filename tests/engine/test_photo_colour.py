"""Colour profiles: through them to working sRGB, back through them for changed pixels only."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hostile import picture
from PIL import Image, ImageCms

from engine import photo as photos
from engine.photo_colour import ColourSpace, srgb_profile
from engine.photo_icc import parse

if TYPE_CHECKING:
    from pathlib import Path

#: D50-adapted primaries (columns X, Y, Z of red, green, blue).
DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7142))


def fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def profile(
    space: bytes, curve: bytes, primaries: tuple[tuple[float, ...], ...] = DISPLAY_P3
) -> bytes:
    """A version 2 display profile of curves and a matrix, made by hand."""
    xyz = b"XYZ " + bytes(4)
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\x00" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\x00",
        b"wtpt": xyz + fixed(0.9642) + fixed(1.0) + fixed(0.8249),
    }
    if space == b"GRAY":
        tags[b"kTRC"] = curve
    else:
        for name, column in zip((b"r", b"g", b"b"), primaries, strict=True):
            tags[name + b"XYZ"] = xyz + b"".join(fixed(value) for value in column)
            tags[name + b"TRC"] = curve
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)  # noqa: PLW2901 - positions are multiples of four
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content
    head = struct.pack(
        ">I4sI4s4s4s12x4s4sIIIQI12s48x",
        start + len(body), b"\0\0\0\0", 0x02400000, b"mntr", space, b"XYZ ", b"acsp", b"\0\0\0\0",
        0, 0, 0, 0, 0, fixed(0.9642) + fixed(1.0) + fixed(0.8249),
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + table + body


def gamma(value: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(value * 256))


def srgb_curve(count: int = 1024) -> bytes:
    x = np.linspace(0, 1, count)
    y = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    table = np.rint(y * 65535).astype(">u2").tobytes()
    return b"curv" + bytes(4) + struct.pack(">I", count) + table


def parametric() -> bytes:
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(map(fixed, numbers))


P3 = profile(b"RGB ", srgb_curve())
WIDE = profile(b"RGB ", gamma(1.8))
GREY = profile(b"GRAY", gamma(1.8))
PROFILES = {"p3": P3, "wide": WIDE, "parametric": profile(b"RGB ", parametric())}


def mask() -> np.ndarray:
    inside = np.zeros((32, 48), dtype=bool)
    inside[8:20, 10:30] = True
    return inside


def deep_bytes(samples: np.ndarray, icc: bytes) -> bytes:
    """A 16-bit PNG with a profile, put together from two encoders."""
    data = cv2.imencode(".png", samples[..., ::-1] if samples.ndim == 3 else samples)[1].tobytes()
    small = io.BytesIO()
    Image.new("RGB", (1, 1)).save(small, "PNG", icc_profile=icc)
    start = small.getvalue().index(b"iCCP") - 4
    length = int.from_bytes(small.getvalue()[start : start + 4], "big") + 12
    return data[:33] + small.getvalue()[start : start + length] + data[33:]


def make(folder: Path, icc: bytes, bits: int, *, grey: bool = False, suffix: str = ".png") -> Path:
    samples = picture()[..., 1].copy() if grey else picture()
    path = folder / f"in{suffix}"
    if bits == 8:
        Image.fromarray(samples).save(path, icc_profile=icc)
    else:
        path.write_bytes(deep_bytes(samples.astype(np.uint16) * 257, icc))
    return path


@pytest.mark.parametrize("bits", [8, 16])
def test_working_pixels_are_srgb(tmp_path: Path, bits: int) -> None:
    """Against the colour engine's own answer."""
    photo = photos.read(make(tmp_path, P3, bits))
    image = Image.fromarray(picture())
    expected = ImageCms.profileToProfile(
        image, ImageCms.ImageCmsProfile(io.BytesIO(P3)), ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )  # fmt: skip
    assert photo.icc == P3
    assert np.abs(photo.preview8.astype(int) - np.asarray(expected)).max() <= 2
    assert np.abs(photo.preview8.astype(int) - picture()).max() >= 5


@pytest.mark.parametrize("name", sorted(PROFILES))
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_round_trip(tmp_path: Path, name: str, bits: int, suffix: str) -> None:
    """Outside exact, inside the asked colour, the profile embedded."""
    icc = PROFILES[name]
    photo = photos.read(make(tmp_path, icc, bits))
    wanted = photo.pixels.copy()
    top = int(np.iinfo(wanted.dtype).max)
    wanted[mask()] = [round(top * part) for part in (0.62, 0.5, 0.42)]  # inside every gamut here
    out = photos.read(photos.write(photo.with_pixels(wanted, mask()), tmp_path / f"out{suffix}"))
    assert out.icc == icc
    assert out.bit_depth == bits
    np.testing.assert_array_equal(out.source[~mask()], photo.source[~mask()])
    error = np.abs(out.pixels[mask()].astype(int) - wanted[mask()]).max()
    assert error <= (2 if bits == 8 else 12)
    assert (out.source[mask()] != photo.source[mask()]).any()


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("icc", [GREY, WIDE], ids=["grey profile", "colour profile"])
def test_grey_file_with_a_profile(tmp_path: Path, bits: int, icc: bytes) -> None:
    """Scanner programs embed colour profiles in grey files too."""
    samples = picture()[..., 1].copy()
    path = tmp_path / "in.tif"
    if bits == 8:
        Image.fromarray(samples).save(path, icc_profile=icc)
    else:
        path = make(tmp_path, icc, 16, grey=True)
    photo = photos.read(path)
    assert photo.source.ndim == 2
    assert np.ptp(photo.pixels.astype(int), axis=2).max() <= (1 if bits == 8 else 3)
    wanted = photo.pixels.copy()
    wanted[mask()] = np.iinfo(wanted.dtype).max // 3
    out = photos.read(photos.write(photo.with_pixels(wanted), tmp_path / "out.tif"))
    assert out.source.ndim == 2
    assert out.icc == icc
    np.testing.assert_array_equal(out.source[~mask()], photo.source[~mask()])
    error = np.abs(out.pixels[mask()].astype(int) - wanted[mask()]).max()
    assert error <= (2 if bits == 8 else 30)


@pytest.mark.parametrize(("bits", "suffix"), [(8, ".webp"), (16, ".webp"), (16, ".png")])
def test_grey_that_is_written_as_colour_looks_the_same(
    tmp_path: Path, bits: int, suffix: str
) -> None:
    """A grey profile describes no colour file, and every reader drops it there."""
    photo = photos.read(make(tmp_path, GREY, bits, grey=True))
    photo = replace(photo, alpha=np.full_like(photo.source, np.iinfo(photo.source.dtype).max))
    out = photos.read(photos.write(photo, tmp_path / f"out{suffix}"))
    assert out.warnings == ()
    assert out.source.ndim == 3
    assert out.icc == srgb_profile()
    wanted, got = photo.preview8.astype(int), out.preview8.astype(int)
    assert np.abs(got - wanted).max() <= 1
    assert np.abs(photo.source - wanted[..., 0]).max() >= 10, "the profile changes something"


@pytest.mark.parametrize("bits", [8, 16])
def test_a_soft_edge_leaves_no_seam(tmp_path: Path, bits: int) -> None:
    """Pixels inside the mask that equal their original come out bit-exact, outside sRGB too."""
    samples = picture().copy()
    samples[..., 0], samples[..., 1:] = 255, samples[..., 1:] // 12  # red that sRGB cannot show
    path = tmp_path / "in.png"
    if bits == 8:
        Image.fromarray(samples).save(path, icc_profile=P3)
    else:
        path.write_bytes(deep_bytes(samples.astype(np.uint16) * 257, P3))
    photo = photos.read(path)
    everywhere = np.ones((32, 48), dtype=bool)
    same = photo.with_pixels(photo.pixels, everywhere)
    np.testing.assert_array_equal(same.file_samples(), photo.source)
    step = 1 if bits == 8 else 257
    nudged = np.clip(photo.pixels.astype(int) - step, 0, None).astype(photo.pixels.dtype)
    moved = photo.with_pixels(nudged, everywhere).file_samples().astype(int) - photo.source
    assert np.abs(moved).max() <= 20 * step


def test_srgb_profile_is_recognised_and_kept(tmp_path: Path) -> None:
    photo = photos.read(make(tmp_path, srgb_profile(), 8))
    assert photo.pixels is photo.source
    assert photos.read(photos.write(photo, tmp_path / "out.jpg")).icc == srgb_profile()
    assert ColourSpace(profile(b"RGB ", srgb_curve(), SRGB), grey=False).is_working


@pytest.mark.parametrize("icc", [b"not a profile", P3[:200], GREY], ids=["text", "cut", "grey"])
def test_unusable_profile_is_dropped_with_a_warning(tmp_path: Path, icc: bytes) -> None:
    photo = photos.read(make(tmp_path, icc, 8, suffix=".jpg"))
    assert photo.icc is None
    assert len(photo.warnings) == 1
    assert "sRGB" in photo.warnings[0]
    assert photo.pixels is photo.source


def test_formats_without_a_profile_get_srgb(tmp_path: Path) -> None:
    photo = photos.read(make(tmp_path, WIDE, 8))
    out = photos.read(photos.write(photo, tmp_path / "out.bmp"))
    np.testing.assert_array_equal(out.source, photo.pixels)


def test_cmyk_goes_through_its_profile() -> None:
    """A profile for another kind of picture must not be used for CMYK."""
    file = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 200, 200, 0)).save(file, "JPEG", icc_profile=P3)
    from engine.photo_decode import decode

    found = decode(file.getvalue(), "print.jpg")
    assert any("no usable profile" in warning for warning in found.warnings)
    assert found.metadata.icc == srgb_profile()


def test_cmyk_is_written_as_srgb(tmp_path: Path) -> None:
    Image.new("CMYK", (32, 32), (0, 200, 100, 20)).save(tmp_path / "in.tif")
    photo = photos.read(tmp_path / "in.tif")
    written = photos.write(photo, tmp_path / "out.tif")
    with Image.open(written) as image:
        assert image.mode == "RGB"
        assert image.info["icc_profile"] == srgb_profile()
        np.testing.assert_array_equal(np.asarray(image), photo.pixels)


def test_lab_is_converted(tmp_path: Path) -> None:
    lab = ImageCms.profileToProfile(
        Image.fromarray(picture()), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )  # fmt: skip
    lab.save(tmp_path / "in.tif")
    photo = photos.read(tmp_path / "in.tif")
    difference = np.abs(photo.pixels.astype(int) - picture())
    assert difference.mean() < 2  # 8-bit Lab is coarse
    assert difference.max() <= 30
    assert len(photo.warnings) == 1


def test_16_bit_curves_keep_gradations() -> None:
    """No steps of 8 bit in a 16-bit ramp."""
    ramp = np.arange(0, 65536, 7, dtype=np.uint16)
    space = ColourSpace(WIDE, grey=False)
    out = space.to_working(np.stack([ramp] * 3, axis=1)[None])[0].astype(int)
    assert len(np.unique(out[:, 1])) > 9000
    assert (np.diff(out[:, 1]) >= 0).all()
    assert out[0].max() == 0
    assert out[-1].min() >= 65500


def test_table_profiles_at_16_bit_keep_fine_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a profile is no matrix, its 8-bit answer is refined."""
    exact = ColourSpace(P3, grey=False)
    table = ColourSpace(P3, grey=False)
    monkeypatch.setattr(table, "_curves", None)
    deep = picture().astype(np.uint16) * 256 + 77
    difference = np.abs(table.to_working(deep).astype(int) - exact.to_working(deep))
    assert difference.max() <= 4 * 257  # in the dark, where curves are steep
    assert difference.mean() <= 257


@pytest.mark.parametrize("cut", [0, 40, 131, 140, 300])
def test_damaged_profiles_are_no_curve_profiles(cut: int) -> None:
    assert parse(P3[:cut]) is None


def test_parametric_equals_the_table() -> None:
    table, formula = parse(P3), parse(PROFILES["parametric"])
    assert table is not None
    assert formula is not None
    assert np.abs(table.curves - formula.curves).max() < 1e-4
