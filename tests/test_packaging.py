"""The wheel: data inside, importable from where it is unpacked; one version everywhere."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

import hedui
from modules import load

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without a network."""
    builders = pytest.importorskip("hatchling.builders.wheel", reason="needs hatchling to build the wheel")
    folder = tmp_path_factory.mktemp("dist")
    return Path(
        next(builders.WheelBuilder(str(CHECKOUT)).build(directory=str(folder), versions=["standard"]))
    )


def test_the_data_is_inside_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("patterns", "corpora"):
        files = [path for path in (CHECKOUT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
        assert files
        assert {f"hedui/data/{path.relative_to(CHECKOUT)}" for path in files} <= names
    assert "hedui/py.typed" in names
    page = {path.name for path in (CHECKOUT / "nlp/hedui/report/html/templates").iterdir()}
    assert {"report.html", "style.css", "script.js"} <= page
    assert {f"hedui/report/html/templates/{name}" for name in page} <= names
    assert all(name.startswith(("hedui/", "hedui-")) for name in names)


def test_it_works_where_it_is_unpacked(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import hedui.resources as r; print(r.__file__, r.resource('patterns', 'messages.toml').is_file())"
    assert python(tmp_path, "-c", code) == f"{tmp_path / 'hedui' / 'resources.py'} True"
    assert python(tmp_path, "-m", "hedui", "--version") == f"hedui {hedui.__version__}"


def python(folder: Path, *arguments: str) -> str:
    """Run Python with `folder` first on its path, away from the checkout."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=True)
    return done.stdout.strip()


def test_one_version() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf8"))["project"]
    assert project["version"] == hedui.__version__
    assert project["scripts"]["hedui"] == "hedui.cli:main"
    citation = (CHECKOUT / "CITATION.cff").read_text("utf8")
    assert f"\nversion: {hedui.__version__}\n" in citation
    assert f"\nlicense: {project['license']}\n" in citation


def test_every_dependency_is_in_the_table_with_a_licence_that_goes() -> None:
    """docs/dependencies.md, made by scripts/dependency_table.py."""
    table = load(CHECKOUT / "scripts" / "dependency_table.py", "dependency_table")
    rows = {
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in (CHECKOUT / "docs" / "dependencies.md").read_text("utf8").splitlines()
        if line.startswith("| ") and not line.startswith(("| package", "| ---"))
    }
    told = {(row[0], row[1]): row for row in rows if len(row) == 5}
    wanted = {
        (canonicalize_name(one.name), table.oldest(one)) for each in table.wanted().values() for one in each
    }
    assert wanted == told.keys()
    for row in rows:
        licence = row[3] if len(row) == 5 else row[2]
        assert table.Package(row[0], row[-1], licence).goes, row
    assert table.PURPOSE.keys() == {name for name, _ in wanted}


@pytest.mark.parametrize(
    ("licence", "goes"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("AGPL-3.0-or-later", False),
        ("Apache-2.0 OR GPL-2.0", True),
        ("MIT AND GPL-2.0-only", False),
        ("LGPL-3.0-or-later", True),
        ("GNU Library or Lesser General Public License (LGPL)", True),
        ("not told", False),
        ("Proprietary, Somebody Limited", False),
    ],
)
def test_licences(licence: str, goes: bool) -> None:
    table = load(CHECKOUT / "scripts" / "dependency_table.py", "dependency_table")
    assert table.Package("x", "1", licence).goes == goes


def test_the_readmes_speak_of_the_same_commands() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (CHECKOUT / name).read_text("utf8")
        for words in (
            "make demo",
            "hedui check",
            "hedui extract",
            "hedui explain",
            "--fail-on",
            "hedui.check(",
        ):
            assert words in text, (name, words)
