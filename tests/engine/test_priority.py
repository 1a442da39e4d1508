from __future__ import annotations

import ctypes
import os
import sys
import threading
from types import SimpleNamespace

import pytest

from engine.priority import lowered_thread


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux's")
def test_a_thread_and_its_children_are_lowered_and_nobody_else() -> None:
    base = os.getpriority(os.PRIO_PROCESS, os.getpid())
    seen: dict[str, int] = {}

    def look(name: str) -> None:
        seen[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def work() -> None:
        with lowered_thread():
            look("thread")
            child = threading.Thread(target=look, args=("child",))
            child.start()
            child.join()
        with lowered_thread():  # the next album
            look("again")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    look("main")
    lower = min(base + 5, 19)
    assert seen == {"thread": lower, "child": lower, "again": lower, "main": base}


def test_windows_gets_its_priority_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the system's functions played by others: this runs on every system."""
    classes = [0x20]

    def get(_process: object) -> int:
        return classes[-1]

    def put(_process: object, wanted: int) -> int:
        classes.append(wanted)
        return 1

    def current() -> int:
        return -1

    kernel = SimpleNamespace(GetPriorityClass=get, SetPriorityClass=put, GetCurrentProcess=current)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    with lowered_thread():
        assert classes[-1] == 0x4000
    assert classes == [0x20, 0x4000, 0x20]
