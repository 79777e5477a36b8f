"""PDFs with too much of everything: bombs, glyphs, lines, pages, objects, lists within lists."""

import random
import zlib

from broken import MILLION, READ, case
from broken.formats.pdf import BROKEN, CMAP, FONT, assembled, flat, page, shown, stream


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    out = b"".join(packer.compress(b" " * MILLION) for _ in range(size // MILLION))
    return out + packer.flush()


@case("bomb.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    return assembled({4: stream(_bomb(size), "/Filter /FlateDecode")})


@case("bomb-in-a-bomb.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    return assembled({4: stream(zlib.compress(_bomb(size), 9), "/Filter [/FlateDecode /FlateDecode]")})


@case("bomb-of-signs.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    return assembled({5: FONT[:-3] + " /ToUnicode 6 0 R >>", 6: stream(_bomb(size), "/Filter /FlateDecode")})


@case("bomb-of-objects.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    return assembled({6: stream(_bomb(size), "/Filter /FlateDecode /Type /ObjStm /N 9 /First 9"), 4: "7 0 R"})


@case("bomb-of-a-form.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    form = stream(_bomb(size), "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode")
    return assembled(
        {3: page(resources="/XObject << /X 6 0 R >>"), 4: stream(shown("支出") + "/X Do"), 6: form}
    )


@case("bomb-of-a-picture.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    picture = "/Type /XObject /Subtype /Image /Width 31622 /Height 31622 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    drawn = shown("支出") + "q 500 0 0 800 0 0 cm /X Do Q"
    bomb = stream(_bomb(size), f"{picture} /Filter /FlateDecode")
    return assembled({3: page(resources="/XObject << /X 6 0 R >>"), 4: stream(drawn), 6: bomb})


@case("bomb-of-a-mask.pdf", "too_many_pixels", "pdf_no_text", small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    picture = "/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray"
    drawn = "q 500 0 0 800 0 0 cm /X Do Q"
    return assembled(
        {
            3: page(resources="/XObject << /X 6 0 R >>"),
            4: stream(drawn),
            6: stream(" " * 100, f"{picture} /Width 10 /Height 10 /SMask 7 0 R"),
            7: stream(_bomb(size), f"{picture} /Width 31622 /Height 31622 /Filter /FlateDecode"),
        }
    )


@case("table-of-nothing.pdf", "pdf_broken", small=100_000, full=100 * MILLION)
def _(size: int) -> bytes:
    """A table that tells of objects by the thousand and has no entry for any of them."""
    body = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    entries = bytes([0, 0, 0, 1, 0, 9])
    table = stream(entries, f"/Type /XRef /Size {size} /W [1 2 0] /Root 1 0 R")
    return body + b"2 0 obj\n" + table + f"\nendobj\nstartxref\n{len(body)}\n%%EOF\n".encode()


@case("bomb-of-runs.pdf", READ, *BROKEN, small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    packed = zlib.compress(b"\x81 " * (size // 128) + b"\x80", 9)
    return assembled({4: stream(packed, "/Filter [/FlateDecode /RunLengthDecode]")})


@case("glyphs.pdf", READ, *BROKEN, small=3000, full=MILLION)
def _(size: int) -> bytes:
    return assembled({4: flat(shown("支出合计一" * (size // 5)).encode())})


@case("scattered-glyphs.pdf", READ, *BROKEN, small=1000, full=150_000)
def _(size: int) -> bytes:
    chance = random.Random(9)
    return assembled(
        {
            4: flat(
                "".join(
                    shown("支", chance.randrange(595), chance.randrange(842)) for _ in range(size)
                ).encode()
            )
        }
    )


@case("lines.pdf", READ, *BROKEN, small=2000, full=MILLION)
def _(size: int) -> bytes:
    chance = random.Random(10)
    drawn = (f"{chance.randrange(595)} {chance.randrange(842)} m 300 400 l S\n" for _ in range(size))
    return assembled({4: flat((shown("支出") + "".join(drawn)).encode())})


@case("ruled-without-end.pdf", READ, *BROKEN, small=100, full=700)
def _(size: int) -> bytes:
    drawn = "".join(
        f"{n * 5} 0 m {n * 5} {size * 5} l S 0 {n * 5} m {size * 5} {n * 5} l S\n" for n in range(size)
    )
    return assembled({3: page(f"[0 0 {size * 5} {size * 5}]"), 4: flat((shown("支出") + drawn).encode())})


@case("one-path.pdf", READ, *BROKEN, small=3000, full=MILLION)
def _(size: int) -> bytes:
    return assembled({4: flat((shown("支出") + "0 0 m " + "500 0 l 0 500 l " * (size // 2) + "S").encode())})


@case("saved-states.pdf", READ, *BROKEN, small=3000, full=MILLION)
def _(size: int) -> bytes:
    return assembled({4: flat((shown("支出") + "q " * size).encode())})


@case("forms-of-forms.pdf", READ, *BROKEN, small=3, full=12)
def _(size: int) -> bytes:
    """Each form draws the next ten times."""
    objects: dict[int, str | bytes] = {
        3: page(resources="/XObject << /X 6 0 R >>"),
        4: stream(shown("支出") + "/X Do"),
    }
    for n in range(6, 6 + size):
        inner = "/X Do " * 10 if n < 5 + size else "0 0 m 9 9 l S"
        used = f"/Resources << /XObject << /X {n + 1} 0 R >> >>"
        objects[n] = stream(inner, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {used}")
    return assembled(objects)


@case("empty-forms-of-forms.pdf", READ, *BROKEN, "too_slow", small=3, full=12)
def _(size: int) -> bytes:
    """Each form draws the next ten times, the last draws nothing."""
    objects: dict[int, str | bytes] = {
        3: page(resources="/XObject << /X 6 0 R >>"),
        4: stream(shown("支出") + "/X Do"),
    }
    for n in range(6, 6 + size):
        used = f"/Resources << /XObject << /X {n + 1} 0 R >> >>"
        objects[n] = stream(
            "/X Do " * 10 if n < 5 + size else "", f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {used}"
        )
    return assembled(objects)


@case("pages-of-pages.pdf", READ, *BROKEN, "too_many_pages", "too_slow", small=8, full=30)
def _(size: int) -> bytes:
    """A tree in which each level holds the next one twice."""
    tree = {n: f"<< /Type /Pages /Kids [{n + 1} 0 R {n + 1} 0 R] /Count 2 >>" for n in range(10, 10 + size)}
    return assembled({2: "<< /Type /Pages /Kids [10 0 R 10 0 R] /Count 2 >>", 10 + size: page()} | tree)


@case("deep-tree.pdf", READ, *BROKEN, "too_many_pages", small=400, full=100_000)
def _(size: int) -> bytes:
    tree = {n: f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 >>" for n in range(10, 10 + size)}
    return assembled({2: "<< /Type /Pages /Kids [10 0 R] /Count 1 >>", 10 + size: page()} | tree)


@case("one-page-again.pdf", READ, *BROKEN, "too_many_pages", small=300, full=MILLION)
def _(size: int) -> bytes:
    return assembled({2: f"<< /Type /Pages /Kids [{'3 0 R ' * size}] /Count {size} >>"})


@case("many-pages.pdf", READ, "too_many_pages", small=50, full=20_000)
def _(size: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(10, 10 + size))
    return assembled(
        {2: f"<< /Type /Pages /Kids [{kids}] /Count {size} >>"} | {n: page() for n in range(10, 10 + size)}
    )


@case("many-objects.pdf", READ, *BROKEN, "too_many_objects", small=2000, full=MILLION)
def _(size: int) -> bytes:
    return assembled(dict.fromkeys(range(10, 10 + size), "null"))


@case("many-objects-without-a-table.pdf", READ, *BROKEN, "too_many_objects", small=2000, full=MILLION)
def _(size: int) -> bytes:
    data = assembled(dict.fromkeys(range(10, 10 + size), "null"))
    return data[: data.rindex(b"xref\n0 1")]


@case("table-of-lies.pdf", READ, *BROKEN, small=1, full=1)
def _(size: int) -> bytes:
    return assembled({}).replace(b"xref\n0 1\n", b"xref\n0 999999999999\n")


@case("deep-lists.pdf", READ, *BROKEN, small=500, full=MILLION)
def _(size: int) -> bytes:
    return assembled({3: page(more=f"/A {'[' * size}{']' * size} /B {'<<' * size}")})


@case("deep-lists-drawn.pdf", READ, *BROKEN, small=500, full=MILLION)
def _(size: int) -> bytes:
    return assembled({4: flat((shown("支出") + "[" * size + "]" * size + " TJ").encode())})


@case("long-name.pdf", READ, *BROKEN, small=20_000, full=10 * MILLION)
def _(size: int) -> bytes:
    return assembled({3: page(more=f"/{'A' * size} ({'(' * size}")})


@case("bomb-of-a-table.pdf", READ, *BROKEN, "too_large_unpacked", small=10 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    """The table of objects is a stream itself."""
    head = b"%PDF-1.5\n"
    entries = f"/Type /XRef /W [1 2 1] /Size {size // 4} /Root 1 0 R /Filter /FlateDecode"
    table = b"9 0 obj\n" + stream(_bomb(size), entries) + b"\nendobj\n"
    return head + table + f"startxref\n{len(head)}\n%%EOF\n".encode()


@case("many-bombs.pdf", READ, *BROKEN, "too_large_unpacked", small=3, full=300)
def _(size: int) -> bytes:
    """Pages each of which is just within the limits."""
    kids = " ".join(f"{n} 0 R" for n in range(10, 10 + size))
    pages = {n: page().replace("4 0 R", f"{n + size} 0 R") for n in range(10, 10 + size)}
    contents = dict.fromkeys(
        range(10 + size, 10 + 2 * size), stream(_bomb(7 * MILLION), "/Filter /FlateDecode")
    )
    return assembled({2: f"<< /Type /Pages /Kids [{kids}] /Count {size} >>"} | pages | contents)


@case("long-word-drawn.pdf", READ, *BROKEN, small=20_000, full=7 * MILLION)
def _(size: int) -> bytes:
    return assembled({4: flat((shown("支出") + "(" * size).encode())})


@case("many-filters.pdf", READ, *BROKEN, small=50, full=2000)
def _(size: int) -> bytes:
    data = shown("支出").encode()
    for _ in range(size):
        data = zlib.compress(data, 0)
    return assembled({4: stream(data, f"/Filter [{'/FlateDecode ' * size}]")})


@case("wide-widths.pdf", READ, *BROKEN, small=100_000, full=999_999_999)
def _(size: int) -> bytes:
    return assembled({5: FONT.replace("/DW 1000", f"/DW 1000 /W [0 {size} 500]")})


@case("wide-signs.pdf", READ, *BROKEN, small=0xFFFF, full=0xFFFFFFFF)
def _(size: int) -> bytes:
    signs = CMAP.format(f"1 beginbfrange <00000000> <{size:08x}> <4e00> endbfrange")
    return assembled({5: FONT[:-3] + " /ToUnicode 6 0 R >>", 6: stream(signs)})


@case("wide-codes.pdf", READ, *BROKEN, small=0xFFFF, full=0xFFFFFFFF)
def _(size: int) -> bytes:
    """An encoding of its own whose range of codes is all there are."""
    codes = f"begincmap 1 begincidrange <00000000> <{size:08x}> 1 endcidrange endcmap"
    return assembled(
        {5: FONT.replace("/UniGB-UCS2-H", "6 0 R"), 6: stream(codes, "/Type /CMap /CMapName /X")}
    )


@case("many-fonts.pdf", READ, *BROKEN, "too_slow", small=50, full=20_000)
def _(size: int) -> bytes:
    fonts = " ".join(f"/G{n} {n} 0 R" for n in range(10, 10 + size))
    return assembled(
        {3: page(resources="").replace("/F1 5 0 R", f"/F1 5 0 R {fonts}")}
        | dict.fromkeys(range(10, 10 + size), FONT)
    )
