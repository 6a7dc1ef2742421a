# Everything one does here. Continuous integration calls "make test" and nothing else.

.DEFAULT_GOAL := help
SHELL := /bin/sh
export LC_ALL := C.UTF-8

PY := .venv/bin/python
PORT ?= 8000
FRANCECONNECT_PORT ?= 8001
PROCONNECT_PORT ?= 8002
MAILBOX_PORT ?= 8025
SMTP_PORT ?= 2525
DOORS = --port $(PORT) --franceconnect-port $(FRANCECONNECT_PORT) --proconnect-port $(PROCONNECT_PORT) --mailbox-port $(MAILBOX_PORT) --smtp-port $(SMTP_PORT)

.PHONY: help
help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: install
install: ## make .venv and install what requirements.lock pins (done by the others when needed)
	@scripts/install.sh

.PHONY: demo
demo: install ## start everything with invented people; Ctrl-C stops it (PORT=8100 for another port)
	@exec .venv/bin/mespoints demo $(DOORS)

.PHONY: test
test: install ## all that must pass: style, types, contracts, dependencies, tests, browser journeys
	@scripts/install_test_tools.sh
	@$(MAKE) --no-print-directory style types contracts dependencies
	$(PY) -m pytest

.PHONY: law
law: install ## the cases of tests/law/cases, in seconds (CASE=part of a name or of a file for some only)
	@$(PY) -m scripts.law_cases $(CASE)

.PHONY: style
style: install ## rules of writing (ruff)
	$(PY) -m ruff check
	$(PY) -m ruff format --check

# The Django plugin reads the settings, which want an environment; no database is opened.
.PHONY: types
types: install ## types (mypy, strict)
	DATABASE_URL=postgresql:///types MESPOINTS_SECRET_KEY=only-to-read-the-types-of-the-settings \
	MESPOINTS_BASE_URL=http://localhost $(PY) -m mypy

.PHONY: contracts
contracts: install ## who may import whom (import-linter)
	.venv/bin/lint-imports --no-cache

.PHONY: dependencies
dependencies: install ## what is imported is declared, what is declared is used (deptry)
	$(PY) -m deptry src

.PHONY: format
format: install ## rewrite in our style
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

RECORDS ?= 20000

.PHONY: witness
witness: install ## the law's engine against the naive witness on 20,000 new random records (RECORDS=…, SEED=… to repeat a run)
	$(PY) -m scripts.witness --records $(RECORDS) $(if $(SEED),--seed $(SEED))

.PHONY: coverage
coverage: install ## every line and branch of the law, by the tests of the law alone; fails below 100 %
	@mkdir -p var
	$(PY) -m coverage run -m pytest -q tests/law
	$(PY) -m coverage report

.PHONY: mutants
mutants: install ## break the rules of law one by one: which change does no case notice? (about a minute and a half)
	rm -rf mutants
	$(PY) -m mutmut run --max-children 2 | tail -c 200
	$(PY) -m mutmut results

.PHONY: faults
faults: install ## the whole series of faults: kill -9, database stopped, disk full, damaged files (ten minutes or so)
	$(PY) -m pytest tests/faults -m "faults or not faults"

.PHONY: bench
bench: install ## measure the speeds that matter; prints medians and ratios (PAPERS=2000 papers in a row, for their memory)
	$(PY) -m benchmarks $(if $(PAPERS),--many $(PAPERS))

.PHONY: law-page
law-page: install ## write docs/law.md again: articles, rules, cases, readings taken, what is not worked out
	$(PY) -m scripts.law_page

.PHONY: phrases
phrases: install ## write docs/phrases.md again: every sentence the invented people read
	$(PY) -m scripts.phrases

.PHONY: link-page
link-page: install ## write docs/linking.md again: how a verified identity finds its record, every case
	$(PY) -m scripts.link_page

.PHONY: communes
communes: install ## write the table of former commune codes again (needs npm; EDITION=6.0.0 for another year's)
	$(PY) -m scripts.communes $(EDITION)

.PHONY: screenshots
screenshots: install ## take the pictures of the README again
	@scripts/install_test_tools.sh
	$(PY) -m scripts.screenshots

# Without these options the file would carry the addresses of this machine's package indexes.
.PHONY: lock
lock: install ## pin the newest versions pyproject.toml allows, with their hashes
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml -o requirements.lock

.PHONY: clean
clean: ## remove all that is made here: the demonstration and its database, .venv, caches
	@[ ! -x .venv/bin/mespoints ] || .venv/bin/mespoints demo --erase
	rm -rf .venv var mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
