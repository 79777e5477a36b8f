"""Make a folder of broken and hostile inputs, and measure how they end.

python scripts/make_broken.py FOLDER                  small ones, as the tests have them
python scripts/make_broken.py FOLDER --full           in full size: bombs of a gigabyte, a million elements
python scripts/make_broken.py FOLDER --full --measure  each through `hedui check`: seconds, memory, how it ended

Cases are kept in scripts/broken. --only PATTERN takes those whose names fit (`*.pdf`, `bomb*`).
"""

import argparse
import sys
from fnmatch import fnmatch
from pathlib import Path

from broken import Case, cases
from broken.measure import Measured, check
from broken.places import places


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="made; it must not be there yet")
    parser.add_argument("--full", action="store_true", help="in full size")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="cases whose names fit")
    parser.add_argument("--measure", action="store_true", help="check each, one process a file; no places")
    parser.add_argument("--but", default="", metavar="PATTERN", help="cases that are left out")
    parser.add_argument("--seconds", type=float, default=600, help="most for one file (default 600)")
    options = parser.parse_args()
    wanted = [
        case for case in cases() if fnmatch(case.name, options.only) and not fnmatch(case.name, options.but)
    ]
    options.folder.mkdir(parents=True)
    for case in wanted:
        path = make(case, options.folder, options.full)
        if options.measure:
            report(case, check(path, options.seconds))
            path.unlink()
    if not options.measure:
        made = places(options.folder) if options.only == "*" else []
        print(f"{len(wanted)} files and {len(made)} other places: {options.folder}")


def make(case: Case, folder: Path, full: bool = False) -> Path:
    """Write a case into a folder; its path."""
    path = folder / case.name
    path.write_bytes(case.data(full))
    return path


def report(case: Case, found: Measured) -> None:
    """A line of the table; what ended otherwise than the case allows is marked."""
    mark = "" if found.end in case.ends else f"   NOT {' '.join(case.ends)}"
    print(f"{case.name:40} {found.seconds:8.1f} s {found.peak / 1e6:8.0f} MB  {found.end}{mark}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
