"""Asks whether there is a newer version: only when the user asks, and nothing is ever installed.

A package knows the address of its releases from the file ``notices/releases.txt`` that is put into
it; a program without one, such as a checkout, asks nobody.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from engine.errors import LikenessError
from engine.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

FEED = Path(__file__).resolve().parents[1] / "notices" / "releases.txt"
_PATIENCE, _LONGEST = 15.0, 1 << 20


@dataclass(frozen=True)
class Release:
    """The newest release.

    Attributes:
        version: such as ``1.2.3``.
        newer: whether it is newer than this program.
        page: where its packages and checksums are.
        notes: what changed, as Markdown.
    """

    version: str
    newer: bool
    page: str
    notes: str


def latest(feed: Path = FEED, fetch: Callable[[str], bytes] | None = None) -> Release:
    """The newest release.

    Args:
        feed: a file whose one line is the https address of a document with ``tag_name``,
            ``html_url`` and ``body``.
        fetch: gets the bytes of an address.

    Raises:
        LikenessError: the address is not known (code ``updates-unknown``), nobody answers
            (``updates-unreachable``), or the answer is not understood (``updates-answer``).
    """
    try:
        address = feed.read_text(encoding="ascii").strip()
    except OSError as error:
        raise LikenessError(
            "This copy does not know where its updates are published; look where you got it.",
            code="updates-unknown",
        ) from error
    if not address.startswith("https://"):
        raise LikenessError(
            "The address of the updates is not a safe one; look where you got the program.",
            code="updates-unknown",
        )
    try:
        answer = (fetch or _fetch)(address)
    except (URLError, OSError) as error:
        raise LikenessError(
            "The updates cannot be reached; check the connection and try again.",
            code="updates-unreachable",
        ) from error
    return _read(answer)


def _fetch(address: str) -> bytes:
    # The address begins with https and comes from the package; no cookie, no identifier is sent.
    request = Request(address, headers={"User-Agent": "likeness"})  # noqa: S310
    with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        content: bytes = answer.read(_LONGEST)
    return content


def _read(answer: bytes) -> Release:
    try:
        found: dict[str, Any] = json.loads(answer)
        version = str(found["tag_name"]).removeprefix("v")
        page, notes = str(found["html_url"]), str(found.get("body") or "")
        newer = _numbers(version) > _numbers(__version__)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LikenessError(
            "The answer about updates is not understood; try again later.", code="updates-answer"
        ) from error
    if not page.startswith("https://"):
        raise LikenessError(
            "The answer about updates is not understood; try again later.", code="updates-answer"
        )
    return Release(version, newer, page, notes)


def _numbers(version: str) -> tuple[int, ...]:
    """1.10.0 is newer than 1.9.3.

    Raises:
        ValueError: it is no version.
    """
    if not re.fullmatch(r"\d+(\.\d+){1,3}", version):
        raise ValueError(version)
    return tuple(int(part) for part in version.split("."))
