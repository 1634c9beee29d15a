# Needs make and Python 3.11 to 3.13, nothing else: uv and every dependency go into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR ?= $(CURDIR)/.data
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_SYSTEM_CERTS ?= true
# Providers for LLM_MODEL, for example: make run EXTRAS="openai anthropic"
EXTRAS ?=
SYNC := $(BIN)/uv sync --quiet --frozen --inexact --python $(BIN)/python $(EXTRAS:%=--extra %)

.PHONY: help run test test-long check setup index eval bench load soak chaos leaks fuzz wheel lint-deploy sbom audit clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

run: $(VENV)/.run ## open the copilot: a local workspace in the browser, or Slack when its tokens are set
	@$(BIN)/billing-copilot index --quiet
	@exec $(BIN)/billing-copilot run

test: setup ## run the tests
	@deploy/install-chromium
	@$(BIN)/pytest -n 3 --dist loadfile -m "not long"

test-long: setup ## run the tests that take longest: replicas, outages and processes killed
	@$(BIN)/pytest -n 2 --dist loadfile -m long

check: setup ## lint, format, types and the house's import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

eval: setup ## score answers and reviews on the labelled sets
	@$(BIN)/python -m tests.eval

bench: setup ## measure speed and memory beside the bare parts
	@$(BIN)/billing-copilot index --quiet
	@$(BIN)/python -m tests.bench

# Each target for this long; atheris is no dependency of ours and comes for this alone.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?= segmenter claims claimfile redaction documents mrkdwn

fuzz: setup ## fuzz the parsers with atheris, a minute each
	@for target in $(FUZZ_TARGETS); do \
	  mkdir -p $(DATA_DIR)/fuzz/$$target; \
	  echo "# $$target"; \
	  $(BIN)/uv run --quiet --frozen --with 'atheris>=3,<4' python -m tests.fuzz.harness $$target \
	    -max_total_time=$(FUZZ_SECONDS) -max_len=4000 -timeout=20 -rss_limit_mb=3000 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix=$(DATA_DIR)/fuzz/$$target- $(DATA_DIR)/fuzz/$$target; \
	done

load: setup ## send 100 events a second for a minute, beside a bare echo app, five minutes in all
	@$(BIN)/python -m tests.bench.load load

soak: setup ## send 10 events a second for SOAK_MINUTES (30) and watch the memory
	@$(BIN)/python -m tests.bench.load soak

chaos: setup ## count answers while the bot is killed and its model breaks, ten minutes
	@$(BIN)/python -m tests.chaos

leaks: setup ## search everything the program leaves behind for marked text, by every way in, three minutes
	@$(BIN)/pytest -n 0 tests/leaks/test_search.py tests/leaks/test_leaks.py tests/leaks/long_leaks.py

wheel: setup ## build a wheel that carries knowledge and prompts
	@$(BIN)/uv build --quiet --wheel --out-dir dist

setup: $(VENV)/.dev ## everything into .venv, the knowledge index built
	@$(BIN)/billing-copilot index --quiet

index: $(VENV)/.run
	@$(BIN)/billing-copilot index

# What the image holds: the lock without the tools of development.
SHIPPED := --frozen --no-dev --extra postgres --extra anthropic --extra openai

lint-deploy: build/lint/.done ## lint and render deploy/: Dockerfile, compose, chart
	@build/lint/bin/python deploy/lint.py

build/lint/.done: $(BIN)/uv deploy/lint.txt
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/lint
	@$(BIN)/uv pip install --quiet --python build/lint/bin/python --require-hashes --requirement deploy/lint.txt
	@touch $@

sbom: $(BIN)/uv ## write dist/sbom.cdx.json: every shipped dependency with its hashes (CycloneDX)
	@mkdir -p dist
	@$(BIN)/uv export --quiet $(SHIPPED) --format cyclonedx1.5 --preview-features sbom-export --output-file dist/sbom.cdx.json >/dev/null
	@echo "dist/sbom.cdx.json"

audit: $(BIN)/uv ## look the shipped dependencies up among known vulnerabilities (needs the advisory service)
	@mkdir -p build
	@$(BIN)/uv export --quiet $(SHIPPED) --no-emit-project --output-file build/shipped.txt >/dev/null
	@# --strict: a package that could not be looked up is no clean one.
	@$(BIN)/uv tool run --quiet --from pip-audit==2.10.1 pip-audit --strict --disable-pip --require-hashes \
	  --requirement build/shipped.txt --progress-spinner off

clean: ## remove .venv, the index and the caches (state in DATA_DIR too)
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .data
	find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A python3 that fits, or the first versioned one that does.
$(BIN)/uv: deploy/uv.txt
	@for python in python3 python3.13 python3.12 python3.11 ""; do \
	  if [ -z "$$python" ]; then echo "Python 3.11, 3.12 or 3.13 is needed and was not found: install one and run make again." >&2; exit 1; fi; \
	  if command -v $$python >/dev/null && $$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then break; fi; \
	done; \
	echo "Setting up $(VENV) with $$($$python --version); the first time takes about a minute."; \
	[ -x $(BIN)/python ] || $$python -m venv $(VENV); \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@# Errors alone: pip warns of every index of the machine that lacks it.
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement deploy/uv.txt
	@touch $@

$(VENV)/.run: $(BIN)/uv uv.lock pyproject.toml
	@$(SYNC) --no-dev
	@touch $@

$(VENV)/.dev: $(BIN)/uv uv.lock pyproject.toml
	@$(SYNC)
	@touch $@ $(VENV)/.run
