"""Tries the Debian package as a user has it; as root: `packaging/test_package.py [OLDER.deb]`.

In a fresh root of the distribution, without Python and without build tools, the package is
installed with what it depends on, started with a photograph by the line of its desktop file on a
screen of its own, self-tested, put over an older version, and removed without a trace.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from engine.version import __version__  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

SUITE = os.environ.get("LIKENESS_TEST_SUITE", "bookworm")
MIRROR = os.environ.get("LIKENESS_TEST_MIRROR", "http://deb.debian.org/debian")
BASE = ROOT / "build" / f"root-{SUITE}.tar"
#: Written by the system itself: no traces of the package.
PASSING = ("/proc", "/sys", "/dev", "/tmp", "/run", "/home", "/var/lib/apt", "/var/cache",
           "/var/lib/dpkg", "/var/log")  # fmt: skip
PHOTO = "Zoë 祖母 1931.jpg"
OLD = "0.0.9"


class Box:
    """A root of its own with one user, in which programs are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, user: str = "root", **more: str) -> str:
        """Runs a program in it; returns what it says.

        Raises:
            SystemExit: it failed.
        """
        process = self.start(*words, user=user, **more)
        said, _ = process.communicate(timeout=900)
        if process.returncode:
            raise SystemExit(f"{' '.join(words)} failed with {process.returncode}:\n{said}")
        return said

    def start(self, *words: str, user: str = "root", **more: str) -> subprocess.Popen[str]:
        """Starts a program in it with a plain environment."""
        home = "/root" if user == "root" else f"/home/{user}"
        plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home, "LANG": "C.UTF-8",
                 "DEBIAN_FRONTEND": "noninteractive", **more}  # fmt: skip
        passed = {k: v for k, v in os.environ.items() if k.lower().endswith("_proxy")}
        return subprocess.Popen(
            ["chroot", f"--userspec={user}:{user}", str(self.folder), *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**passed, **plain},
        )  # fmt: skip

    def has(self, program: str) -> bool:
        """Whether a program can be found in it."""
        folders = ("usr/bin", "usr/sbin", "bin", "sbin", "usr/local/bin")
        return any((self.folder / folder / program).exists() for folder in folders)

    def files(self) -> set[str]:
        """All names that packages can leave behind."""
        found = set()
        for folder, names, files in os.walk(self.folder):
            inside = "/" + os.path.relpath(folder, self.folder).removeprefix(".")
            inside = inside.rstrip("/") + "/"
            names[:] = [name for name in names if not (inside + name).startswith(PASSING)]
            found |= {inside + name for name in (*names, *files)}
        return found


@contextmanager
def fresh_root() -> Iterator[Box]:
    """A minimal root of the distribution; its archive is kept for the next time."""
    if not BASE.exists():
        with tempfile.TemporaryDirectory(prefix="likeness-base-") as name:
            say(f"making a minimal root of {SUITE}")
            command(["debootstrap", "--variant=minbase", SUITE, f"{name}/root", MIRROR])
            copy_trust(Path(name) / "root")
            box = Box(Path(name) / "root")
            box.run("useradd", "--create-home", "ada")
            command(["tar", "-C", f"{name}/root", "-cf", str(BASE), "."])
    with tempfile.TemporaryDirectory(prefix="likeness-root-") as name, ExitStack() as stack:
        command(["tar", "-C", name, "-xpf", str(BASE)])
        for kind, place in (("proc", "proc"), ("tmpfs", "dev/shm"), ("tmpfs", "tmp")):
            (Path(name) / place).mkdir(exist_ok=True)
            # Of the mode that such folders have: everybody writes, nobody removes another's.
            mode = ["-o", "mode=1777"] if kind == "tmpfs" else []
            command(["mount", "-t", kind, *mode, kind, f"{name}/{place}"])
            stack.callback(command, ["umount", "-l", f"{name}/{place}"])
        yield Box(Path(name))


def copy_trust(root: Path) -> None:
    """A machine behind a mirror of its own needs that mirror's settings inside too."""
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    for path in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
        shutil.copy(path, root / "etc" / "apt" / "apt.conf.d" / path.name)


