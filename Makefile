# The edition's commands. `make html` needs Python 3.11 or newer and make, and nothing else.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BUILD  := _build
# Each builder has its own environment, so that none reads what was read for another.
SPHINX  = $(BIN)/sphinx-build --fail-on-warning --keep-going -j auto $(OPTIONS)

.PHONY: help html epub pdf text man dirhtml singlehtml texinfo gettext xml latex linkcheck check publish verify serve bench bench-parts test test-all lint lock clean

help:
	@echo "make html      build the edition into $(BUILD)/html"
	@echo "make epub      build the book; make pdf needs lualatex and latexmk"
	@echo "make check     check the records alone, and write no page"
	@echo "make publish   enter new identifiers into annotations/published.csv"
	@echo "make verify    hold the words against the captures of their sources"
	@echo "make serve     build, and build again whenever a file changes"
	@echo "make test      run the tests; make test-all adds those that take longer"
	@echo "make bench     measure the builds beside plain Sphinx; make bench-parts measures parts alone"
	@echo "make linkcheck look up the outside links; what fails is reported"
	@echo "make lock      choose and lock the versions of what the edition is built with"
	@echo "make clean     remove what was built"

$(VENV)/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, and $(PYTHON) is older or not there; name one with make html PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "This Python has no venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "ontherecord.pth").write_text("$(CURDIR)/_ext\n")'
	touch $@

$(VENV)/locked-dev: $(VENV)/locked requirements-dev.lock requirements-tei.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-tei.lock
	touch $@

html dirhtml singlehtml text man texinfo gettext xml latex epub: $(VENV)/locked
	$(SPHINX) -b $@ -d $(BUILD)/doctrees/$@ . $(BUILD)/$@

pdf: latex
	$(MAKE) -C $(BUILD)/latex clean all-pdf LATEXMKOPTS="-interaction=nonstopmode -halt-on-error"

linkcheck: $(VENV)/locked
	-$(BIN)/sphinx-build -b linkcheck -d $(BUILD)/doctrees/linkcheck . $(BUILD)/linkcheck

check publish verify: $(VENV)/locked
	PYTHONPATH=_ext $(BIN)/python -m ontherecord $@ $(OPTIONS)

serve: $(VENV)/locked-dev
	$(BIN)/sphinx-autobuild -d $(BUILD)/doctrees/serve --ignore "$(BUILD)/*" --ignore ".git/*" . $(BUILD)/serve

# What plain Sphinx and other extensions take is measured as pip brings them, in the edition's versions.
$(VENV)-beside/locked: requirements.lock benchmarks/beside.txt
	$(PYTHON) -m venv $(VENV)-beside
	sed -n 's/^\([A-Za-z0-9._-]*==[^ \\]*\).*/\1/p' requirements.lock > $(VENV)-beside/constraints.txt
	$(VENV)-beside/bin/python -m pip install --quiet --disable-pip-version-check -c $(VENV)-beside/constraints.txt -r benchmarks/beside.txt
	touch $@

# What is measured is built in what `make html` installs: each package beside it costs a build its imports and entry points.
$(VENV)-bench/locked $(VENV)-parts/locked: $(VENV)-%/locked: requirements.lock requirements-dev.lock benchmarks/%.txt
	$(PYTHON) -m venv $(VENV)-$*
	$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	sed -n 's/^\([A-Za-z0-9._-]*==[^ \\]*\).*/\1/p' requirements-dev.lock > $(VENV)-$*/constraints.txt
	$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check -c $(VENV)-$*/constraints.txt -r benchmarks/$*.txt
	touch $@

# make bench SIZES="200 400" is its short form; BENCH may name measures: BENCH="--only whole edited".
bench: $(VENV)-bench/locked $(VENV)-beside/locked
	ONTHERECORD_TRANSCRIPTS="$(ONTHERECORD_TRANSCRIPTS)" PYTHONPATH=_ext $(VENV)-bench/bin/python benchmarks/table.py $(SIZES) $(BENCH)

bench-parts: $(VENV)-parts/locked
	for part in collation checking theming citing exporting; do $(VENV)-parts/bin/python benchmarks/part.py $$part || exit 1; done

# Where a browser, or what npm brings, is missing, the tests that need it are skipped; see CONTRIBUTING.md.
test: $(VENV)/locked-dev
	$(BIN)/python -m pytest -n 2 -m "not slow" $(PYTEST)

test-all: $(VENV)/locked-dev
	$(BIN)/python -m pytest -n 2 $(PYTEST)

lint: $(VENV)/locked-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-options --no-header --extra search --output-file requirements.lock pyproject.toml
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-options --no-header --extra search --extra test --extra serve --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(BUILD)
