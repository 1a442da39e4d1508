"""``likeness selftest`` as a user starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_everything_is_checked_and_told_as_json(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_STATE_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
    }
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli", "selftest", "--json", "--output", tmp_path / "kept"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=600,
        check=False,
    )
    report = json.loads(done.stdout)
    assert done.returncode == 0, [c["trace"] for c in report["checks"] if not c["ok"]]
    checks = {check["name"]: check["details"] for check in report["checks"]}
    assert checks["runtimes"]["versions"]["onnxruntime"]
    assert "CPUExecutionProvider" in checks["devices"]["providers"]
    assert {"detector", "embedder"} <= set(checks["models"])
    method = checks["method identity"]
    assert (tmp_path / "kept" / method["file"]).stat().st_size > 10_000
    assert method["identity_to_input"] > 0.3
    assert json.loads((tmp_path / "kept" / "report.json").read_text(encoding="utf-8")) == report
    # The user's own folders stay as they were.
    assert list(home.rglob("*.json")) == []
