# Everything a person does with the code. `make help` lists it; CONTRIBUTING.md says more.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 1
# Compiled modules are kept: without them every run compiles all that it imports once more.
unexport PYTHONDONTWRITEBYTECODE

# The parts of the import package, as the type checker must be shown them.
PARTS := inspect interview_guides models reports translations
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Setting up -----------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.run $(CATALOGUES) ## Make .venv with what running needs

.PHONY: setup-dev
setup-dev: $(VENV)/.dev $(CATALOGUES) ## Make .venv with what developing and testing need

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Tillsyn needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
	    echo "Install a later one and name it: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "Python's venv module is missing. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Tillsyn runs with …"
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q $(PARTS)
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Tillsyn is developed and tested with …"
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q $(PARTS)
	@touch $@ $(VENV)/.run

%.mo: %.po translations/catalogue.py | $(VENV)/.run
	@$(BIN)/python translations/catalogue.py compile

.PHONY: lock
lock: ## Write the locks in requirements/ anew from pyproject.toml
	@requirements/lock

.PHONY: fresh
fresh: ## Remove everything that was set up; the instance folder with its data stays
	@rm -rf $(VENV) .typing build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	    .import_linter_cache .grimp_cache screenshots
	@rm -f $(CATALOGUES)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Removed. The data in instance/ was left; remove that folder yourself to lose it."

# --- Running --------------------------------------------------------------------------------

.PHONY: run
run: setup ## Set up, load the example data once, and serve http://127.0.0.1:8000/ (PORT=… changes it)
	@$(BIN)/tillsyn db upgrade
	@PORT=$(PORT) $(BIN)/tillsyn demo --once
	@PORT=$(PORT) exec $(BIN)/tillsyn serve

# --- Testing and checking -------------------------------------------------------------------

.PHONY: test
test: setup-dev ## Test everything: both databases, both languages, browser (installs system packages)
	@.ci/system-packages.sh
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: test-quick
test-quick: setup-dev ## Test rules, content, letters and files: no database, browser or system package; a minute
	@TILLSYN_TEST_EXAMPLES=quick $(BIN)/python -m pytest -n auto --maxprocesses 4 -q -p no:schemathesis \
	    -m "not browser and not postgresql and not poppler and not jdk and not hunspell and not slow" \
	    tests/unit tests/test_layers.py tests/test_layout.py tests/test_stand_alone.py tests/test_translations.py

.PHONY: check
check: setup-dev ## Lint, format, layers, security, translations, migrations, guides
	@.ci/check

.PHONY: types
types: setup-dev ## Check the types
	@mkdir -p .typing/tillsyn
	@for part in $(PARTS); do ln -sfn ../../$$part .typing/tillsyn/$$part; done
	@MYPYPATH=.typing $(BIN)/mypy -p tillsyn

.PHONY: translations
translations: setup-dev ## Bring the catalogues in line with the source, and compile them
	@$(BIN)/python translations/catalogue.py update

.PHONY: migration
migration: setup-dev ## Write a migration from the models: make migration NAME=what_changes
	@$(BIN)/python -m migrations "$(NAME)"

.PHONY: screenshots
screenshots: setup-dev ## Take pictures of the main pages, into screenshots/
	@.ci/system-packages.sh
	@$(BIN)/python -m tests.browser.screenshots

.PHONY: bench
bench: setup-dev ## Measure how fast pages answer and files are imported
	@$(BIN)/python -m benchmarks

.PHONY: mutate
mutate: setup-dev ## Change the rules in small ways, list what no test notices (WHAT=… names mutants)
	@.ci/mutate $(if $(WHAT),'$(WHAT)')

.PHONY: sbom
sbom: setup-dev ## Write the bill of materials (CycloneDX) of what the locks name: build/tillsyn.cdx.json
	@$(BIN)/python .ci/sbom.py

.PHONY: wheel
wheel: setup-dev ## Build the wheel and try it in an empty environment
	@.ci/smoke-wheel.sh
