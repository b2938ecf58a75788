# Every command of the project. Each makes sure of its setup first, which takes no time when nothing changed.

PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-run demo serve test check format bench torture scan screenshots translations lock

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup:  ## Make this checkout ready: system libraries, .venv, translations
	@.ci/setup test

setup-run:
	@.ci/setup run

# The database is named here, so that a DATABASE_URL left in the shell is never taken for the demonstration's.
demo: export YOUTHCOURT_ENV = demo
demo: export DATABASE_URL = sqlite:///demo.sqlite
demo: setup-run  ## Play a year of a court and serve it (PORT=8000; FRESH=1 starts over)
	@$(BIN)/flask demo run --port $(PORT) $(if $(FRESH),--fresh)

serve: setup-run  ## Start for production; refuses unsafe settings (PORT=8000; see config.py)
	@$(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --no-control-socket wsgi:app

test: setup  ## Run the tests, on SQLite and PostgreSQL (ONLY=tests/views; EVERY=1 for all that a lot leaves out)
	@$(BIN)/python -m pytest -n auto --maxprocesses 6 --dist loadscope --no-loadscope-reorder $(ONLY)

check: setup  ## Check format, lint and types
	@$(BIN)/ruff format --check --output-format concise
	@$(BIN)/ruff check --output-format concise
	@$(BIN)/mypy

format: setup  ## Put the code into its format and mend what the linter can
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: setup  ## Run the measured comparisons (ONLY=name for one of them)
	@$(BIN)/python -m tests.benchmarks $(ONLY)

torture: setup  ## Run the long versions of the hard tests (ONLY=name for one of them)
	@$(BIN)/python -m tests.torture $(ONLY)

SCANNERS := .venv-scan

scan: setup  ## Let wapiti and sqlmap attack the application and a leaky twin (some minutes)
	@[ -x $(SCANNERS)/bin/wapiti ] || { $(BIN)/uv venv -q --python $(BIN)/python $(SCANNERS) && \
		$(BIN)/uv pip install -q --python $(SCANNERS)/bin/python --require-hashes -r tests/scan/requirements.txt; }
	@$(BIN)/python -m tests.scan $(SCANNERS)/bin

screenshots: setup  ## Take the README's pictures afresh
	@$(BIN)/python -m tests.journeys.screenshots

translations: setup  ## Collect new phrases from the code into every translation
	@$(BIN)/pybabel -q extract -k _l -F pyproject.toml -o youthcourt/translations/messages.pot --no-location .
	@$(BIN)/pybabel -q update -i youthcourt/translations/messages.pot -d youthcourt/translations

LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q \
	--universal --python-version 3.11 --generate-hashes pyproject.toml

lock: setup  ## Choose package versions again, within pyproject.toml (UPGRADE=1 takes the newest)
	@$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements.txt
	@$(LOCK) $(if $(UPGRADE),--upgrade) --extra dev -o requirements-dev.txt
