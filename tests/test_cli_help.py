"""What shells and manuals show is made of the texts of `--help`, in both languages."""

import re
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ZshComplete

from hedui.cli import cli


def completed(*words: str) -> list[CompletionItem]:
    """What is offered for the last word."""
    return ZshComplete(cli, {}, "hedui", "_HEDUI_COMPLETE").get_completions([*words[:-1]], words[-1])


@pytest.mark.parametrize(("lang", "word"), [("zh", "输出"), ("en", "Output")])
def test_options_are_described_in_the_users_language(
    monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.setenv("HEDUI_LANG", lang)
    options = {item.value: item.help for item in completed("check", "--")}
    assert {"--format", "--fail-on", "--help"} <= set(options)
    assert options["--format"].startswith(word)
    assert not any(text.startswith("help.") for text in options.values() if text)


def test_commands_values_and_files_are_offered() -> None:
    assert {item.value for item in completed("ex")} == {"extract", "explain", "export"}
    assert "sarif" in {item.value for item in completed("check", "--format", "")}
    for command in ("check", "extract", "build"):
        assert [item.type for item in completed(command, "report")] == ["file"]


@pytest.mark.parametrize(("lang", "words"), [("en", "Check files"), ("zh", "核对文件")])
def test_every_command_has_a_manual_page(tmp_path: Path, lang: str, words: str) -> None:
    pytest.importorskip("click_man", reason="needs click-man (the extra docs)")
    import man_pages

    man_pages.main(str(tmp_path), lang)
    pages = {page.stem: page.read_text("utf8") for page in tmp_path.iterdir()}
    assert {"hedui", *(f"hedui-{name}" for name in cli.list_commands(None))} <= set(pages)  # type: ignore[arg-type]
    assert words in pages["hedui-check"]
    assert "\\-\\-fail\\-on" in pages["hedui-check"]
    assert "hedui-patterns-try" in pages
    assert not any(re.search(r"\bhelp\.[a-z]", page) for page in pages.values())
