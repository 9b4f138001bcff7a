"""The command line: options in, text on standard output and an exit code out."""
