# Docket. `make run` starts it, `make test` proves it; `make help` lists the rest.
GO ?= go

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## build the screens and the program, serve a sample city on 127.0.0.1:8080 (ARGS=--empty for none)
	@$(GO) run ./dev run $(ARGS)

.PHONY: build
build: ## build bin/docket with the screens inside
	@$(GO) run ./dev build

.PHONY: test
test: ## prove everything: both engines, screens, walks in a browser
	@$(GO) run ./dev test

.PHONY: check
check: ## the quick half of test: format, vet, lint, types; no databases, no browser
	@$(GO) run ./dev check

.PHONY: walks
walks: ## only the walks in a real browser
	@$(GO) run ./dev walks $(ARGS)

.PHONY: gold
gold: ## read the sample documents and compare with their answers
	@$(GO) run ./cmd/gold $(ARGS)

.PHONY: bench
bench: ## the promised figures of speed and memory, with ratios to a reference (ARGS=. for every benchmark)
	@$(GO) run ./dev bench $(ARGS)

.PHONY: generate
generate: ## remake the OpenAPI document and the typed client
	@$(GO) run ./dev generate

.PHONY: fuzz
fuzz: ## fuzz every reader for a while (TIME=30s each)
	@$(GO) run ./dev fuzz $(TIME)
