"""Several windows at once: what one leaves behind when it dies, and who takes it over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop import siblings
from desktop.choices import Choices
from desktop.session import Session, SessionFile

ROOT = Path(__file__).resolve().parents[2]
_WINDOW = """
import sys
from pathlib import Path
from desktop import siblings
lock, suffix = siblings.claim(Path(sys.argv[1]))
print(suffix, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def state(tmp_path):
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


@pytest.fixture
def first(state):
    """This process is the first window."""
    lock, suffix = siblings.claim(state)
    assert suffix == ""
    yield SessionFile(state / "session.json")
    lock.unlock()


@pytest.fixture
def second(first, state):
    """Another process, and what its files end in."""
    window = subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(state)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with window:
        suffix = window.stdout.readline().strip()
        assert suffix == f"-{window.pid}"
        yield window, suffix
        window.kill()


def test_the_work_of_a_dead_window_is_taken_over_and_that_of_a_living_one_is_not(
    qapp, state, first, second
):
    window, suffix = second
    theirs, crash = SessionFile(state / f"session{suffix}.json"), state / "crash.log"
    copy = theirs.new_copy()
    copy.write_bytes(b"a picture")
    theirs.write(Session(copy, Choices(grain=0.2), restored=True, pasted=True))
    (state / f"crash{suffix}.log").write_text("it broke")
    siblings.adopt(state, first, crash)
    assert first.read() is None
    assert not crash.exists()
    window.kill()
    window.wait()
    siblings.adopt(state, first, crash)
    taken = first.read()
    assert (taken.choices.grain, taken.restored, taken.pasted) == (0.2, True, True)
    assert taken.photo.read_bytes() == b"a picture"
    assert crash.read_text() == "it broke"
    assert not [path.name for path in state.iterdir() if suffix in path.name]
    first.end()
    assert sorted(path.name for path in state.iterdir()) == ["crash.log", "likeness.lock"]


def test_ones_own_work_comes_first_and_the_others_waits(qapp, state, first, photo):
    mine, theirs = Session(photo, Choices(grain=0.1)), Session(photo, Choices(grain=0.9))
    first.write(mine)
    left = SessionFile(state / "session-999999999.json")
    left.write(theirs)
    crash, other = state / "crash.log", state / "crash-999999999.log"
    crash.write_text("mine")
    other.write_text("theirs")
    siblings.adopt(state, first, crash)
    assert (first.read(), crash.read_text()) == (mine, "mine")
    assert (left.read(), other.read_text()) == (theirs, "theirs")
    first.end()
    crash.unlink()
    siblings.adopt(state, first, crash)
    assert (first.read(), crash.read_text()) == (theirs, "theirs")


def test_a_window_that_was_killed_leaves_no_empty_report(qapp, state, first):
    (state / "crash-999999999.log").touch()
    siblings.adopt(state, first, state / "crash.log")
    assert sorted(path.name for path in state.iterdir()) == ["likeness.lock"]
