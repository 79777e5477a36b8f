# make demo      set everything up and check the bundled samples
# make test      set everything up and run all checks and tests
# make coverage  run all tests, and say which lines and branches none of them reaches (too many are an error)
# make docs      build the documentation into site/, warnings being errors
# make man       write the manual pages into man/
# make clean     remove what the other targets made
#
# Needs Python 3.11 or later and a package index (pip's own settings, PIP_INDEX_URL say, are respected).

BIN := .venv/bin
READY := .venv/ready

.PHONY: demo test coverage docs man clean

demo: $(READY)
	@echo "hedui check corpora/samples"
	@$(BIN)/hedui check corpora/samples --fail-on never
	@echo
	@echo "下一步 / next:"
	@echo "  $(BIN)/hedui check FILE          核对自己的文件 / check a file of your own"
	@echo "  $(BIN)/hedui check FILE -v       还有哪些无法判定 / and what was left undecided"
	@echo "  $(BIN)/hedui rules               全部规则 / all rules"
	@echo "  $(BIN)/hedui --help --lang en    帮助 / help"

test: $(READY)
	@sh scripts/install_fonts.sh
	@sh scripts/install_browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadgroup

coverage: $(READY)
	$(BIN)/pytest -n auto --dist loadgroup --cov --cov-report=term-missing:skip-covered

docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

man: $(READY)
	$(BIN)/python scripts/man_pages.py man

clean:
	rm -rf .venv .coverage* site man .npm .mypy_cache .pytest_cache .ruff_cache dist

$(READY): pyproject.toml scripts/setup_environment.sh
	@sh scripts/setup_environment.sh .venv
	@touch $@
