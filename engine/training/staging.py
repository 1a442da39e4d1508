"""Cuts the training set into shards that travel: `stage` and its reverse are plain tar and CSV."""

from __future__ import annotations

import csv
import io
import tarfile
from typing import TYPE_CHECKING

from engine.training import material

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 25_000_000


def stage(into: Path, *, limit: int = LIMIT, size: str | None = None) -> list[Path]:
    """Repacks faces into tar shards of at most `limit` bytes with an index of their own.

    Args:
        into: folder for ``index.csv`` and ``shard-NN.tar``; `LIKENESS_SHARED` may then name the
            folder above a folder ``faces`` that holds them.
        limit: bytes a shard, headers included.
        size: ``512`` or ``256`` takes only pictures of that size.

    Returns:
        The shards, in order.
    """
    where = material.folder("faces")
    with (where / "index.csv").open(newline="", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        fields = list(reader.fieldnames or [])
        rows = {
            r["file"]: r for r in reader if r["split"] != "unused" and size in {None, r["size"]}
        }
    into.mkdir(parents=True, exist_ok=True)
    shards: list[Path] = []
    tar: tarfile.TarFile | None = None
    used = 0
    for source in sorted({r["shard"] for r in rows.values()}):
        with tarfile.open(where / source) as old:
            for member in old:
                name = member.name.rsplit("/", 1)[-1]
                if name not in rows or (stream := old.extractfile(member)) is None:
                    continue
                blob = stream.read()
                cost = 512 + -(-len(blob) // 512) * 512
                # 10 KiB: a tar ends with empty blocks, rounded up.
                if tar is None or used + cost + 10_240 > limit:
                    if tar is not None:
                        tar.close()
                    shards.append(into / f"shard-{len(shards):02d}.tar")
                    tar = tarfile.open(shards[-1], "w")  # noqa: SIM115  (closed when full)
                    used = 0
                info = tarfile.TarInfo(name)
                info.size = len(blob)
                tar.addfile(info, io.BytesIO(blob))
                used += cost
                rows[name]["shard"] = shards[-1].name
    if tar is not None:
        tar.close()
    with (into / "index.csv").open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, fields)
        writer.writeheader()
        writer.writerows(rows.values())
    return shards
