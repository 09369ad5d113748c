# The commands of Isnad. `make help` lists them.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

COMMANDS := help report test test-tools fuzz lab notebooks docs check fit fit-names bench bench-corpus bench-growth bench-scheduler ablate pictures lock clean

# A name that nobody knows is an error: what it asks for would be left out in silence.
SETTINGS := PYTHON VENV ARTICLE ARGS MINUTES
given := $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
unknown := $(filter-out $(SETTINGS) MAKE% -*,$(given)) $(filter-out $(COMMANDS) .% $(VENV)/%,$(MAKECMDGOALS))
ifneq ($(strip $(unknown)),)
$(error $(strip $(unknown)): not understood; `make help` lists the commands, and an article is named by ARTICLE=my-article.txt)
endif

ifneq ($(words $(VENV)),1)
$(error VENV is '$(VENV)': name one folder, without spaces)
endif
ifeq ($(origin ARTICLE),command line)
ifeq ($(value ARTICLE),)
$(error ARTICLE= names no article; give a file, or leave it out for the seed)
endif
ifeq ($(filter report,$(MAKECMDGOALS)),)
$(error ARTICLE goes with `make report`)
endif
endif
# As they were typed: neither make nor the shell reads anything in a name.
export ISNAD_ARTICLE := $(value ARTICLE)
export ISNAD_FUZZ_MINUTES := $(value MINUTES)

.DEFAULT_GOAL := help
.PHONY: $(COMMANDS)

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

report: $(VENV)/.ready ## run the notebooks on the seed article, or on ARTICLE=my-article.txt; write reports/<article>/index.html
	@$(BIN)/isnad report $(ARGS) $${ISNAD_ARTICLE:+"$$ISNAD_ARTICLE"}

test: $(VENV)/.ready-test .matplotlib-3.10/.ready ## run every test, the notebooks (nbval) included
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test-tools: $(VENV)/.ready-test ## the heavy tests that CI leaves out: a server that is killed, a scheduler that is lost, Firefox, LibreOffice, Label Studio (what is not installed is skipped)
	@$(BIN)/python -m pytest -rs -o addopts= -p no:nbval tests/tools
	@$(BIN)/python -m pytest -rs -o addopts= -p no:nbval -m tools tests

fuzz: $(VENV)/.ready-test ## test the code with random texts, actors, sidecars and annotations for ten minutes (MINUTES=60: longer)
	@ISNAD_FUZZ_MINUTES="$${ISNAD_FUZZ_MINUTES:-10}" $(BIN)/python -m pytest -q tests/test_fuzz.py

lab: $(VENV)/.ready ## open the notebooks in JupyterLab, set for right-to-left reading
	@$(BIN)/isnad lab $(ARGS)

notebooks: $(VENV)/.ready ## execute all notebooks again and store them with their outputs
	@$(BIN)/isnad notebooks

docs: $(VENV)/.ready-test ## build the documentation, and the reference generated from the code, as a site
	@$(BIN)/python -m sphinx -q -W --keep-going -c docs -d docs/_build/doctrees . docs/_build/html
	@echo "$(CURDIR)/docs/_build/html/docs/README.html"

check: $(VENV)/.ready ## check lexicons and annotations
	@$(BIN)/isnad check

fit: $(VENV)/.ready-test ## fit the weights that decide who speaks where nobody is named, on data/gold and more (ARGS="--gold my-articles.jsonl"; ARGS=--measure)
	@$(BIN)/python benchmarks/fit.py $(ARGS)

fit-names: $(VENV)/.ready-test .fit/.ready ## fit the weights by which names are found, on data/gold and more (ARGS="--marked my-articles.jsonl"; ARGS=--measure)
	@PYTHONPATH=.fit $(BIN)/python benchmarks/fit_names.py $(ARGS)

bench: $(VENV)/.ready-test .spacy/.ready ## measure speed, side by side with other tools
	@$(BIN)/python benchmarks/imports.py
	@$(BIN)/python benchmarks/annotate.py
	@$(BIN)/python benchmarks/commands.py
	@$(BIN)/python benchmarks/page.py
	@$(BIN)/python benchmarks/annotator.py

bench-corpus: $(VENV)/.ready-test .spacy/.ready ## measure a corpus: workers, memory, overhead, compared with spaCy (ARGS=--long: 100,000 articles too)
	@$(BIN)/python benchmarks/corpus.py $(ARGS)

bench-growth: $(VENV)/.ready ## look for time that grows with the square of the length of a text, in texts made for it (ARGS=--help)
	@$(BIN)/python benchmarks/growth.py $(ARGS)

bench-scheduler: $(VENV)/.ready ## simulate the task graph of a corpus with empty tasks
	@$(BIN)/python benchmarks/scheduler.py $(ARGS)

ablate: $(VENV)/.ready-test ## measure what each branch of the finder contributes: the points of F1 lost and the cases broken without it
	@$(BIN)/python benchmarks/ablate.py $(ARGS)

pictures: $(VENV)/.ready-test report ## take the screenshots of the README again (needs Chromium)
	@$(BIN)/python docs/take_pictures.py

lock: ## resolve the locks again (needs uv)
	uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra all --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra all --group build --group test -c requirements.lock pyproject.toml -o requirements-test.lock
	echo pip | uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-pip.lock
	printf 'python-crfsuite>=0.9.11\nscipy>=1.13\n' | uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-package numpy - -o requirements-fit.lock
	echo 'spacy>=3.8,<4' | uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-spacy.lock
	echo 'label-studio>=1.23,<2' | uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-label-studio.lock

clean: ## remove the environments and the reports
	rm -rf $(VENV) .matplotlib-3.10 .spacy .fit .label-studio reports docs/_build

# The environment is made once, and again only when a lock or pyproject.toml changes.
# The stamps are written last: a set-up that was cut short is done again. A new pip takes a third of the time of Python 3.11's own.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "Isnad needs Python 3.11 or later; %s is %d.%d. Name another one: make PYTHON=python3.12" % (sys.executable, v[0], v[1]))'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements-pip.lock || echo "pip stays as it is; it does the same, more slowly"
	@touch $@

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/.made
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) uninstall --yes isnad 2>/dev/null # what the distribution was called before 0.2.0
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-test: requirements-test.lock $(VENV)/.ready
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

# The older Matplotlib, whose Arabic needs help: in a folder of its own, for tests only.
.matplotlib-3.10/.ready: requirements-matplotlib-3.10.lock | $(VENV)/.made
	@rm -rf .matplotlib-3.10
	@$(PIP) install --no-deps --require-hashes --target .matplotlib-3.10 -r requirements-matplotlib-3.10.lock
	@touch $@

# spaCy, for benchmarks only: in a folder of its own.
.spacy/.ready: requirements-spacy.lock | $(VENV)/.made
	@rm -rf .spacy
	@$(PIP) install --no-deps --require-hashes --target .spacy -r requirements-spacy.lock
	@touch $@

# What fits the weights of names: in a folder of its own; the environment of the tests has the numpy that it works on.
.fit/.ready: requirements-fit.lock | $(VENV)/.made
	@rm -rf .fit
	@$(PIP) install --no-deps --require-hashes --target .fit -r requirements-fit.lock
	@touch $@

# Label Studio, a server of about a GB, for `make test-tools` only: in an environment of its own.
.label-studio/.ready: requirements-label-studio.lock
	@$(PYTHON) -m venv --clear .label-studio
	@.label-studio/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-label-studio.lock
	@touch $@
