"""What is done with an input, and what has to hold whatever comes of it: for fuzz.py and fuzz_guided.py."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hedui
from hedui.inputs import Input, Place, Refused, contents
from hedui.model import Document, Report
from hedui.reading.containers import holds_many


class Broken(AssertionError):
    """Something that has to hold does not."""


def check(data: bytes) -> bool:
    """Read and check bytes, an archive or a crawl document by document; whether anything was read.

    Raises Broken, and whatever the program fails with; its own refusals are no failures.
    """
    read = 0
    for document in documents(data):
        try:
            sound(hedui.check(document))
        except hedui.UnreadableInput as error:
            worded(error)
        else:
            read += 1
    return read > 0


def documents(data: bytes) -> Iterator[Document]:
    """The documents in bytes. Refusals are asked for their words and passed over."""
    if not holds_many(data):
        try:
            yield hedui.read(data)
        except hedui.UnreadableInput as error:
            worded(error)
        return
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        for given in contents(Place(file.name)):
            if isinstance(given, Refused):
                worded(given.error)
            elif isinstance(given, Input):
                try:
                    yield given.read()
                except hedui.UnreadableInput as error:
                    worded(error)


def worded(error: hedui.UnreadableInput) -> None:
    """Whether a refusal can be told in both languages."""
    if not all(error.say(lang) for lang in ("zh", "en")):
        raise Broken(f"no words for {error.key}")


def sound(report: Report) -> None:
    """Offsets lead to characters, figures are told once, and the report can be written. Raises Broken."""
    text = report.document.text
    spans = sorted((figure.start, figure.end) for figure in (*report.claims, *report.others))
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        raise Broken("a figure outside of the text")
    names = {claim.id for claim in report.claims}
    for finding in report.findings:
        if not 0 <= finding.start <= finding.end <= len(text) or not names.issuperset(finding.claims):
            raise Broken(f"{finding.rule} speaks of what is not there")
    json.dumps(report.to_dict())
