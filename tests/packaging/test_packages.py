"""What goes into the packages, held to what the program imports and says elsewhere."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine import photo as photos
from engine.version import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def load(name: str):
    """A module of packaging/, which is a folder of scripts."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGING / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def content():
    return load("content")


@pytest.fixture
def build(monkeypatch):
    # The script puts its own folder in front of everything; that ends with the test.
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield load("build")
    for name in ("content", "slim"):
        sys.modules.pop(name, None)


def test_the_modules_of_qt_are_those_that_the_window_imports(content):
    used = set()
    for path in (ROOT / "desktop").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                used.add(node.module.split(".")[1])
    assert used == set(content.QT_MODULES)


@pytest.mark.parametrize(
    ("destination", "source", "wanted"),
    [
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/venv/libQt6Gui.so.6", True),
        ("PySide6/Qt/lib/libQt6Qml.so.6", "/venv/libQt6Qml.so.6", False),
        ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6\\Qt6Network.dll", "C:\\venv\\Qt6Network.dll", False),
        ("PySide6\\opengl32sw.dll", "C:\\venv\\opengl32sw.dll", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:\\venv\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/venv/libqvnc.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/venv/libqsqlite.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "/venv/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", "/venv/qtbase_fr.qm", False),
        # Of the system only what desktops may lack; of wheels whatever they brought.
        ("libxcb-cursor.so.0", "/lib/x86_64-linux-gnu/libxcb-cursor.so.0", True),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libglib-2.0.so.0", "/usr/lib/x86_64-linux-gnu/libglib-2.0.so.0", False),
        ("libpng16-529cb57a.so.16", "/venv/opencv.libs/libpng16-529cb57a.so.16", True),
        (
            "cv2\\opencv_videoio_ffmpeg500_64.dll",
            "C:\\venv\\opencv_videoio_ffmpeg500_64.dll",
            False,
        ),
        ("numpy-2.4.6.dist-info/RECORD", "/venv/numpy-2.4.6.dist-info/RECORD", False),
    ],
)
def test_what_goes_into_the_program(content, destination, source, wanted):
    assert content.wanted(destination, source) is wanted


def test_a_program_with_wrong_content_is_refused(build, tmp_path):
    for name in ("manifest.json", "worn-1.jpg", "licence.txt", "third-party-licences.txt",
                 "sbom.cdx.json"):  # fmt: skip
        (tmp_path / name).write_text("x")
    assert build.problems(tmp_path) == []
    for name in ("torch/lib/libtorch.so", "cv2/qt/plugins/libqxcb.so", "a.dist-info/RECORD",
                 "lib/libQt6Qml.so.6"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "libgone.so").symlink_to("nowhere.so")
    assert len(build.problems(tmp_path)) == 6


def test_a_program_over_its_budget_is_refused(build, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "frozen", lambda: tmp_path)
    monkeypatch.setattr(build, "problems", lambda folder: [])
    (tmp_path / "large").write_bytes(bytes(3000))
    build.check()
    assert "large" in capsys.readouterr().out
    monkeypatch.setattr(build, "content", SimpleNamespace(BUDGET=2999))
    with pytest.raises(SystemExit, match="budget"):
        build.check()


@pytest.mark.skipif(
    sys.platform != "linux" or not all(shutil.which(tool) for tool in ("gcc", "nm", "readelf")),
    reason="needs gcc and binutils on Linux",
)
def test_a_stand_in_has_the_name_and_the_symbols_and_ends_who_calls_it(tmp_path):
    slim = load("slim")
    library = tmp_path / "libavutil-0a1b2c3d.so.60.1"
    slim.stand_in(library, "LIBAVUTIL_60", ["av_free", "av_malloc"])
    assert library.stat().st_size < 20_000
    # A program that is linked with it finds its symbols by version...
    code = tmp_path / "user.c"
    code.write_text("void av_free(void *); int main(int n, char **w) { if (n > 1) av_free(w); }")
    user = tmp_path / "user"
    subprocess.run(["gcc", code, library, "-o", user, f"-Wl,-rpath,{tmp_path}"], check=True)
    assert slim.undefined(user)["LIBAVUTIL"] == {"LIBAVUTIL_60": ["av_free"]}
    # ...starts, and ends where it calls one.
    assert subprocess.run([user], check=False).returncode == 0
    assert subprocess.run([user, "call"], check=False).returncode < 0


