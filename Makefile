# Two commands for a fresh machine: `make demo` and `make test`. The rest is for daily work.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test lint types borders pytest format clean

# The program alone, as a user gets it.
$(VENV)/.app: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	sh packaging/linux/system-libraries.sh
	$(BIN)/python -m pip install -q -c constraints.txt -e .
	touch $@

# What the tests need on top; torch is pinned because its 2.13.0 CPU build is small.
$(VENV)/.dev: $(VENV)/.app
	sh packaging/linux/system-libraries.sh tests
	$(BIN)/python -m pip install -q -c constraints.txt torch==2.13.0
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[train,dev]'
	touch $@

demo: $(VENV)/.app
	rm -rf $(DEMO)
	mkdir -p $(DEMO)
	$(BIN)/likeness restore resources/samples/worn-1.jpg --reference resources/samples/portrait-1.jpg --output $(DEMO) --device cpu
	$(BIN)/likeness restore resources/samples/worn-2.jpg --reference resources/samples/portrait-2.jpg --output $(DEMO) --device cpu
	$(BIN)/python -m engine.comparison $(DEMO)/before-after.png \
		resources/samples/worn-1.jpg $(DEMO)/worn-1_likeness.jpg \
		resources/samples/worn-2.jpg $(DEMO)/worn-2_likeness.jpg
	@echo "Restored samples and a before/after picture are in $(DEMO)/."

test: lint types borders pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

borders: $(VENV)/.dev
	$(BIN)/lint-imports

pytest: $(VENV)/.dev
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --cov=engine --cov=desktop --cov-report=term:skip-covered

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) $(DEMO) build dist
