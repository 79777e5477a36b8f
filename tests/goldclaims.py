"""The hand-made figures of a document as an extraction, so that checking is measured apart from extraction.

Usage: python tests/goldclaims.py GOLD_FOLDER CORPUS_FOLDER > OUT.json
"""

import csv
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

from hedui.checking import check
from hedui.intervals import amount_in_yuan, is_money, plain, printed
from hedui.model import Claim, Document, Extraction, Item

HEADING = re.compile(
    r"^[\s#*]*(第?[一二三四五六七八九十\d]+[、.]|[（(][一二三四五六七八九十]+[）)]|第.部分|附件)"
)
NOISE = re.compile(r"\[bookmark: [^\]]*\]|[\s*#]")
LOOSE_BEFORE = ("约", "近", "超过", "达到")
LOOSE_AFTER = ("以上", "以下", "左右", "以内", "余")
PART = "其中"


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text without white space and markup, and where each remaining character stood."""
    kept, places, cursor = [], [], 0
    for match in NOISE.finditer(text):
        kept += text[cursor : match.start()]
        places += range(cursor, match.start())
        cursor = match.end()
    kept += text[cursor:]
    places += range(cursor, len(text))
    return "".join(kept), places


def section_starts(text: str) -> list[tuple[int, str]]:
    """Where headings stand, by the look of their lines."""
    starts, offset = [(0, "")], 0
    for line in text.splitlines(keepends=True):
        bare = NOISE.sub("", line)
        if HEADING.match(bare) and len(bare) < 40 and not bare.endswith(("。", "；", "，")):
            starts.append((offset, bare))
        offset += len(line)
    return starts


def codes(folder: Path) -> dict[str, str]:
    """Classification codes by name, for names that only one code has."""
    found: dict[str, set[str]] = {}
    with (folder / "classification-attested.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["name"], set()).add(row["code"])
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}


def locate(bare: str, figure: dict[str, str], cursor: int) -> int | None:
    """Where the figure's value stands in the squeezed text: the first place from the cursor on that fits."""
    value = figure["value"] + NOISE.sub("", figure["unit"]).replace("%", "")
    left = NOISE.sub("", re.sub(r"^.*?\]", "", figure["left"]))
    for size in (len(left), 10, 6, 3):
        if not left[-size:]:
            continue
        for start in (cursor, 0):
            spot = bare.find(left[-size:] + value, start)
            if spot >= 0:
                return spot + len(left[-size:])
    spot = bare.find(value, cursor)
    return spot if spot >= 0 else None


def extraction(name: str, gold: Path, corpus: Path, vocabulary: Path) -> tuple[Document, Extraction]:
    """The document and its claims as the gold labels them; figures that cannot be located are left out."""
    text = (corpus / f"{name}.txt").read_text("utf8")
    bare, places = squeezed(text)
    known = codes(vocabulary)
    headings = section_starts(text)
    claims, cursor = [], 0
    year = int(match[0]) if (match := re.search(r"20\d\d", name)) else None
    for line in (gold / f"{name}.figures.jsonl").read_text("utf8").splitlines():
        figure = json.loads(line)
        spot = locate(bare, figure, cursor)
        if spot is None:
            continue
        cursor = spot
        end = spot + len(figure["value"]) + len(NOISE.sub("", figure["unit"]))
        if figure["kind"] == "claim":
            claims.append(_claim(name, figure, text, places[spot], places[end - 1] + 1, headings, known))
    document = Document(name, f"{name}.txt", text, fiscal_year=year)
    return document, Extraction(tuple(claims), (), ())


def _claim(
    name: str,
    figure: dict[str, str],
    text: str,
    start: int,
    end: int,
    headings: list[tuple[int, str]],
    known: dict[str, str],
) -> Claim:
    value, unit = figure["value"], figure["unit"]
    stops = [text.rfind(stop, 0, start) for stop in "。\n"]
    sentence_start = max(stops) + 1
    sentence_end = min((i for i in (text.find("。", end), text.find("\n", end)) if i > 0), default=len(text))
    interval = printed(value, unit)
    item = None
    if figure["item"]:
        names = figure["item"].split("/")
        code = known.get(names[-1]) or known.get(names[-1] + "支出")
        if code is not None and (len(code) - 1) // 2 != len(names):
            code = None
        if code is None and len(names) == 1:
            code = None
        item = Item(code, names[-1], figure["item"], figure["item"], "exact" if code else "none", 1.0)
    kind = figure["metric"].endswith("_kind")
    projects = figure["metric"] == "performance_projects" and PART in figure["left"]
    left = re.sub(r"\s", "", text[max(0, start - 4) : start])
    return Claim(
        id=str(figure["i"]),
        document=name,
        origin="narrative",
        start=start,
        end=end,
        value=str(plain(value)),
        unit=unit,
        low=str(interval.low),
        high=str(interval.high),
        metric=figure["metric"],
        measure=figure["measure"],
        subject=figure["subject"],
        section=(next(h for o, h in reversed(headings) if o <= start),),
        sentence=text[sentence_start:sentence_end],
        sentence_start=sentence_start,
        amount=amount_in_yuan(value, unit) if is_money(unit) else None,
        part=figure["subject"] if kind or projects else None,
        item=item,
        basis=figure["basis"] or None,
        year=int(figure["year"]) if figure["year"] else None,
        versus=figure["versus"] or None,
        direction=figure["direction"] or None,
        approximate=left.endswith(LOOSE_BEFORE) or text[end : end + 4].strip().startswith(LOOSE_AFTER),
    )


def main() -> None:
    """Print the checked documents as JSON of the contract."""
    gold, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    out = []
    for path in sorted(corpus.glob("*.txt")):
        document, extracted = extraction(path.stem, gold, corpus, gold.parent / "vocabulary")
        relations, findings = check(document, extracted)
        out.append(
            {
                "document": {"id": document.id, "source": document.source},
                "claims": [asdict(c) for c in extracted.claims],
                "relations": [asdict(r) for r in relations],
                "findings": [asdict(f) for f in findings],
            }
        )
    json.dump({"documents": out, "failures": []}, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
