"""An input that could not be read, as the reports and the database record it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Which input, and why, as a sentence that says what to do."""

    source: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        """The entry of `failures` in the JSON."""
        return {"source": self.source, "reason": self.reason}
