"""Builds the packages of this system: `python packaging/build.py [STEP]...`, all steps by default.

environment  a private environment with what is frozen, and one with the tools
notices      licence texts and the bill of materials
freeze       PyInstaller, from likeness.spec
check        what must and must not be in the program, and its size
archive      zip or tar of the folder, and the Debian package on Linux
sums         SHA-256 of every package
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

import content  # noqa: E402
import slim  # noqa: E402
import system_notices  # noqa: E402

from engine.version import __version__  # noqa: E402

BUILD = ROOT / "build"
PACKAGES = ROOT / "dist"
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
CYCLONEDX = "cyclonedx-bom==7.5.0"
CUDA = os.environ.get("LIKENESS_CUDA") == "1"
#: Packages of one machine are named alike on all systems.
ARCH = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "arm64", "aarch64": "arm64"}


def frozen() -> Path:
    """The folder of the program; on macOS the bundle."""
    return BUILD / "dist" / ("Likeness.app" if sys.platform == "darwin" else "likeness")


def stem() -> str:
    """Name of this system's packages without their ending."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    machine = ARCH.get(platform.machine().lower(), platform.machine())
    return f"likeness-{__version__}-{system}-{machine}" + ("-cuda" if CUDA else "")


def environment() -> None:
    """Makes both environments; quick where they are already as they should be."""
    for name, arguments in (
        ("venv", ["-r", HERE / "requirements.txt", "-c", ROOT / "constraints.txt"]),
        ("tools", [CYCLONEDX]),
    ):
        if not (BUILD / name / SCRIPTS).is_dir():
            venv.create(BUILD / name, with_pip=True)
        _pip(name, *arguments)
    # Only its metadata is used: the modules are taken from the checkout.
    _pip("venv", "--no-deps", "-e", str(ROOT))
    if CUDA:
        # On Windows the usual index has a torch for processors only: another one is named here.
        index = os.environ.get("LIKENESS_TORCH_INDEX")
        more = ["--extra-index-url", index] if index else []
        _pip("venv", "-r", HERE / "requirements-cuda.txt", "-c", ROOT / "constraints.txt", *more)
        _run(_python(), "-c", "import sys, torch; sys.exit(torch.version.cuda is None)")
        # facexlib asks for the OpenCV with a Qt of its own, whose files lie over the others.
        names = ("opencv-python", "opencv-python-headless")
        _run(_python(), "-m", "pip", "uninstall", "-q", "-y", *names)
        _pip("venv", "-r", HERE / "requirements.txt", "-c", ROOT / "constraints.txt")


def notices() -> None:
    """Licence texts and bill of materials, into build/notices."""
    tool = BUILD / "tools" / SCRIPTS / "cyclonedx-py"
    _run(_python(), HERE / "notices.py", BUILD / "notices", tool)
    # Where `likeness update` asks; a package without this address asks nobody.
    feed = BUILD / "notices" / "releases.txt"
    feed.unlink(missing_ok=True)
    if address := os.environ.get("LIKENESS_RELEASES"):
        feed.write_text(address + "\n", encoding="ascii")


def freeze() -> None:
    """Runs PyInstaller."""
    _run(
        _python(), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", BUILD / "dist", "--workpath", BUILD / "work", HERE / "likeness.spec",
    )  # fmt: skip
    if sys.platform == "linux":
        (frozen() / "likeness-window").symlink_to("likeness")
        inside = frozen() / "_internal"
        print(f"{slim.slim(inside) / 1e6:.0f} MB of OpenCV's video part were taken out.")
        print(f"{slim.strip(inside) / 1e6:.0f} MB of symbols for debuggers were taken out.")
        print(f"Licences added of the system's {', '.join(system_notices.append(inside))}.")


def check() -> None:
    """Ends with a sentence where the program is too large, or holds what it should not."""
    folder = frozen()
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    print(f"The program has {size / 1e6:.0f} MB in {len(files)} files; the largest:")
    for path in sorted(files, key=lambda p: -p.stat().st_size)[:8]:
        print(f"  {path.stat().st_size / 1e6:6.1f} MB  {path.relative_to(folder).as_posix()}")
    wrong = problems(folder)
    if not CUDA and size > content.BUDGET:
        wrong.append(f"It is larger than its budget of {content.BUDGET / 1e6:.0f} MB.")
    if wrong:
        raise SystemExit("\n".join(wrong))


