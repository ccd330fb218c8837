# Needs make and Python 3.11 or newer with venv; all else is installed into .venv, from the locks with hashes.
PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input
# more arguments for pytest and the benchmarks: make test ARGS="tests/plan -x"
ARGS ?=
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
# how long `make fuzz` tries each thing that takes input
FUZZ_SECONDS ?= 60
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz soak ha mutants check bench up image schemas lock release clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.runtime  ## run a launch from brief to documents, in a temporary folder; nothing leaves this machine
	@sh scripts/demo

# a worker more than cores: the tests that wait for Prefect's processes leave a core idle, and
# a part of the tests covers a part of the code, so only a run of all tests is compared with the floor;
# without bytecode each of the many processes would compile all modules and rewrite all tests again;
# a worker that crashed is not replaced, since pytest-xdist 3.8 then waits for ever (pytest-dev/pytest-xdist#1378)
test: $(VENV)/.dev  ## run the tests, in random order, on all cores; all of them also report branch coverage
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup --max-worker-restart 0 \
		--durations 25 $(if $(ARGS),,--cov --cov-report term) $(ARGS)

fuzz: $(VENV)/.dev  ## try hostile inputs, a minute for each kind: make fuzz ARGS=brief FUZZ_SECONDS=600
	@$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) $(ARGS)

soak: $(VENV)/.dev  ## work on launches while processes are killed and Prefect and Slack fail: make soak ARGS="--minutes 5"
	@$(BIN)/python -m tests.soak $(ARGS)

ha: $(VENV)/.redis  ## the same with two API servers of Prefect, two workers and Redis: make ha ARGS="--minutes 5"
	@$(BIN)/python -m tests.soak --kind cluster $(ARGS)

mutants: $(VENV)/.dev  ## change narrow parts of the code, count the changes that tests notice: make mutants ARGS=claims
	@$(BIN)/python scripts/mutants.py $(ARGS)

check: $(VENV)/.dev  ## check lint, format, types, import rules, the built-in kits and the examples
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/launch-kits check launch_kits/kits examples

bench: $(VENV)/.dev  ## measure how fast planning, load, rendering, start-up, sweep, delivery, board, answers and pages are
	@$(BIN)/python -m bench $(ARGS)

up: $(VENV)/.runtime  ## run Prefect's server and UI and the flows on this machine until Ctrl-C
	@$(BIN)/launch-kits up

image: $(VENV)/.dev  ## carry out deploy/Containerfile without an engine, and use the result; needs root and a network
	@$(BIN)/python scripts/image.py

schemas: $(VENV)/.runtime  ## write the JSON Schemas in docs/schemas again from the models
	@for kind in brief kit ledger; do $(BIN)/launch-kits schema $$kind > docs/schemas/$$kind.json || exit 1; done

lock:  ## write the locks again from pyproject.toml (needs uv)
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group build pyproject.toml -o requirements.lock
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group dev pyproject.toml -o requirements-dev.lock
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group build --all-extras --constraint requirements.lock pyproject.toml -o requirements-image.lock

release: $(VENV)/.dev  ## build the wheel and check it in a fresh environment; ARGS=--tag dates the changelog and tags
	@$(BIN)/python scripts/release.py $(ARGS)

# the lock of the image has the runtime's packages at the same versions, and those of the extra
$(VENV)/.redis: requirements-image.lock $(VENV)/.dev
	@$(PIP) --no-deps --require-hashes -r requirements-image.lock
	@touch $@

clean:  ## remove .venv and caches; launches and documents stay
	rm -rf $(VENV) build dist .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
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
