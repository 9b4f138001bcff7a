"""`minutebook init`, as somebody types it in a repository of their own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minutebook.authoring.setup_files import write_configuration
from minutebook.cli.main import main
from minutebook.records.configuration import read_configuration
from minutebook.records.types import built_in_types
from tests.cli.conftest import Ran
from tests.support.environment import clean_environment
from tests.support.repository_builder import RepositoryBuilder

Init = Callable[..., Ran]


@pytest.fixture
def office(repo: RepositoryBuilder) -> RepositoryBuilder:
    """A repository without a commit, whose user git knows."""
    repo.git("config", "user.name", "Ana Li")
    repo.git("config", "user.email", "ana@example.org")
    return repo


@pytest.fixture
def init(office: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Init:
    """Run the command in the repository, or in another folder."""

    def run_in(*arguments: str, folder: Path = office.path) -> Ran:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        code = main(["init", *arguments])
        return Ran(code, *capsys.readouterr())

    return run_in


def next_commands(ran: Ran) -> list[str]:
    """The lines that it ends with."""
    return [line.strip() for line in ran.out.partition("Next:\n")[2].splitlines() if line.startswith("  ")]


def follow(ran: Ran, folder: Path) -> None:
    """Type the git commands that it ends with into a shell."""
    for line in next_commands(ran):
        if line.startswith("git "):
            subprocess.run(["sh", "-c", line], cwd=folder, env=clean_environment(), check=True, capture_output=True)


def files_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_what_it_writes_builds_without_a_doubt(
    init: Init, office: RepositoryBuilder, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = init()
    assert (ran.code, ran.err) == (0, "")
    assert next_commands(ran) == [
        "git add portfolio mkdocs.yml .gitignore",
        "git commit -m 'Begin the portfolio'",
        "minutebook serve",
    ]
    follow(ran, office.path)

    assert main(["build", "--strict", "--no-cache"]) == 0
    assert capsys.readouterr().err == ""
    assert "no problem is known" in (office.path / "site/index.html").read_text()
    assert "Ana Li" in (office.path / "site/project/first-project/index.html").read_text()
    assert 'href="../project/first-project/"' in (office.path / "site/handbook/index.html").read_text()
    assert office.git("status", "--short") == "", "what a build leaves behind is ignored"


@pytest.mark.slow
def test_every_built_in_type_can_be_begun_with(init: Init, office: RepositoryBuilder) -> None:
    ran = init("--types", ",".join(built_in_types()))
    assert ran.code == 0
    follow(ran, office.path)
    assert main(["build", "--strict", "--no-cache"]) == 0


def test_run_again_it_writes_nothing_and_says_so(init: Init, office: RepositoryBuilder) -> None:
    init()
    before = files_of(office.path)
    ran = init()
    assert ran.code == 0
    assert files_of(office.path) == before
    assert "Nothing is missing" in ran.out
    assert "kept     portfolio/portfolio.yml: it is there already" in ran.out
    standing = re.findall(r"^kept +([a-z]+): there are records of this type already", ran.out, re.MULTILINE)
    assert set(standing) == {"project", "innovation", "decision", "group", "body", "person"}
    assert next_commands(ran) == ["minutebook serve"]


def test_a_folder_of_records_that_is_called_as_what_a_build_makes_is_not_ignored(
    init: Init, office: RepositoryBuilder
) -> None:
    init()
    (office.path / "portfolio/projects/site").mkdir()
    (office.path / "portfolio/projects/site/new.md").write_text("---\ntitle: New\n---\n")
    assert "portfolio/projects/site/new.md" in office.git("ls-files", "--others", "--exclude-standard")


def test_what_is_there_is_kept_and_used(init: Init, office: RepositoryBuilder) -> None:
    (office.path / "portfolio/groups").mkdir(parents=True)
    (office.path / "portfolio/groups/rail.md").write_text("---\ntitle: Rail\n---\n")
    (office.path / "portfolio/people.yml").write_text(
        "- {id: bo, name: Bo}\n- {id: ana, name: A, emails: [ana@example.org]}\n"
    )
    (office.path / "mkdocs.yml").write_text("site_name: Mine\n")
    before = files_of(office.path)

    ran = init("--types", "project")

    after = files_of(office.path)
    assert ran.code == 0
    assert {path: after[path] for path in before} == before
    project = after["portfolio/projects/first-project.md"].decode()
    assert "\ngroup: rail\n" in project
    assert "\nmanager: ana\n" in project, "known by their address"
    assert "portfolio/groups/first-group.md" not in after
    assert "kept     mkdocs.yml: it is there already" in ran.out
    assert next_commands(ran)[0] == (
        "git add portfolio/portfolio.yml portfolio/projects/first-project.md portfolio/handbook/index.md .gitignore"
    )


def test_an_existing_mkdocs_site_is_told_what_it_needs_and_what_is_not_published(
    init: Init, office: RepositoryBuilder
) -> None:
    (office.path / "docs").mkdir()
    (office.path / "docs/index.md").write_text("# Welcome\n")
    (office.path / "mkdocs.yml").write_text("site_name: Mine\n")
    ran = init("--folder", "docs")
    assert "kept     docs/index.md: it is not published" in ran.out
    lines = [line.strip() for line in ran.out.splitlines()]
    begin = lines.index('docs_dir: "docs"')
    assert lines[begin : begin + 3] == [
        'docs_dir: "docs"',
        "theme: {name: material, font: false}",
        "plugins: [search, minutebook]",
    ]
    follow(ran, office.path)
    assert main(["--config", "docs/portfolio.yml", "build"]) == 0
    (office.path / "mkdocs.yml").write_text("plugins: [minutebook]\n")
    assert "docs_dir" not in init("--folder", "docs").out, "it names the plugin already"


def test_types_of_ones_own_get_first_records_too(init: Init, office: RepositoryBuilder) -> None:
    (office.path / "portfolio").mkdir()
    (office.path / "portfolio/portfolio.yml").write_text(
        "format: 1\ntitle: Ours\nrecord_types:\n  idea:\n    paths: ['ideas/{id}.md']\n"
        "    fields: {title: {type: text, role: title, required: true}, who: {type: person, required: true}}\n"
    )
    ran = init()
    assert ran.code == 0
    assert "who: Ana Li" in (office.path / "portfolio/ideas/first-idea.md").read_text()
    assert 'site_name: "Ours"' in (office.path / "mkdocs.yml").read_text()
    follow(ran, office.path)
    assert main(["build", "--strict", "--no-cache"]) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("there", "kind"), [("handbook/README.md", "idea"), ("Handbook.md", "idea"), (None, "idea"), (None, "handbook")]
)
def test_its_handbook_page_takes_nobodys_address(
    init: Init, office: RepositoryBuilder, there: str | None, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.path / "portfolio/handbook").mkdir(parents=True)
    (office.path / "portfolio/portfolio.yml").write_text(
        f"format: 1\ntitle: Ours\nrecord_types:\n  {kind}:\n    paths: ['our own/{{id}} (new).md']\n"
        "    fields: {title: {type: text, role: title, required: true}}\n"
    )
    if there is not None:
        (office.path / "portfolio" / there).write_text("# Mine\n")
    ran = init()
    written = office.path / "portfolio/handbook/index.md"
    assert written.exists() is (there is None and kind != "handbook")
    follow(ran, office.path)
    office.git("add", "-A")
    office.git("commit", "-qm", "The rest", "--allow-empty")
    capsys.readouterr()
    assert main(["build", "--strict", "--no-cache"]) == 0
    if written.exists():
        page = (office.path / "site/handbook/index.html").read_text()
        assert 'href="../idea/first-idea/"' in page, "whatever its file is called"


def test_the_title_is_the_one_given_or_the_name_of_the_repository(init: Init, office: RepositoryBuilder) -> None:
    init("--title", "Rail: 2026 # plans")
    assert read_configuration(office.path / "portfolio/portfolio.yml").title == "Rail: 2026 # plans"
    init("--folder", "other")
    assert read_configuration(office.path / "other/portfolio.yml").title == "Repository"


@pytest.mark.slow
@pytest.mark.parametrize("title", ["2026", "yes", "A: \"b\" 'c' \\ #d", "!ENV X", "Zürich 北"])
def test_mkdocs_reads_any_title_as_a_text(init: Init, office: RepositoryBuilder, title: str) -> None:
    follow(init("--title", title), office.path)
    assert main(["build", "--trust-config", "--no-cache"]) == 0


def test_every_example_in_the_configuration_can_be_used(tmp_path: Path) -> None:
    written = write_configuration("Ours", ["project"], built_in_types())
    used = re.sub(r"^# ([a-z_]+: )", r"\1", written, flags=re.MULTILINE)
    (tmp_path / "portfolio.yml").write_text(used)
    configuration = read_configuration(tmp_path / "portfolio.yml")
    assert used.count("\n") == written.count("\n")
    assert (configuration.description, configuration.forge, configuration.branch) == (
        "What we work on, and what we decided.",
        "https://forge.example/team/portfolio",
        "main",
    )


@pytest.mark.parametrize("repository", [True, False])
def test_an_unknown_type_is_told_with_the_near_one(init: Init, office: RepositoryBuilder, repository: bool) -> None:
    if repository:
        init("--types", "project")
    before = files_of(office.path)
    ran = init("--types", "project,projct")
    assert ran.code == 2
    assert "The record type `projct` is not" in ran.err
    assert "did you mean `project`?" in ran.err
    assert files_of(office.path) == before


def test_without_a_repository_it_says_how_to_begin_one(init: Init, tmp_path: Path) -> None:
    folder = tmp_path / "no repository"
    folder.mkdir()
    ran = init(folder=folder)
    assert (ran.code, files_of(folder)) == (2, {})
    assert ran.err.endswith("git init\n")


def test_a_bare_repository_is_told(init: Init, tmp_path: Path) -> None:
    ran = init(folder=RepositoryBuilder(tmp_path / "bare", bare=True).path)
    assert ran.code == 2
    assert "is a bare repository" in ran.err
    assert "git clone" in ran.err


def test_in_a_sub_folder_the_portfolio_still_lies_at_the_top(init: Init, office: RepositoryBuilder) -> None:
    below = office.path / "a" / "b"
    below.mkdir(parents=True)
    ran = init(folder=below)
    assert (office.path / "portfolio/portfolio.yml").is_file()
    assert files_of(below) == {}
    assert next_commands(ran)[0] == f"cd {shlex.quote(str(office.path))}"


def test_another_folder_is_named_to_the_commands_that_follow(
    init: Init, office: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = init("--folder", "our records/rail")
    assert (office.path / "our records/mkdocs.yml").is_file(), "mkdocs.yml stands beside the portfolio's folder"
    assert next_commands(ran) == [
        "git add 'our records/rail' 'our records/mkdocs.yml' .gitignore",
        "git commit -m 'Begin the portfolio'",
        "minutebook --config 'our records/rail/portfolio.yml' serve",
    ]
    follow(ran, office.path)
    monkeypatch.chdir(office.path)
    assert main(["--config", "our records/rail/portfolio.yml", "build", "--strict", "--no-cache"]) == 0


@pytest.mark.parametrize(
    "folder", ["..", "../x", "a/../../x", ".", "", "-x", ":x", ".git", "/", "/usr/x", "a//..", "a\nb"]
)
def test_a_folder_that_cannot_hold_a_portfolio_is_refused(init: Init, office: RepositoryBuilder, folder: str) -> None:
    ran = init(f"--folder={folder}")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert files_of(office.path) == {}


def test_an_absolute_path_inside_the_repository_is_a_folder_of_it(init: Init, office: RepositoryBuilder) -> None:
    assert init("--folder", str(office.path / "records")).code == 0
    assert (office.path / "records/portfolio.yml").is_file()


def test_a_link_that_leads_out_of_the_repository_is_not_followed(
    init: Init, office: RepositoryBuilder, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (office.path / "portfolio").symlink_to(tmp_path / "outside")
    ran = init()
    assert ran.code == 2
    assert "portfolio is a symbolic link" in ran.err
    assert (files_of(tmp_path / "outside"), files_of(office.path)) == ({}, {})


def test_a_portfolio_at_the_top_is_not_hidden_by_another(init: Init, office: RepositoryBuilder) -> None:
    (office.path / "portfolio.yml").write_text("format: 1\ntitle: Ours\n")
    ran = init()
    assert ran.code == 2
    assert "There is a portfolio already" in ran.err
    assert init("--folder", "portfolio").code == 0


def test_a_configuration_that_is_wrong_is_told_with_its_place(init: Init, office: RepositoryBuilder) -> None:
    (office.path / "portfolio").mkdir()
    (office.path / "portfolio/portfolio.yml").write_text("format: 1\ntitel: Ours\n")
    ran = init()
    assert ran.code == 2
    assert "portfolio/portfolio.yml:2:1" in ran.err
    assert list(files_of(office.path)) == ["portfolio/portfolio.yml"]


@pytest.fixture
def not_root() -> Iterator[None]:
    """Be somebody whom a folder's mode can keep out."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_written_to_is_told(init: Init, not_root: None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        folder.mkdir()
        RepositoryBuilder(folder)
        folder.chmod(0o555)
        try:
            ran = init(folder=folder)
        finally:
            folder.chmod(0o755)
    assert ran.code == 2
    assert "cannot be written: Permission denied" in ran.err
    assert "Traceback" not in ran.err


