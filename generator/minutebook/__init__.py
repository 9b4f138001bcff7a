"""Minutebook: a git-backed portfolio in, a governance site out."""

__version__ = "0.1.0"
