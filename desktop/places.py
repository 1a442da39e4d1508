"""Folders of this program on the user's machine, each made when it is first asked for."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_NAME = "Likeness"


def config() -> Path:
    """For settings."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False, ensure_exists=True))


def cache() -> Path:
    """For thumbnails; may be emptied at any time."""
    return Path(platformdirs.user_cache_dir(_NAME, appauthor=False, ensure_exists=True))


def state() -> Path:
    """For the session file."""
    return Path(platformdirs.user_state_dir(_NAME, appauthor=False, ensure_exists=True))


def logs() -> Path:
    """For crash reports."""
    return Path(platformdirs.user_log_dir(_NAME, appauthor=False, ensure_exists=True))


def resources() -> Path:
    """``resources`` of the checkout, of the installed package, or of the frozen program."""
    return Path(__file__).resolve().parents[1] / "resources"
