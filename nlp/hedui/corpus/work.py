"""One document: read and checked, or a reason. It knows no database, so that a cluster can do the same work."""

import traceback

from hedui import api
from hedui.inputs import Input
from hedui.inputs.names import spelled
from hedui.messages import Language
from hedui.model import Failure, Report
from hedui.reading.errors import UnreadableInput


def examine(given: Input, lang: Language = "zh", pdf_engine: str = "pdfminer") -> Report | Failure:
    """The report of one document, or why there is none, in `lang`; nothing that a document holds raises.

    What no process survives (a crash of native code, an endless loop) is for whoever runs the process to see.
    """
    source = spelled(given.source)
    try:
        return api.check(Input(source, given.data, given.known).read(pdf_engine))
    except Exception as error:
        return Failure(source, told(error).say(lang))


def told(error: Exception) -> UnreadableInput:
    """The error as one that can be said in any language; a defect of the program is told as what it is."""
    if _ran_out(error):
        return UnreadableInput("out_of_memory")
    if isinstance(error, UnreadableInput):
        return error
    place = traceback.extract_tb(error.__traceback__)[-1]
    return UnreadableInput("internal", error=f"{type(error).__name__}: {error} ({place.name}:{place.lineno})")


def _ran_out(error: BaseException | None) -> bool:
    """Whether memory was wanting, be it that a reader took that for damage."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False
