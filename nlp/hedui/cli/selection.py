"""Which rules count: `--select` and `--ignore` by code or prefix."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

import click

from hedui import rules
from hedui.messages import say
from hedui.model import Report


def find_codes(values: Iterable[str], lang: str) -> tuple[str, ...]:
    """Codes and prefixes out of options that may be repeated and hold several, separated by commas.

    Raises click.UsageError for one that begins no rule, naming the rules that may have been meant.
    """
    codes = tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())
    known = list(rules.rules())
    for code in codes:
        if not any(rule.startswith(code) for rule in known):
            close = get_close_matches(code, known, n=3, cutoff=0.5)
            near = say("error.near", lang, codes=", ".join(close)) if close else ""
            raise click.UsageError(say("error.unknown_code", lang, code=code, near=near))
    return codes


def narrow(report: Report, select: tuple[str, ...], ignore: tuple[str, ...]) -> Report:
    """The report with the findings and relations of the rules that count, and what those findings rest on."""
    if not select and not ignore:
        return report
    findings = tuple(found for found in report.findings if rules.selected(found.rule, select, ignore))
    kept = {found.relation for found in findings}
    relations = tuple(
        relation
        for relation in report.relations
        if relation.id in kept or rules.selected(relation.rule, select, ignore)
    )
    return replace(report, findings=findings, relations=relations)
