"""The PDF that was checked, with its findings marked: passages shaded, figures boxed, each with a note; bookmarks."""

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from hedui import rules
from hedui.messages import Language, say
from hedui.model import Box, Finding, Page, Report
from hedui.report.findings import by_certainty, message, suspicion
from hedui.report.page_cutout import places
from hedui.report.tally import tallies

COLOURS = {"certain": (0.77, 0.13, 0.12), "likely": (0.85, 0.55, 0.0), "note": (0.11, 0.42, 0.72)}
SHADE = 0.25  # how much of its colour lies on a passage
LINE = 1.2  # points
PRINT = 4  # the flag of annotations that are printed

Corner = tuple[float, float]


def annotated(data: bytes, report: Report, lang: Language) -> bytes:
    """The bytes of a PDF with the findings of its report as annotations and bookmarks.

    Raises pikepdf.PdfError where the file is too broken to be written again.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_outline() as outline:
            group = pikepdf.OutlineItem("hedui")
            for number, finding in enumerate(by_certainty(report.findings), 1):
                first = _mark(pdf, report, finding, _note(report, finding, number, lang))
                group.children.append(pikepdf.OutlineItem(_title(finding, number, lang), first))
            outline.root += [part for part in (group, _checked(report, lang)) if part.children]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _checked(report: Report, lang: Language) -> pikepdf.OutlineItem:
    """The bookmarks that tell what was checked, one for each family of rules; they lead to the first page."""
    group = pikepdf.OutlineItem(say("html.checked", lang))
    colon = say("report.colon", lang)
    for tally in tallies(report):
        results = say(
            "html.results", lang, held=tally.held, failed=tally.failed, undecidable=tally.undecidable
        )
        missing = f" ({tally.gaps(lang)})" if tally.missing else ""
        group.children.append(pikepdf.OutlineItem(tally.name(lang) + colon + results + missing, 0))
    return group


def _mark(pdf: pikepdf.Pdf, report: Report, finding: Finding, note: str) -> int:
    """Annotate what a finding speaks of; the index of the page that it begins on."""
    found = places(report, finding)
    colour = COLOURS[finding.certainty]
    for place in found:
        page = pdf.pages[place.page.number - 1]
        corners = [_corners(page, place.page, box) for box in place.passage]
        if corners:
            _add(pdf, page, _shading(pdf, corners, colour), note)
        for box in place.figures:
            _add(pdf, page, _frame(pdf, _corners(page, place.page, box), colour), note)
    if not found:  # nobody knows where: a note on the first page
        page = pdf.pages[0]
        left, top = float(page.cropbox[0]), float(page.cropbox[3])
        rectangle = Array([left + 10, top - 30, left + 30, top - 10])
        _add(pdf, page, Dictionary(Subtype=Name.Text, Name=Name.Note, Rect=rectangle, C=Array(colour)), note)
    return found[0].page.number - 1 if found else 0


def _note(report: Report, finding: Finding, number: int, lang: Language) -> str:
    lines = [_title(finding, number, lang), message(finding, lang)]
    return "\n".join([*lines, *(suspicion(report, suspect, lang) for suspect in finding.suspects)])


def _title(finding: Finding, number: int, lang: Language) -> str:
    certainty = say(f"certainty.{finding.certainty}", lang)
    return f"{number}. {finding.rule} {certainty} · {rules.rule(finding.rule).title.in_language(lang)}"


def _corners(page: pikepdf.Page, place: Page, box: Box) -> list[Corner]:
    """The corners of a box in the file's coordinates: top left, top right, bottom left, bottom right as read.

    The box counts from the top left of the page as it is read, turned by the file and, for text that is printed
    sideways, once more.
    """
    left, bottom, right, top = (float(side) for side in page.cropbox)
    wide, high = right - left, top - bottom
    turns = (int(page.obj.get("/Rotate", 0)) // 90 + place.turned) % 4

    def back(x: float, y: float) -> Corner:
        u, v = x, place.height - y
        x, y = ((u, v), (wide - v, u), (wide - u, high - v), (v, high - u))[turns]
        return left + x, bottom + y

    x0, y0, x1, y1 = box[0] - 1, box[1], box[2] + 1, box[3]
    return [back(x0, y0), back(x1, y0), back(x0, y1), back(x1, y1)]


def _shading(pdf: pikepdf.Pdf, quads: list[list[Corner]], colour: tuple[float, ...]) -> Dictionary:
    drawing = ["/GS gs", _colour(colour, "rg")]
    for a, b, c, d in quads:
        drawing.append(" ".join([_point(a, "m"), _point(b, "l"), _point(d, "l"), _point(c, "l"), "f"]))
    state = Dictionary(Type=Name.ExtGState, BM=Name.Multiply, ca=SHADE)
    points = [corner for quad in quads for corner in quad]
    return Dictionary(
        Subtype=Name.Highlight,
        QuadPoints=Array([side for point in points for side in point]),
        C=Array(colour),
        CA=SHADE,
        **_drawn(pdf, points, drawing, Dictionary(ExtGState=Dictionary(GS=state))),
    )


def _frame(pdf: pikepdf.Pdf, corners: list[Corner], colour: tuple[float, ...]) -> Dictionary:
    (x0, y0), (x1, y1) = _bounds(corners)
    frame = f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S"
    return Dictionary(
        Subtype=Name.Square,
        C=Array(colour),
        BS=Dictionary(W=LINE),
        **_drawn(pdf, corners, [_colour(colour, "RG"), f"{LINE} w", frame], Dictionary()),
    )


def _drawn(
    pdf: pikepdf.Pdf, points: list[Corner], drawing: list[str], resources: Dictionary
) -> dict[str, Any]:
    """Where an annotation stands, and what it looks like: not every viewer draws one by itself."""
    (x0, y0), (x1, y1) = _bounds(points)
    box = Array([x0 - LINE, y0 - LINE, x1 + LINE, y1 + LINE])
    look = pdf.make_stream(
        "\n".join(drawing).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources
    )
    return {"Rect": box, "AP": Dictionary(N=look)}


def _add(pdf: pikepdf.Pdf, page: pikepdf.Page, annotation: Dictionary, note: str) -> None:
    annotation.Type = Name.Annot
    annotation.F = PRINT
    annotation.T = String("hedui")
    annotation.Contents = String(note)
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(pdf.make_indirect(annotation))


def _bounds(points: list[Corner]) -> tuple[Corner, Corner]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _colour(colour: tuple[float, ...], operator: str) -> str:
    return " ".join([*map(str, colour), operator])


def _point(point: Corner, operator: str) -> str:
    return f"{point[0]:.2f} {point[1]:.2f} {operator}"
