"""What a user does in the window for a whole album, as steps of the tests."""

from __future__ import annotations

import shutil

from desktop import places
from desktop.repair_window import RepairWindow
from engine.album.repair import Repair
from engine.album.store import AlbumStore


def an_album(folder):
    """One photograph, and a file that is none."""
    folder.mkdir()
    shutil.copy(places.resources() / "samples" / "worn-1.jpg", folder / "worn.jpg")
    (folder / "torn.jpg").write_bytes(b"\xff\xd8 not a photograph")
    return folder


def opened(window, album):
    """The window, with an album in it."""
    window.actions_["repair"].trigger()
    (dialog,) = window.findChildren(RepairWindow)
    dialog.album.setText(str(album))
    return dialog


def begun_with(settings, album, output, *, finished=False):
    """A repair that was stopped before its first photograph, or after its last."""
    with AlbumStore() as store, Repair(album, output, settings, store=store) as repair:
        repair.queue()
        while finished and (entry := repair.journal.next()) is not None:
            repair.journal.start(entry.id)
            repair.journal.skipped(entry.id, "No face was found.", {})


def ordered(window):
    """The orders that the window gives from now on; none is carried out."""
    orders = []
    window.repair.start = orders.append
    return orders