@contextmanager
def screen() -> Iterator[str]:
    """A screen outside of the root, so that nothing is installed in there for the test's sake."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-ac"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def install(box: Box, package: Path) -> None:
    """Installs a package file with what it depends on."""
    shutil.copyfile(package, box.folder / "root" / package.name)
    box.run("apt-get", "install", "-y", "-q", "--no-install-recommends", f"/root/{package.name}")
    (box.folder / "root" / package.name).unlink()


def older(package: Path, folder: Path) -> Path:
    """The same package under a lower number and with a file that is no longer in it today."""
    tree = folder / "older"
    command(["dpkg-deb", "--raw-extract", str(package), str(tree)])
    control = tree / "DEBIAN" / "control"
    control.write_text(control.read_text().replace(f"Version: {__version__}", f"Version: {OLD}"))
    (tree / "usr" / "lib" / "likeness" / "_internal" / "stale.so").write_text("of yesterday")
    made = folder / f"likeness_{OLD}.deb"
    command(["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(made)])
    return made


def launch(box: Box) -> None:
    """What a double click does: the desktop file's line with the photograph in place of %F."""
    entry = (box.folder / "usr/share/applications/likeness.desktop").read_text(encoding="utf-8")
    line = next(x for x in entry.splitlines() if x.startswith("Exec=")).removeprefix("Exec=")
    photo = f"/home/ada/{PHOTO}"
    sample = ROOT / "resources" / "samples" / "worn-1.jpg"
    shutil.copyfile(sample, box.folder / photo.lstrip("/"))
    words = [word for w in shlex.split(line) for word in ([photo] if w in {"%F", "%f"} else [w])]
    with screen() as display:
        program = box.start(*words, user="ada", DISPLAY=display)
        try:
            wait_for_window(display, program)
            picture = ROOT / "build" / "package-window.png"
            dump(display, picture)
        finally:
            program.terminate()
            said, _ = program.communicate(timeout=60)
    if said.strip():
        raise SystemExit(f"The window program said on its terminal:\n{said}")


def wait_for_window(display: str, program: subprocess.Popen[str]) -> None:
    """Waits until the photograph's name is in the title of a window."""
    for _ in range(240):
        if program.poll() is not None:
            raise SystemExit(f"The window program ended: {program.communicate()[0]}")
        done = subprocess.run(
            ["xwininfo", "-display", display, "-root", "-tree"],
            check=False, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        if PHOTO.rsplit(" ", maxsplit=1)[-1] in done.stdout:
            return
        time.sleep(0.5)
    raise SystemExit(f"No window shows the photograph; there are:\n{done.stdout}")


def dump(display: str, picture: Path) -> None:
    """Keeps what the screen shows where a tool for it is there."""
    time.sleep(3)
    if shutil.which("import"):
        words = ["import", "-display", display, "-window", "root", str(picture)]
        subprocess.run(words, check=False, capture_output=True)


def self_test(box: Box) -> None:
    """Runs ``likeness selftest`` as the user and prints what it measured."""
    report = json.loads(box.run("likeness", "selftest", "--json", user="ada"))
    if not report["ok"] or not report["frozen"] or report["version"] != __version__:
        raise SystemExit(json.dumps(report, indent=1))
    names = {check["name"] for check in report["checks"]}
    if "window" not in names:
        raise SystemExit(f"The window was not tried, only {names}")
    for check in report["checks"]:
        say(f"  {check['name']}: {check['seconds']:.1f} s")


def command(words: list[str]) -> None:
    """Runs a program of this machine."""
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{words[0]} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def say(words: str) -> None:
    """Tells where the test is."""
    print(words, flush=True)


def main() -> None:
    """Runs the whole life of a package."""
    if os.geteuid() != 0:
        raise SystemExit("A root of its own can only be made as root: run this with sudo.")
    found = sorted((ROOT / "dist").glob(f"likeness_{__version__}_*.deb"))
    if not found:
        raise SystemExit("There is no package in dist/; make it with 'make package'.")
    package = found[0]
    with fresh_root() as box, tempfile.TemporaryDirectory() as work:
        for program in ("python3", "gcc", "make", "Xvfb"):
            if box.has(program):
                raise SystemExit(f"The root is not clean: {program} is in it.")
        box.run("apt-get", "update", "-q")
        before = box.files()
        previous = Path(sys.argv[1]) if len(sys.argv) > 1 else older(package, Path(work))
        say(f"installing the older version, {previous.name}")
        install(box, previous)
        say(f"upgrading to {package.name}")
        install(box, package)
        stale = [name for name in box.files() if name.endswith("stale.so")]
        if stale:
            raise SystemExit(f"The upgrade left files of the older version: {stale}")
        if __version__ not in box.run("likeness", "--version", user="ada"):
            raise SystemExit("After the upgrade the program tells another version.")
        if box.has("python3"):
            raise SystemExit("The package brought a Python with it.")
        say("starting it with a photograph, as a double click does")
        launch(box)
        say("self-test")
        self_test(box)
        say("removing it")
        box.run("apt-get", "purge", "-y", "-q", "likeness")
        box.run("apt-get", "autoremove", "--purge", "-y", "-q")
        left = sorted(name for name in box.files() - before if "likeness" in name.lower())
        if left:
            raise SystemExit(f"This was left behind: {left[:20]}")
        others = sorted(box.files() - before)
        say(f"removed without a trace; of other packages {len(others)} files remain")
        for name in others[:10]:
            say(f"  {name}")
    say("The package was installed, upgraded, started, tested and removed.")


if __name__ == "__main__":
    main()
