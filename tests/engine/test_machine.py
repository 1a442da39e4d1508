from __future__ import annotations

import pytest

from engine import machine


def test_memory_and_disk_of_this_machine(tmp_path):
    total, available = machine.memory()
    assert 0 < available <= total
    assert total > 256 << 20
    assert machine.free_disk(tmp_path) > 0


def test_meminfo_is_read_in_bytes():
    text = "MemTotal:  16000 kB\nMemFree:  100 kB\nMemAvailable:  5000 kB\nHugePages_Total: 0\n"
    assert machine.parse_meminfo(text) == (16000 * 1024, 5000 * 1024)


def test_a_system_that_does_not_tell_is_an_error():
    with pytest.raises(OSError, match="memory"):
        machine.parse_meminfo("MemFree: 100 kB\n")
