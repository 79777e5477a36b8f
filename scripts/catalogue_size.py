"""Print how many rows of each chart and level of the classification are in force in each fiscal year.

Usage: python scripts/catalogue_size.py [FIRST LAST] (2015 and 2025 unless told). A last column counts the rows seen in
print, on which alone a finding may be called certain.
"""

import sys

from hedui.classification import load
from hedui.classification.catalogue import CHARTS


def main() -> None:
    """Print a table, one line a chart and level."""
    first, last = (int(year) for year in sys.argv[1:3] or ("2015", "2025"))
    years = range(first, last + 1)
    print("| chart | level | rows |", " | ".join(map(str, years)), "| in print |")
    print("|---" * (len(years) + 4) + "|")
    for chart in CHARTS:
        for level in (1, 2, 3):
            entries = [e for e in load().entries if (e.chart, e.level) == (chart, level)]
            if entries:
                counts = [sum(e.in_force(year) for e in entries) for year in years]
                seen = sum(e.source == "print" for e in entries)
                print(f"| {chart} | {level} | {len(entries)} |", " | ".join(map(str, counts)), f"| {seen} |")


if __name__ == "__main__":
    main()
