"""Pictures: cut off, of no size, of the size of a country, with a text that is none."""

import struct
import zlib

from broken import READ, case, fixed

BROKEN = (
    "image_broken",
    "image_too_large",
    "too_large",
    "nothing_recognised",
    "image",
    "empty",
    "ocr_missing",
)


def png(width: int, height: int, lines: bytes) -> bytes:
    """A grey picture, its lines as they are packed in the file."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


WHOLE = png(60, 40, (b"\0" + b"\xff" * 60) * 40)

for share in (20, 60, 95):
    fixed(f"cut-at-{share}-percent.png", WHOLE[: len(WHOLE) * share // 100], READ, *BROKEN)
fixed("blank.png", WHOLE, *BROKEN)
fixed("of-no-size.png", png(0, 0, b""), *BROKEN)
fixed("lines-missing.png", png(60, 40, b"\0" * 10), READ, *BROKEN)
fixed("only-a-signature.jpg", b"\xff\xd8\xff", *BROKEN)
fixed("only-a-signature.tif", b"II*\0\x08\0\0\0", *BROKEN)
fixed("leads-to-itself.tif", b"II*\0\x08\0\0\0\x00\x00\x08\x00\x00\x00", *BROKEN)


@case("large.png", *BROKEN, small=1000, full=60_000)
def large(size: int) -> bytes:
    """Black as far as one can see."""
    return png(size, size, b"\0" * ((size + 1) * min(size, 1000)))
