"""One broken file through `hedui.check` in a process of its own: how it ends, how long it takes, how much it holds."""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MEMORY = 6_000_000_000
"""Bytes that a process may take: what is beyond would harm the machine that measures."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a file ended (`read`, the key of its refusal, or what went wrong), seconds of the processor (those of
    LibreOffice with them), and most bytes held."""

    end: str
    seconds: float
    peak: int


def check(path: Path, seconds: float) -> Measured:
    """Check a file in a process of its own, for no longer than `seconds`."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "broken.measure", str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, cwd=Path(__file__).parents[1]
        )
    except subprocess.TimeoutExpired:
        return Measured(f"still running after {seconds:.0f} seconds", seconds, 0)
    if done.returncode:
        words = done.stderr.strip().splitlines() or ["killed"]
        return Measured(f"exit code {done.returncode}: {words[-1]}", time.monotonic() - begun, 0)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _measure(path: Path) -> dict[str, object]:
    import hedui
    from broken.guard import Guard
    from hedui.corpus.memory import peak

    hedui.check(text="2024年度支出合计1.00万元。")  # loads what is loaded once
    guard = Guard()
    guard.begin()
    begun = _spent()
    try:
        hedui.check(path)
        end = "read"
    except hedui.UnreadableInput as error:
        end = error.key
    seconds = _spent() - begun
    if against := guard.end():
        end = f"against the rules: {against[0]}"
    return {"end": end, "seconds": seconds, "peak": peak()}


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print(json.dumps(_measure(Path(sys.argv[1]))))
