"""Bytes -> records: front matter and YAML as text trees with positions, the field language, typed values."""
