# Needs make and Python 3.11 or newer with venv; everything else is installed into .venv, from the hashed locks.
PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input
# more arguments for pytest and the benchmarks: make test ARGS="tests/plan -x"
ARGS ?=
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz check bench up schemas lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.runtime  ## a launch from brief to documents, in a temporary folder; nothing leaves this machine
	@sh scripts/demo

test: $(VENV)/.dev  ## the tests, in random order, spread over the cores
	@$(BIN)/python -m pytest --numprocesses logical --dist loadgroup --durations 25 $(ARGS)

fuzz: $(VENV)/.dev  ## hostile inputs, a minute for each thing that takes any: make fuzz ARGS="brief --seconds 600"
	@$(BIN)/python -m tests.fuzz $(ARGS)

check: $(VENV)/.dev  ## lint, format, types, import rules, the built-in kits and the examples
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/launch-kits check launch_kits/kits examples

bench: $(VENV)/.dev  ## how fast planning, rendering, start-up, sweep, delivery, board and answers are
	@$(BIN)/python -m bench $(ARGS)

up: $(VENV)/.runtime  ## Prefect server and UI, and the flows, on this machine, until Ctrl-C
	@$(BIN)/launch-kits up

schemas: $(VENV)/.runtime  ## the JSON Schemas in docs/schemas, again from the models
	@for kind in brief kit ledger; do $(BIN)/launch-kits schema $$kind > docs/schemas/$$kind.json || exit 1; done

lock:  ## the locks, again from pyproject.toml (needs uv)
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group build pyproject.toml -o requirements.lock
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group dev pyproject.toml -o requirements-dev.lock

clean:  ## remove .venv and caches; launches and documents stay
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# a lock names every package, so pip has nothing to resolve
$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing into $(VENV)' >&2
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# the development lock holds the runtime's too, at the same versions
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing into $(VENV)' >&2
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(VENV)/.runtime $@
