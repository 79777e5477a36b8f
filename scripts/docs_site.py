"""What the documentation site has besides the files of docs/: the rules as the package explains them, and the language
of each page. A hook of mkdocs, named in mkdocs.yml.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hedui.messages import LANGUAGES, Language
from hedui.report.markdown import escaped
from hedui.rules import Rule, families, rules

TITLE = {"en": "All rules", "zh": "全部规则"}
ABOUT = {
    "en": "What `hedui rules` lists and `hedui explain CODE` says, by family. `--select` and `--ignore` take these "
    "codes, or the letters they begin with.",
    "zh": "`hedui rules` 列出的全部规则，按类别排列；`hedui explain CODE` 给出同样的说明。`--select`、`--ignore` "
    "接受这些代码，或其开头的字母。",
}

HEAD = {"en": "| code | what is reported |", "zh": "| 代码 | 报告什么 |"}


def _page(name: str, lang: Language) -> str:
    return f"rules/{name}.zh.md" if lang == "zh" else f"rules/{name}.md"


def _families() -> Iterator[tuple[str, list[Rule]]]:
    """The letters that codes begin with, and the rules of each."""
    for family, found in groupby(rules().values(), key=lambda rule: rule.code[:3]):
        yield family, list(found)


def _name(found: list[Rule], lang: Language) -> str:
    """What a family is called, with the letters of its codes."""
    return f"{found[0].code[:3]} {families()[found[0].family].in_language(lang)}"


def _overview(lang: Language) -> Iterator[str]:
    yield f"# {TITLE[lang]}\n\n{ABOUT[lang]}\n\n{HEAD[lang]}\n| --- | --- |\n"
    for family, found in _families():
        page = _page(family, lang).removeprefix("rules/")
        for rule in found:
            yield f"| [{rule.code}]({page}#{rule.code}) | {escaped(rule.title.in_language(lang))} |\n"


def _family(found: list[Rule], lang: Language) -> Iterator[str]:
    yield f"# {_name(found, lang)}\n\n"
    for rule in found:
        yield f"## {rule.code} {escaped(rule.title.in_language(lang))} {{ #{rule.code} }}\n\n"
        for paragraph in rule.explanation.in_language(lang).splitlines():
            yield escaped(paragraph) + "\n\n"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages of the rules to the menu, behind their overview; in the end what nobody has put into it."""
    for lang in LANGUAGES:
        menu = _menu(config.nav, _page("index", lang))
        menu += [{_name(found, lang): _page(family, lang)} for family, found in _families()]
    pages = (page.relative_to(config.docs_dir) for page in sorted(Path(config.docs_dir).rglob("*.md")))
    if rest := [page.as_posix() for page in pages if page.as_posix() not in _named(config.nav)]:
        config.nav = [*(config.nav or []), {"More": rest}]
    return config


def _named(entries: Any) -> Iterator[str]:
    """The pages of a menu."""
    if isinstance(entries, str):
        yield entries
    else:
        for entry in entries.values() if isinstance(entries, dict) else entries:
            yield from _named(entry)


def _menu(entries: Any, page: str) -> list[Any]:
    """The part of the menu that begins with a page; an empty list where there is none."""
    if isinstance(entries, dict):
        entries = [menu for menu in entries.values() if isinstance(menu, list)]
    elif page in entries:
        return list.__iadd__(entries, [])
    found = (_menu(entry, page) for entry in entries if isinstance(entry, (list, dict)))
    return next((menu for menu in found if menu), [])


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the rules."""
    for lang in LANGUAGES:
        made = {"index": _overview(lang)} | {name: _family(found, lang) for name, found in _families()}
        for name, content in made.items():
            files.append(File.generated(config, _page(name, lang), content="".join(content)))
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Speak Chinese around a Chinese page."""
    config.theme["language"] = "zh" if page.file.src_uri.endswith(".zh.md") else "en"
    return context
