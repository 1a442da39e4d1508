# Two commands for a fresh machine: `make demo` and `make test`. The rest is for daily work.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test test-facexlib lint types borders pytest format package test-package clean

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
	# An independent CodeFormer to compare with; without torchvision, which wants the large torch.
	$(BIN)/python -m pip install -q -c constraints.txt --no-deps spandrel spandrel-extra-arches
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

# RetinaFace by facexlib, in an environment of its own: torchvision's operators need the build of
# torch with CUDA (===: not the small one), which is large.
FACEXLIB := .venv-facexlib
$(FACEXLIB)/.ready: pyproject.toml constraints.txt
	test -x $(FACEXLIB)/bin/python || $(PYTHON) -m venv $(FACEXLIB)
	$(FACEXLIB)/bin/python -m pip install -q -c constraints.txt 'torch===2.13.0' torchvision==0.28.0
	$(FACEXLIB)/bin/python -m pip install -q -c constraints.txt -e '.[cuda,train,dev]'
	touch $@

test-facexlib: $(FACEXLIB)/.ready
	$(FACEXLIB)/bin/python -m pytest tests/facexlib

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The packages of this system, in dist/: the frozen program as an archive, and on Linux a .deb.
package:
	sh packaging/linux/system-libraries.sh packages
	$(PYTHON) packaging/build.py

# The .deb in a root of its own without Python: install, open, self-test, upgrade, remove (as root).
test-package:
	@for tool in debootstrap Xvfb xwininfo dpkg-deb; do command -v $$tool >/dev/null || \
		{ echo "This needs debootstrap, xvfb, x11-utils and dpkg; $$tool is missing." >&2; exit 1; }; done
	$(PYTHON) packaging/test_package.py

clean:
	rm -rf $(VENV) $(DEMO) build dist
