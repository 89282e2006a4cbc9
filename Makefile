# `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
VENV ?= .venv
PORT ?= 8000
ESSAIM_HOME ?= .essaim
BIN := $(VENV)/bin
export VENV PORT ESSAIM_HOME

.DEFAULT_GOAL := help
.PHONY: help demo test test-system-postgres lint bench docs lock messages vendor clean setup setup-dev

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

setup:
	@scripts/setup requirements.lock

setup-dev:
	@scripts/setup requirements-dev.lock

demo: setup ## build the demo house and serve it (PORT, ESSAIM_HOME)
	@$(BIN)/essaim demo --serve --port $(PORT)

test: setup-dev ## every test, the browser journeys included
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

test-system-postgres: setup-dev ## the tests of ledger and concurrency on the system's own PostgreSQL, when it has one
	@scripts/test-system-postgres

lint: setup-dev ## style, types, import contracts, migrations, messages
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy src/essaim
	@$(BIN)/essaim manage makemigrations --check --dry-run
	@$(BIN)/python scripts/messages.py --check

bench: setup-dev ## measure, side by side with a reference (build/bench/*.json)
	@$(BIN)/python -m benchmarks

docs: setup-dev ## build the documentation site, warnings as errors
	@$(BIN)/mkdocs build --strict

lock: ## resolve the dependencies again
	uv lock --quiet
	uv export --quiet --format requirements-txt --no-emit-project --no-header --no-dev -o requirements.lock
	uv export --quiet --format requirements-txt --no-emit-project --no-header --group dev --group docs -o requirements-dev.lock

messages: setup-dev ## collect and compile the French texts
	@$(BIN)/python scripts/messages.py

vendor: ## fetch the front-end files we serve, with their licences
	@scripts/vendor

clean: ## remove everything that can be made again (the data folder stays)
	rm -rf $(VENV) build site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
