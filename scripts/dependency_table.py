"""Write docs/dependencies.md: what hedui depends on, from which version on, under which licence, what for.

Usage: python scripts/dependency_table.py [FILE]

In an environment with hedui[dev,fuzz,mutation]: versions and licences are those of the packages installed there. The
exit code is 1 where a licence does not go with that of the project.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "dependencies.md"
ALL = "all"

PURPOSE = {
    "brotli": "pages of crawls that came packed in this way",
    "click": "the command line",
    "gmpy2": "exact fractions, fast",
    "jieba": "words of Chinese text",
    "jinja2": "the HTML report and the pages of `hedui serve`",
    "lxml": "HTML pages, Word files, spreadsheets",
    "pebble": "worker processes with limits of time",
    "pdfminer-six": "text and places of PDFs",
    "pyahocorasick": "all words of the pattern library found at once",
    "python-sat": "the smallest sets of figures that mend a document",
    "regex": "regular expressions with Unicode properties",
    "spacy": "documents, tokens and spans; the component for pipelines",
    "sqlite-utils": "the schema and rows of the claims database",
    "tqdm": "progress of a build",
    "warcio": "crawls (WARC)",
    "xlrd": "old spreadsheets (.xls)",
    "pikepdf": "notes and boxes put into PDFs",
    "pillow": "pictures",
    "pypdfium2": "pictures of pages, the faster reader of PDFs",
    "pyarrow": "Parquet",
    "openpyxl": "samples to be judged, as .xlsx",
    "dask": "builds on several machines",
    "distributed": "the cluster of such builds",
    "fsspec": "object stores and other file systems",
    "pandas": "`hedui.frame`",
    "datasette": "tables, queries and JSON of `hedui serve`",
    "python-multipart": "uploads",
    "uvicorn": "the web server",
    "matplotlib": "plots of measurements",
    "pdfplumber": "compared with",
    "numpy": "pictures to be recognised",
    "onnxruntime": "runs the models that recognise characters",
    "rapidocr": "recognition of characters, models included",
    "atheris": "looking for inputs that fail",
    "click-man": "manual pages",
    "mkdocs": "the site of the documentation",
    "mkdocs-material": "how it looks",
    "cosmic-ray": "tests of the tests",
    "coverage": "lines and branches that tests reach, in the processes that they start",
    "fonttools": "fonts of generated PDFs",
    "hatchling": "building the wheel",
    "hypothesis": "tests by properties",
    "jsonschema": "tests of the JSON Schemas",
    "markdown-it-py": "tests of Markdown",
    "mypy": "types",
    "odfpy": "spreadsheets for tests (.ods)",
    "packaging": "this page",
    "playwright": "tests of pages in a browser",
    "polars": "examples of the documentation",
    "pytest": "tests",
    "pytest-cov": "lines and branches that tests reach",
    "pytest-xdist": "tests side by side",
    "rich": "pictures of the terminal",
    "ruff": "style",
    "types-lxml": "types of lxml",
    "types-regex": "types of regex",
    "types-tqdm": "types of tqdm",
    "xlwt": "spreadsheets for tests (.xls)",
}
_EXTRAS = (
    "",
    "pictures",
    "sheets",
    "frames",
    "parquet",
    "web",
    "ocr",
    "cluster",
    "bench",
    "docs",
    "mutation",
    "fuzz",
    "dev",
)

# What an Apache-2.0 project may depend on, by pieces of the words in which packages tell their licence.
_GOES = (
    *(
        "apache",
        "mit",
        "bsd",
        "0bsd",
        "isc",
        "zlib",
        "psf",
        "python software foundation",
        "cnri",
        "cc0",
        "hpnd",
    ),
    *("unlicense", "public domain", "public-domain", "mpl", "mozilla public license", "zpl", "zope public"),
    *(
        "lgpl",
        "lesser general public",
        "library or lesser",
    ),  # imported as they are, never altered or linked in
)
_HEAD = """\
# Dependencies

Made by `python scripts/dependency_table.py`. *From* is the oldest version that `pyproject.toml` allows, \
*tested* the one that this page was made with; `scripts/try_wheel.sh` tries both ends, on each supported version of \
Python. Licences are as the packages tell them.

