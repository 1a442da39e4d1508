"""What an installation brings on each system, resolved without installing anything."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SYSTEMS = {
    "windows": "x86_64-pc-windows-msvc",
    "macos": "aarch64-apple-darwin",
    "linux": "x86_64-manylinux_2_34",
}


@functools.cache
def resolved(system: str) -> dict[str, str]:
    """Package -> pinned version on a system; wheels only, because users have no compiler."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed")
    done = subprocess.run(
        [
            uv, "pip", "compile", str(ROOT / "pyproject.toml"), "--python-platform",
            SYSTEMS[system], "--python-version", "3.11", "--only-binary", ":all:",
            "--no-annotate", "--no-header", "--quiet",
            "--constraints", str(ROOT / "constraints.txt"),
        ],
        capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"MACOSX_DEPLOYMENT_TARGET": "14.0"},  # what the packages ask for
    )  # fmt: skip
    if done.returncode and re.search(
        r"connect|network|dns|timed out|offline", done.stderr, re.IGNORECASE
    ):
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, done.stderr
    pins = (line.split("==") for line in done.stdout.splitlines() if "==" in line)
    return {name.strip(): version.strip() for name, version in pins}


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_gets_exactly_one_runtime_and_no_torch(system: str) -> None:
    packages = resolved(system)
    runtimes = {name for name in packages if name.startswith("onnxruntime")}
    assert runtimes == {"onnxruntime-directml" if system == "windows" else "onnxruntime"}
    assert "torch" not in packages
    assert not {name for name in packages if name.startswith("nvidia")}
    for name in ("pyside6-essentials", "opencv-python", "numpy", "pillow", "platformdirs"):
        assert name in packages
    assert packages["pyside6-essentials"] != "6.12.0", "it loses a reference per signal"


def test_the_directml_runtime_is_one_that_the_code_was_written_for() -> None:
    major, minor = (int(n) for n in resolved("windows")["onnxruntime-directml"].split(".")[:2])
    assert (major, minor) >= (1, 22)
