"""Which module of the package imports which, wherever in it the import stands: no circles, and no way back."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "nlp" / "hedui"

STAGES = "model reading segmentation tables claims relations checking across api store corpus web cli"
"""In the order of the data: each may know those before it."""


def modules(package: Path) -> dict[str, Path]:
    """The modules of a package by their dotted names."""
    found = {path.relative_to(package.parent).with_suffix(""): path for path in package.rglob("*.py")}
    return {".".join(at.parts).removesuffix(".__init__"): path for at, path in found.items()}


def imports(package: Path) -> dict[str, set[str]]:
    """By module the modules of the package that it names: imported at once, when needed, or only for their types, or
    given by its dotted name to something that imports it later."""
    known = modules(package)
    return {
        name: set(_named(ast.parse(path.read_text("utf8")), known)) - {name} for name, path in known.items()
    }


def _named(tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "the package names its modules in full"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else node.module for name in inside]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [node.value] if "." in node.value else []
        yield from (name for name in names if name in known)


def by_part(graph: Mapping[str, set[str]], folder: str = "hedui") -> dict[str, set[str]]:
    """The same between the parts of a folder: the folders and files that lie in it."""
    depth = folder.count(".") + 2
    parts: dict[str, set[str]] = {}
    for name, named in graph.items():
        if name.startswith(f"{folder}."):
            part, *others = (".".join(each.split(".")[:depth]) for each in (name, *named))
            parts.setdefault(part, set()).update({other for other in others if other != part})
    return parts


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """One of the circles of a graph; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_one_another() -> None:
    graph = imports(PACKAGE)
    assert len(graph) > 200
    assert circle(graph) == []


def test_no_folders_import_one_another() -> None:
    graph = imports(PACKAGE)
    folders = {name.rpartition(".")[0] for name in graph} - {""}
    assert {"hedui", "hedui.reading", "hedui.reading.pdf"} <= folders
    assert {folder: circle(by_part(graph, folder)) for folder in folders} == {
        folder: [] for folder in folders
    }


def test_data_flows_one_way() -> None:
    parts, stages = by_part(imports(PACKAGE)), [f"hedui.{name}" for name in STAGES.split()]
    for at, stage in enumerate(stages):
        assert not parts[stage] & set(stages[at + 1 :]), stage


@pytest.mark.parametrize(
    "back",
    [
        "from made.first import one",
        "def late():\n    from made import first",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import made.first",
        "HOME = {'one': 'made.first'}",
    ],
)
def test_a_circle_is_found_wherever_the_import_stands(back: str, tmp_path: Path) -> None:
    package = tmp_path / "made"
    package.mkdir()
    for name, text in {"__init__": "", "first": "from made.second import two", "second": "two = 2"}.items():
        (package / f"{name}.py").write_text(text)
    assert circle(imports(package)) == []
    (package / "second.py").write_text(back)
    assert set(circle(imports(package))) == {"made.first", "made.second"}
