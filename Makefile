# Everything that this project can be asked to do. Two commands do all the set-up on a machine that has
# only Python 3.11 or newer, make and git: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
export UV_PYTHON_DOWNLOADS = never

.PHONY: run test check format bench evaluate weights lock catalogues transcripts clean help

help:
	@echo "make run         the service on this machine, with its address"
	@echo "make test        the whole test suite (make test AREA=tests/knowledge for a part)"
	@echo "make check       format, lint, types, import contract, catalogues"
	@echo "make bench       speed, against a peer in the same run"
	@echo "make evaluate    how well messages are understood"
	@echo "make weights     makes the language table and the needs' weights anew from their sources"
	@echo "make format      formats the code"
	@echo "make catalogues  brings new sentences into the catalogues"
	@echo "make transcripts writes the example conversations anew, to be read as a difference"
	@echo "make lock        locks the dependencies anew (needs uv)"

# The stamps depend on the locks: a changed lock installs anew, an unchanged one costs nothing.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,requirements/run.txt)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/run.stamp

ifdef UV
install = VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --require-hashes -r $(1) && \
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-build-isolation --no-deps --editable .
else
install = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r $(1) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
endif

run: $(VENV)/run.stamp
	$(BIN)/digituki serve

AREA ?= tests
WORKERS ?= 2
# A file stays with one worker, so that what it opens is opened once. Bytecode is kept wherever this runs:
# without it the workers, and each of the programs that tests start, would compile everything anew.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile $(AREA)

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python locales/lint.py

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp
	$(BIN)/python tests/bench/bench.py

evaluate: $(VENV)/dev.stamp
	$(BIN)/python tests/evaluation/evaluate.py

weights: $(VENV)/dev.stamp
	$(BIN)/python -m knowledge.learn

transcripts: $(VENV)/dev.stamp
	$(BIN)/python -m tests.transcript

catalogues: $(VENV)/dev.stamp
	$(BIN)/python locales/lint.py --update

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock:
	$(LOCK) --group build --output-file requirements/run.txt
	$(LOCK) --group dev --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
