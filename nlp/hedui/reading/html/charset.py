"""The bytes of a web page: whether they are one, and its characters (by mark, by what they are, as declared)."""

import codecs

import regex

from hedui.reading.errors import UnreadableInput
from hedui.reading.text import TOLERATED, decode

_DECLARED = regex.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", regex.IGNORECASE)
_TAG = regex.compile(rb"<[!/]?[a-zA-Z]")
HEAD = 4096  # bytes in which a page shows that it is one and declares its characters
CHINESE = ("utf-8", "gb18030")

# Atomic: many comments at the head of a file must not be tried in every combination.
_BEGINS = regex.compile(
    rb"\s*(?:<!--(?>.*?-->)\s*+)*+<(?:head|body|meta|title|div|p|table|section|article|span|center|font|link|style|script"
    rb"|h[1-6]|ul|ol|br|img|a)[\s/>]",
    regex.IGNORECASE | regex.DOTALL,
)
_NAMED = regex.compile(rb"<(?:!doctype\s+html|html)[\s>]", regex.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Whether bytes are a web page: they name themselves one, or begin with an element of one."""
    head = data[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return bool(_NAMED.search(head) or _BEGINS.match(head))


def characters(data: bytes, charset: str | None = None) -> str:
    """The text of a page. A declaration decides only where the bytes do not: many are wrong.

    `charset` is the server's declaration, which goes before the page's own.

    Raises UnreadableInput for nothing at all and for what is no text.
    """
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if marked or not data.strip() or (0 in data[:HEAD] and not _TAG.search(data[:HEAD])):
        return decode(data)
    data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # A torn byte or two does not make a page one of another encoding; many broken ones do.
        found = {encoding: data.decode(encoding, errors="replace") for encoding in CHINESE}
        broken = {encoding: text.count("\ufffd") for encoding, text in found.items()}
    best = min(CHINESE, key=lambda encoding: (broken[encoding], encoding))
    declared = _encoding(charset or "") or _declared(data)
    if declared in found and broken[declared] <= TOLERATED * len(found[declared]):
        best = declared
    if broken[best] > max(2, TOLERATED * len(found[best])):
        raise UnreadableInput("encoding")
    return found[best]


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:HEAD])
    return _encoding(match[1].decode("ascii")) if match else ""


def _encoding(name: str) -> str:
    """The encoding of those that Chinese pages have that a name means; empty for any other."""
    name = name.strip().lower()
    return "gb18030" if name.startswith("gb") else "utf-8" if name in ("utf-8", "utf8") else ""
