"""hedui (核对): reads final-account disclosures and shows where one contradicts itself.

    import hedui
    report = hedui.check("2023年度部门决算.txt")
    for finding in report.findings:
        print(finding.rule, finding.message)

`import hedui` is cheap: what a name needs is loaded when the name is first used (PEP 562).
"""

from importlib import import_module
from typing import TYPE_CHECKING

from hedui.version import __version__

if TYPE_CHECKING:
    from hedui.api import check as check
    from hedui.api import check_together as check_together
    from hedui.api import cross as cross
    from hedui.api import extract as extract
    from hedui.api import frame as frame
    from hedui.api import read as read
    from hedui.api import read_all as read_all
    from hedui.api import read_together as read_together
    from hedui.corpus.build import build as build
    from hedui.model import Claim as Claim
    from hedui.model import Document as Document
    from hedui.model import Finding as Finding
    from hedui.model import Relation as Relation
    from hedui.model import Report as Report
    from hedui.reading.errors import UnreadableInput as UnreadableInput

_HOME = {
    "build": "hedui.corpus.build",
    "check": "hedui.api",
    "check_together": "hedui.api",
    "cross": "hedui.api",
    "extract": "hedui.api",
    "frame": "hedui.api",
    "read": "hedui.api",
    "read_together": "hedui.api",
    "read_all": "hedui.api",
    "Claim": "hedui.model",
    "Document": "hedui.model",
    "Finding": "hedui.model",
    "Relation": "hedui.model",
    "Report": "hedui.model",
    "UnreadableInput": "hedui.reading.errors",
}

__all__ = [
    "Claim",
    "Document",
    "Finding",
    "Relation",
    "Report",
    "UnreadableInput",
    "__version__",
    "build",
    "check",
    "check_together",
    "cross",
    "extract",
    "frame",
    "read",
    "read_all",
    "read_together",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
