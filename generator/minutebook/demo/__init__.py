"""The demo portfolio: scenario files in, a git repository with three years of a fictional authority's records out."""