def test_somebody_whom_git_does_not_know_is_told(init: Init, tmp_path: Path) -> None:
    ran = init(folder=RepositoryBuilder(tmp_path / "new").path)
    assert ran.code == 0
    assert "git config --global user.name" in ran.out
    assert "Your Name" in (tmp_path / "new/portfolio/people.yml").read_text()


def test_the_name_is_read_from_the_settings_of_the_user_too(
    init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text("[include]\n\tpath = more\n")
    (tmp_path / "more").write_text('[user]\n\tname = "Bo: Chen"\n')
    init(folder=RepositoryBuilder(tmp_path / "new").path)
    assert "name: 'Bo: Chen'\n" in (tmp_path / "new/portfolio/people.yml").read_text()


def test_a_name_that_would_steer_a_terminal_is_not_taken(init: Init, office: RepositoryBuilder) -> None:
    office.git("config", "user.name", "Bo \x1b[31mChen")
    ran = init()
    assert "\x1b" not in ran.out
    assert b"\x1b" not in files_of(office.path)["portfolio/people.yml"]
    assert b"Your Name" in files_of(office.path)["portfolio/people.yml"]


def test_settings_of_the_repository_cannot_name_other_files(
    init: Init, office: RepositoryBuilder, tmp_path: Path
) -> None:
    office.git("config", "--unset", "user.name")
    (tmp_path / "secret").write_text("[user]\n\tname = Secret\n")
    office.git("config", "include.path", str(tmp_path / "secret"))
    init()
    assert b"Secret" not in files_of(office.path)["portfolio/people.yml"]
