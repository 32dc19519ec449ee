# `make` lists the targets.
GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS = -s -w -X main.version=$(VERSION)

.PHONY: help demo build test test-versions lint corpus bench nightly fuzz update dist

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

demo: build ## rename a column under a view and a trigger, both ways, before your eyes
	@$(GO) run ./internal/demo bin/duo-orm

build: ## build bin/duo-orm
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/duo-orm ./cmd/duo-orm

test: build ## run the tests
	@sh scripts/test.sh

test-versions: ## run the PostgreSQL driver's tests against versions 13, 14, 16, 17 and 18
	@sh scripts/test-versions.sh

lint: ## vet, gofmt and staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo 'not formatted by gofmt:'; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

corpus: build ## take real schemas and change pairs there and back, and print the table
	@log=$$(mktemp); DUO_ORM_CORPUS_ALL=1 $(GO) test -count=1 -timeout 60m -run '^TestCorpus' -v ./internal/corpus >$$log 2>&1; code=$$?; grep -v '^=== ' $$log; rm -f $$log; exit $$code

bench: build ## measure 10 to 3,000 tables and print the slope
	$(GO) run ./internal/bench

nightly: build ## the long hunts: random schema pairs, killed processes, fuzzing
	DUO_ORM_NIGHTLY=1 $(GO) test -count=1 -timeout 6h ./...
	$(MAKE) fuzz FUZZTIME=10m

FUZZTIME ?= 30s
fuzz: ## fuzz every reader, FUZZTIME (30s) each
	@for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
	  done; \
	done

update: ## rewrite golden files; read the diff before you keep it
	DUO_ORM_UPDATE=1 $(GO) test -count=1 ./...

dist: ## static binaries for Linux, macOS and Windows in dist/
	@for os in linux darwin windows; do for arch in amd64 arm64; do \
	  suffix=; [ $$os = windows ] && suffix=.exe; \
	  echo dist/duo-orm-$$os-$$arch$$suffix; \
	  CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o dist/duo-orm-$$os-$$arch$$suffix ./cmd/duo-orm || exit 1; \
	done; done
