"""The wheel: data inside, importable from where it is unpacked; one version everywhere."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import hedui

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
