# The newsroom's front door. `make` alone lists what it can do; README says more.

.DEFAULT_GOAL := help
.PHONY: help run dev test check format bench lock messages

PORT ?= 8000
export PORT

BIN := .venv/bin
PYTHON := $(BIN)/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
# the first Python here that is new enough; looked for only when there is no virtual environment yet
BASE = $(shell for python in python3.11 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

help:
	@echo "make run     the newspaper on http://127.0.0.1:$(PORT)/ (PORT=8001 for another port)"
	@echo "make dev     the same with autoreload and DEBUG"
	@echo "make test    every test; ARGS='-k embargo' for some of them, REQUIRE_ALL=1 to miss none"
	@echo "make check   formatting, lint, types, migrations, deployment, templates, translations"
	@echo "make format  put formatting and indentation right"
	@echo "make bench   the speed benches, written to bench/RESULTS.md"
	@echo "make lock    requirements*.in to requirements*.txt (needs uv)"
	@echo "make messages  collect the words to be translated and compile the catalogues (needs gettext)"

$(PYTHON):
	@test -n "$(BASE)" || { echo "The newsroom needs Python 3.11 or newer; no such python3 was found on PATH."; exit 1; }
	@$(BASE) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(BASE) cannot make a virtual environment. On Debian: apt install python3-venv"; exit 1; }
	@$(BASE) -m venv .venv

.venv/.stamp: requirements.txt | $(PYTHON)
	@echo "Installing the locked packages (once)…"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.stamp-dev: requirements-dev.txt .venv/.stamp
	@echo "Installing the locked packages for tests and checks (once)…"
	@$(PIP) -r requirements-dev.txt
	@touch $@

run: .venv/.stamp
	@$(PYTHON) -m newsroom.start

dev: .venv/.stamp
	@$(PYTHON) -m newsroom.start --dev

test: .venv/.stamp-dev
	@$(PYTHON) -m tests $(ARGS)

check: export SECRET_KEY := $(shell head -c 48 /dev/urandom | od -An -vtx1 | tr -d ' \n')
check: export SITE_URL := https://news.example.org
check: export ALLOWED_HOSTS := news.example.org
check: export DATABASE_URL := sqlite://:memory:
check: .venv/.stamp-dev
	@echo "== formatting";   $(BIN)/ruff format --check .
	@echo "== lint";         $(BIN)/ruff check .
	@echo "== types";        $(BIN)/mypy articles newsroom tests bench
	@echo "== migrations";   $(PYTHON) manage.py makemigrations --check --dry-run
	@echo "== deployment";   $(PYTHON) manage.py check --deploy --fail-level WARNING
	@echo "== templates and translations"
	@find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djhtml --check --tabwidth 2
	@$(PYTHON) -m pytest --quiet tests/test_templates.py tests/test_translations.py

format: .venv/.stamp-dev
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix --exit-zero .
	@find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djhtml --tabwidth 2

bench: .venv/.stamp
	@$(PYTHON) -m bench.run $(ARGS)

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/ (or: pip install uv)"; exit 1; }
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-s3.in -o requirements-s3.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

messages: export DEBUG := 1
messages: .venv/.stamp
	@$(PYTHON) manage.py makemessages --locale ur --no-location --no-obsolete --ignore .venv --ignore var --ignore tests --ignore bench --ignore docs
	@$(PYTHON) manage.py makemessages --domain djangojs --locale ur --no-location --no-obsolete --ignore .venv --ignore var --ignore docs
	@$(PYTHON) manage.py compilemessages --locale ur --ignore .venv --verbosity 0
