"""Facts about the real case, each read from git by hand (`git log --first-parent -m -p`) before it was written here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from minutebook.history.portfolio import read_history
from minutebook.model.commit import Landing
from minutebook.model.note import NoteKind
from minutebook.model.portfolio import History, RecordHistory
from minutebook.model.value import Impossible
from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository
from tests.support.environment import clean_environment
from tests.support.reading import changes_of, notes_of, record_of

pytestmark = [pytest.mark.case, pytest.mark.slow]

PORTFOLIO = Path(__file__).with_name("portfolio.yml")


@pytest.fixture(scope="module")
def history(eips_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("eips") / "eips.git"
    command = ["git", "clone", "--quiet", "--bare", "--branch", "master", str(eips_bundle), str(folder)]
    subprocess.run(command, env=clean_environment(), check=True)
    with open_repository(folder) as repository:
        return read_history(repository, read_configuration(PORTFOLIO))


def eip(history: History, number: int | str) -> RecordHistory:
    return record_of(history, str(number), "proposal")


def steps(record: RecordHistory, field: str) -> list[tuple[str, str, object, object]]:
    """Commit, landing time, before and after of each change of a field."""
    return [
        (entry.landing.commit.id[:8], str(entry.landing.landed), change.before, change.after)
        for entry in record.entries
        for change in entry.changes
        if change.field == field
    ]


def short(landing: Landing | None) -> str | None:
    return None if landing is None else landing.commit.id[:8]


STATUS = {
    "1559": [
        ("8d897708", "2019-04-29T08:20:21+02:00", None, "Draft"),
        ("fc0e5e59", "2021-02-18T15:00:50-07:00", "Draft", "Review"),
        ("9ad576e7", "2021-05-15T10:50:15+08:00", "Review", "Last Call"),
        ("2ed35603", "2021-08-06T18:14:22+08:00", "Last Call", "Final"),
    ],
    "20": [
        ("1f46425c", "2018-03-28T16:12:00-06:00", None, "Accepted"),
        ("c1f4defe", "2018-04-20T14:29:51+01:00", "Accepted", "Final"),
        ("9abdd8e7", "2023-10-26T18:19:25-04:00", "Final", "Moved"),
    ],
    "4": [
        ("1f46425c", "2018-03-28T16:12:00-06:00", None, "Draft"),
        ("cee3c29d", "2019-07-02T10:45:10+01:00", "Draft", "Superseded"),
        ("f82b18e1", "2020-11-06T12:41:46+08:00", "Superseded", "Final"),
    ],
    "3298": [
        ("6d17d0fd", "2021-02-26T08:15:42-07:00", None, "Draft"),
        ("2f3aab03", "2021-10-16T20:08:56-05:00", "Draft", "Stagnant"),
        ("3f08f3ad", "2026-08-19T17:50:49-06:00", "Stagnant", "Draft"),
    ],
    "7666": [
        ("bbfccc9b", "2024-04-01T23:12:57+08:00", None, "Draft"),
        ("c28f5cc6", "2024-11-03T08:22:29+08:00", "Draft", "Stagnant"),
        ("77e52710", "2026-08-11T00:50:23+00:00", "Stagnant", "Draft"),
    ],
    "5115": [
        # A tab after the colon of another key: white space in YAML 1.2, though some parsers refuse it.
        ("6e47945d", "2022-06-14T15:48:47+00:00", None, "Draft"),
        ("9abdd8e7", "2023-10-26T18:19:25-04:00", "Draft", "Moved"),
    ],
    "3102": [
        ("0347c2ec", "2023-07-18T11:54:02-04:00", None, "Draft"),
        ("643bffaa", "2024-03-10T08:16:58+08:00", "Draft", "Stagnant"),
    ],
}


def test_the_configuration_is_at_most_40_lines() -> None:
    assert len(PORTFOLIO.read_text().splitlines()) <= 40


@pytest.mark.parametrize("number", STATUS)
def test_the_whole_status_history_is_that_of_git(history: History, number: str) -> None:
    assert steps(eip(history, number), "status") == STATUS[number]


def test_the_size_of_the_case(history: History) -> None:
    assert history.commits == 6194
    standing = history.portfolio(history.commits - 1).records
    assert len(standing) == 949
    by_status: dict[object, int] = {}
    for state in standing.values():
        assert state.version is not None
        status = state.version.fields.get("status")
        by_status[status] = by_status.get(status, 0) + 1
    assert by_status == {
        "Moved": 365,
        "Stagnant": 238,
        "Final": 138,
        "Draft": 131,
        "Withdrawn": 35,
        "Review": 34,
        "Last Call": 5,
        "Living": 3,
    }
    assert notes_of(history, NoteKind.UNREADABLE) == []


def test_the_people_and_the_request_of_a_squash_merge(history: History) -> None:
    entry = eip(history, 1559).entries[-1]
    commit = entry.landing.commit
    assert commit.id == "1a5667672b7ffdf7407a14ce306ebd9361054c28"
    assert [person.name for person in entry.contributors][:1] == ["Aryan Malik"]
    assert (commit.committer.person.name, entry.landing.request and entry.landing.request.name) == ("GitHub", "#7423")


@pytest.mark.parametrize(
    ("number", "since", "until", "reason"),
    [
        ("3102", "311c4675", "0347c2ec", "status"),
        ("1679", "c1f6460f", None, ""),
        ("3014", "b44f1f3d", None, ""),
    ],
)
def test_versions_that_cannot_be_read_are_gaps(
    history: History, number: str, since: str, until: str | None, reason: str
) -> None:
    gaps = [gap for gap in eip(history, number).gaps if short(gap.since) == since]
    assert len(gaps) == 1
    assert until is None or short(gaps[0].until) == until
    assert gaps[0].until is not None
    assert reason in gaps[0].unreadable.reason


def test_56f3fcdf_left_3102_as_unreadable_as_it_was(history: History) -> None:
    record = eip(history, 3102)
    touched = [entry.landing.commit.id[:8] for entry in record.entries]
    assert "56f3fcdf" not in touched, "the same key stands twice before and after"
    assert touched[:2] == ["311c4675", "0347c2ec"]


def test_an_impossible_date_spoils_itself_and_is_mended(history: History) -> None:
    first, mended = steps(eip(history, 1895), "created")
    assert (first[0], mended[0], str(mended[3])) == ("6c7436ff", "c1f6460f", "2018-03-31")
    assert isinstance(first[3], Impossible)
    assert first[3].written == "2018-31-03"
    assert steps(eip(history, 1895), "status")[0][3] == "Draft"


@pytest.mark.parametrize(
    ("before", "after", "commit"),
    [
        ("3297", "3298", "4087b733"),
        ("7651", "7666", "0e42005f"),
        ("634", "205", "8bab2e20"),
        ("account-versioning", "1702", "3f710e44"),
        ("draft_restrict_precompile_address_range", "1352", "e21a1f69"),
        ("draft_reduced_gas_cost_for_call_to_self", "1380", "b5097eb5"),
        ("future_salaries", "3267", "adf3fe0b"),
        ("micropayments_standard_for_nfts_and_multi_tokens", "4393", "77e8a023"),
    ],
)
def test_a_renumbered_proposal_keeps_its_history(history: History, before: str, after: str, commit: str) -> None:
    record = eip(history, after)
    former = next(former for former in record.former if former.key.id == before)
    assert short(former.landing) == commit
    assert former.similarity is not None
    assert former.similarity >= 0.95
    assert record.states[0][1].key.id == before
    assert any(note.commit and note.commit.startswith(commit) for note in notes_of(history, NoteKind.LINEAGE))


def test_a_number_that_was_renamed_away_can_come_back_as_another_record(history: History) -> None:
    assert eip(history, 634).key.id == "634", "8bab2e20 renamed it to 205; it came back later"
    assert eip(history, 634) is not eip(history, 205)
    created = eip(history, 205).entries[0]
    assert created.key.id == "634"
    assert history.owner_of(created) is eip(history, 205), "and what happened to the first stays its own"
    renamed = [one.landing.commit.id[:8] for one in eip(history, 205).entries if one.changes[0].kind.value == "renamed"]
    assert renamed == ["8bab2e20"]


def test_the_day_of_the_365_stubs(history: History) -> None:
    kinds: dict[str, dict[str, int]] = {}
    for entry in history.entries():
        commit = entry.landing.commit.id[:8]
        if commit in {"b4025e2c", "a59f661e", "9abdd8e7"}:
            counts = kinds.setdefault(commit, {})
            for change in entry.changes:
                name = change.field or change.kind.value
                counts[name] = counts.get(name, 0) + 1
    assert kinds["b4025e2c"] == {"unreadable": 365}
    assert "a59f661e" not in kinds, "a link in a file without front matter changes no record"
    assert kinds["9abdd8e7"]["readable"] == 365
    gaps = [gap for record in history.records.values() for gap in record.gaps if short(gap.since) == "b4025e2c"]
    assert [short(gap.until) for gap in gaps] == ["9abdd8e7"] * 365
    last_good = eip(history, 20).at(gaps[0].since.position)
    assert last_good is not None
    assert last_good.version is not None
    assert last_good.version.fields["status"] == "Final"


def test_the_mechanical_edit_of_400_files_changed_the_texts_of_399_records_and_nothing_else(history: History) -> None:
    entries = [entry for entry in history.entries() if entry.landing.commit.id.startswith("b4a17f58")]
    assert len(entries) == 399, "the 400th, 3102, was unreadable before and after"
    assert {change.field for entry in entries for change in entry.changes} == {"text"}


def test_the_merge_of_2018_brought_front_matter_and_was_a_foxtrot(history: History) -> None:
    foxtrots = [note.commit[:8] for note in notes_of(history, NoteKind.FOXTROT) if note.commit]
    assert {"1f46425c", "54ac89da"} <= set(foxtrots)
    landed = [entry for entry in history.entries() if entry.landing.commit.id.startswith("1f46425c")]
    kinds = [entry.changes[0].kind.value for entry in landed]
    assert (kinds.count("readable"), kinds.count("created"), kinds.count("removed")) == (14, 41, 1)
    twenty = eip(history, 20).entries[0]
    authors = {person.name for person in twenty.contributors}
    assert authors == {"Mandar Vaze", "Nick Johnson", "Rikard Hjort", "Yoichi Hirai"}, (
        "of the branch's commits to the file"
    )


def test_two_files_of_one_number_are_two_records(history: History) -> None:
    copy = eip(history, "20-token-standard")
    assert (copy.last.version, copy.last.removed) == (None, True)
    assert short(copy.entries[-1].landing) == "b22deacc"
    assert changes_of(copy, "")[-1].kind.value == "removed"
