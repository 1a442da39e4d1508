"""A repair that is killed again and again: python killed_repairs.py ALBUM OUTPUT SEED ROUNDS.

The networks are opened once and inherited by every child, so that the kills fall into the work and
not into the start of the program. Prints how many children were killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import cv2

from engine.album.index import index
from engine.album.repair import Repair
from engine.album.repair_run import RepairSettings
from engine.album.store import AlbumStore
from engine.restorer import Restorer


def child(album: Path, output: Path, restorer: Restorer) -> None:
    settings = RepairSettings(threads=1)
    with AlbumStore() as store, Repair(
        album, output, settings, store=store, restorer=restorer
    ) as repair:  # fmt: skip
        repair.queue()
        repair.run()


def started(album: Path, output: Path, restorer: Restorer) -> int:
    number = os.fork()
    if number:
        return number
    try:
        child(album, output, restorer)
    finally:
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGTERM)  # no clean-up of the parent's things
    return 0


def main() -> None:
    album, output = Path(sys.argv[1]), Path(sys.argv[2])
    dice, rounds = random.Random(int(sys.argv[3])), int(sys.argv[4])
    cv2.setNumThreads(1)
    restorer = Restorer("cpu", threads=1)
    restorer.method("identity")
    with AlbumStore() as store:
        index(album, store, restorer)
    start = time.monotonic()
    os.waitpid(started(album, output.with_name("trial"), restorer), 0)
    longest = 3 * (time.monotonic() - start) / rounds
    killed = 0
    for _ in range(rounds):
        number = started(album, output, restorer)
        time.sleep(dice.uniform(0, longest))
        os.kill(number, signal.SIGKILL)
        _, status = os.waitpid(number, 0)
        killed += os.WTERMSIG(status) == signal.SIGKILL
    with AlbumStore() as store, Repair(album, output, store=store, restorer=restorer) as repair:
        begun = sum(repair.journal.counts().values())
        repair.queue()
        repair.run()
    sys.stdout.write(f"{killed} {begun}\n")


if __name__ == "__main__":
    main()
