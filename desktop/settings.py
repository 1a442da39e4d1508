"""Settings: typed, described once, versioned; presets are choices saved under a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from desktop.choices import Choices
from desktop.files import read_json, write_json

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 2
THEMES = ("system", "light", "dark")
_RECENT = 8


@dataclass
class Settings:
    """Everything that outlives the window.

    Attributes:
        theme: one of `THEMES`.
        language: code such as ``de``; empty follows the system.
        device: key of a device, or ``auto``.
        quality: of JPEG files, 1 .. 100.
        note: whether a saved photograph says in its XMP what was done to it.
        last_folder: where file dialogs open.
        recent: folders opened lately, the newest first.
        presets: choices by name, see `Choices.settings`.
        geometry: the window's place as Qt describes it, in hexadecimal.
        album: whether the album panel is shown.
        welcomed: whether the short tour was seen.
    """

    theme: str = "system"
    language: str = ""
    device: str = "auto"
    quality: int = 95
    note: bool = True
    last_folder: str = ""
    recent: list[str] = field(default_factory=list)
    presets: dict[str, dict[str, Any]] = field(default_factory=dict)
    geometry: str = ""
    album: bool = True
    welcomed: bool = False

    def visit(self, folder: Path) -> None:
        """Puts a folder first among the recent ones."""
        name = str(folder)
        self.last_folder = name
        self.recent = [name, *(other for other in self.recent if other != name)][:_RECENT]

    def preset(self, name: str) -> Choices:
        """The choices saved under `name`; the defaults where there are none."""
        return Choices.from_json(self.presets.get(name))


class SettingsFile:
    """Reads and writes the settings.

    Attributes:
        settings: the values; change them and call `save`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings = _settings(_migrated(read_json(path)))
        self._known = asdict(self.settings)

    def save(self) -> None:
        """Writes what was changed here; what another window wrote meanwhile stays.

        A full or forbidden disk costs the settings, not the program.
        """
        mine, data = asdict(self.settings), read_json(self.path)
        there = asdict(_settings(_migrated(data))) if isinstance(data, dict) else self._known
        changed = {name: value for name, value in mine.items() if value != self._known[name]}
        if "presets" in changed:
            changed["presets"] = _merged(there["presets"], mine["presets"], self._known["presets"])
        try:
            write_json(self.path, {"version": VERSION, **there, **changed})
        except OSError:
            return
        self._known = mine


def _merged(there: dict[str, Any], mine: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """What is there, with what changed between known and mine, key by key."""
    changed = {key: value for key, value in mine.items() if known.get(key) != value}
    gone = known.keys() - mine.keys()
    return {key: value for key, value in (there | changed).items() if key not in gone}


def _migrated(data: Any) -> dict[str, Any]:
    """Values in today's names. A newer program's file is read for what is still understood."""
    if not isinstance(data, dict):
        return {}
    version = data.get("version")
    if version == 1:
        # Version 1 knew dark or not, and one folder.
        data = {
            **data,
            "theme": "dark" if data.get("dark") else "system",
            "recent": [data["folder"]] if isinstance(data.get("folder"), str) else [],
        }
    return data


def _settings(data: dict[str, Any]) -> Settings:
    settings = Settings()
    for entry in fields(Settings):
        value, default = data.get(entry.name), getattr(settings, entry.name)
        if type(value) is type(default):
            setattr(settings, entry.name, value)
    if settings.theme not in THEMES:
        settings.theme = "system"
    settings.quality = min(max(settings.quality, 1), 100)
    settings.recent = [name for name in settings.recent if isinstance(name, str)][:_RECENT]
    settings.presets = {
        str(name): Choices.from_json(value).settings()
        for name, value in settings.presets.items()
        if isinstance(value, dict)
    }
    return settings
