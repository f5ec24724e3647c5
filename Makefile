# Each target sets up what it needs: no step before it, no step between.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# The site starts three times as fast with its bytecode kept; the rest needs none.
check test test-full docs bench: export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help demo serve test test-full check fix docs lock assets bench clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

demo: .venv/.run ## Set up, load the demo city and serve it on http://127.0.0.1:8000
	@$(BIN)/woonflow demo

serve: .venv/.run ## Serve your own city (settings: docs/reference/configuration.md)
	@$(BIN)/woonflow serve

test: .venv/.dev .venv/.chromium ## Set up everything the tests need and run them all
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-full: .venv/.dev .venv/.chromium ## The same with the long form of the slow suites
	$(BIN)/python -m pytest -n 2 --dist worksteal --full

check: .venv/.dev ## Lint, format, types, layers, spelling, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/codespell docs README.md CONTRIBUTING.md CHANGELOG.md

fix: .venv/.dev ## Format and repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/.dev ## Build the documentation in docs/_build
	$(BIN)/sphinx-build -n -W -q -b html docs docs/_build

lock: .venv/.dev ## Pin the newest allowed versions, with hashes
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt

assets: ## Rebuild web/static from web/frontend (needs Node)
	cd web/frontend && npm ci && npm run build

bench: .venv/.dev ## Measure, and print the table of docs/explanation/performance.md
	$(BIN)/python -m bench

clean: ## Remove the environment and what was built
	rm -rf .venv docs/_build build dist .mypy_cache .ruff_cache .pytest_cache

.venv/.run: requirements/run.txt pyproject.toml
	requirements/install.sh run "$(PYTHON)"

.venv/.dev: requirements/dev.txt pyproject.toml
	requirements/install.sh dev "$(PYTHON)"

.venv/.chromium: | .venv/.dev
	tests/e2e/bring_chromium.sh
