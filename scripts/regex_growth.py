"""Find regular expressions that take more than linear time on long near-misses.

python scripts/regex_growth.py [--length CHARACTERS]     every expression that the package compiles; those that grow
                                                         too fast are listed

Each expression is run over texts that nearly match it again and again: the literal pieces of the expression itself and
what documents are full of, repeated up to so many characters and up to eight times as many. What takes eight times as
long, or somewhat more, is linear; what takes 64 times as long is not.
"""

import argparse
import importlib
import inspect
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import regex

BOUNDED = {"hedui.patterns": 2000}
"""Characters of the longest text that expressions of a module see: of tokens of a sentence, which is cut there."""
MOST = 0.1
"""Seconds that such an expression may take for the longest text, however they grow."""
FACTOR = 8
"""The longer text is so many times as long."""
STEEP = 32.0
"""Ratio of times above which growth is not linear: 8 is linear, 64 quadratic."""
LEAST = 0.004
"""Seconds below which a time is too short to tell anything."""
SHORTEST = 1e-5
"""Seconds that a clock can tell."""
ROUNDS = 3
"""A steep expression is measured again so many times; the best ratio counts."""

PIECES = (*"1一年，、。：（）( 　\n\ta的=", "1,", "1.", "万元", "其中", "<a")
"""What documents are full of."""

REPEATED = regex.compile(r"\[([^\s\w\\^\[\]]|[XxＸ○〇])[^\]]*\](?=[+*{])|\\?([^\s\w\\)\]}(?|]|_)(?=[+{])")
"""A character that an expression repeats: of a set, or by itself. Long runs of it may be met at every place anew."""
ANCHORED = {"match", "fullmatch"}
"""Methods that begin at one place of a text only."""
SILENT = ("__main__", "corpus.warm")
"""Modules that do something when imported: run the program, turn off its output."""


class Watched:
    """A compiled expression that remembers the modules which compile it and the methods that are called."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.modules: set[str] = set()
        self.used: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.made, name)
        if callable(found):
            self.used.add(name)
        return found

    def run(self, text: str) -> None:
        """Use it as the package does: from the beginning of a text alone, or everywhere in it."""
        for name in self.used & ANCHORED:
            getattr(self.made, name)(text)
        if not self.used or self.used - ANCHORED:
            for _ in self.made.finditer(text):
                pass


def compiled() -> dict[str, Watched]:
    """Every expression of the package by its text, after the samples were checked."""
    found: dict[str, Watched] = {}

    def watching(compile_: Callable[..., Any]) -> Callable[..., Any]:
        def watched(pattern: Any, *arguments: Any, **named: Any) -> Any:
            made = compile_(pattern, *arguments, **named)
            module = sys._getframe(1).f_globals.get("__name__", "")
            if not module.startswith("hedui") or not isinstance(made.pattern, str):
                return made
            known = found.setdefault(made.pattern, Watched(made))
            known.modules.add(module)
            return known

        return watched

    regex.compile, re.compile = watching(regex.compile), watching(re.compile)
    import hedui

    for module in pkgutil.walk_packages(hedui.__path__, "hedui."):
        if not module.name.endswith(SILENT):
            try:
                importlib.import_module(module.name)
            except ImportError as error:  # an extra that is not there
                print(f"left out: {module.name} ({error})", file=sys.stderr)
    for name, module in list(sys.modules.items()):
        if name.startswith("hedui"):
            _methods_in_source(module)
    for path in sorted((Path(__file__).parents[1] / "corpora" / "samples").glob("*.txt")):
        hedui.check(path)
    form = "一、支出决算情况\n2023年度支出合计XX万元。\n" * 6  # not filled in
    told = "2023年度支出合计100.00万元，比上年增加20.00万元，增长25.00%，主要原因是人员增加。"
    table = f"支出决算表\n单位：万元\n项目\t说明\n支出合计\t{told}\n"  # a cell that tells in sentences
    hedui.check(text=f"某某局2023年度部门决算\n{form}{table}")
    return found


def _methods_in_source(module: ModuleType) -> None:
    """Tell the expressions that a module names which of their methods its source calls."""
    source = inspect.getsource(module)
    for name, value in vars(module).items():
        if isinstance(value, Watched):
            value.used.update(regex.findall(rf"\b{name}\.(\w+)", source))


def near_misses(expression: str, length: int) -> Iterator[str]:
    """Texts of about this length that nearly match an expression over and over, and end with what matches nothing."""
    literals = dict.fromkeys(
        regex.findall(r"[\p{Han}，。：；、（）]{1,4}|[A-Za-z<>/=]{2,6}", expression)[:12]
    )
    repeated = dict.fromkeys("".join(found) for found in REPEATED.findall(expression))
    alone = (*literals, *repeated, *PIECES)
    joined = ("".join(pair) for pair in product(tuple(literals)[:4] or PIECES[:2], PIECES[:4]))
    for piece in dict.fromkeys((*alone, *joined)):
        yield piece * (length // len(piece)) + "\x00"


def seconds(expression: Watched, text: str) -> float:
    """Processor time of using an expression on a text."""
    begun = time.process_time()
    expression.run(text)
    return time.process_time() - begun


def steep(expression: Watched, length: int) -> tuple[float, str] | None:
    """The steepest growth of an expression over its near-misses and the text of it; None where it is linear."""
    worst: tuple[float, str] | None = None
    text = expression.made.pattern
    bound = BOUNDED.get(min(expression.modules, default=""))
    if bound and max(seconds(expression, longest) for longest in near_misses(text, bound)) < MOST:
        return None
    for short, long in zip(near_misses(text, length), near_misses(text, FACTOR * length), strict=True):
        if seconds(expression, short) * FACTOR * STEEP < LEAST and seconds(expression, long) < LEAST:
            continue
        ratio = min(
            seconds(expression, long) / max(seconds(expression, short), SHORTEST) for _ in range(ROUNDS)
        )
        if ratio > STEEP and (worst is None or ratio > worst[0]):
            worst = ratio, short[:12]
    return worst


def main() -> int:
    """The command line; 1 where an expression grows too fast."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--length", type=int, default=1000, help="characters of the shorter text")
    length = parser.parse_args().length
    found = compiled()
    bad = 0
    for text, expression in found.items():
        if growth := steep(expression, length):
            bad += 1
            modules = ", ".join(sorted(expression.modules))
            print(f"{growth[0]:6.1f}  {modules}  on {growth[1]!r}…  {text[:120]!r}", flush=True)
    print(f"{len(found)} expressions, {bad} steeper than {STEEP}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
