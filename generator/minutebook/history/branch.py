"""The published branch: a repository and a configuration in, the commit that it stands at out."""

from __future__ import annotations

from minutebook.errors import ConfigError, GitError
from minutebook.model.configuration import Configuration
from minutebook.repository import Repository


def published_commit(repository: Repository, configuration: Configuration) -> str:
    """The id of the last commit of the configured branch, or of what is checked out.

    ConfigError: there is no branch of that name. GitError: nothing has been committed yet.
    """
    if configuration.branch is None:
        return repository.resolve("HEAD")
    try:
        return repository.resolve(configuration.branch)
    except GitError as error:
        raise ConfigError(
            f"{configuration.place_of('branch')}: `branch` is `{configuration.branch}`, which names no commit of this "
            "repository.",
            "Write a branch that `git branch -a` lists, or leave `branch` out to publish what is checked out.",
        ) from error
