"""The repository itself: style, types, the guide's lists, and the files that services read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import ontherecord
import pytest
import yaml
from conftest import ROOT, Project
from guide_pages import examples
from ontherecord import reference
from ontherecord.problems import PROBLEMS
from read_the_docs import SCHEMA

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_style_and_types(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", reference.PAGES)
def test_the_guides_lists_are_those_of_the_code(page: str) -> None:
    assert (ROOT / "guide" / page).read_text(encoding="utf-8") == reference.PAGES[page]()


def test_every_warning_is_tested() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    missing = [one for one in PROBLEMS if not re.search(rf'["\[.]{one}["\]]', tests)]
    assert missing == []


def test_read_the_docs_configuration_is_valid() -> None:
    config = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(config, SCHEMA)
    assert set(config["formats"]) == {"htmlzip", "epub", "pdf"}
    for install in config["python"]["install"]:
        assert (ROOT / install["requirements"]).is_file()
    assert (ROOT / config["sphinx"]["configuration"]).is_file()


def test_versions_agree() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == ontherecord.__version__
    assert f'version = release = "{ontherecord.__version__}"' in (ROOT / "conf.py").read_text()


def test_locks_name_hashes_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        pinned = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
        assert text.count("\n    # via") == len(pinned)
        assert {re.split(r"[><=]", name)[0] for name in project["dependencies"]} <= set(pinned)


def test_the_extension_installs_alone(tmp_path: Path) -> None:
    """Into a fresh environment, from the repository, for the tutorial's edition elsewhere."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    source = tmp_path / "source"
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        source.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(
        ROOT / "_ext", source / "_ext", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The locked versions, so that what is tested is this package and not today's others.
    subprocess.run(
        [python, *quiet, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True
    )
    subprocess.run([python, *quiet, "--no-deps", source], check=True)
    edition = Project(tmp_path / "edition")
    for example in examples("guide/tutorial.md"):
        if example.file and example.kind != "seen":
            edition.put(example.file, example.text)
    done = subprocess.run(
        [python, "-m", "sphinx", "-W", "-b", "html", edition.folder, tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/articles/2024-05-01-library.html").read_text(encoding="utf-8")
    assert 'id="quote-mayor-library"' in page
    assert (tmp_path / "out" / "_static" / "ontherecord.css").exists()


def test_nothing_names_this_machine() -> None:
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    pattern = re.compile(r"(?:^|[^\w./])/(?:work|root|tmp)/")
    found = [
        name
        for name in names.splitlines()
        if (ROOT / name).is_file()
        and (ROOT / name).suffix in {".py", ".md", ".toml", ".yaml", ".cff"}
        and name != "tests/test_repository.py"
        and pattern.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []
