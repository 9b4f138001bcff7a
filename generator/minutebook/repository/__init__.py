"""The only door to git: a path in, commits, their order and the contents of files out."""

from minutebook.repository.door import Repository, open_repository

__all__ = ["Repository", "open_repository"]
