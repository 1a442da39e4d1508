from __future__ import annotations

import json
from urllib.error import URLError

import pytest

from engine import cli, updates
from engine.errors import LikenessError
from engine.version import __version__

ADDRESS = "https://example.invalid/releases/latest"


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "releases.txt"
    path.write_text(ADDRESS + "\n")
    return path


def answer(version: str, page: str = "https://example.invalid/v") -> bytes:
    return json.dumps({"tag_name": f"v{version}", "html_url": page, "body": "New."}).encode()


@pytest.mark.parametrize(
    ("version", "newer"), [("99.0.0", True), ("0.0.10", False), (__version__, False)]
)
def test_a_release_is_compared_by_numbers(feed, version, newer):
    asked = []
    found = updates.latest(feed, lambda address: asked.append(address) or answer(version))
    assert asked == [ADDRESS]
    assert found == updates.Release(version, newer, "https://example.invalid/v", "New.")


def test_ten_is_newer_than_nine(feed, monkeypatch):
    monkeypatch.setattr(updates, "__version__", "1.9.3")
    assert updates.latest(feed, lambda _: answer("1.10.0")).newer


def test_a_checkout_asks_nobody(tmp_path, capsys):
    assert not updates.FEED.exists()
    with pytest.raises(LikenessError, match="does not know"):
        updates.latest(tmp_path / "none.txt", lambda _: pytest.fail("it asked"))
    assert cli.main(["update"]) == 1
    assert "does not know" in capsys.readouterr().err


def test_an_address_that_can_be_overheard_is_not_asked(feed):
    feed.write_text("http://example.invalid/latest")
    with pytest.raises(LikenessError, match="safe"):
        updates.latest(feed, lambda _: pytest.fail("it asked"))


def test_nobody_answers(feed):
    def gone(address):
        raise URLError("no route")

    with pytest.raises(LikenessError, match="connection") as told:
        updates.latest(feed, gone)
    assert told.value.code == "updates-unreachable"


@pytest.mark.parametrize(
    "content",
    [b"<html>", b"[]", b"{}", answer("newest"), answer("9.0.0", page="javascript:alert(1)")],
)
def test_a_strange_answer_is_refused(feed, content):
    with pytest.raises(LikenessError, match="not understood"):
        updates.latest(feed, lambda _: content)


def test_the_command_tells_the_newest_release(feed, monkeypatch, capsys):
    found = updates.Release("99.0.0", newer=True, page="https://example.invalid/v", notes="New.")
    monkeypatch.setattr(updates, "latest", lambda: found)
    assert cli.main(["update"]) == 0
    assert "Likeness 99.0.0 is out" in capsys.readouterr().out
    assert cli.main(["update", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["installed"] == __version__
