# The two commands: `make run` (search activation functions on real data) and `make test`.

SWIFT   ?= swift
# By products: a plain build of the tests would compile the compiler of protocol buffers, too.
PRODUCTS = nasl naslPackageTests NaslBenchmarks
NASL     = .build/release/nasl
# PyTorch and other peers, as reference and for benchmarks.
PEERS    = .venv/bin/python
PREFIX  ?= /usr/local
SUDO     = $(shell [ "$$(id -u)" = 0 ] || echo sudo)

LIBRARIES  = libopenblas-dev libsqlite3-dev zlib1g-dev libedit-dev pkg-config
TEST_TOOLS = iproute2 python3-numpy python3-pexpect tidy tmux

SANITIZED  = $(SWIFT) test -c release --sanitize

.PHONY: run build test test-long latency pictures bench tables results format install libraries test-tools clean

run: build
	$(NASL) run examples/activation.nasl

build: libraries
	set -e; for product in $(PRODUCTS); do $(SWIFT) build -c release --product $$product; done

test: build test-tools
	$(SWIFT) test -c release --skip-build
	Tests/script/run.sh $(NASL)
	Tests/script/studies.sh $(NASL)
	/usr/bin/python3 Tests/prompt/run.py $(NASL)
	/usr/bin/python3 Tests/store/kill.py $(NASL) 5
	/usr/bin/python3 Tests/store/reading.py $(NASL)
	/usr/bin/python3 Tests/store/care.py $(NASL)
	cd integrations/ray && /usr/bin/python3 -m unittest discover
	/usr/bin/python3 Tests/store/cluster.py $(NASL)
	/usr/bin/python3 Tests/report/pages.py $(NASL)

# Checks that take longer than a minute or two.
test-long: build test-tools .venv/installed .venv/ray-installed
	$(PEERS) Tests/reference/operators.py $$(date +%s) 20 > .build/operators.jsonl
	NASL_LONG_TESTS=1 NASL_OPERATOR_CASES=$(CURDIR)/.build/operators.jsonl NASL_TRAINING_INPUTS=$(CURDIR)/.build/training \
		$(SWIFT) test -c release --skip-build
	$(PEERS) Tests/reference/training.py .build/training --check Tests/reference/training.csv
	$(PEERS) Tests/export/functions.py $(NASL) 160
	$(PEERS) Tests/export/rules.py $(NASL) 60
	$(PEERS) Tests/export/nets.py $(NASL) 20
	Tests/script/learning.sh $(NASL)
	$(PEERS) Tests/simplify/check.py $(NASL)
	/usr/bin/python3 Tests/store/kill.py $(NASL) 50
	scripts/alone.sh .venv/bin/python integrations/ray/tests/faults.py $(NASL)
	scripts/alone.sh .venv/bin/python integrations/ray/measure.py $(NASL) 0.2
	ASAN_OPTIONS=detect_leaks=0 $(SANITIZED) address --scratch-path .build-address --filter 'Fuzz|Robustness|BadInput|DataError|Doctest|Plot'
	SWIFT=$(SWIFT) Tests/script/threads.sh

# How long the prompt takes to come, and to come back after Ctrl-C.
latency: build test-tools
	/usr/bin/python3 Tests/prompt/latency.py $(NASL)

# The README's pictures, from a real terminal.
pictures: build test-tools
	/usr/bin/python3 scripts/pictures.py $(NASL)

# Against PyTorch, JAX, numpy, numexpr and Operon, in turn; writes docs/benchmarks.md.
bench: build .venv/installed
	$(PEERS) Benchmarks/run.py

.venv/installed: Benchmarks/peers/requirements.txt Tests/export/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet $(addprefix -r ,$^)
	touch $@

.venv/ray-installed: integrations/ray/requirements.txt
	test -d .venv || python3 -m venv .venv
	.venv/bin/pip install --quiet -r $<
	touch $@

# Every program of two spaces, trained: Benchmarks/tables (a quarter of an hour).
tables: build
	$(NASL) run Benchmarks/tables/make_activation.nasl | $(NASL) fmt - > .build/activation.nasl
	$(NASL) run Benchmarks/tables/make_loss.nasl | $(NASL) fmt - > .build/loss.nasl
	mv .build/activation.nasl .build/loss.nasl Benchmarks/tables

# What searches find; `make results ROWS="loss cell"` does some of it.
results: build
	Benchmarks/results.sh $(NASL) $(ROWS)

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

# Apt installs only what is missing; on a Mac Homebrew does.
libraries:
	@scripts/need.sh $(LIBRARIES)

test-tools:
	@scripts/need.sh $(TEST_TOOLS)

# A binary that needs no build folder: the Swift runtime inside, the data sets beside it.
install: libraries
	$(SWIFT) build -c release --static-swift-stdlib --product nasl --scratch-path .build-install
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/nasl"
	install -m 755 .build-install/release/nasl "$(DESTDIR)$(PREFIX)/bin/nasl"
	cp -R stdlib/data examples "$(DESTDIR)$(PREFIX)/share/nasl/"
	install -d "$(DESTDIR)$(PREFIX)/share/nasl/docs"
	cp -R docs/errors "$(DESTDIR)$(PREFIX)/share/nasl/docs/"

clean:
	rm -rf .build .build-install
