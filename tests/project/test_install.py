"""A wheel in an empty environment and an editable install both have the command, the templates and the record types."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.support.environment import MACHINE
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    # In pip's own words where it fails: it may have found no network.
    process = subprocess.run(command, cwd=cwd, env=MACHINE, capture_output=True, text=True, check=False)
    assert process.returncode == 0, f"{command}\n{process.stdout}\n{process.stderr}"
    return process.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it alone."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module", params=["wheel", "editable"])
def environment(request: pytest.FixtureRequest, distributions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the package and what it declares, no more."""
    folder = tmp_path_factory.mktemp(str(request.param))
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    what = [next(distributions.glob("*.whl"))] if request.param == "wheel" else ["--editable", ROOT]
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *what, cwd=folder)
    return folder / "bin"


def tracked_files(folder: str) -> set[str]:
    listed = run("git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", folder, cwd=ROOT)
    return {line for line in listed.splitlines() if (ROOT / line).exists()}


def test_the_wheel_holds_every_module_template_and_record_type_and_nothing_else(distributions: Path) -> None:
    with zipfile.ZipFile(next(distributions.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package = {name.removeprefix("generator/") for name in tracked_files("generator")}
    templates = {f"minutebook/{name}" for name in tracked_files("site_templates")}
    assert any(name.startswith("minutebook/records/types/") for name in package)
    assert templates
    assert held == package | templates


def test_the_source_distribution_holds_what_the_checks_need(distributions: Path) -> None:
    with tarfile.open(next(distributions.glob("*.tar.gz"))) as archive:
        held = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    for folder in ("generator", "site_templates", "tests", "portfolio"):
        assert tracked_files(folder) <= held
    assert {"Makefile", "mkdocs.yml", "README.md", "CHANGELOG.md", "LICENSE", ".ci/run"} <= held


def test_an_install_has_the_command_the_templates_and_the_record_types(environment: Path, tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "portfolio")
    repository.write("portfolio.yml", "format: 1\ntitle: Ours\nrecord_types: [goal]\n")
    repository.write("goals/grow.md", "---\ntitle: Grow\n---\nMore.\n")
    repository.commit("A first goal")
    repository.checkout()
    site = tmp_path / "site"

    run(environment / "minutebook", "build", "--site", site, cwd=repository.path)

    assert "Grow" in (site / "goal" / "grow" / "index.html").read_text(encoding="utf-8")
    assert json.loads(run(environment / "minutebook", "schema", "goal", cwd=repository.path))["title"]


def test_the_plugin_is_found_by_mkdocs(environment: Path, tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "portfolio")
    repository.write("docs/portfolio.yml", "format: 1\ntitle: Ours\nrecord_types: [goal]\n")
    repository.write("docs/goals/grow.md", "---\ntitle: Grow\n---\nMore.\n")
    repository.write(
        "mkdocs.yml",
        "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [search, minutebook]\n",
    )
    repository.commit("A first goal")
    repository.checkout()

    run(environment / "mkdocs", "build", cwd=repository.path)

    assert "Grow" in (repository.path / "site" / "goal" / "grow" / "index.html").read_text(encoding="utf-8")
