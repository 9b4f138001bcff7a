"""What commits say: people, dates good and bad, encodings, trailers, and the requests that forges name."""

from __future__ import annotations

import pytest

from minutebook.model.commit import Person
from minutebook.model.note import NoteKind
from tests.support.reading import PLANS, history_of, notes_of, record_of
from tests.support.repository_builder import ANA, BO, RepositoryBuilder

PLAN = "---\ntitle: A plan\n---\nText.\n"
CHANGE_ID = "I" + "0123456789abcdef0123" * 2


@pytest.mark.parametrize(
    ("message", "forge", "name", "number"),
    [
        ("Merge pull request #12 from ana/branch\n\nA title", "github", "#12", 12),
        ("A title (#12)", "github", "#12", 12),
        ("A title (#12)\n\n* one\n* two (#3)", "github", "#12", 12),
        ('Revert "A title (#12)" (#13)', "github", "#13", 13),
        ("Merge branch 'x' into 'main'\n\nA title\n\nSee merge request group/sub/project!34", "gitlab", "!34", 34),
        ("A title\n\nSee merge request !34", "gitlab", "!34", 34),
        ("Merged in ana/branch (pull request #56)\n\nA title", "bitbucket", "#56", 56),
        ("Pull request #56: A title\n\nMerge in PROJ/repo from x to main", "bitbucket", "#56", 56),
        (f"A title\n\nChange-Id: {CHANGE_ID}", "gerrit", CHANGE_ID, None),
        ("Fix #12", None, None, None),
        ("A title\n\nfixes (#12) in passing", None, None, None),
        ("Change-Id: nonsense", None, None, None),
    ],
)
def test_the_request_that_a_message_names_is_found(
    repo: RepositoryBuilder, message: str, forge: str | None, name: str | None, number: int | None
) -> None:
    repo.commit_file("plans/a.md", PLAN, message)
    request = history_of(repo.path).landings[0].request
    if forge is None:
        assert request is None
    else:
        assert request is not None
        assert (request.forge, request.name, request.number) == (forge, name, number)


@pytest.mark.parametrize(
    ("host", "forge"),
    [
        ("github.com", "github"),
        ("git.office.example", "github"),
        ("code.office.example/gitlab", "github"),
        ("codeberg.org", "gitea"),
        ("gitea.office.example", "gitea"),
        ("forgejo.office.example", "gitea"),
        ("gitlab.office.example", None),
        ("bitbucket.org", None),
        ("dev.azure.com", None),
        ("office.visualstudio.com", None),
    ],
)
def test_a_number_at_the_end_of_a_subject_is_a_request_only_where_the_forge_writes_it_so(
    repo: RepositoryBuilder, host: str, forge: str | None
) -> None:
    repo.commit_file("plans/a.md", PLAN, "A title (#12)")
    request = history_of(repo.path, f"forge: https://{host}/office\n{PLANS}").landings[0].request
    assert (request and request.forge) == forge


def test_trailers_of_the_last_paragraph_are_read_and_approvals_are_known(repo: RepositoryBuilder) -> None:
    message = "A title\n\nReviewed-by: not in the last paragraph <a@b.c>\n\nMore.\n"
    trailers = {
        "Reviewed-by": BO,
        "approved-by": "The Board",
        "Acked-by": BO,
        "Co-authored-by": ANA,
        "Signed-off-by": ANA,
    }
    repo.commit_file("plans/a.md", PLAN, message, trailers=trailers)
    (landing,) = history_of(repo.path).landings
    assert {trailer.token: trailer.value for trailer in landing.commit.trailers} == trailers
    assert [trailer.token for trailer in landing.approvals] == ["Reviewed-by", "approved-by", "Acked-by"]
    assert [trailer.person and trailer.person.name for trailer in landing.approvals] == ["Bo Chen", None, "Bo Chen"]


def test_approvals_of_the_commits_that_a_merge_brought_count_once(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.branch("x")
    repo.commit_file("plans/b.md", PLAN, trailers={"Reviewed-by": BO})
    repo.commit_file("plans/b.md", PLAN + "More.\n", trailers={"Reviewed-by": BO})
    repo.switch("main")
    repo.merge("x", trailers={"Approved-by": ANA})
    approvals = history_of(repo.path).landings[-1].approvals
    assert sorted((trailer.token, trailer.value) for trailer in approvals) == [
        ("Approved-by", ANA),
        ("Reviewed-by", BO),
    ]


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("1767258000 +0530", "2026-01-01T14:30:00+05:30"),
        ("0 +0000", "1970-01-01T00:00:00+00:00"),
        ("1767258000 -0000", "2026-01-01T09:00:00+00:00"),
        ("1767258000 +9999", "2026-01-01T09:00:00+00:00"),
        ("99999999999999999999 +0000", None),
        ("999999999999999 +0000", None),
        ("-1 +0000", None),
        ("yesterday +0000", None),
        ("", None),
    ],
)
def test_a_bad_date_is_invalid_and_not_1970(repo: RepositoryBuilder, written: str, valid: str | None) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.write("plans/a.md", PLAN + "More.\n")
    author = f"Ana Li <ana@example.org> {written}".rstrip()
    raw = f"tree {repo.tree}\nparent {repo.tip}\nauthor {author}\ncommitter {author}\n\nMessage\n"
    commit = repo.raw_commit(raw.encode())
    history = history_of(repo.path)
    landed = history.landings[-1].landed
    assert (str(landed) if landed.when else None) == valid
    if valid is None:
        assert str(landed).startswith("invalid (")
        assert {note.commit for note in notes_of(history, NoteKind.INVALID_DATE)} == {commit}
    assert history.landings[-1].clock is not None, "the clock goes on from the commit before"


