"""Speed and memory, each row beside its reference in the same run: `make bench`."""
