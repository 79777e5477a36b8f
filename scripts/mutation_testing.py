"""Test the tests: change a module in one place at a time and see which changes no test notices.

Usage: python scripts/mutation_testing.py intervals|checking/__init__|checking/findings
       python scripts/mutation_testing.py MODULE TESTS…      (checking/solving tests/test_suspects.py)

The changes are those of cosmic-ray (the extra `mutation`): a number one more or one less, another operator or
comparison, a condition turned round, a loop left early, a decorator taken away. They are made in a copy of the
checkout, and tested in processes forked from one that has imported the libraries, so that a change that one of the
first tests notices takes a fifth of a second. Prints the survivors as differences, and the counts; docs/mutation.md
says why those of the modules named above change nothing. Needs a system that forks (Linux, macOS).
"""

import argparse
import difflib
import gc
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from hypothesis import Phase, settings
from tqdm import tqdm

CHECKOUT = Path(__file__).resolve().parent.parent
COPIED = ("nlp", "patterns", "corpora", "scripts", "tests")
# The fast ones first.
CHECKING = (
    "tests/test_findings.py",
    "tests/test_quotes.py",
    "tests/test_checking_words.py",
    "tests/test_checking.py",
)
TESTS = {
    "intervals": ("tests/test_printed.py", "tests/test_intervals.py"),
    "checking/__init__": CHECKING,
    "checking/findings": CHECKING,
}
OPTIONS = (  # to the first failure, which nobody reads
    *("-x", "--assert=plain", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:unraisableexception"),
)
# Bits, powers and remainders of fractions and texts are errors at the first use; that two equal values are one object
# tells of the interpreter.
POINTLESS = re.compile(
    r"core/(ReplaceBinaryOperator_(Bit\w+|\w+_(Bit\w+|[LR]Shift|Mod|Pow))|ReplaceComparisonOperator_\w+_Is(Not)?)"
)
PATIENCE = (
    3  # so many times the processor time of the tests of the module as it is, those of a changed one may take
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", help="a module of nlp/hedui")
    parser.add_argument("tests", nargs="*", help="the tests that ought to notice")
    arguments = parser.parse_args()
    tests = arguments.tests or TESTS.get(arguments.module)
    if not tests:
        parser.error(f"name the tests of {arguments.module}")
    # The same examples every time; which is the smallest that fails, nobody asks.
    settings.register_profile(
        "mutants", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
    )
    settings.load_profile("mutants")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            shutil.copytree(CHECKOUT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(CHECKOUT / "pyproject.toml", copy)
        os.chdir(copy)
        os.environ["PYTHONPATH"] = str(copy / "nlp")
        sys.path.insert(0, os.environ["PYTHONPATH"])
        counts = survey(copy / "nlp" / "hedui" / f"{arguments.module}.py", tests)
        os.chdir(CHECKOUT)
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    print(f"{arguments.module}: {counts.total()} mutants, {told}")
    return 0


def survey(path: Path, tests: Sequence[str]) -> Counter[str]:
    """How many changes of a module were killed, survived and timed out; the survivors are printed."""
    source = path.read_text("utf-8")
    prepare(path, tests)
    before, seconds = outcome(tests, 600)
    if before != "survived":
        sys.exit(f"The tests fail on {path.name} as it is: pytest {' '.join(tests)}")
    most = 2 + PATIENCE * int(seconds)
    counts = Counter({"killed": 0, "survived": 0, "timed out": 0})
    for mutant in tqdm(list(mutants(source)), mininterval=10):
        path.write_text(mutant, "utf-8")
        what, _ = outcome(tests, most)
        counts[what] += 1
        if what == "survived":
            changed = difflib.unified_diff(source.splitlines(), mutant.splitlines(), n=0, lineterm="")
            print("\n".join(list(changed)[2:]), flush=True)
    return counts


def prepare(path: Path, tests: Sequence[str]) -> None:
    """Import the libraries, compile the modules that stay as they are, and forget all that is of the copy."""
    run(["--collect-only", *tests])
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
        compiled.unlink()
    here = os.getcwd()
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(here):
            del sys.modules[name]
    gc.freeze()


def mutants(source: str) -> Iterator[str]:
    """The text of a module with every change made alone, where it is still a program."""
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments() or POINTLESS.fullmatch(name):
            continue
        for place in count():
            mutant = mutate_code(source, operator(), place)
            if mutant is None:
                break
            if is_program(mutant):
                yield mutant


def is_program(source: str) -> bool:
    """Whether a text is Python; the two stars of a call turned into a slash make none."""
    try:
        compile(source, "", "exec")
    except SyntaxError:
        return False
    return True


def outcome(tests: Sequence[str], seconds: int) -> tuple[str, float]:
    """What becomes of the tests in a process of their own, and its seconds of processor time.

    `killed`, `survived`, or `timed out` where it takes more than so many.
    """
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        os._exit(run(tests))
    _, status, usage = os.wait4(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        return "timed out", usage.ru_utime
    return "killed" if status else "survived", usage.ru_utime


def run(arguments: Sequence[str]) -> int:
    """pytest, in silence: 0 where all passed."""
    silence = os.open(os.devnull, os.O_WRONLY)
    kept = [os.dup(stream) for stream in (1, 2)]
    for stream in (1, 2):
        os.dup2(silence, stream)
    try:
        return int(pytest.main([*OPTIONS, *arguments]))
    finally:
        for stream, old in zip((1, 2), kept, strict=True):
            os.dup2(old, stream)


if __name__ == "__main__":
    sys.exit(main())
