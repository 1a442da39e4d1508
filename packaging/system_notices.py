"""Licences of the libraries that the frozen program took from a Debian system that built it.

PyInstaller copies the system's libraries that `content.FROM_SYSTEM` names; where each comes from is
asked of dpkg, and the copyright file of its package goes to the other licences.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import content

_RULE = "=" * 78
_PLACES = (Path("/usr/lib"), Path("/lib"))


def taken(inside: Path) -> list[str]:
    """Names of the libraries of the system in the program's folder."""
    starts = tuple(s for s in content.FROM_SYSTEM if s != "libpython")
    return sorted(
        path.name
        for path in inside.iterdir()
        if path.is_file() and path.name.startswith(starts) and ".so" in path.name
    )


def package_of(name: str) -> str | None:
    """The installed package that holds a library of this file name; None where none does."""
    for place in _PLACES:
        for path in place.glob(f"*/{name}"):
            for spelling in dict.fromkeys((str(path), f"/usr{path}", str(path.resolve()))):
                done = subprocess.run(
                    ["dpkg", "--search", spelling], check=False, capture_output=True, text=True
                )
                if done.returncode == 0:
                    return done.stdout.split(":")[0]
    return None


def version_of(package: str) -> str:
    """The installed version of a package."""
    return subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Version}\n", package],
        check=True, capture_output=True, text=True,
    ).stdout.splitlines()[0]  # fmt: skip


def append(inside: Path) -> list[str]:
    """Adds licences and components to the notices of a frozen program; the packages' names.

    Raises:
        SystemExit: a library has no package or its package no copyright file, so that the program
            cannot be handed out.
    """
    if shutil.which("dpkg") is None:
        print("No dpkg here: the licences of system libraries are not added.")
        return []
    packages: dict[str, list[str]] = {}
    for name in taken(inside):
        package = package_of(name)
        if package is None:
            raise SystemExit(f"No package of this system has {name}: whose terms does it have?")
        packages.setdefault(package, []).append(name)
    texts, parts = [], []
    for package, names in packages.items():
        terms = Path("/usr/share/doc") / package / "copyright"
        if not terms.is_file():
            raise SystemExit(f"{terms} is missing: {', '.join(names)} cannot be handed out.")
        version = version_of(package)
        body = terms.read_text("utf-8", errors="replace").strip()
        texts += [f"{_RULE}\n{package} {version} ({', '.join(names)})\n{_RULE}", body]
        parts.append({"type": "library", "bom-ref": package, "name": package, "version": version})
    notices = inside / "notices"
    licences, bill = notices / "third-party-licences.txt", notices / "sbom.cdx.json"
    with licences.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n\n".join(texts) + "\n")
    content_ = json.loads(bill.read_text(encoding="utf-8"))
    content_["components"] += parts
    bill.write_text(json.dumps(content_, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return list(packages)
