"""Holds everything that names a version to `engine/version.py`: `version_check.py [TAG] [--notes]`.

With --notes it prints what the change log says of this version, for the page of the release.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]


def version() -> str:
    """The version of the program, read without importing it."""
    text = (ROOT / "engine" / "version.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("engine/version.py names no version such as 1.2.3.")
    return found[1]


def notes(wanted: str) -> str:
    """The section of a version in the change log; empty where there is none."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = re.split(r"^## +", text, flags=re.MULTILINE)[1:]
    for part in parts:
        head, _, body = part.partition("\n")
        if head.split()[0].strip("[]") == wanted:
            return body.strip()
    return ""


def problems(tag: str) -> list[str]:
    """What names another version, as sentences.

    Args:
        tag: such as ``v1.2.3``; empty where nothing is released.
    """
    now = version()
    found = []
    if tag and tag != f"v{now}":
        found.append(f"The tag is {tag}, but the program is version {now}.")
    if not notes(now):
        found.append(f"CHANGELOG.md says nothing of version {now}.")
    entry = ET.parse(ROOT / "packaging" / "linux" / "org.likeness.Likeness.metainfo.xml")  # noqa: S314
    first = entry.find("releases/release")
    if first is None or first.get("version") != now:
        found.append(f"The software centre entry does not begin with release {now}.")
    return found


def main() -> None:
    """Ends with the sentences where something is wrong."""
    words = [word for word in sys.argv[1:] if word != "--notes"]
    wrong = problems(words[0] if words else "")
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(notes(version()) if "--notes" in sys.argv else f"Everything names version {version()}.")


if __name__ == "__main__":
    main()