def test_the_program_calls_nothing_that_was_taken_out_of_opencv() -> None:
    taken = load("slim").ALGEBRA
    used = {
        name
        for folder in ("engine", "desktop")
        for path in (ROOT / folder).rglob("*.py")
        if "training" not in path.parts
        for name in re.findall(r"\bcv2\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert "warpAffine" in used, "the search finds what there is"
    assert not used & taken


def test_the_packages_contain_what_the_program_depends_on():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    others = {"opencv-python": "opencv-python-headless", "pillow-heif": "pi-heif"}
    names = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}
    lines = (PACKAGING / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packed = {re.match(r"[\w-]+", line)[0].lower() for line in lines if line[:1] not in {"", "#"}}
    assert {others.get(name, name) for name in names} == {
        name for name in packed if not name.startswith("pyinstaller")
    }


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], False),
        (["selftest", "--json"], True),
        (["--version"], True),
        (["/home/ada/Zoë 祖母.jpg"], False),
        (["photo.jpg"], False),
        (["./album"], False),
        (["-psn_0_12345"], False),
    ],
)
def test_photographs_open_the_window_and_words_are_commands(words, command):
    assert load("entry").is_command(words) is command


def test_everything_names_one_version():
    check = load("version_check")
    assert check.version() == __version__
    assert check.problems("") == []
    assert check.problems(f"v{__version__}") == []
    assert "v99.0.0" in check.problems("v99.0.0")[0]
    assert check.notes(__version__).startswith("###")
    assert check.notes("99.0.0") == ""


def test_the_desktop_file_starts_the_program_with_its_files():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(PACKAGING / "linux" / "likeness.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"].split() == ["likeness-window", "%F"]
    # The window names this file, so that the desktop shows its icon.
    text = (ROOT / "desktop" / "application.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{entry["StartupWMClass"]}")' in text


#: Every kind of photograph, as Linux, Windows and macOS call it.
KINDS = (
    ("image/jpeg", {"jpg", "jpeg"}, "public.jpeg"),
    ("image/png", {"png"}, "public.png"),
    ("image/tiff", {"tif", "tiff"}, "public.tiff"),
    ("image/webp", {"webp"}, "org.webmproject.webp"),
    ("image/bmp", {"bmp"}, "com.microsoft.bmp"),
    ("image/heic", {"heic"}, "public.heic"),
    ("image/heif", {"heif"}, "public.heif"),
    ("image/avif", {"avif"}, "public.avif"),
)


def test_every_system_opens_the_same_kinds_of_photographs():
    linux = PACKAGING / "linux"
    desktop = (linux / "likeness.desktop").read_text(encoding="utf-8")
    centre = (linux / "org.likeness.Likeness.metainfo.xml").read_text(encoding="utf-8")
    installer = (PACKAGING / "windows" / "likeness.iss").read_text(encoding="utf-8")
    bundle = (PACKAGING / "likeness.spec").read_text(encoding="utf-8")
    types = {kind for kind, _, _ in KINDS}
    assert set(re.findall(r"image/\w+", desktop)) == types
    assert set(re.findall(r"<mediatype>([^<]+)<", centre)) == types
    endings = set.union(*(names for _, names, _ in KINDS))
    assert set(re.findall(r'ValueName: "\.(\w+)"', installer)) == endings
    listed = re.search(r"kinds = \[(.*?)\]", bundle, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r'"([^"]+)"', listed[1])) == {name for _, _, name in KINDS}
    assert all(photos.is_photo(Path(f"photo.{ending}")) for ending in endings)
