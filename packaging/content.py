"""What belongs into the frozen program and what does not, for the spec, the build and a test."""

from __future__ import annotations

from pathlib import PurePosixPath

#: Largest unpacked size of the standard build, in bytes; a megabyte is 2^20, as Windows shows it.
BUDGET = 350 << 20

#: The modules of Qt that `desktop` imports.
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg")

#: Libraries of Qt that those modules and the plugins below need.
QT_LIBRARIES = frozenset(
    ("Core", "DBus", "Gui", "Svg", "WaylandClient", "Widgets", "XcbQpa", "OpenGL",
     "WaylandEglClientHwIntegration", "WlShellIntegration")
)  # fmt: skip

#: Plugins by folder; None takes all of a folder. Pictures are decoded by the engine, not by Qt.
QT_PLUGINS: dict[str, tuple[str, ...] | None] = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platforminputcontexts": (
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    "platformthemes": ("qxdgdesktopportal",),
    "xcbglintegrations": None,
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "wayland-shell-integration": ("xdg-shell",),
    "iconengines": None,
    "imageformats": ("qsvg", "qjpeg", "qico"),
    "styles": None,
}

#: Languages of the program; Qt's own texts of other languages stay out.
LANGUAGES = ("de", "zh_CN", "en")

#: Python modules that nothing of the standard build needs.
EXCLUDED_MODULES = (
    "torch", "torchvision", "facexlib", "safetensors", "onnx", "onnxscript", "onnx_ir",
    "engine.training", "engine.networks", "matplotlib", "scipy", "tkinter", "IPython", "pytest",
    "setuptools", "pip", "_distutils_hack", "readline",
    "PIL.ImageTk", "PIL.ImageQt", "lib2to3", "pydoc_data",
)  # fmt: skip

#: What is taken from the system that builds, where Python and Qt need it and a desktop may lack it.
#: Of all else (OpenGL, fontconfig, glib, the C++ library...) every desktop has a version that suits
#: its drivers and settings; a copy would be an older one, so the packages depend on the system's.
FROM_SYSTEM = (
    "libpython", "libssl.", "libcrypto.", "libffi.", "libbz2.", "liblzma.", "libz.", "libsqlite3.",
    "libxcb-cursor.", "libxcb-icccm.", "libxcb-image.", "libxcb-keysyms.", "libxcb-render-util.",
    "libxcb-util.", "libxcb-xkb.", "libxkbcommon-x11.",
)  # fmt: skip
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


def wanted(destination: str, source: str) -> bool:
    """Whether a file that the analysis found goes into the program.

    Args:
        destination: its path there, on Windows with backslashes.
        source: where it was found; the name that a link points to where it is a link.
    """
    path = PurePosixPath(destination.replace("\\", "/"))
    name = path.name
    if source.startswith(_SYSTEM_FOLDERS) and ".so" in name and "lib-dynload" not in path.parts:
        return name.startswith(FROM_SYSTEM)
    if name.startswith("opencv_videoio_ffmpeg"):
        return False  # loaded for videos only; on Linux `slim` does this
    if name in {"RECORD", "direct_url.json"} or path.parts[0].endswith(".egg-info"):
        return False  # they name paths of the machine that builds
    if "PySide6" not in path.parts:
        return not name.startswith(("Qt6", "libQt6")) or _wanted_library(name)
    if "plugins" in path.parts:
        return _wanted_plugin(path)
    if "translations" in path.parts:
        return any(name == f"qtbase_{language}.qm" for language in LANGUAGES)
    if "qml" in path.parts:
        return False
    return _wanted_library(name)


def qt_library(name: str) -> str:
    """``libQt6Gui.so.6``, ``Qt6Gui.dll`` or ``QtGui`` (macOS) -> ``Gui``; else empty."""
    stem = name.removeprefix("lib").split(".")[0]
    for start in ("Qt6", "Qt"):
        if stem.startswith(start):
            return stem.removeprefix(start)
    return ""


def _wanted_library(name: str) -> bool:
    # opengl32sw.dll draws by software where a machine has no driver; only Qt Quick wants that.
    if name.startswith(("opengl32sw", "d3dcompiler")):
        return False
    library = qt_library(name)
    return not library or library in QT_LIBRARIES


def _wanted_plugin(path: PurePosixPath) -> bool:
    folder = path.parts[path.parts.index("plugins") + 1]
    if folder not in QT_PLUGINS:
        return False
    names = QT_PLUGINS[folder]
    return names is None or path.name.removeprefix("lib").split(".")[0] in names
