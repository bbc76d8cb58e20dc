# What you need is Python 3.11 or later, and for `make test` also Debian's chromium. Everything else comes into .venv.
#
#   make setup   the platform, ready to run
#   make demo    a shop with members and receipts, at http://127.0.0.1:8000/
#   make test    every check: style, types, rooms, tests
#   make simulate SEED=7   a shop-year on a virtual clock, with tills that retry and workers that are killed

PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := setup
.PHONY: setup setup-dev demo test simulate clean

setup: $(VENV)/.installed

setup-dev: $(VENV)/.installed-dev

demo: setup
	$(BIN)/wafa demo

test: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

simulate: setup-dev
	$(BIN)/python -m tests.simulation $(if $(SEED),--seed $(SEED)) $(SIZE)

# A stamp is newer than the lock it was made from, so that running again takes no time.
$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(BIN)/python:
	@for python in $(PYTHONS); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "$$python -m venv $(VENV)"; exec "$$python" -m venv $(VENV); \
	    fi; \
	done; echo "Wafa needs Python 3.11 or later." >&2; exit 1

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
