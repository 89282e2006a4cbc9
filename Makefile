# `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
VENV ?= .venv
PORT ?= 8000
ESSAIM_HOME ?= .essaim
BIN := $(VENV)/bin
export VENV PORT ESSAIM_HOME

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast test-system-postgres test-engine test-engine-alone faults lint lint-engine localstripe bench bench-cheer bench-listen bench-evening bench-engine docs lock schema messages vendor clean setup setup-dev engine-env

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

setup:
	@scripts/setup requirements.lock

setup-dev:
	@scripts/setup requirements-dev.lock

demo: setup ## build the demo house and serve it (PORT, ESSAIM_HOME)
	@$(BIN)/essaim demo --serve --port $(PORT)

test: setup-dev localstripe ## every test, the browser journeys and the engine included
	@$(BIN)/python -m pytest -n 2 --dist loadgroup
	@$(MAKE) --no-print-directory test-engine

localstripe: ## a Stripe to test against, in an environment of its own (it is under the GPL)
	@scripts/setup-localstripe

test-system-postgres: setup-dev ## the tests of ledger and concurrency on the system's own PostgreSQL, when it has one
	@scripts/test-system-postgres

faults: setup-dev ## kill, cut, fill and flood the house, in full
	@ESSAIM_FAULTS=full $(BIN)/python -m pytest tests/faults

engine-env: ## the engine's own environment, engine/.venv
	@VENV=.venv scripts/setup requirements-dev.lock engine

test-fast: setup-dev ## what takes milliseconds: all but the browser, the kills, the commands and the engine
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not slow and not browser"

test-engine: engine-env ## the engine's tests and examples, beside them its small tests with the compiler off
	@mkdir -p build
	@cd engine && { NUMBA_DISABLE_JIT=1 .venv/bin/python -m pytest -q -m "not large" -p no:cacheprovider tests \
	  >../build/engine-interpreted.log 2>&1 & interpreted=$$!; .venv/bin/python -m pytest -q; compiled=$$?; \
	  wait $$interpreted; result=$$?; cat ../build/engine-interpreted.log; exit $$((compiled + result)); }

test-engine-alone: engine-env ## install the engine alone in a new environment and run every example of its pages
	@cd engine && .venv/bin/python tests/alone.py

lint: lint-engine setup-dev ## style, types, import contracts, migrations, messages
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy src/essaim
	@$(BIN)/essaim manage makemigrations --check --dry-run
	@$(BIN)/python scripts/schema.py --check
	@$(BIN)/python scripts/messages.py --check

lint-engine: engine-env
	@cd engine && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

bench: setup-dev ## measure, side by side with a reference (build/bench/*.json)
	@$(BIN)/python -m benchmarks

bench-cheer: setup-dev ## measure the intake of cheers beside pgbench, the live count, pages meanwhile
	@$(BIN)/python -m benchmarks cheers

bench-listen: setup-dev ## a million posts taken in beside bare COPY, what readers make of them; BENCH_POSTS makes it smaller
	@$(BIN)/python -m benchmarks.listening

bench-evening: setup-dev ## 500,000 cheers of 300,000 members in one run; CHEERS, MEMBERS, SCREENS make it smaller
	@$(BIN)/python -m benchmarks.evening

bench-engine: ## measure the engine beside its peers (build/bench/engine-*.json, engine/docs/performance.md)
	@VENV=.venv scripts/setup requirements-bench.lock engine
	@cd engine && .venv/bin/python -m benchmarks

docs: setup-dev ## build the documentation site, warnings as errors
	@$(BIN)/mkdocs build --strict

lock: ## resolve the dependencies again
	uv lock --quiet
	uv export --quiet --format requirements-txt --no-emit-project --no-emit-package waggledance --no-header --no-dev -o requirements.lock
	uv export --quiet --format requirements-txt --no-emit-project --no-emit-package waggledance --no-header --group dev --group docs -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-localstripe.in -o requirements-localstripe.lock
	cd engine && for extra in dev bench; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra $$extra pyproject.toml -o requirements-$$extra.lock; done

schema: setup-dev ## write down the database as the migrations make it, after changing them
	@$(BIN)/python scripts/schema.py

messages: setup-dev ## collect and compile the French texts
	@$(BIN)/python scripts/messages.py

vendor: ## fetch the front-end files we serve, with their licences
	@scripts/vendor

clean: ## remove everything that can be made again (the data folder stays)
	rm -rf $(VENV) .localstripe build site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	rm -rf engine/.venv engine/.pytest_cache engine/.mypy_cache engine/.ruff_cache engine/.hypothesis
