"""The workflows name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOW = (FOLDER / "release.yml").read_text(encoding="utf-8")
TEST = (FOLDER / "test.yml").read_text(encoding="utf-8")


def test_every_script_that_the_workflow_runs_is_there():
    named = set(re.findall(r"packaging[/\\][\w/\\.-]+\.(?:py|sh|ps1|iss|xml|desktop)", WORKFLOW))
    assert len(named) > 6
    for name in named:
        assert (ROOT / name.replace("\\", "/")).is_file(), name


def test_every_step_of_the_build_and_target_of_make_is_there():
    build = (ROOT / "packaging" / "build.py").read_text(encoding="utf-8")
    for words in re.findall(r"packaging/build\.py ([a-z ]+)", WORKFLOW):
        for step in words.split():
            assert f"def {step}()" in build, step
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = " ".join(re.findall(r"run: make ([\w -]+)", WORKFLOW + TEST)).split()
    assert {"package", "test-package", "lint", "types", "borders"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:", make, re.MULTILINE), target


def test_every_change_is_tested_and_a_release_by_the_same_jobs():
    assert re.search(r"^  pull_request:$", TEST, re.MULTILINE), "of whatever files"
    assert "branches: [main]" in TEST
    assert "uses: ./.github/workflows/test.yml" in WORKFLOW
    for system in ("ubuntu", "windows", "macos"):
        assert f"{system}-" in TEST


def test_the_one_required_check_waits_for_all_that_must_succeed():
    jobs = re.findall(r"^  (\w+):$", WORKFLOW.split("\njobs:\n")[1], re.MULTILINE)
    needs = re.search(r"^  required:.*?needs: \[([\w, ]+)\]", WORKFLOW, re.MULTILINE | re.DOTALL)
    optional = {"required", "draft", "cuda"}
    assert set(needs[1].split(", ")) == set(jobs) - optional


def test_secrets_reach_no_step_of_a_pull_request_by_text():
    # A secret inside a command line would be shown by anyone who changes that line.
    for line in WORKFLOW.splitlines():
        if "secrets." in line:
            assert re.fullmatch(r"\s+\w+: \$\{\{ secrets\.\w+ \}\}", line), line