hedui is under the Apache License 2.0. It goes with all of them: those under the LGPL (gmpy2, Pebble) and the MPL are \
used as they are installed, unaltered, and can be exchanged for others of the same interface.
"""
_AFTER = """
## Known vulnerabilities

`pip install pip-audit && pip-audit` in the environment compares what is installed with the advisories of PyPI; it \
needs the network, so it is no part of the tests. Run it before a release.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it is installed."""

    name: str
    version: str
    licence: str

    @property
    def goes(self) -> bool:
        """Whether its licence goes with the project's: one that it can be had under, all that hold at once."""
        told = self.licence.lower()
        return any(
            all(any(re.search(rf"\b{word}", part) for word in _GOES) for part in choice.split(" and "))
            for choice in told.replace(" or ", "; ").split("; ")
        )


def wanted() -> dict[str, list[Requirement]]:
    """The direct dependencies by extra; that of no name is what hedui always needs."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf8"))["project"]
    told = {"": project["dependencies"], **project["optional-dependencies"]}
    out = {extra: [Requirement(line) for line in lines] for extra, lines in told.items()}
    own = {extra: [one for one in each if one.name != "hedui"] for extra, each in out.items()}
    return {extra: each for extra, each in own.items() if each}


def oldest(requirement: Requirement) -> str:
    """The oldest version that is allowed."""
    return next(each.version for each in requirement.specifier if each.operator == ">=")


def package(name: str) -> Package:
    """A package as it is installed. Raises PackageNotFoundError."""
    found = distribution(name)
    told = found.metadata
    classes = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if "License ::" in line
    ]
    words = (told.get("License") or "").strip()
    licence = told.get("License-Expression") or "; ".join(classes) or (words if "\n" not in words else "")
    if not licence:  # the head of the licence itself, where it is packed
        lines = (found.read_text("licenses/LICENSE") or "").strip().splitlines()
        licence = lines[0].strip() if lines else "not told"
    return Package(canonicalize_name(told["Name"]), told["Version"], licence)


def indirect() -> list[Package]:
    """What the direct dependencies of `hedui[all]` need in turn, as far as it is installed here."""
    needed = wanted()
    queue = [
        one
        for extra in needed
        if extra not in ("bench", "docs", "mutation", "fuzz", "dev")
        for one in needed[extra]
    ]
    direct = {canonicalize_name(one.name) for one in queue}
    seen: dict[str, Package] = {}
    while queue:
        one = queue.pop()
        try:
            told = distribution(one.name)
        except PackageNotFoundError:  # for another system, say
            continue
        for line in told.requires or ():
            below = Requirement(line)
            extras = one.extras or {""}
            if below.marker and not any(below.marker.evaluate({"extra": extra}) for extra in extras):
                continue
            name = canonicalize_name(below.name)
            if name not in seen and name not in direct:
                try:
                    seen[name] = package(name)
                except PackageNotFoundError:
                    continue
                queue.append(below)
    return [seen[name] for name in sorted(seen)]


def page() -> Iterator[str]:
    """The lines of the page."""
    yield _HEAD
    for extra, each in sorted(wanted().items(), key=lambda item: _EXTRAS.index(item[0])):
        yield f"## {f'Extra `{extra}`' if extra else 'Always'}\n"
        yield "| package | from | tested | licence | for |\n| --- | --- | --- | --- | --- |"
        for one in each:
            found = package(one.name)
            told = (found.name, oldest(one), found.version, found.licence, PURPOSE[found.name])
            yield f"| {' | '.join(told)} |"
        yield ""
    yield "## What these need in turn\n"
    yield "For `hedui[all]`, on Linux.\n"
    yield "| package | tested | licence |\n| --- | --- | --- |"
    for found in indirect():
        yield f"| {found.name} | {found.version} | {found.licence} |"
    yield _AFTER.rstrip()


def unfit() -> list[Package]:
    """The packages, direct and not, whose licence does not go with the project's."""
    direct = [package(one.name) for each in wanted().values() for one in each]
    return [found for found in (*direct, *indirect()) if not found.goes]


def main(out: str = str(PAGE)) -> None:
    """Write the page; name the packages whose licence does not go."""
    Path(out).write_text("\n".join(page()) + "\n", "utf8")
    wrong = unfit()
    for found in wrong:
        print(f"{found.name}: {found.licence}", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
