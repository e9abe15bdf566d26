# Casebook: `make demo` and `make test` are all a newcomer needs. Needs python3 (3.11+), make and a package registry
# (or a folder of wheels: `make wheels` on a connected machine, then `make setup WHEELS=DIR` on the other).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WHEELS ?=
PIP_FROM := $(if $(WHEELS),--no-index --find-links $(abspath $(WHEELS)))
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet $(PIP_FROM)
SETUP := $(VENV)/.complete
PEERS := $(VENV)/.peers
SCALE ?= sample
TESTS ?= tests lib notebooks

.PHONY: help setup setup-batch demo test lab bench lint lock notebooks wheels samples clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## ?/\1\t/' | expand -t 14

setup: $(SETUP)  ## make .venv with the locked versions (WHEELS=DIR: wholly offline)

$(SETUP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Casebook needs Python 3.11 or later, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages (about a minute) ..."
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

setup-batch:     ## make .venv for the night batch only: no JupyterLab, no test tools
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-batch.lock
	$(PIP) --no-deps --no-build-isolation -e .

demo: setup      ## sample data, every notebook, the index page (SCALE=seed for 400,000 rows)
	$(BIN)/casebook demo --scale $(SCALE)

test: setup      ## all tests
	$(BIN)/python -m pytest $(TESTS) -n 2 --dist loadfile

lab: setup       ## JupyterLab on this machine only
	$(BIN)/jupyter lab --ServerApp.ip=127.0.0.1 notebooks

$(PEERS): $(SETUP) requirements-peers.lock
	@echo "installing the peers to measure against ..."
	$(PIP) --require-hashes -r requirements-peers.lock
	touch $@

bench: $(PEERS)  ## benchmarks: ratios against peers and floors (BENCH="--only ids")
	$(BIN)/python -m benches $(BENCH)

lint: setup      ## ruff, mypy, notebook and name guards
	$(BIN)/ruff check lib tests benches .ci
	$(BIN)/ruff format --check lib tests benches .ci
	$(BIN)/mypy

lock: setup      ## resolve pyproject.toml again into requirements.lock, its two sisters, environment.yml
	$(BIN)/python .ci/lock.py

samples: setup   ## make tests/samples again (the committed synthetic sample)
	rm -rf tests/samples
	$(BIN)/casebook synth --scale sample --seed 1 --out tests/samples
	mkdir -p parameters/sources
	sed -E 's#^    - (.*)#    - ../../tests/samples/\1#; s/^set: .*/set: sample/' tests/samples/sources.yml > parameters/sources/sample.yml

notebooks: setup ## run the notebooks on the committed sample again and keep the outputs CI compares
	$(BIN)/python .ci/strip_notebook.py $(filter-out notebooks/_%,$(wildcard notebooks/*.ipynb))

wheels: setup    ## download every locked wheel into wheels/ for a machine without network
	$(BIN)/python -m pip --disable-pip-version-check download --quiet --dest wheels -r requirements.lock

clean:           ## remove what was made: environment, reports, caches
	rm -rf $(VENV) .casebook wheels demo-data
	find reports -mindepth 1 ! -name README.md -delete
