"""Where the data lies: the checkout's `patterns/` and `corpora/`, or the copies packed into the wheel."""

from functools import cache
from pathlib import Path


@cache
def data_folder() -> Path:
    """The folder that holds `patterns` and `corpora`: the checkout where there is one, else the package's own."""
    package = Path(__file__).resolve().parent
    checkout = package.parent.parent
    if (checkout / "patterns").is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout
    return package / "data"


def resource(*parts: str) -> Path:
    """The path of one data file or folder, `resource("patterns", "rules")` say."""
    return data_folder().joinpath(*parts)
