"""Names that other programs wrote into XMP."""

from __future__ import annotations

import pytest

from engine.album.regions import Region, read_regions, turned

HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" '
    'xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" '
    'xmlns:MP="http://ns.microsoft.com/photo/1.2/" '
    'xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
    'xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">'
    '<rdf:Description rdf:about="">'
)
#: Elements inside each other, more than any recursion bears.
DEEP = "<a>" * 3000 + "</a>" * 3000
TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def mwg_attributes(name: str, x: float, y: float, w: float, h: float, kind: str = "Face") -> str:
    """As digiKam writes it."""
    return (
        f'<rdf:li><rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="{kind}"><mwg-rs:Area '
        f'stArea:x="{x}" stArea:y="{y}" stArea:w="{w}" stArea:h="{h}" stArea:unit="normalized"/>'
        "</rdf:Description></rdf:li>"
    )


def mwg(items: str) -> bytes:
    return (
        f'{HEAD}<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions '
        'stDim:w="400" stDim:h="300" stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag>'
        f"{items}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>{TAIL}"
    ).encode()


def microsoft(name: str, rectangle: str) -> bytes:
    return (
        f'{HEAD}<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag><rdf:li '
        f'MPReg:Rectangle="{rectangle}" MPReg:PersonDisplayName="{name}"/></rdf:Bag>'
        f"</MPRI:Regions></MP:RegionInfo>{TAIL}"
    ).encode()


def test_regions_of_the_working_group_are_read_in_both_spellings() -> None:
    elements = (
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Otto</mwg-rs:Name>'
        "<mwg-rs:Type>Face</mwg-rs:Type><mwg-rs:Area rdf:parseType='Resource'>"
        "<stArea:x>0.75</stArea:x><stArea:y>0.5</stArea:y><stArea:w>0.1</stArea:w>"
        "<stArea:h>0.2</stArea:h><stArea:unit>normalized</stArea:unit></mwg-rs:Area></rdf:li>"
    )
    found = read_regions(mwg(mwg_attributes("  Anna   B. ", 0.25, 0.5, 0.1, 0.2) + elements))
    assert [r.name for r in found] == ["Anna B.", "Otto"]
    assert found[0].box == pytest.approx((0.2, 0.4, 0.1, 0.2))
    assert found[1].box == pytest.approx((0.7, 0.4, 0.1, 0.2))
    assert found[0].applied == (400, 300)


def test_regions_of_microsoft_are_read() -> None:
    (found,) = read_regions(microsoft("Émile", "0.1, 0.2, 0.3, 0.4"))
    assert found == Region("Émile", (0.1, 0.2, 0.3, 0.4))


def test_one_face_in_both_forms_counts_once() -> None:
    both = mwg(mwg_attributes("Anna", 0.25, 0.4, 0.3, 0.4))
    inner = microsoft("Anna", "0.1, 0.2, 0.3, 0.4").decode()
    inner = inner[inner.index("<MP:RegionInfo") : inner.index("</rdf:Description>")]
    joined = both.replace(b"</rdf:Description></rdf:RDF>", inner.encode() + b"</rdf:Description>"
                          b"</rdf:RDF>")  # fmt: skip
    assert len(read_regions(joined)) == 1


@pytest.mark.parametrize(
    "packet",
    [
        None,
        b"",
        b"<x",
        b"\xff\xfe\x00",
        mwg(mwg_attributes("", 0.5, 0.5, 0.1, 0.1)),
        mwg(mwg_attributes("Dog", 0.5, 0.5, 0.1, 0.1, kind="Pet")),
        mwg(mwg_attributes("Anna", float("nan"), 0.5, 0.1, 0.1)),
        mwg(mwg_attributes("Anna", 7, 0.5, 0.1, 0.1)),
        mwg(mwg_attributes("Anna", 0.5, 0.5, 0, 0.1)),
        microsoft("Anna", "0.1, 0.2"),
        microsoft("Anna", "a, b, c, d"),
        mwg(mwg_attributes("Anna", 0.5, 0.5, 0.1, 0.1) + f"<rdf:li>{DEEP}</rdf:li>"),
        mwg("").replace(b"<mwg-rs:RegionList>", f"{DEEP}<mwg-rs:RegionList>".encode()),
        microsoft("Anna", "0, 0, 1, 1").replace(
            b"<rdf:li ", f"<rdf:li>{DEEP}</rdf:li><rdf:li ".encode()
        ),
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + mwg(mwg_attributes("Anna", 0.5, 0.5, 0.1, 0.1)),
    ],
)
def test_nothing_is_read_from_damaged_and_hostile_packets(packet: bytes | None) -> None:
    assert read_regions(packet) == []


def test_a_thousand_regions_end_at_the_limit() -> None:
    items = "".join(mwg_attributes(f"P{i}", 0.5, 0.5, 0.1, 0.1) for i in range(1000))
    assert len(read_regions(mwg(items))) == 500


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, (0.1, 0.2, 0.3, 0.4)),
        (2, (0.6, 0.2, 0.3, 0.4)),
        (3, (0.6, 0.4, 0.3, 0.4)),
        (4, (0.1, 0.4, 0.3, 0.4)),
        (5, (0.2, 0.1, 0.4, 0.3)),
        (6, (0.4, 0.1, 0.4, 0.3)),
        (7, (0.4, 0.6, 0.4, 0.3)),
        (8, (0.2, 0.6, 0.4, 0.3)),
    ],
)
def test_boxes_turn_with_the_picture(orientation: int, expected: tuple[float, ...]) -> None:
    assert turned((0.1, 0.2, 0.3, 0.4), orientation) == pytest.approx(expected)
