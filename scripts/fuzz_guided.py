"""Look for inputs that fail, guided by which lines they reach (atheris, the extra `hedui[fuzz]`).

python scripts/fuzz_guided.py figures --seconds 300            one of the targets below
python scripts/fuzz_guided.py pdf --seconds 600 --keep FOLDER  what was found worth keeping goes on from there later

It begins with the generated files of scripts/fuzzing and mutates as scripts/fuzz.py does, by the structure of the
format; half of the mutations are libFuzzer's own. It ends with the first input that fails, which is written to the
folder (`crash-…`, `timeout-…`, `oom-…`), and prints what it did. Whatever it finds belongs into tests/crashes.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hedui"]):
    import hedui
    from hedui import figures, reading
    from hedui.patterns import TYPES, library, matches
    from hedui.reading import ocr
    from hedui.reading.html import reader as html
    from hedui.reading.pdf import reader as pdf
    from hedui.reading.text import READER, document
    from hedui.reading.word import reader as word
    from hedui.segmentation import segment
    from hedui.segmentation.view import view

    hedui.check(
        text="某某局2024年度部门决算\n一、支出情况\n2024年度支出合计1.00万元。\n"
    )  # loads what is loaded late

from fuzzing.mutations import mutated
from fuzzing.seeds import seeds
from fuzzing.trial import Broken, check, sound

LONGEST = 2000
"""Characters of a text that is tried: speed finds more than size."""
SMALL = 60_000
"""Bytes of the seeds."""


def of_figures(data: bytes) -> None:
    """Figures and moments in running text."""
    text = _text(data)
    shown = view(text, [(0, len(text))])
    found, moments = figures.scan(shown.text)
    for figure in found:
        start, end = shown.span(figure.start, figure.end)
        if not 0 <= start < end <= len(text):
            raise Broken("a figure outside of the text")
    spans = sorted((one.start, one.end) for one in (*found, *moments))
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        raise Broken("figures that overlap")


def of_segmentation(data: bytes) -> None:
    """Sections, sentences and tables."""
    text = _text(data)
    structure = segment(document(text, "", READER))
    places = [place for sentence in structure.sentences for place in sentence.view.origin]
    if places != sorted(set(places)):
        raise Broken("a character in two sentences")
    for table in structure.tables:
        if any(text[cell.start : cell.end] != cell.text for row in table.rows for cell in row):
            raise Broken("a cell that is not its text")


def of_patterns(data: bytes) -> None:
    """The patterns over any row of types."""
    types = list(TYPES.values())
    whole = "".join(types[byte % len(types)] for byte in data[:LONGEST])
    if any(not 0 <= match.start <= match.end <= len(whole) for match in matches(whole, library())):
        raise Broken("a match outside of the row")


def of_pipeline(data: bytes) -> None:
    """A text through everything, twice: nothing but the text may decide."""
    text = _text(data)
    try:
        first = hedui.check(text=text)
    except hedui.UnreadableInput:
        return
    sound(first)
    if first.to_dict() != hedui.check(text=text).to_dict():
        raise Broken("two checks of one text differ")


def of_reader(read: Callable[[bytes, str], object]) -> Callable[[bytes], None]:
    """Any bytes given to one reader."""

    def target(data: bytes) -> None:
        try:
            read(data, "")
        except hedui.UnreadableInput as error:
            if not all(error.say(lang) for lang in ("zh", "en")):
                raise Broken(f"no words for {error.key}") from error

    return target


def of_crawl(data: bytes) -> None:
    """Any bytes as a file that may hold many documents, each of which is checked."""
    check(data)


def _text(data: bytes) -> str:
    return data.decode("utf8", "ignore")[:LONGEST]


TARGETS: dict[str, tuple[str, Callable[[bytes], None]]] = {
    "figures": (".txt", of_figures),
    "segmentation": (".txt", of_segmentation),
    "patterns": (".txt", of_patterns),
    "pipeline": (".txt", of_pipeline),
    "text": (".txt", of_reader(reading.read)),
    "html": (".html", of_reader(html.read)),
    "docx": (".docx", of_reader(word.read)),
    "xlsx": (".xlsx", of_reader(reading.read)),
    "ods": (".ods", of_reader(reading.read)),
    "xls": (".xls", of_reader(reading.read)),
    "pdf": (".pdf", of_reader(pdf.read)),
    "crawl": (".warc", of_crawl),
}
"""Target: the kind of file that it takes, and what is done with one."""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder of inputs, to go on from and to write to")
    options = parser.parse_args()
    kind, target = TARGETS[options.target]
    folder = options.keep or Path(tempfile.mkdtemp(prefix=f"hedui-{options.target}-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(options.seed, None)[kind]):
        if len(data) <= SMALL:
            (folder / f"seed-{number}").write_bytes(_parted(data) if kind == ".txt" else data)
    os.environ["PATH"] = ""  # LibreOffice takes seconds a file
    ocr.available = lambda: False  # and so does recognition

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, kind, rng)[:most]

    flags = [
        f"-max_total_time={options.seconds}",
        f"-seed={options.seed}",
        f"-artifact_prefix={folder}/",
        *(
            "-timeout=60",
            "-rss_limit_mb=1500",
            f"-max_len={SMALL if kind != '.txt' else 4 * LONGEST}",
            "-print_final_stats=1",
        ),
    ]
    print(f"inputs in {folder}", flush=True)
    atheris.Setup([sys.argv[0], *flags, str(folder)], target, custom_mutator=mutate)
    atheris.Fuzz()


def _parted(data: bytes) -> bytes:
    """The beginning of a text's longest part: what is tried is short."""
    return max(data.decode("utf8", "replace").split("\n\n"), key=len)[:LONGEST].encode()


if __name__ == "__main__":
    main()
