"""The commands of the documentation run, and print what the pages say."""

from pathlib import Path

import pytest

from tutorials import CHECKOUT, PAGES, Console, same, steps


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(CHECKOUT / "docs")) for page in PAGES])
def test_the_commands_of_a_page_print_what_it_says(page: Path, tmp_path: Path) -> None:
    console = Console(tmp_path)
    told = list(steps(page.read_text(encoding="utf-8")))
    assert told
    for step in told:
        printed = console.run(step.command)
        assert same(step.output, printed), (
            f"python scripts/tutorials.py mends it\n$ {step.command}\n{printed}"
        )


def test_the_three_users_have_a_tutorial_each() -> None:
    pages = {page.name for page in PAGES}
    assert {"journalist.md", "journalist.zh.md", "researcher.md", "batch.md"} <= pages


def test_what_is_left_out_matches_and_nothing_else() -> None:
    assert same("a […] c\n", "a b c\n")
    assert same("", "")
    assert not same("a […] c\n", "a b d\n")
    assert not same("a\n", "a\nb\n")
    assert list(steps("```console\n$ a \\\n  b\none\ntwo\n$ c\n```\n")) == [
        ("a \\\n  b", "one\ntwo\n"),
        ("c", ""),
    ]
