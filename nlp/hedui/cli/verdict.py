"""The exit code of a command that finds things."""

from hedui.report.findings import CERTAINTIES

FAIL_ON = (*CERTAINTIES, "never")


def exit_code(seen: set[str], failed: bool, fail_on: str) -> int:
    """1 for a finding at or above `fail_on`, else 3 for an input that could not be read, else 0."""
    if fail_on != "never" and seen.intersection(FAIL_ON[: FAIL_ON.index(fail_on) + 1]):
        return 1
    return 3 if failed else 0