def problems(folder: Path) -> list[str]:
    """What is wrong with the content of a frozen program, as sentences."""
    links = (path for path in folder.rglob("*") if path.is_symlink() and not path.exists())
    found = [f"This link leads nowhere: {path.name}" for path in links]
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    names = {path.rsplit("/", 1)[-1] for path in paths}
    for path in paths:
        if not CUDA and "/torch/" in f"/{path}":
            found.append(f"PyTorch is in the standard build: {path}")
        if "/cv2/qt/" in f"/{path}":
            found.append(f"OpenCV brought its own Qt: {path}")
        if path.endswith(("direct_url.json", "RECORD", ".ts")):
            found.append(f"This belongs to the machine it was built on: {path}")
        library = content.qt_library(path.rsplit("/", 1)[-1])
        if library and library not in content.QT_LIBRARIES and "plugins" not in path:
            found.append(f"No part of the program uses this library of Qt: {path}")
    needed = ["manifest.json", "worn-1.jpg", "licence.txt", "third-party-licences.txt",
              "sbom.cdx.json"]  # fmt: skip
    if sys.platform == "win32":
        needed.append("DirectML.dll")
    found += [f"{name} is missing." for name in needed if name not in names]
    return found


def archive() -> None:
    """The folder as one file, and the package of the system where it is made here."""
    PACKAGES.mkdir(exist_ok=True)
    folder, inside = frozen(), f"likeness-{__version__}"
    if sys.platform == "win32":
        with zipfile.ZipFile(
            PACKAGES / f"{stem()}-portable.zip", "w", zipfile.ZIP_DEFLATED
        ) as kept:
            for path in sorted(folder.rglob("*")):
                kept.write(path, Path(inside) / path.relative_to(folder))
    elif sys.platform == "linux":
        import deb  # noqa: PLC0415  (Debian's own tools)

        with tarfile.open(PACKAGES / f"{stem()}.tar.gz", "w:gz", compresslevel=6) as kept:
            kept.add(folder, inside, filter=_anonymous)
            for name in ("likeness.desktop", "org.likeness.Likeness.metainfo.xml", "README"):
                kept.add(HERE / "linux" / name, f"{inside}/share/{name}", filter=_anonymous)
            icon = ROOT / "resources" / "icons" / "likeness.svg"
            kept.add(icon, f"{inside}/share/{icon.name}", filter=_anonymous)
        if not CUDA:
            deb.build(folder, PACKAGES, __version__)
    # macOS: packaging/macos/package.sh signs the bundle and makes the disk image.


def sums() -> None:
    """Writes SHA256SUMS beside the packages."""
    lines = []
    for path in sorted(PACKAGES.glob("likeness*")):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}")
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.name}")
    (PACKAGES / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="ascii")


STEPS = (environment, notices, freeze, check, archive, sums)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def _python() -> Path:
    return BUILD / "venv" / SCRIPTS / "python"


def _pip(name: str, *arguments: object) -> None:
    _run(BUILD / name / SCRIPTS / "python", "-m", "pip", "install", "-q", *arguments)


def _run(*command: object) -> None:
    words = [str(part).removeprefix(f"{ROOT}{os.sep}") for part in command]
    print("+", *words[:12], "..." if len(words) > 12 else "", flush=True)
    # The checkout must not stand in for what is installed in the environment.
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run([str(part) for part in command], check=False, env=surroundings)
    if done.returncode:
        raise SystemExit(f"This failed with code {done.returncode}: {Path(str(command[0])).name}")


def main() -> None:
    """Runs the named steps, or all."""
    named = {step.__name__: step for step in STEPS}
    for word in sys.argv[1:] or list(named):
        if word not in named:
            raise SystemExit(f"There is no step '{word}'; there are {', '.join(named)}.")
        named[word]()
    if "freeze" in (sys.argv[1:] or list(named)):
        shutil.rmtree(BUILD / "work", ignore_errors=True)


if __name__ == "__main__":
    main()
