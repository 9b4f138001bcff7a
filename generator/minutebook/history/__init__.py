"""History: commits and contents in, versions, changes and the portfolio at any date out."""
