"""The contracts of import-linter name every module that there is."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
#: Modules that may import torch or the networks, beside `engine.networks` and `engine.training`.
TORCH = {"engine.backends.torch_cuda", "engine.faces.retinaface", "engine.codeformer_weights"}


def modules(package: str) -> set[str]:
    """The modules and packages right below a package."""
    below = (ROOT / package.replace(".", "/")).iterdir()
    return {
        f"{package}.{path.stem}"
        for path in below
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }


def sources(words: str) -> set[str]:
    """The modules that the contract with these words in its name holds."""
    (contract,) = (c for c in CONTRACTS if words in c["name"])
    return set(contract["source_modules"])


def test_nothing_at_run_time_is_free_to_import_the_training() -> None:
    assert sources("does not know its training") == modules("engine") - {"engine.training"}


def test_torch_is_kept_out_of_everything_else() -> None:
    wanted = {"desktop"}
    for module in modules("engine") - {"engine.training", "engine.networks"}:
        inside = modules(module) if (ROOT / module.replace(".", "/")).is_dir() else {module}
        wanted |= {module} if not inside & TORCH else inside - TORCH
    assert sources("torch stays in") == wanted
