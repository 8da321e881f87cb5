# Huiyin's commands. `make run` and `make test` are the two a newcomer needs; both work from a bare checkout with
# Python 3.11 or newer, pip and make, as root or as an ordinary user. Plain sh, nothing global is installed.

SHELL  := /bin/sh
VENV   := .venv
READY  := $(VENV)/.ready
PY     := $(VENV)/bin/python
WORKERS ?= 2

# Name another interpreter with `make setup PYTHON=/path/to/python3.12`; else the first on the PATH that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: help setup run test check coverage nightly bench demo lock clean FORCE
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-9s %s\n' "$$name" "$$what"; done

setup: $(READY) ## make .venv with the locked dependencies

# The stamp holds the folder it was made in: a copied or moved checkout carries an environment that points elsewhere.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
$(READY): FORCE
endif

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo 'setup: no Python 3.11 or newer on the PATH; say make setup PYTHON=...' >&2; exit 1; }
	@echo "setup: $$($(PYTHON) --version 2>&1) -> $(VENV)"
	@rm -f $(READY)
	@test "$$(cat $(VENV)/.home 2>/dev/null)" = "$(CURDIR)" || rm -rf $(VENV)
	@# A Python without ensurepip (Debian ships it apart) cannot put pip inside; then pip outside works on the inside.
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		rm -rf $(VENV); echo 'setup: this Python has no ensurepip; its own pip is used'; \
		$(PYTHON) -m venv --without-pip $(VENV); }
	@printf '%s\n' "$(CURDIR)" > $(VENV)/.home
	@pip="$(PY) -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(PY)"; \
	echo "setup: locked dependencies, each checked against its hash (a few minutes the first time)"; \
	$$pip install --quiet --no-deps --require-hashes -r requirements.lock && \
	echo "setup: huiyin itself, editable" && \
	$$pip install --quiet --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > $(READY)
	@echo "setup: ready"

run: setup ## the whole office on this machine
	@exec $(VENV)/bin/huiyin up

test: check ## everything that decides: static checks, then the suite on SQLite and PostgreSQL
	@$(PY) -m pytest -n $(WORKERS) --dist loadgroup

check: setup ## the static part alone: ruff, pyright, import-linter
	@echo 'check: ruff';         $(PY) -m ruff check .
	@echo 'check: ruff format';  $(PY) -m ruff format --check .
	@echo 'check: pyright';      $(PY) -m pyright
	@echo 'check: imports';      $(VENV)/bin/lint-imports

coverage: setup ## the suite again, with every line counted: it takes half as long again
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -n $(WORKERS) --dist loadgroup; status=$$?; \
	$(PY) -m coverage combine --quiet && $(PY) -m coverage report; \
	exit $$status

nightly: setup ## the suite with its long tests and longer random walks
	@HYPOTHESIS_PROFILE=nightly $(PY) -m pytest -n $(WORKERS) --dist loadgroup --timeout 1800 -m ''

bench: setup ## measure the write path, the sweep and the flows here
	@exec $(VENV)/bin/huiyin bench

demo: setup ## one report from the door to the answer, on a throw-away database
	@exec $(VENV)/bin/huiyin demo

# Needs uv on the PATH. Kept versions keep their hashes; `--no-config` keeps a machine's own index settings out.
COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --no-config --quiet
lock: ## resolve again: requirements.lock (all) and requirements.run.lock (what an image needs)
	$(COMPILE) --extra dev -o requirements.lock
	cp requirements.lock requirements.run.lock
	$(COMPILE) -o requirements.run.lock

clean: ## remove what was made here (never var/, where a running office keeps its data)
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
