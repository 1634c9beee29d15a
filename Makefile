# Needs nothing but make and Python 3.11 to 3.13; everything else goes into .venv.
SHELL := /bin/bash
PYTHON ?= $(shell for v in 3.13 3.12 3.11; do command -v python$$v && break; done 2>/dev/null || true)
VENV := .venv
BIN := $(VENV)/bin
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_SYSTEM_CERTS := true
export DATA_DIR ?= $(CURDIR)/.data

.PHONY: run test check setup index eval bench clean
run: index
	$(BIN)/billing-copilot run
