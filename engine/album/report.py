"""The report of a repair: plain HTML pages with the photographs before and after."""

from __future__ import annotations

import html
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from engine.album.entries import State
from engine.album.scan import REPORT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.album.entries import Entry
    from engine.album.journal import Journal

_PAGE = 100  # photographs on a page
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;
color:#222;background:#fafaf8}
figure{display:inline-block;margin:0 .6rem 0 0;width:calc(50% - .8rem);vertical-align:top}
img{width:100%;border-radius:4px}figcaption{color:#666;font-size:13px}
section{border-top:1px solid #ddd;padding:1rem 0}h2{font-size:1.05rem;margin:.2rem 0}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .8rem .3rem 0;
border-bottom:1px solid #e4e4e0;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}section,td,th{border-color:#333}}
"""


def keep_pictures(output: Path, number: int, before: bytes, after: bytes) -> None:
    """Keeps the small pictures of one photograph; losing them never stops a repair."""
    folder = output / REPORT_FOLDER / "pictures" / f"{number // 1000:04d}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for which, data in (("before", before), ("after", after)):
            _put(folder / f"{number:07d}-{which}.jpg", data)


def front_page(output: Path) -> Path:
    """The first page of the report in an output folder."""
    return output / REPORT_FOLDER / "index.html"


def write_report(journal: Journal, album: Path) -> Path:
    """Writes all pages anew; returns the first one."""
    first = front_page(journal.output)
    folder = first.parent
    counts = journal.counts()
    pages = max(1, -(-counts[State.DONE] // _PAGE))
    with suppress(OSError):  # a full disk: the journal itself has everything
        folder.mkdir(parents=True, exist_ok=True)
        _put(first, _front(journal, album, counts, pages).encode())
        done: list[Entry] = []
        number = 0
        for entry in journal.entries(State.DONE):
            done.append(entry)
            if len(done) == _PAGE:
                number += 1
                _put(folder / f"page-{number}.html", _page(done, number, pages).encode())
                done = []
        if done or number == 0:
            _put(folder / f"page-{number + 1}.html", _page(done, number + 1, pages).encode())
    return first


def _front(journal: Journal, album: Path, counts: dict[State, int], pages: int) -> str:
    rows = "".join(
        f"<tr><td>{_text(entry.path)}<td>{entry.state.value}<td>{_text(entry.reason)}"
        for entry in journal.entries(State.FAILED, State.SKIPPED)
    )
    links = " ".join(f'<a href="page-{n}.html">{n}</a>' for n in range(1, pages + 1))
    told = ", ".join(f"{number} {state.value}" for state, number in counts.items() if number)
    again = ""
    if counts[State.FAILED]:
        again = (
            "<p>To try the failed ones again: <code>likeness album repair ALBUM --output OUTPUT "
            "--retry-failed</code></p>"
        )
    table = f"<table><tr><th>Photograph<th>State<th>Why{rows}</table>" if rows else ""
    return _frame(
        "Repair of an album",
        f"<h1>{_text(album)}</h1><p>{told or 'Nothing to do'}.</p>"
        f"<p>Before and after: {links}</p>{again}{table}"
        "<p>Restored details are plausible, not evidence.</p>",
    )


def _page(entries: Iterable[Entry], number: int, pages: int) -> str:
    before = f'<a href="page-{number - 1}.html">back</a> ' if number > 1 else ""
    after = f' <a href="page-{number + 1}.html">on</a>' if number < pages else ""
    links = f'<p>{before}<a href="index.html">overview</a>{after}</p>'
    return _frame(f"Page {number}", links + "".join(map(_section, entries)) + links)


def _section(entry: Entry) -> str:
    start = f"pictures/{entry.id // 1000:04d}/{entry.id:07d}"
    lines = [_text(entry.reason)] if entry.reason else []
    for face in entry.report.get("faces", []):
        if face["status"] == "done":
            like = face["identity_to_input"]
            told = f"Face {face['index']}: likeness to the original {like:.2f}"
            if face["reference"]:
                told += (
                    f", to {face['reference']} {face['reference_before']:.2f} before and "
                    f"{face['reference_after']:.2f} after"
                )
            lines.append(_text(f"{told}."))
    # With the slashes of the web: Windows has others.
    link = "../" + quote(os.fsencode((entry.output or Path()).as_posix()))
    said = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<section><h2><a href="{link}">{_text(entry.path)}</a></h2>'
        f'<figure><img loading="lazy" src="{start}-before.jpg" alt="">'
        "<figcaption>before</figcaption></figure>"
        f'<figure><img loading="lazy" src="{start}-after.jpg" alt="">'
        f"<figcaption>after</figcaption></figure>{said}</section>"
    )


def _frame(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>{title}</title><style>{_STYLE}</style>{body}\n'
    )


def _text(value: object) -> str:
    return html.escape(str(value).encode("utf-8", "replace").decode())


def _put(path: Path, data: bytes) -> None:
    """Replaces one of the report's own files in one step."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
