"""Writes what the frozen program contains, and on whose terms: licences and a bill of materials.

Runs in the environment that is frozen: `python packaging/notices.py FOLDER TOOL`, where TOOL is the
``cyclonedx-py`` of another environment, so that it does not list itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
#: In requirements.txt for making the program only. Of the first, a small starter is in the program.
BUILD_ONLY = ("pyinstaller", "pyinstaller-hooks-contrib")
#: Asked for by others, and replaced by one of the same modules (see `build.environment`).
STAND_INS = {"opencv-python": "opencv-python-headless"}
#: Distributions without a licence text of their own: the texts that their metadata name.
TEXTS = {
    "flatbuffers": ("Apache-2.0.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
_LICENCE = re.compile(r"(licen[cs]e|notice|copying)[^/]*(\.(txt|md|rst))?$", re.IGNORECASE)
_RULE = "=" * 78
_OWN = (ROOT / "LICENSE", ROOT / "resources" / "models" / "LICENSE")
_HEAD = """\
Likeness contains the following software, each under its own terms.

Qt (PySide6) is used under the LGPL, version 3: its libraries are separate files in the folder of
the program and may be replaced by your own builds of the same version."""


def key(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def contained() -> dict[str, metadata.Distribution]:
    """The distributions of the program, with all that they need."""
    from packaging.requirements import Requirement  # noqa: PLC0415  (another `packaging` is here)

    names = ["requirements.txt"]
    if os.environ.get("LIKENESS_CUDA") == "1":
        names.append("requirements-cuda.txt")
    lines = [line for n in names for line in (HERE / n).read_text("utf-8").splitlines()]
    todo = [Requirement(line) for line in lines if line and not line.startswith("#")]
    found: dict[str, metadata.Distribution] = {}
    while todo:
        need = todo.pop()
        name = STAND_INS.get(key(need.name), key(need.name))
        if name in found or name in BUILD_ONLY:
            continue
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        found[name] = metadata.distribution(name)
        todo += [Requirement(line) for line in found[name].requires or ()]
    return dict(sorted(found.items()))


def texts(name: str, distribution: metadata.Distribution) -> list[str]:
    """All licence texts of a distribution.

    Raises:
        SystemExit: it has none, so that it cannot be handed out.
    """
    found = []
    for file in distribution.files or ():
        if _LICENCE.search(file.as_posix()) and file.suffix not in {".py", ".pyc"}:
            text = Path(str(distribution.locate_file(file))).read_text("utf-8", errors="replace")
            found.append(text.strip())
    found += [(HERE / "licences" / t).read_text("utf-8").strip() for t in TEXTS.get(name, ())]
    if not found:
        raise SystemExit(f"{name} has no licence text: add one to packaging/licences.")
    return list(dict.fromkeys(found))


def python_licence() -> str:
    """The licence of the Python that is frozen."""
    base = Path(sys.base_prefix)
    lib = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
    places = (base / lib / "LICENSE.txt", base / "LICENSE.txt", base / lib / "LICENSE")
    for place in (*places, *base.glob("share/doc/python3*/copyright")):
        if place.is_file():
            return place.read_text("utf-8", errors="replace").strip()
    return "Python is under the PSF licence, version 2: https://docs.python.org/3/license.html"


def write_own(path: Path) -> None:
    """The terms of Likeness itself: of its code, and of its models."""
    texts = [place.read_text(encoding="utf-8").strip() for place in _OWN]
    path.write_text(f"\n\n{_RULE}\n\n".join(texts) + "\n", encoding="utf-8")


def write_licences(path: Path, found: dict[str, metadata.Distribution]) -> None:
    """One readable file with the licence texts of everything in the program."""
    starter = metadata.distribution("pyinstaller")
    parts = [_HEAD]
    heads = [(f"Python {sys.version.split()[0]}", [python_licence()])]
    for name, distribution in (*found.items(), ("pyinstaller", starter)):
        title = f"{distribution.metadata['Name']} {distribution.version}"
        heads.append((title, texts(name, distribution)))
    for title, bodies in heads:
        parts += [f"{_RULE}\n{title}\n{_RULE}", *bodies]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def write_bill(path: Path, tool: str, found: dict[str, metadata.Distribution]) -> None:
    """A CycloneDX document of the same content."""
    version = metadata.version("likeness")
    done = subprocess.run(
        [tool, "environment", "--output-format", "JSON", "--output-reproducible",
         "--pyproject", str(ROOT / "pyproject.toml"), sys.executable],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    bill = json.loads(done.stdout)
    bill["components"] = [c for c in bill["components"] if key(c["name"]) in found]
    bill["components"].append(
        {
            "type": "platform",
            "bom-ref": "python",
            "name": "Python",
            "version": sys.version.split()[0],
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    main = bill["metadata"]["component"]
    main["version"] = version
    refs = {c["bom-ref"] for c in bill["components"]} | {main["bom-ref"]}
    bill["dependencies"] = [
        {**d, "dependsOn": [r for r in d.get("dependsOn", ()) if r in refs]}
        for d in bill.get("dependencies", ())
        if d["ref"] in refs
    ]
    # References into the machine that built it tell nobody anything.
    for component in (main, *bill["components"]):
        links = component.get("externalReferences", [])
        component["externalReferences"] = [r for r in links if not r["url"].startswith("file:")]
    path.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Writes the three files."""
    folder, tool = Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(parents=True, exist_ok=True)
    found = contained()
    write_own(folder / "licence.txt")
    write_licences(folder / "third-party-licences.txt", found)
    write_bill(folder / "sbom.cdx.json", tool, found)
    print(f"{len(found)} distributions, licences and bill of materials are in {folder}.")


if __name__ == "__main__":
    main()
