"""What the worker does with the engine, without a window."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from desktop_fakes import FakeRestorer, FakeWorkshop, paint_photo
from PySide6.QtCore import QRectF

from desktop.choices import Choices, FaceChoice
from desktop.face_tile import FaceTile
from desktop.kept_results import KeptResults, key_of
from desktop.picture import Picture, pixels_of
from desktop.records import Request
from desktop.worker import Job
from engine.errors import DeviceError, PhotoError


def job():
    return Job("restore", lambda _job: None, lambda _outcome: None)


def request(shop, path, choices=None, device="auto"):
    opened = shop.open(path)
    faces = tuple(found.face for found in shop.find(opened, device))
    choices = choices or Choices(faces=(FaceChoice(), FaceChoice(on=False)))
    return Request(opened, faces, choices, device)


def test_a_device_that_is_not_there_is_replaced_and_named(qapp, photo):
    def make(device):
        if device == "cuda":
            raise DeviceError("There is no NVIDIA card in this computer.", code="device-missing")
        return FakeRestorer(device)

    shop = FakeWorkshop()
    shop.make = make
    restored = shop.restore(request(shop, photo, device="cuda"), job())
    assert any("The processor is used instead." in notice for notice in restored.notices)


def test_a_card_that_runs_out_of_memory_is_told_of_in_the_window(qtbot, opened, shop):
    sentence = "The card is out of memory; the processor went on in its place."
    real = shop.restorer.restore

    def short_of_memory(*args, **keywords):
        return replace(real(*args, **keywords), warnings=(sentence,))

    shop.restorer.restore = short_of_memory
    opened.studio.restore()
    qtbot.waitUntil(lambda: opened.document.restored is not None)
    assert opened.notice.text.text() == sentence
    assert opened.area.strip.tiles[0].status.text() == "Restored"


def test_what_a_face_that_is_off_would_want_makes_no_other_result(qapp, photo):
    shop = FakeWorkshop()
    first = request(shop, photo)
    idle = first.choices.with_face(1, fidelity=0.9)
    assert key_of(first) == key_of(replace(first, choices=idle))
    assert key_of(first) != key_of(replace(first, choices=first.choices.with_face(1, on=True)))
    assert key_of(first) != key_of(replace(first, device="cpu"))


def test_a_portrait_file_that_changed_is_another_portrait(qapp, photo, portrait):
    shop = FakeWorkshop()
    wanted = request(shop, photo, Choices(faces=(FaceChoice(portrait=str(portrait)),) * 2))
    before = key_of(wanted)
    found = portrait.stat()
    os.utime(portrait, ns=(found.st_atime_ns, found.st_mtime_ns + 5_000_000))
    assert key_of(wanted) != before
    portrait.unlink()
    with pytest.raises(PhotoError, match="is gone"):
        key_of(wanted)


def test_only_a_portraits_face_is_kept_and_the_tile_looks_as_before(qtbot, tmp_path):
    path = paint_photo(tmp_path / "large.png", 3000, 2000)
    shop = FakeWorkshop()
    made = shop.portrait(path, "auto")
    assert made.picture.pixels.nbytes < 100_000
    photo = shop.open(path).photo
    whole, face = Picture(photo.preview8), shop.restorer.find_faces(photo)[0]
    assert made.face.eye_distance / made.face.size == pytest.approx(face.eye_distance / face.size)
    tile = FaceTile(0, QRectF(0, 0, 80, 97))
    qtbot.addWidget(tile)
    seen = []
    for picture, where in ((whole, face), (made.picture, made.face)):
        tile.show_portrait(picture, QRectF(*(float(v) for v in where.box)))
        seen.append(pixels_of(tile.portrait.pixmap().toImage()).astype(float))
    assert seen[0].std() > 10, "there is something to be seen"
    assert abs(seen[0] - seen[1]).mean() < 2


def test_the_same_pixels_under_another_name_are_another_photograph(qapp, photo, tmp_path):
    shop = FakeWorkshop()
    other = tmp_path / "other.jpg"
    other.write_bytes(photo.read_bytes())
    assert shop.open(photo).key != shop.open(other).key
    before = shop.open(photo).key
    photo.unlink()
    paint_photo(photo, 320, 210)
    assert shop.open(photo).key != before


def test_results_leave_when_they_need_too_much(qapp, photo):
    shop = FakeWorkshop()
    made = shop.restore(request(shop, photo), job())
    kept = KeptResults(limit=5 * made.result.photo.pixels.nbytes)
    for number in range(4):
        kept.keep((number,), made)
    assert [kept.get((number,)) is not None for number in range(4)] == [False, False, True, True]
    small = KeptResults(limit=1)
    small.keep(("one",), made)
    assert small.get(("one",)) is made, "one is kept however large it is"


def test_a_stopped_run_keeps_nothing(qapp, photo):
    from engine.errors import CancelledError

    shop, stopped = FakeWorkshop(), job()
    wanted = request(shop, photo)
    stopped.cancel.set()
    with pytest.raises(CancelledError):
        shop.restore(wanted, stopped)
    assert shop.restore(wanted, job()).result.faces[0].status == "done"
