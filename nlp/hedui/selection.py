"""Which rules count: `--select` and `--ignore` by code or prefix, the longer one winning, as in Ruff."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from hedui.model import Report


def parse_codes(values: Iterable[str]) -> tuple[str, ...]:
    """Codes and prefixes out of options that may be repeated and hold several, separated by commas."""
    return tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())


def unknown_codes(codes: Iterable[str], rules: Iterable[str]) -> dict[str, list[str]]:
    """The codes that begin no rule, each with up to three rules that it may have meant."""
    known = sorted(rules)
    families = sorted({code.rstrip("0123456789") for code in known})
    return {
        code: get_close_matches(code, [*known, *families], n=3, cutoff=0.5)
        for code in codes
        if not any(rule.startswith(code) for rule in known)
    }


def selected(rule: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Whether a rule counts. No `select` means all; between the options the longer prefix decides."""
    chosen = max((len(code) for code in select if rule.startswith(code)), default=-1 if select else 0)
    dropped = max((len(code) for code in ignore if rule.startswith(code)), default=-1)
    return chosen > dropped


def narrow(report: Report, select: tuple[str, ...], ignore: tuple[str, ...]) -> Report:
    """The report with the findings and relations of the rules that count, and what those findings rest on."""
    if not select and not ignore:
        return report
    findings = tuple(found for found in report.findings if selected(found.rule, select, ignore))
    kept = {found.relation for found in findings}
    relations = tuple(
        relation
        for relation in report.relations
        if relation.id in kept or selected(relation.rule, select, ignore)
    )
    return replace(report, findings=findings, relations=relations)
