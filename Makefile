# Needs Python 3.11 or newer with venv, git, and make. Everything else goes into .venv.
#
#   make demo    set up, write a demo portfolio with three years of history into demo/, build its site into demo/site/
#   make site    set up and build the site of portfolio/ into site/
#   make serve   the same, live: reloads when a record, a template or a commit comes
#   make test    every check: ruff, mypy, import-linter, all tests (12 minutes on 2 cores, set-up included)
#   make quick   the inner loop: the same without the slow tests and the browser (2 minutes)
#   make bench   speed and memory, each row beside its reference in the same run
#   make soak    the history engine against its oracle, 10,000 repositories (hours)
#   make lowest  the tests with the lowest versions that pyproject.toml allows
#   make clean   remove all that was made; the repository in demo/ stays
#
# README.md says the same in plain commands.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
JOBS ?= 2
# loadfile: what a file of tests prepares once is prepared once.
PYTEST := $(BIN)/pytest -q -n $(JOBS) --dist loadfile

# The first of these that runs and is new enough; `make PYTHON=...` names another.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

.PHONY: demo site serve test quick bench soak lowest clean setup lint browser
.DEFAULT_GOAL := demo

setup: $(STAMP)

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@command -v git >/dev/null || { echo "git is needed and was not found. On Debian and Ubuntu: apt install git" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# What is in demo/ already stays as it is, with all that somebody tried there; only its site is made anew.
demo: $(STAMP)
	@test -e demo/.git || { echo "Writing the demo portfolio into demo/"; $(BIN)/minutebook demo demo >/dev/null; }
	$(BIN)/minutebook --config demo/portfolio/portfolio.yml build --site demo/site
	@echo "Look at it: $(BIN)/minutebook --config demo/portfolio/portfolio.yml serve, then http://127.0.0.1:8000/"

site: $(STAMP)
	$(BIN)/minutebook build

serve: $(STAMP)
	$(BIN)/minutebook serve

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Debian's Chromium, for the tests that look at pages. Without it those tests say that they were skipped, and why.
browser:
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the browser tests"; \
			apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium >/dev/null; \
		else \
			echo "No Chromium here: the browser tests will be skipped. On Debian: sudo apt install chromium" >&2; \
		fi; }

test: lint browser
	$(PYTEST) -m "not soak"

quick: lint
	$(PYTEST) -m "not slow and not browser and not soak"

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks

soak: $(STAMP)
	$(PYTEST) -m soak

# Every runtime dependency at its lower bound, in an environment of its own.
lowest:
	rm -rf .venv-lowest && $(PYTHON) -m venv .venv-lowest
	sed -n '/^dependencies = \[/,/^\]/s/^ *"\([a-z0-9-]*\)>=\([0-9.]*\)".*/\1==\2/p' pyproject.toml > .venv-lowest/constraints.txt
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --constraint .venv-lowest/constraints.txt --editable '.[dev]'
	.venv-lowest/bin/pytest -q -n $(JOBS) --dist loadfile -m "not slow and not browser and not soak"

# demo/ is a repository that somebody may have worked in: only what was built there goes.
clean:
	rm -rf $(VENV) .venv-lowest site demo/site demo/.cache .cache dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
