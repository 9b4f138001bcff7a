"""The site: a repository, a configuration and a date in, a finished site out. build.py is the walk."""
