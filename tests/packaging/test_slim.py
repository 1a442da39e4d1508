from __future__ import annotations

import ctypes
import importlib.util
import shutil
import sys
from pathlib import Path

import PIL
import pytest

_SPEC = importlib.util.spec_from_file_location(
    "packaging_slim", Path(__file__).resolve().parents[2] / "packaging" / "slim.py"
)
slim = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(slim)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, ("strip", "readelf", "nm"))),
    reason="needs Linux and binutils",
)


def a_library() -> Path:
    return next(Path(PIL.__file__).parent.glob("_imagingmath*.so"))


def test_what_is_stripped_is_smaller_and_loads(tmp_path: Path) -> None:
    made = tmp_path / "library.so"
    shutil.copy(a_library(), made)
    (tmp_path / "link.so").symlink_to(made)
    (tmp_path / "words.so").write_text("GROUP ( libc.so.6 )")  # a linker script, not a library
    before = made.stat().st_size
    saved = slim.strip(tmp_path)
    assert saved == before - made.stat().st_size > 0
    assert slim._names(made, "--defined-only") == slim._names(a_library(), "--defined-only")
    ctypes.CDLL(str(made))
    assert (tmp_path / "link.so").is_symlink()


def test_a_segment_out_of_step_is_seen(tmp_path: Path) -> None:
    made = tmp_path / "library.so"
    data = bytearray(a_library().read_bytes())
    assert slim.aligned(a_library())
    # The first LOAD's offset in the program headers of a 64-bit file, made odd.
    first, size, count = (
        int.from_bytes(data[32:40], "little"),
        int.from_bytes(data[54:56], "little"),
        int.from_bytes(data[56:58], "little"),
    )
    loads = [first + n * size for n in range(count) if data[first + n * size] == 1]
    data[loads[-1] + 8] ^= 1
    made.write_bytes(data)
    assert not slim.aligned(made)
