from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from desktop import selftest
from engine.errors import LikenessError


def test_the_window_opens_in_a_process_of_its_own_and_its_picture_is_taken(tmp_path):
    told = selftest.check(tmp_path)
    picture = QImage(str(tmp_path / told["picture"]))
    assert [picture.width(), picture.height()] == told["size"]
    assert told["qt"].startswith("6.")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["window.png", "window.txt"]


def test_a_window_that_cannot_open_is_told_and_ends_nothing_else(tmp_path):
    # Qt ends the process where it has no such plugin.
    with pytest.raises(LikenessError, match="did not open") as told:
        selftest.check(tmp_path, platform="none-such")
    assert "none-such" in str(told.value)
