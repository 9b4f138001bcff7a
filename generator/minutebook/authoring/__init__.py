"""A repository and wishes in; files that begin a portfolio, written beside what is there, out."""
