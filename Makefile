# Conclu. `make` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
BIN := .venv/bin
ARGS ?=
MODELES := journal membres comites comptes_rendus reclamations indicateurs
PYTHON_A_VERIFIER := config $(MODELES) bancs tests outils manage.py

.PHONY: help run test check fix bench demo verrou check-pdf image-check installer installer-dev

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r cible dit; do printf '  make %-12s %s\n' "$$cible" "$$dit"; done

run: installer  ## Set everything up and serve the application with demonstration data (PORT=8000)
	@$(PY) outils/preparer.py
	@exec $(PY) manage.py servir

test: installer-dev  ## Set everything up and run the whole suite on SQLite, then on PostgreSQL (ARGS="-k name")
	@$(PY) outils/tester.py $(ARGS)

check: installer-dev  ## Style, types, layers, migrations, deployment settings, container files
	@outils/verifier.sh

fix: installer-dev  ## Format Python and templates
	$(BIN)/ruff check --fix --quiet $(PYTHON_A_VERIFIER) || true
	$(BIN)/ruff format $(PYTHON_A_VERIFIER)
	$(BIN)/djlint --quiet --reformat templates || true

bench: installer-dev  ## Measure, print a table, write var/bench.json
	@$(PY) -m bancs

demo: installer  ## Put the demonstration data back as they were
	@$(PY) outils/preparer.py
	@$(PY) manage.py demo --remettre

verrou: installer-dev  ## Resolve the dependencies anew into requirements*.txt, with hashes
	$(BIN)/uv pip compile -q --universal --upgrade --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --upgrade --generate-hashes --no-annotate --no-header -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt

check-pdf: installer-dev  ## Validate sample minutes with veraPDF, PDF/UA-1 and PDF/A-3a (needs Java)
	@outils/verifier-pdf.sh

image-check: installer-dev  ## Build the container image without an engine and start it (root, buildah, 3 minutes)
	@outils/verifier-image.sh

installer:
	@outils/installer.sh

installer-dev:
	@outils/installer.sh --dev
