"""Builds the Debian package out of the frozen folder, with Debian's own tools."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_CONTROL = """\
Package: likeness
Version: {version}
Architecture: {architecture}
Maintainer: The Likeness developers <likeness@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: fonts-noto-core | fonts-dejavu-core, xdg-desktop-portal
Section: graphics
Priority: optional
Description: restores faces in old photographs and keeps the person the same
 Likeness gives people back the faces in their old photographs. It works on
 this computer alone: no photograph, no face and no number leaves it.
 .
 The package holds a program for the desktop and a command line.
"""


def build(folder: Path, packages: Path, version: str) -> Path:
    """Makes ``likeness_VERSION_ARCH.deb``.

    Args:
        folder: the frozen program.
        packages: where the package is put.
        version: of the package; the frozen program knows its own.

    Raises:
        SystemExit: a tool is missing or fails.
    """
    if shutil.which("dpkg-deb") is None or shutil.which("dpkg-shlibdeps") is None:
        raise SystemExit("The Debian package needs dpkg-dev; install it, then try again.")
    architecture = _output("dpkg", "--print-architecture").strip()
    target = packages / f"likeness_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="likeness-deb-") as name:
        tree = Path(name) / "tree"
        lay_out(folder, tree)
        size = sum(p.lstat().st_size for p in tree.rglob("*") if p.is_file()) // 1024
        control = tree / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(
            _CONTROL.format(
                version=version,
                architecture=architecture,
                size=size,
                depends=dependencies(tree / "usr" / "lib" / "likeness", Path(name)),
            ),
            encoding="utf-8",
        )
        _permissions(tree)
        _output("dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", tree, target)
    return target


def lay_out(folder: Path, tree: Path) -> None:
    """Copies everything to where Debian wants it."""
    home = tree / "usr" / "lib" / "likeness"
    home.parent.mkdir(parents=True)
    shutil.copytree(folder, home, symlinks=True)
    programs = tree / "usr" / "bin"
    programs.mkdir()
    for name in ("likeness", "likeness-window"):
        (programs / name).symlink_to(f"../lib/likeness/{name}")
    share = tree / "usr" / "share"
    for source, place in (
        (HERE / "linux" / "likeness.desktop", "applications"),
        (HERE / "linux" / "org.likeness.Likeness.metainfo.xml", "metainfo"),
        (ROOT / "resources" / "icons" / "likeness.svg", "icons/hicolor/scalable/apps"),
        (home / "_internal" / "notices" / "licence.txt", "doc/likeness"),
        (home / "_internal" / "notices" / "third-party-licences.txt", "doc/likeness"),
    ):
        (share / place).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / place / source.name)
    (share / "doc" / "likeness" / "licence.txt").rename(share / "doc" / "likeness" / "copyright")
    for pixels in (16, 32, 48, 64, 128, 256, 512):
        place = share / "icons" / "hicolor" / f"{pixels}x{pixels}" / "apps"
        place.mkdir(parents=True)
        icon = ROOT / "resources" / "icons" / f"likeness-{pixels}.png"
        shutil.copyfile(icon, place / "likeness.png")
    changes = share / "doc" / "likeness" / "changelog.gz"
    # Without a time inside, the same content gives the same package.
    changes.write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))


def dependencies(home: Path, work: Path) -> str:
    """The packages whose libraries the program loads, with the versions that it needs."""
    (work / "debian").mkdir()
    (work / "debian" / "control").write_text(
        "Source: likeness\n\nPackage: likeness\nArchitecture: any\n"
    )
    files = [p for p in home.rglob("*") if p.is_file() and not p.is_symlink() and _is_elf(p)]
    private = sorted({str(p.parent) for p in files})
    said = _output(
        "dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0",
        *(f"-l{folder}" for folder in private), *files, cwd=work,
    )  # fmt: skip
    line = next(line for line in said.splitlines() if line.startswith("shlibs:Depends="))
    names = set(line.removeprefix("shlibs:Depends=").split(", "))
    # Opened by name at run time, which no tool can see.
    bare = {name.split()[0] for name in names}
    names |= {"libgl1", "libegl1"} - bare
    return ", ".join(sorted(names))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _permissions(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if path.is_symlink():
            continue
        started = path.parent.name == "likeness" and path.name in {"likeness", "likeness-window"}
        path.chmod(0o755 if path.is_dir() or started else 0o644)


def _output(*command: object, cwd: Path | None = None) -> str:
    words = [str(part) for part in command]
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, cwd=cwd, env=surroundings
    )
    if done.returncode:
        raise SystemExit(f"{words[0]} failed: {done.stderr.strip()}")
    return done.stdout
