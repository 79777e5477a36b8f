"""Files to damage, by their endings: generated disclosures in every format that is read, and broken files."""

import io
import random
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import regex
import xlwt
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from broken import cases
from corpus.formats.blocks import blocks
from corpus.formats.files import FORMATS, encoded
from corpus.formats.scan import scanned
from corpus.generate import generate
from fuzzing.packed import zipped

SAME = {".xhtml": ".html", ".jpg": ".png", ".tif": ".png", ".gif": ".png", ".gz": ".warc"}
"""Endings whose seeds are counted with those of another."""
RARE = {".png": 0.1, ".doc": 0.3, ".rtf": 0.3, ".zip": 0.2, ".warc": 0.2}
"""Recognising characters takes seconds; old Word files are for LibreOffice; archives hold what is tried anyway."""
MOMENT = regex.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")
BANDS = (0, 300)
"""Pixel rows of a scanned page that are a seed: the beginning of it, to be recognised in a second."""


_KEPT: dict[tuple[int, Path | None], dict[str, list[bytes]]] = {}


def keep(seed: int, real: Path | None, known: dict[str, list[bytes]]) -> None:
    """Remember the seeds of a number, which were made in another process."""
    _KEPT[seed, real] = known


def seeds(seed: int, real: Path | None) -> dict[str, list[bytes]]:
    """Seeds by kind, the same for the same number; `real` is a folder of real files to be added."""
    if (seed, real) in _KEPT:
        return _KEPT[seed, real]
    found: dict[str, list[bytes]] = defaultdict(list)
    for made in generate(10, seed, errors=2):
        text, body, year = made.page.text, made.accounts.body.name, made.accounts.year
        rng = random.Random(text)
        files = {f".{form}": encoded(text, form, body, year, rng) for form in FORMATS}
        files |= {".xlsx": _xlsx(text), ".xls": _xls(text), ".ods": _ods(text)}
        for kind in (".docx", ".xlsx", ".ods"):
            files[kind] = _settled(files[kind])
        for kind, data in files.items():
            found[kind].append(data)
        found[".zip"].append(_zipped(files))
        found[".warc"] += [_crawl(files, packed) for packed in (False, True)]
        if len(found[".png"]) < 4:
            found[".png"] += _pictures(files[".pdf"], rng)
            found[".pdf"].append(scanned(files[".pdf"], rng, range(1), resolutions=[100]))
    for case in cases():
        kind = Path(case.name).suffix
        found[SAME.get(kind, kind)].append(case.data())
    for path in sorted(real.iterdir()) if real else ():
        kind = SAME.get(path.suffix, path.suffix)
        if kind in found:
            found[kind].append(path.read_bytes())
    return dict(found)


def drawn(seed: int, real: Path | None, rng: random.Random) -> tuple[str, bytes]:
    """A seed, and its kind, by chance."""
    known = seeds(seed, real)
    kinds = sorted(known)
    kind = rng.choices(kinds, [RARE.get(kind, 1.0) for kind in kinds])[0]
    return kind, rng.choice(known[kind])


def _rows(text: str) -> Iterator[list[str]]:
    for part in blocks(text):
        yield from [[part]] if isinstance(part, str) else part


def _xlsx(text: str) -> bytes:
    book = openpyxl.Workbook()
    for row in _rows(text):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _xls(text: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for number, row in enumerate(_rows(text)):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _ods(text: str) -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="表")
    for row in _rows(text):
        line = odf_table.TableRow()
        for words in row:
            cell = odf_table.TableCell()
            cell.addElement(odf_text.P(text=words))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    made = io.BytesIO()
    book.write(made)
    return made.getvalue()


def _settled(package: bytes) -> bytes:
    """A package without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return zipped((name, MOMENT.sub(b"2024-08-30T00:00:00Z", held)) for name, held in parts)


def _zipped(files: dict[str, bytes]) -> bytes:
    return zipped((f"决算/公开{kind}", files[kind]) for kind in (".txt", ".html", ".docx"))


def _crawl(files: dict[str, bytes], packed: bool) -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=packed)
    for kind, content in ((".html", "text/html; charset=utf-8"), (".docx", "application/msword")):
        http = StatusAndHeaders("200 OK", [("Content-Type", content)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                f"http://www.example.gov.cn/{kind[1:]}",
                "response",
                payload=io.BytesIO(files[kind]),
                length=len(files[kind]),
                http_headers=http,
                warc_headers_dict={
                    "WARC-Date": "2025-10-01T01:02:03Z",
                    "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-0000000000{len(kind):02}>",
                },
            )
        )
    return made.getvalue()


def _pictures(pdf: bytes, rng: random.Random) -> Iterator[bytes]:
    """The beginning of a page as it comes out of a scanner, in several formats."""
    document = pypdfium2.PdfDocument(scanned(pdf, rng, range(1), resolutions=[100]))
    picture = document[0].render(scale=100 / 72, grayscale=True).to_pil()
    document.close()
    band = picture.crop((0, BANDS[0], picture.width, BANDS[1])).convert("L")
    for form, more in (("PNG", {}), ("JPEG", {"quality": 60}), ("TIFF", {"compression": "tiff_lzw"})):
        made = io.BytesIO()
        frames = [band, band.transpose(Image.Transpose.ROTATE_90)] if form == "TIFF" else [band]
        band.save(made, form, save_all=form == "TIFF", append_images=frames[1:], **more)
        yield made.getvalue()
