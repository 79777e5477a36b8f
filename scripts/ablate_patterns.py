"""Show that every pattern earns its place: with its matcher disabled, one of its own examples must fail.

Usage: python scripts/ablate_patterns.py

Prints a line for each pattern with the first example that fails without it. Exit code 1 where a pattern can
be taken out and all of its examples still pass: then it is idle, or its examples do not show what it is for.
"""

import sys
from collections.abc import Iterator

from hedui.examples import run
from hedui.patterns import Example, Pattern, library


def needing(pattern: Pattern) -> list[Example]:
    """The examples of a pattern that pass, and fail once its matcher is taken out of the library."""
    rest = tuple(other for other in library() if other.id != pattern.id)
    return [
        example for example in pattern.examples if run(example) is None and run(example, rest) is not None
    ]


def ablations() -> Iterator[tuple[Pattern, list[Example]]]:
    """Every pattern with the examples that need it."""
    for pattern in library():
        yield pattern, needing(pattern)


def main() -> int:
    """Print what each pattern is needed for; 1 where one is needed for nothing."""
    idle = 0
    for pattern, examples in ablations():
        idle += not examples
        shown = f"{len(examples)} of {len(pattern.examples)}: {examples[0].text}" if examples else "IDLE"
        print(f"{pattern.id:28} {shown}")
    print(f"{len(library())} patterns, {idle} idle")
    return 1 if idle else 0


if __name__ == "__main__":
    sys.exit(main())
