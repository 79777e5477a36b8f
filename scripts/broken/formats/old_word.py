"""Old Word files (.doc, .wps, .rtf), which LibreOffice converts where it is installed."""

import random
import struct

from broken import MILLION, READ, case, fixed
from broken.formats.web import PROSE, UNREACHABLE

MISSING = "office_missing"
"""How all of these end where LibreOffice is not installed."""
ENDS = (MISSING, READ, "empty", "office_failed", "too_slow")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAME = "WordDocument".encode("utf-16-le")


def rtf(inner: str) -> bytes:
    """The bytes of a file of rich text."""
    coded = "".join(
        c if ord(c) < 128 else f"\\u{struct.unpack('<h', struct.pack('<H', ord(c)))[0]}?" for c in inner
    )
    return f"{{\\rtf1\\ansi\\deff0 {coded}}}".encode()


fixed("cut.rtf", rtf(PROSE)[:60], *ENDS)
fixed("only-a-signature.rtf", b"{\\rtf", *ENDS)
fixed("random.rtf", b"{\\rtf1" + random.Random(3).randbytes(20_000), *ENDS)
fixed(
    "reaches-out.rtf",
    rtf(
        f'{PROSE}{{\\field{{\\*\\fldinst INCLUDEPICTURE "{UNREACHABLE}/a.png"}}}}{{\\*\\template {UNREACHABLE}/b}}'
    ),
    *ENDS,
)
fixed("object.rtf", rtf(f"{PROSE}{{\\object\\objautlink\\objupdate{{\\*\\objdata {'41' * 5000}}}}}"), *ENDS)
fixed("no-end.doc", _OLE + bytes(600) + _NAME, *ENDS)
fixed("random.doc", _OLE + random.Random(4).randbytes(20_000) + _NAME, *ENDS)
fixed(
    "loop.doc",
    _OLE
    + struct.pack("<16xHHHHH10xIIIIIII", 62, 3, 0xFFFE, 9, 6, 1, 0, 0, 4096, 0, 0, 0)
    + bytes(8)
    + struct.pack("<109I", *[0] * 109)
    + bytes(512)
    + _NAME
    + bytes(2000),
    *ENDS,
)


@case("deep-groups.rtf", *ENDS, small=5000, full=MILLION)
def _(size: int) -> bytes:
    return rtf("{" * size + PROSE + "}" * size)


@case("long-binary.rtf", *ENDS, small=5000, full=50 * MILLION)
def _(size: int) -> bytes:
    return rtf("{\\*\\shppict{\\pict\\bin" + "9" * 9 + " " + "A" * size + "}}" + PROSE)


@case("too-large.rtf", *ENDS, "too_large", small=5000, full=101 * MILLION)
def _(size: int) -> bytes:
    return rtf(PROSE + " " * size)
