from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QImage

from desktop.choices import Choices, FaceChoice
from desktop.crash import CrashLog
from desktop.session import Session, SessionFile
from desktop.settings import VERSION, SettingsFile
from desktop.small_pictures import SmallPictures
from desktop.thumbnails import SIDE, Thumbnails, thumbnail

POINTS = ((10.0, 10.0), (20.0, 10.0), (15.0, 15.0), (12.0, 20.0), (18.0, 20.0))


def test_choices_survive_json():
    choices = Choices(
        method="rich", fidelity=0.25, tone="sepia", seed=3,
        faces=(FaceChoice(on=False), FaceChoice(portrait="/a.jpg", fidelity=0.1)), added=(POINTS,),
    )  # fmt: skip
    assert Choices.from_json(json.loads(json.dumps(choices.to_json()))) == choices


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {"fidelity": "high"}, {"faces": 3, "added": [[1, 2]], "tone": "pink"},
     {"seed": -4, "strength": float("nan")}],
)  # fmt: skip
def test_damaged_choices_become_defaults(data):
    assert Choices.from_json(data) == Choices()


def test_settings_are_kept(tmp_path):
    path = tmp_path / "settings.json"
    file = SettingsFile(path)
    file.settings.theme = "dark"
    file.settings.presets["soft"] = Choices(strength=0.4).settings()
    file.settings.visit(tmp_path)
    file.save()
    again = SettingsFile(path).settings
    assert again.theme == "dark"
    assert again.preset("soft").strength == pytest.approx(0.4)
    assert again.recent == [str(tmp_path)]
    assert json.loads(path.read_text())["version"] == VERSION


def test_two_windows_keep_each_others_settings(tmp_path):
    path = tmp_path / "settings.json"
    first, second = SettingsFile(path), SettingsFile(path)
    first.settings.theme = "dark"
    first.settings.presets["soft"] = Choices(strength=0.4).settings()
    first.save()
    second.settings.quality = 80
    second.settings.presets["grainy"] = Choices(grain=0.9).settings()
    second.save()
    both = SettingsFile(path).settings
    assert (both.theme, both.quality) == ("dark", 80)
    assert sorted(both.presets) == ["grainy", "soft"]
    del first.settings.presets["soft"]
    first.settings.theme = "system"
    first.save()
    left = SettingsFile(path).settings
    assert (left.theme, left.quality, list(left.presets)) == ("system", 80, ["grainy"])


def test_settings_are_written_again_where_the_file_was_lost(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": VERSION, "theme": "dark"}))
    file = SettingsFile(path)
    path.unlink()
    file.settings.quality = 80
    file.save()
    again = SettingsFile(path).settings
    assert (again.theme, again.quality) == ("dark", 80)


def test_settings_of_version_1_are_taken_over(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "dark": True, "folder": "/photos", "quality": 90}))
    settings = SettingsFile(path).settings
    assert (settings.theme, settings.recent, settings.quality) == ("dark", ["/photos"], 90)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"theme": 7, "recent": [1], "quality": 4000}'])
def test_damaged_settings_do_not_stop_the_start(tmp_path, text):
    path = tmp_path / "settings.json"
    path.write_text(text)
    settings = SettingsFile(path).settings
    assert settings.theme == "system"
    assert settings.recent == []
    assert 1 <= settings.quality <= 100


def test_only_the_last_folders_are_remembered(tmp_path):
    settings = SettingsFile(tmp_path / "s.json").settings
    for number in range(12):
        settings.visit(tmp_path / str(number))
    settings.visit(tmp_path / "9")
    assert len(settings.recent) == 8
    assert settings.recent[0] == str(tmp_path / "9")


def test_a_session_comes_back_only_with_its_photograph(tmp_path):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"x")
    file = SessionFile(tmp_path / "session.json")
    session = Session(photo, Choices(grain=0.2), restored=True)
    file.write(session)
    assert file.read() == session
    photo.unlink()
    assert file.read() is None
    file.clear()
    assert not file.path.exists()


def test_a_crash_is_read_at_the_next_start(tmp_path):
    path = tmp_path / "crash.log"
    first = CrashLog(path)
    first.start()
    first.note(ValueError("it broke"))
    first._file.close()
    second = CrashLog(path)
    assert "it broke" in second.last
    second.start()
    second.stop()
    assert CrashLog(path).last == ""


def test_a_thumbnail_is_made_once(qapp, tmp_path, photo):
    cache = tmp_path / "cache"
    cache.mkdir()
    image = thumbnail(photo, cache)
    assert max(image.width(), image.height()) == SIDE
    kept = list(cache.glob("*.jpg"))
    assert len(kept) == 1
    mark = QImage(9, 9, QImage.Format.Format_RGB32)
    mark.fill(0)
    assert mark.save(str(kept[0]))
    assert thumbnail(photo, cache).width() == 9


def test_what_is_no_picture_has_no_thumbnail(qtbot, tmp_path):
    wrong = tmp_path / "wrong.png"
    wrong.write_bytes(b"nothing")
    thumbnails = Thumbnails(tmp_path / "cache")
    with qtbot.waitSignal(thumbnails.made):
        assert thumbnails.get(str(wrong)) is None
    assert thumbnails.get(str(wrong)).isNull()
    thumbnails.stop()


def test_a_thumbnail_is_shown_even_where_the_cache_takes_nothing(qapp, tmp_path, photo):
    cache = tmp_path / "cache"
    cache.mkdir()
    thumbnail(photo, cache)
    (kept,) = cache.glob("*.jpg")
    kept.unlink()
    kept.mkdir()
    assert max(thumbnail(photo, cache).size().toTuple()) == SIDE


def test_a_picture_whose_making_fails_is_a_null_image(qtbot, caplog):
    def make(_key):
        raise ZeroDivisionError("inside")

    pictures = SmallPictures(make)
    with qtbot.waitSignal(pictures.made):
        assert pictures.get("face") is None
    assert pictures.get("face").isNull()
    assert "ZeroDivisionError: inside" in caplog.text
    pictures.stop()
