from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from engine import cli, machine, methods, selftest
from engine.errors import LikenessError

ROOT = Path(__file__).resolve().parents[2]


def add_program(folder: Path, *points: str) -> None:
    """What an installed program leaves: a distribution with entry points."""
    info = folder / "probe-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: probe\nVersion: 1.0\n")
    lines = "\n".join(points)
    (info / "entry_points.txt").write_text(f"[{selftest.GROUP}]\n{lines}\n")


def only(monkeypatch, *checks):
    monkeypatch.setattr(selftest, "checks", lambda: checks)
    monkeypatch.setattr(selftest, "added_checks", tuple)


def test_every_registered_method_is_checked():
    names = {check.name for check in selftest.checks()}
    assert {f"method {key}" for key in methods.METHODS} <= names


def test_a_failing_check_is_told_and_does_not_stop_the_others(tmp_path, monkeypatch):
    def torn(folder):
        raise LikenessError("It is torn.", code="torn")

    def unforeseen(folder):
        return {"never": 1 // 0}

    only(
        monkeypatch,
        selftest.Check("torn", torn),
        selftest.Check("unforeseen", unforeseen),
        selftest.Check("good", lambda folder: {"folder": str(folder)}),
    )
    heard = []
    report = selftest.run(tmp_path, heard.append)
    assert [result.name for result in heard] == ["torn", "unforeseen", "good"]
    assert not report["ok"]
    first, second, third = report["checks"]
    assert first["error"] == "It is torn."
    assert "ZeroDivisionError" in second["error"]
    assert "1 // 0" in second["trace"]
    assert third["ok"]
    assert third["details"] == {"folder": str(tmp_path)}


def test_little_memory_or_disk_is_said(tmp_path, monkeypatch):
    (check,) = [c for c in selftest.checks() if c.name == "memory and disk"]
    monkeypatch.setattr(machine, "memory", lambda: (8 << 30, 100 << 20))
    with pytest.raises(LikenessError, match="100 MB of memory"):
        check.run(tmp_path)
    monkeypatch.setattr(machine, "memory", lambda: (8 << 30, 4 << 30))
    monkeypatch.setattr(machine, "free_disk", lambda folder: 5 << 20)
    with pytest.raises(LikenessError, match="5 MB are free"):
        check.run(tmp_path)


def test_a_changed_model_file_fails_the_models(tmp_path, monkeypatch):
    (check,) = [c for c in selftest.checks() if c.name == "models"]
    assert "detector" in check.run(tmp_path)

    class Torn(selftest.ModelStore):
        def verify(self, name):
            raise LikenessError(f"The model '{name}' is torn.", code="model")

    monkeypatch.setattr(selftest, "ModelStore", Torn)
    with pytest.raises(LikenessError, match="torn"):
        check.run(tmp_path)


def test_programs_add_their_checks_by_entry_points(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    add_program(tmp_path, "probe-good = probe_checks:good", "probe-gone = no_such_module:check")
    (tmp_path / "probe_checks.py").write_text("def good(folder):\n    return {'here': True}\n")
    added = {check.name: check for check in selftest.added_checks()}
    assert added["probe-good"].run(tmp_path) == {"here": True}
    monkeypatch.setattr(selftest, "checks", lambda: (added["probe-gone"],))
    monkeypatch.setattr(selftest, "added_checks", tuple)
    report = selftest.run(tmp_path)
    assert "no_such_module" in report["checks"][0]["error"]


def test_the_window_is_registered():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"][selftest.GROUP]["window"].partition(":")
    assert callable(getattr(import_module(module), name))


def test_the_command_says_what_failed_and_keeps_the_report(tmp_path, monkeypatch, capsys):
    def torn(folder):
        raise LikenessError("It is torn.", code="torn")

    only(monkeypatch, selftest.Check("torn", torn))
    assert cli.main(["selftest", "--output", str(tmp_path / "kept")]) == 1
    said = capsys.readouterr()
    assert "torn failed." in said.out
    assert "It is torn." in said.err
    assert (tmp_path / "kept" / "report.json").read_text(encoding="utf-8").startswith("{")
    (tmp_path / "file").write_text("x")
    assert cli.main(["selftest", "--output", str(tmp_path / "file")]) == 2
