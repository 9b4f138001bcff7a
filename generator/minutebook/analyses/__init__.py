"""Analyses: a history or a portfolio in, the answer to one question out."""
