"""The only door to git: a path in, commits, their order and the contents of files out."""

from minutebook.repository.door import Repository, find_repository, open_repository

__all__ = ["Repository", "find_repository", "open_repository"]
