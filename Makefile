# `make map` and `make test` need Python 3.11 or newer, make and a C compiler; all else is fetched, locked by hash.

PYTHON ?= python3
BIN := .venv/bin
WEB := layers/web
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The locks name every package, so pip need not resolve: it would ask for a release newer than a lock's for an extra.
LOCKED := $(PIP) install --quiet --require-hashes --no-deps
LOCK := uv pip compile --quiet --no-config --generate-hashes --universal --python-version 3.11 --no-header
NPM_TREE := $(WEB)/node_modules/.package-lock.json
PAGE_SOURCES := $(shell find $(WEB)/src -type f 2>/dev/null) $(WEB)/build.mjs $(WEB)/package-lock.json
GEO_SOURCES := $(addprefix geo/gazetteer/,natural_earth.py admin1_keys.json disputed.json)
CHECKED := geo layers bench tests hatch_build.py

.DEFAULT_GOAL := help
.PHONY: help map test check bench bench-page bench-geoparse bench-facts golden page check-web test-web lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

map: .stamp-installed ## draw the Idlib case to output/idlib-2018.html
	$(BIN)/contactline map idlib-2018 -o output/idlib-2018.html

test: .stamp-dev ## the whole suite; browser tests are skipped where there is no Chromium
	$(BIN)/python -m coverage erase
	cd $(WEB) && ../../$(BIN)/python ../../hatch_build.py build.mjs --test
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(PYTEST)

check: .stamp-dev ## locks, format, lint, types, import contracts
	$(PIP) check
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd $(WEB) && ../../$(BIN)/python ../../hatch_build.py node_modules/typescript/bin/tsc --noEmit

bench: .stamp-dev ## the figures that the project promises, as JSON
	$(BIN)/python bench/bench.py

bench-page: .stamp-dev ## the page beside stock folium and geopandas, in Chromium, as JSON
	$(BIN)/python bench/bench_page.py

bench-geoparse: .stamp-dev ## places, against the development corpora in ../shared
	PYTHONPATH=. $(BIN)/python bench/bench_geoparse.py
	$(BIN)/python bench/bench_world_texts.py

bench-facts: .stamp-dev ## times, attribution, events and facts, against ../shared and our own dispatches
	PYTHONPATH=.:bench $(BIN)/python bench/bench_facts.py
	PYTHONPATH=.:bench $(BIN)/python bench/bench_times.py
	PYTHONPATH=.:bench $(BIN)/python bench/bench_attribution.py

golden: .stamp-dev ## write the stored pages and screenshots anew, to be reviewed as a diff
	$(BIN)/python -m pytest -q --golden

page: $(NPM_TREE) ## rebuild the page's script and styles only
	cd $(WEB) && node build.mjs

check-web: $(NPM_TREE) ## type-check the page's TypeScript
	cd $(WEB) && node node_modules/typescript/bin/tsc --noEmit

test-web: $(NPM_TREE) ## unit tests of the page's TypeScript
	cd $(WEB) && node build.mjs --test

lock: ## pin the newest dependencies that fit (a maintainer's step; needs uv)
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) requirements/node.in -o requirements/node.txt
	$(LOCK) --upgrade pyproject.toml -o requirements/run.txt
	$(LOCK) --upgrade requirements/dev.in -c requirements/run.txt -o requirements/dev.txt

clean: ## everything that was built; the gazetteer's index in the user's cache stays
	rm -rf .venv .stamp-* build dist layers/static geo/static $(WEB)/node_modules output/*.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(NPM_TREE): $(WEB)/package-lock.json
	cd $(WEB) && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

# pip builds spaCy's few source-only neighbours with a C compiler; all of them are pinned.
.stamp-run: requirements/run.txt requirements/build.txt requirements/node.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Contactline needs Python 3.11 or newer: make map PYTHON=python3.11' >&2; exit 1; }
	$(LOCKED) -r requirements/build.txt
	@$(BIN)/python hatch_build.py --has-node || $(LOCKED) -r requirements/node.txt
	$(LOCKED) -r requirements/run.txt
	touch $@

# The hook makes the page and the boundaries; it makes each anew only when its sources have changed.
# Compiled here once: where PYTHONDONTWRITEBYTECODE is set, every start would compile it anew.
.stamp-installed: .stamp-run pyproject.toml hatch_build.py $(PAGE_SOURCES) $(GEO_SOURCES)
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q geo layers
	touch $@

.stamp-dev: .stamp-installed requirements/dev.txt
	$(LOCKED) -r requirements/dev.txt
	touch $@
