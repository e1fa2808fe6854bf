# Short verbs for the scripts in scripts/, which say what they do and why.
# PYTHON=/path/to/python3 names the interpreter for a new .venv.

.DEFAULT_GOAL := help
export PYTHON
bin := .venv/bin

.PHONY: help demo test bench lint format venv matrix messages schema migrations-check clean

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Serve the example site on 127.0.0.1 (PORT=8000)
	@scripts/demo

test: ## Run every test, on SQLite and on PostgreSQL (ARGS="-k dates")
	@scripts/test $(ARGS)

bench: venv ## Measure the import of pages (ARGS="--pages 1000 --rounds 1")
	@$(bin)/python -m benchmarks $(ARGS)

lint: ## Check style, types, templates and layers
	@scripts/lint

format: venv ## Put code and templates in form
	@$(bin)/ruff check --fix --exit-zero --quiet .
	@$(bin)/ruff format .
	@$(bin)/djlint --reformat --quiet .; $(bin)/djlint --lint --quiet .

venv: ## Make .venv with all that development needs
	@scripts/venv test,postgres,mysql

matrix: venv ## Run the tests on every supported pair of Wagtail and Django
	@scripts/matrix $(ARGS)

messages: venv ## Collect and compile the translations
	@scripts/messages

schema: venv ## Write the JSON Schema of the fixture format
	@scripts/schema

migrations-check: venv ## Fail if a model has changed without a migration
	@DJANGO_SETTINGS_MODULE=tests.settings $(bin)/python -m django makemigrations --check --dry-run

clean: ## Remove what can be made again; .venv and the demo's database stay
	@rm -rf build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .tox *.egg-info
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
