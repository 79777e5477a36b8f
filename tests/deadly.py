"""Documents that end the very worker of a cluster, told by their names; all others are examined as ever."""

from pathlib import Path

import psutil

from hedui.inputs import Input
from hedui.messages import Language
from hedui.model import Failure, Report
from trials import poison


def examine(given: Input, lang: Language, pdf_engine: str) -> Report | Failure:
    """A document whose name begins with `fells` kills the worker, which is the parent of its process' parent."""
    if Path(given.source).name.startswith("fells"):
        psutil.Process().parents()[1].kill()
    return poison.examine(given, lang, pdf_engine)


def torn(given: Input, lang: Language, pdf_engine: str) -> Report | Failure:
    """A defect of the program that shows with some documents."""
    if "torn" in given.source:
        raise ValueError("a defect")
    return examine(given, lang, pdf_engine)
