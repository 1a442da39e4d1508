"""Names and places of faces that other programs wrote into XMP.

Two forms are read: the regions of the Metadata Working Group (digiKam, Lightroom, Picasa, Apple
Photos) and the older ones of Microsoft (Windows Live Photo Gallery). Both are RDF, which may put
any property into an attribute or an element of its own, so properties are gathered from both.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_MWG = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_AREA = "{http://ns.adobe.com/xmp/sType/Area#}"
_SIZE = "{http://ns.adobe.com/xap/1.0/sType/Dimensions#}"
_MS_INFO = "{http://ns.microsoft.com/photo/1.2/t/RegionInfo#}"
_MS = "{http://ns.microsoft.com/photo/1.2/t/Region#}"
_MOST = 500  # regions of one photograph
_LONGEST = 200  # characters of a name


@dataclass(frozen=True)
class Region:
    """A named face.

    Attributes:
        name: as the other program wrote it, without outer blanks.
        box: x, y, width, height as shares of the picture's sides.
        applied: width and height in pixels of the picture that the region was drawn on; None when
            the file does not say.
    """

    name: str
    box: tuple[float, float, float, float]
    applied: tuple[float, float] | None = None


def read_regions(xmp: bytes | None) -> list[Region]:
    """The named faces of an XMP packet; nothing where it is missing, damaged or hostile."""
    # Entities make small packets grow without end; honest XMP has neither.
    if xmp is None or b"<!DOCTYPE" in xmp or b"<!ENTITY" in xmp:
        return []
    try:
        root = ET.fromstring(xmp.strip(b"\x00 \r\n\t"))  # noqa: S314 - see above
    except (ET.ParseError, ValueError, LookupError):
        return []
    try:
        regions = [*_mwg(root), *_microsoft(root)]
    except RecursionError:  # thousands of elements inside each other
        return []
    found: list[Region] = []
    for region in regions:
        if len(found) < _MOST and all(not _same(region, other) for other in found):
            found.append(region)
    return found


def turned(box: tuple[float, float, float, float], orientation: int) -> tuple[float, ...]:
    """A box drawn on the stored picture, as a box of the upright one.

    Args:
        box: x, y, width, height as shares of the sides.
        orientation: 1 .. 8 of EXIF.
    """
    x, y, w, h = box
    if orientation >= 5:
        x, y, w, h = y, x, h, w
    if orientation in {2, 3, 6, 7}:
        x = 1 - x - w
    if orientation in {3, 4, 7, 8}:
        y = 1 - y - h
    return x, y, w, h


def _mwg(root: ET.Element) -> Iterator[Region]:
    for regions in root.iter(f"{_MWG}Regions"):
        about = _properties(regions, f"{_MWG}RegionList")
        applied = _numbers(about.get(f"{_SIZE}w"), about.get(f"{_SIZE}h"))
        for listed in regions.iter(f"{_MWG}RegionList"):
            for item in listed.iter(f"{_RDF}li"):
                got = _properties(item)
                kind = got.get(f"{_MWG}Type", "Face")
                box = _numbers(*(got.get(f"{_AREA}{side}") for side in "xywh"))
                unit = got.get(f"{_AREA}unit", "normalized")
                name = _name(got.get(f"{_MWG}Name"))
                if kind != "Face" or unit != "normalized" or not name or box is None:
                    continue
                x, y, w, h = box
                area = _sound((x - w / 2, y - h / 2, w, h))
                if area:
                    yield Region(name, area, (applied[0], applied[1]) if applied else None)


def _microsoft(root: ET.Element) -> Iterator[Region]:
    for listed in root.iter(f"{_MS_INFO}Regions"):
        for item in listed.iter(f"{_RDF}li"):
            got = _properties(item)
            name = _name(got.get(f"{_MS}PersonDisplayName"))
            box = _numbers(*got.get(f"{_MS}Rectangle", "").split(","))
            if name and box is not None and len(box) == 4:
                x, y, w, h = box
                area = _sound((x, y, w, h))
                if area:
                    yield Region(name, area)


def _properties(element: ET.Element, leave_out: str = "") -> dict[str, str]:
    """Attributes and texts of an element and all that is in it, but for one branch."""
    found = dict(element.attrib)
    for child in element:
        if child.tag == leave_out:
            continue
        if child.text and child.text.strip():
            found.setdefault(child.tag, child.text.strip())
        for key, value in _properties(child, leave_out).items():
            found.setdefault(key, value)
    return found


def _numbers(*texts: str | None) -> tuple[float, ...] | None:
    try:
        values = tuple(float(text) for text in texts if text is not None)
    except ValueError:
        return None
    return values if len(values) == len(texts) and all(map(math.isfinite, values)) else None


def _sound(box: tuple[float, float, float, float]) -> tuple[float, float, float, float] | None:
    x, y, w, h = box
    inside = -0.5 < x < 1.5 and -0.5 < y < 1.5
    return box if inside and 0 < w <= 1.5 and 0 < h <= 1.5 else None


def _name(text: str | None) -> str:
    """A name in one spelling of Unicode and without what cannot be seen."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text or "") if c.isprintable())
    return " ".join(seen.split())[:_LONGEST]


def _same(a: Region, b: Region) -> bool:
    return a.name == b.name and all(abs(p - q) < 0.1 for p, q in zip(a.box, b.box, strict=True))
