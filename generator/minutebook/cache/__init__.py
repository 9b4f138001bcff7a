"""What was worked out once, kept between runs: names in, JSON out; lost or damaged, it costs time and never truth."""

from minutebook.cache.store import Cache, Json

__all__ = ["Cache", "Json"]
