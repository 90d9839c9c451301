# Every command of this project by name; `make help` lists them. Each sets up what it needs in .venv, once, and works
# from any folder (make -C DIR build). Settings: PYTHON=python3.13 for a new .venv, ARGS="..." handed to the command.

.DEFAULT_GOAL := help
.PHONY: build serve check diff accept test golden soak bench lock wheel clean help

PYTHON :=
ARGS :=
PIP := .venv/bin/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install -qq --no-deps
# What `make build` needs of npm: nothing, unless the site asks for a build of Plotly that npm brings.
BUNDLES := $(shell grep -q '^[^\#]*bundle: *["'\'']*npm-' content/site.yml && echo node_modules/.bundles)
UV := .venv/bin/uv pip compile --quiet --no-header --no-annotate --universal --python-version 3.11 \
	--fork-strategy fewest pyproject.toml --group install

build: .venv/runtime.stamp $(BUNDLES) ## Write the site into build/
	@.venv/bin/osai-essay build $(ARGS)

serve: .venv/runtime.stamp $(BUNDLES) ## Show the site on this machine, refreshed when a file is saved
	@.venv/bin/osai-essay serve $(ARGS)

check: .venv/runtime.stamp $(BUNDLES) ## Look for problems in the site, write nothing
	@.venv/bin/osai-essay check $(ARGS)

diff: .venv/runtime.stamp ## Say what the data changed: numbers, sentences, claims, charts, rows
	@.venv/bin/osai-essay diff $(ARGS)

accept: .venv/runtime.stamp ## Keep the present values of all numbers as accepted
	@.venv/bin/osai-essay accept $(ARGS)

test: .venv/dev.stamp ## Format, lint, strict types, tests (ARGS="-k words" for some of them)
	@$(FIND_CHROMIUM)
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/pytest -n auto $(ARGS)

golden: .venv/dev.stamp ## Write the expected files of the tests again; read the diff like code
	.venv/bin/pytest --golden -m "not browser and not slow" $(ARGS)

soak: .venv/dev.stamp node_modules/.tools ## The slow tests: fresh installs, Lighthouse, many random examples
	@$(FIND_CHROMIUM)
	.venv/bin/pytest -m slow --hypothesis-profile=soak $(ARGS)

bench: .venv/runtime.stamp ## Time and memory beside other ways to the same charts and pages (ARGS=--help)
	@.venv/bin/python -m bench $(ARGS)

lock: .venv/bin/python ## Pin the newest versions that pyproject.toml allows in constraints.txt
	@$(INSTALL) uv==0.13.9
	@$(UV) | grep -v "'never'" > .venv/runtime.lock
	@$(UV) --group dev --constraint .venv/runtime.lock | grep -v "'never'" > .venv/all.lock
	@{ sed '/^# Runtime/q' constraints.txt && cat .venv/runtime.lock && echo && \
	  sed -n '/^# Development/p' constraints.txt && grep -vxF -f .venv/runtime.lock .venv/all.lock; \
	} > .venv/constraints.lock && cp .venv/constraints.lock constraints.txt

wheel: .venv/dev.stamp ## Build the wheel into dist/
	@rm -rf dist
	@.venv/bin/python -m hatchling build --target wheel

clean: ## Remove all that was made: build/, dist/, .venv/ and the caches
	@rm -rf build dist .venv node_modules .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

# What `make build` needs: everything in constraints.txt above the line "# Development", and this package.
# --no-deps, as the list is whole and holds quickjs-ng in the place of quickjs.
.venv/runtime.stamp: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what constraints.txt pins"
	@sed '/^# Development/,$$d' constraints.txt > .venv/runtime.txt
	@$(INSTALL) --only-binary :all: --requirement .venv/runtime.txt
	@$(INSTALL) --no-build-isolation --editable .
	@pwd -P > .venv/root
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp
	@echo "Installing what the tests need"
	@$(INSTALL) --only-binary :all: --requirement constraints.txt
	@touch $@

# What package-lock.json pins: the builds of Plotly for readers, and with Lighthouse (200 packages) for `make soak`.
node_modules/.bundles: OMIT := --omit=dev
node_modules/.bundles node_modules/.tools: package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { echo "This needs npm: install Node 18.16 or newer." >&2; exit 1; }
	@echo "Installing what package-lock.json pins"
	@npm ci $(OMIT) --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch node_modules/.bundles $@

.venv/bin/python:
	@rm -rf .venv; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  echo "Making .venv with $$("$$python" --version)"; \
	  "$$python" -m venv .venv && exit 0; \
	  rm -rf .venv; exit 1; \
	done; \
	echo "This needs Python 3.11 or newer: found none$(if $(PYTHON), at $(PYTHON))." >&2; \
	echo "Install one, or name it: make PYTHON=/path/to/python3.12 build" >&2; \
	exit 1

# A .venv knows its own path and its Python: where the folder was moved or copied, or that Python is gone, all of it
# is made again.
ifneq "$(shell test -x .venv/bin/python && cat .venv/root 2>/dev/null)" "$(CURDIR)"
.venv/bin/python .venv/runtime.stamp .venv/dev.stamp: FORCE
FORCE:
endif

# The browser tests drive Debian's Chromium, installed here where that is possible.
FIND_CHROMIUM := for name in "$$CHROMIUM" chromium chromium-browser google-chrome; do \
	  if [ -n "$$name" ] && command -v "$$name" >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing chromium for the browser tests"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null && exit 0; \
	fi; \
	echo "No Chromium found, so the browser tests cannot run: install one, or set CHROMIUM=/path/to/chromium." >&2
