"""Takes what no part of the program can reach out of the frozen folder (Linux).

OpenCV's wheel is linked with FFmpeg and its codecs, a tenth of the whole program, for videos that
Likeness never opens, and with OpenBLAS, another tenth, for the algebra of large matrices (`ALGEBRA`
lists what would need it; a test keeps these functions out). The loader wants libraries of these
names all the same, so each is replaced by one of a few kilobytes that has the symbols OpenCV asks
for and nothing behind them: whoever calls one ends at once instead of going on with a wrong answer.
What then nobody loads is deleted. Last, symbol tables go that only debuggers read.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

#: Version of the symbols, as in LIBAVCODEC_62 -> start of the library's name.
VIDEO = {
    "LIBAVCODEC": "libavcodec-",
    "LIBAVFORMAT": "libavformat-",
    "LIBAVUTIL": "libavutil-",
    "LIBSWSCALE": "libswscale-",
}
#: Functions of OpenCV that call OpenBLAS.
ALGEBRA = frozenset(
    ("PCABackProject", "PCACompute", "PCACompute2", "PCAProject", "SVBackSubst", "SVDecomp", "SVD",
     "calcCovarMatrix", "determinant", "eigen", "eigenNonSymmetric", "estimateAffine2D",
     "estimateAffine3D", "estimateAffinePartial2D", "findEssentialMat", "findFundamentalMat",
     "findHomography", "gemm", "invert", "kmeans", "Mahalanobis", "mulTransposed", "solve",
     "solveCubic", "solvePnP", "solvePoly")
)  # fmt: skip
_SYMBOL = re.compile(r"\bU (\w+)@(([A-Z]+)_\d+)")


def slim(internal: Path) -> int:
    """Replaces the video libraries and deletes what is left over.

    Args:
        internal: the frozen program's folder of libraries.

    Returns:
        Bytes that were saved.

    Raises:
        SystemExit: OpenCV is built in another way now, or there is no compiler.
    """
    before = _size(internal)
    libraries = next(internal.glob("opencv_python*.libs"))
    asked = undefined(next((internal / "cv2").glob("cv2*.so")))
    for kind, start in VIDEO.items():
        found = list(libraries.glob(f"{start}*"))
        if len(found) != 1 or len(asked[kind]) != 1:
            raise SystemExit(f"OpenCV is linked with {start}* in another way: see slim.py.")
        ((version, symbols),) = asked[kind].items()
        stand_in(found[0], version, symbols)
    (algebra,) = libraries.glob("libopenblas*")
    offered = set(_names(algebra, "--defined-only"))
    wanted = _names(next((internal / "cv2").glob("cv2*.so")), "--undefined-only")
    stand_in(algebra, "", [name for name in wanted if name in offered])
    drop_unused(internal, libraries)
    return before - _size(internal)


def undefined(library: Path) -> dict[str, dict[str, list[str]]]:
    """What a library asks of others: kind -> version -> symbols."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, version, kind in _SYMBOL.findall(_output("nm", "-D", "--undefined-only", library)):
        found[kind][version].append(name)
    return found


def _names(library: Path, which: str) -> list[str]:
    lines = _output("nm", "-D", which, library).splitlines()
    return [line.split()[-1].split("@")[0] for line in lines if line.strip()]


def stand_in(library: Path, version: str, symbols: list[str]) -> None:
    """Puts a library of the same name there whose functions end the program.

    Args:
        library: is replaced.
        version: of the symbols; empty where they have none.
        symbols: its functions.
    """
    with tempfile.TemporaryDirectory() as name:
        code, script = Path(name) / "code.c", Path(name) / "versions"
        lines = (f"void {symbol}(void) {{ __builtin_trap(); }}\n" for symbol in sorted(symbols))
        code.write_text("".join(lines))
        script.write_text(f"{version} {{ global: *; }};\n".lstrip())
        made = Path(name) / library.name
        _output(
            "gcc", "-shared", "-fPIC", "-O1", "-nostdlib", "-s", f"-Wl,-soname={library.name}",
            f"-Wl,--version-script={script}", "-o", made, code,
        )  # fmt: skip
        library.write_bytes(made.read_bytes())


def drop_unused(internal: Path, libraries: Path) -> None:
    """Deletes the libraries of a folder that no file of the program loads, and links to them."""
    while True:
        needed: set[str] = set()
        for path in internal.rglob("*.so*"):
            if path.is_file() and not path.is_symlink():
                needed.update(re.findall(r"\(NEEDED\).*\[(.+)\]", _output("readelf", "-d", path)))
        unused = [path for path in libraries.iterdir() if path.name not in needed]
        if not unused:
            break
        for path in unused:
            path.unlink()
    for link in internal.iterdir():
        if link.is_symlink() and not link.exists():
            link.unlink()


def strip(internal: Path) -> int:
    """Takes the symbol tables out that only debuggers read.

    Libraries that `auditwheel` has patched may lose the alignment of their segments to ``strip``,
    and the loader refuses them then: such a one stays as it was.

    Args:
        internal: the frozen program's folder of libraries.

    Returns:
        Bytes that were saved.
    """
    before = _size(internal)
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "stripped.so"
        for path in internal.rglob("*.so*"):
            if path.is_symlink() or not path.is_file() or path.read_bytes()[:4] != b"\x7fELF":
                continue
            _output("strip", "--strip-unneeded", "-o", made, path)
            if made.stat().st_size < path.stat().st_size and aligned(made):
                path.write_bytes(made.read_bytes())
    return before - _size(internal)


def aligned(library: Path) -> bool:
    """Whether every segment can be mapped: address and offset agree modulo the alignment."""
    loads = re.findall(
        r"LOAD +0x(\w+) 0x(\w+) .* 0x(\w+)$", _output("readelf", "-lW", library), re.MULTILINE
    )
    numbers = [[int(n, 16) for n in load] for load in loads]
    return bool(numbers) and all((at - offset) % step == 0 for offset, at, step in numbers)


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def _output(*command: object) -> str:
    words = [str(part) for part in command]
    try:
        done = subprocess.run(words, check=False, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SystemExit(f"{words[0]} is missing; install gcc and binutils.") from error
    if done.returncode:
        raise SystemExit(f"{words[0]} failed: {done.stderr.strip()}")
    return done.stdout
