"""What every test stands on: no git settings of the machine, and an empty repository to fill."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.repository_builder import RepositoryBuilder

# A busy machine makes nothing wrong: no example is given a time. What else holds stays as Hypothesis has it, in CI too.
settings.register_profile(
    "minutebook",
    settings(),
    deadline=None,
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.too_slow],
)
settings.load_profile("minutebook")


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_the_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests inside a git hook, or of a developer with odd settings, see what everybody sees."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("XDG_CONFIG_HOME", raising=False)
        yield


@pytest.fixture
def repo(tmp_path: Path) -> RepositoryBuilder:
    """An empty repository on branch main."""
    return RepositoryBuilder(tmp_path / "repository")


@pytest.fixture(scope="session")
def eips_bundle() -> Path:
    """The bundle of the real case, which stands beside the project's folder."""
    bundle = Path(__file__).parents[2] / "shared" / "cases" / "eips" / "eips.bundle"
    if not bundle.is_file():
        pytest.skip("the real case is not on this machine: ../shared/cases/eips/eips.bundle")
    return bundle
