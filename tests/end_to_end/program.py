"""The command line as a process of its own, run from the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def likeness(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs ``likeness`` with these arguments; `options` go to `subprocess.run`."""
    return subprocess.run(
        [sys.executable, "-m", "engine.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        check=False,
        **options,
    )