def test_a_history_without_one_valid_date_is_read_all_the_same(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN, date="never +0000")
    history = history_of(repo.path)
    assert (history.landings[0].clock, history.commits, len(history.records)) == (None, 1, 1)


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [(None, "utf-8"), ("ISO-8859-1", "latin-1"), ("windows-1251", "cp1251"), ("Shift_JIS", "shift_jis")],
)
def test_names_and_messages_are_read_in_the_declared_encoding(
    repo: RepositoryBuilder, encoding: str | None, codec: str
) -> None:
    name = {"latin-1": "Zoë Müller", "cp1251": "Жанна", "shift_jis": "日本"}.get(codec, "Zoë 日本 Жанна")
    repo.commit_file(
        "plans/a.md",
        PLAN,
        f"Subject of {name}".encode(codec),
        author=f"{name} <x@example.org>".encode(codec),
        encoding=encoding,
    )
    (landing,) = history_of(repo.path).landings
    assert (landing.commit.author.person.name, landing.commit.subject) == (name, f"Subject of {name}")


def test_bytes_that_are_in_no_encoding_stay_visible(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN, b"caf\xe9", author=b"Zo\xeb <x@example.org>")
    (landing,) = history_of(repo.path).landings
    assert landing.commit.author.person.name.isprintable()
    assert (landing.commit.author.person.name, landing.commit.subject) == ("Zo\\xeb", "caf\\xe9")


def test_mailmap_names_people_and_the_raw_name_stays(repo: RepositoryBuilder) -> None:
    repo.write(
        ".mailmap", "Ana Lee <ana@example.org> Ana Li <ana@example.org>\nBo Chen <bo@new.example> <bo@example.org>\n"
    )
    repo.commit_file("plans/a.md", PLAN, author=ANA, committer=BO, trailers={"Reviewed-by": ANA, "Co-authored-by": BO})
    (landing,) = history_of(repo.path).landings
    author, committer = landing.commit.author, landing.commit.committer
    assert (author.person, author.raw) == (Person("Ana Lee", "ana@example.org"), Person("Ana Li", "ana@example.org"))
    assert (committer.person.email, committer.raw.email) == ("bo@new.example", "bo@example.org")
    (approval,) = landing.approvals
    assert approval.person == Person("Ana Lee", "ana@example.org")
    assert approval.value == ANA


def test_the_mailmap_of_the_published_commit_counts_and_not_that_of_the_work_tree(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN, author=ANA)
    repo.checkout()
    (repo.path / ".mailmap").write_text("Somebody Else <ana@example.org>\n")
    assert history_of(repo.path).landings[0].commit.author.person.name == "Ana Li"


@pytest.mark.parametrize(
    "message", ["", "\n\nBlank first\n", "Many\nlines of\none paragraph\n\nand a second", "x" * 70_000]
)
def test_any_message_is_read_whole(repo: RepositoryBuilder, message: str) -> None:
    repo.commit_file("plans/a.md", PLAN, message)
    (landing,) = history_of(repo.path).landings
    assert landing.commit.message.strip() == message.strip()
    assert "\n" not in landing.commit.subject


@pytest.mark.parametrize("name", ["<>", "Ana <", "A\tB", "a\x1b[31mred", "", "Ana\x00Li"])
def test_a_strange_author_stops_nothing(repo: RepositoryBuilder, name: str) -> None:
    repo.write("plans/a.md", PLAN)
    raw = f"tree {repo.tree}\nauthor {name} <x@example.org> 1767258000 +0000\ncommitter C <c> 1767258000 +0000\n\nM\n"
    repo.raw_commit(raw.encode())
    assert len(history_of(repo.path).records) == 1


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\r", "\x0b"])
def test_an_author_with_a_line_separator_in_the_name_stops_no_mailmap(repo: RepositoryBuilder, sign: str) -> None:
    repo.commit_file(".mailmap", "Ana Lee <ana@example.org>\n")
    repo.commit_file("plans/a.md", "---\ntitle: A\n---\n", author=f"A{sign}B <x@example.org>")
    (entry,) = record_of(history_of(repo.path), "a").entries
    assert [person.email for person in entry.contributors] == ["x@example.org"]


@pytest.mark.parametrize(
    "setting", [("trailer.separators", ""), ("trailer.separators", "="), ("core.commentChar", "R")]
)
def test_settings_of_the_repository_change_no_approval(repo: RepositoryBuilder, setting: tuple[str, str]) -> None:
    repo.commit_file("plans/a.md", "---\ntitle: A\n---\n", trailers={"Reviewed-by": "Bo Chen <bo@example.org>"})
    repo.git("config", *setting)
    (entry,) = record_of(history_of(repo.path), "a").entries
    assert [trailer.token for trailer in entry.landing.approvals] == ["Reviewed-by"]
