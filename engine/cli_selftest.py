"""``likeness selftest``: checks this installation and tells what it found."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from engine.selftest import Result


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document on standard output"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER",
        help="keep the report and the pictures here; default: nothing is kept")  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Runs all checks; 0 when every one passed, else 1."""
    from engine import selftest  # noqa: PLC0415  (loads numpy, cv2 and the runtime)

    with _folder(options.output) as folder:
        report = selftest.run(folder, None if options.json else _line)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    if options.json:
        print(text)
    else:
        failed = [check["name"] for check in report["checks"] if not check["ok"]]
        print(f"Likeness {report['version']}: " + (", ".join(failed) or "all checks") +
              (" failed." if failed else " passed."))  # fmt: skip
        if options.output is not None:
            print(f"The report is {options.output / 'report.json'}")
    return 0 if report["ok"] else 1


def _line(result: Result) -> None:
    print(f"{'ok' if result.ok else 'FAILED':7} {result.name} ({result.seconds:.1f} s)", flush=True)
    if not result.ok:
        print(f"        {result.error}", file=sys.stderr, flush=True)


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    if wanted is not None:
        try:
            wanted.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"The folder '{wanted}' cannot be made ({error.strerror}); name another one."
            ) from error
        yield wanted
        return
    with tempfile.TemporaryDirectory(prefix="likeness-selftest-") as name:
        yield Path(name)
