"""XMP packets: put their orientation right and add a note about what was done.

Packets are edited as bytes: other programs' captions, names and regions stay as they were written.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr, unescape

_NAMESPACE = "urn:likeness:1.0/"
_NOTE = re.compile(
    rb'\s*<rdf:Description rdf:about="" xmlns:likeness="urn:likeness:1.0/"'
    rb"><likeness:Note>(.*?)</likeness:Note></rdf:Description>",
    re.DOTALL,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def upright_xmp(xmp: bytes) -> bytes:
    """The same XMP with ``tiff:Orientation`` 1, of the same length."""
    return re.sub(rb'(tiff:Orientation(?:=["\']|>))[2-8](["\'<])', rb"\g<1>1\g<2>", xmp)


def with_note(xmp: bytes | None, note: str) -> bytes | None:
    """Add a plain note to an XMP packet, or make one.

    A note of an earlier run stays in front. A packet that is not understood is handed back as it
    was: losing the note is better than losing the owner's captions.

    Args:
        xmp: existing packet, or None.
        note: plain text; characters that XML cannot hold are left out.
    """
    note = _CONTROL.sub("", note)
    if xmp is None:
        packet = (
            "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>\n"
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            "</rdf:RDF></x:xmpmeta>\n<?xpacket end='w'?>"
        )
        xmp = packet.encode()
    earlier = _NOTE.search(xmp)
    if earlier:
        note = f"{unescape(earlier[1].decode('utf-8', 'replace'))}\n{note}"
        xmp = xmp[: earlier.start()] + xmp[earlier.end() :]
    place = xmp.rfind(b"</rdf:RDF>")
    if place < 0:
        return xmp
    element = (
        f'\n<rdf:Description rdf:about="" xmlns:likeness={quoteattr(_NAMESPACE)}>'
        f"<likeness:Note>{escape(note)}</likeness:Note></rdf:Description>"
    )
    return xmp[:place] + element.encode() + xmp[place:]
