# `make check` is the one test command; `make help` lists the others.
SHELL        := /bin/bash
.SHELLFLAGS  := -euo pipefail -c
.DEFAULT_GOAL := help

export GUICHET_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/guichet
export CGO_ENABLED   ?= 0
export PATH          := $(GUICHET_CACHE)/bin:$(PATH)

STATICCHECK := $(GUICHET_CACHE)/bin/staticcheck-0.8.2
GOVULNCHECK := $(GUICHET_CACHE)/bin/govulncheck-1.9.0
AXE         := $(GUICHET_CACHE)/node_modules/axe-core/axe.min.js
GO_FILES     = $(shell git ls-files -co --exclude-standard '*.go')
PGO         := internal/paquet/guichet.pgo
MODULES     := . bench bench/epreuves
FUZZTIME    ?= 60s
SOAKTIME    ?= 60s
TIMEOUT     ?= 55m

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.PHONY: build
build: ## build the program ./guichet
	go build -trimpath -pgo=$(PGO) -o guichet ./cmd/guichet

.PHONY: check
check: tools format vet generated test bench-test epreuves soak-short paquet-court ## everything a change must pass
	@echo "make check: all passed"

.PHONY: tools
tools: ## install what the tests need (C compiler for the race detector, Chromium, Node, PostgreSQL, clamd, nginx, xmllint, staticcheck)
	@./internal/outils/installer.sh
	@test -x $(STATICCHECK) || { GOBIN=$(GUICHET_CACHE)/bin go install honnef.co/go/tools/cmd/staticcheck@v0.8.2 && mv $(GUICHET_CACHE)/bin/staticcheck $(STATICCHECK); }
	@test -f $(AXE) || npm install --silent --no-save --prefix $(GUICHET_CACHE) axe-core@4.14.1 >/dev/null

.PHONY: format
format:
	@files=$$(gofmt -l $(GO_FILES)); test -z "$$files" || { echo "not formatted, run gofmt -w: $$files"; exit 1; }

.PHONY: vet
vet: tools
	for module in $(MODULES); do (cd $$module && go vet ./... && $(STATICCHECK) ./...); done
	GOOS=windows go vet ./...
	GOOS=darwin go vet ./...
	GOOS=js GOARCH=wasm go vet ./modele/... ./jsondoc ./diag ./diag/format ./controle ./correction ./comparaison ./piece ./archive ./appariement ./export ./valeur ./referentiel ./preparation ./reprise ./affichage

.PHONY: generated
generated: ## tell whether a generated file is stale
	go run ./internal/generer -check

.PHONY: generate
generate: ## write the generated files
	go run ./internal/generer

# SQLite's engine, made from C, has no goroutines of its own: watching it doubles what the tests of a database take. Only that
# package is left out: one with generic code would give its unwatched copy of it to all others, and false races.
UNWATCHED := modernc.org/sqlite/lib=-race=false -d=checkptr=0

.PHONY: test
test: tools ## all tests, with the race detector
	CGO_ENABLED=1 go test -race -gcflags='$(UNWATCHED)' -timeout $(TIMEOUT) ./...

.PHONY: cover
cover: tools ## how much the tests of each package run through
	go test -cover -timeout $(TIMEOUT) ./...

.PHONY: bench-test
bench-test:
	cd bench && go test -timeout $(TIMEOUT) ./...

.PHONY: epreuves
epreuves: tools ## tests that need heavy things of others: a real identity provider
	cd bench/epreuves && go test -timeout $(TIMEOUT) ./...

.PHONY: bench
bench: ## measure against peers and floors; results in bench/RESULTATS.md
	$(MAKE) -C bench

SEED ?= 1
.PHONY: mutants
mutants: ## change the desk's code at random places and tell which changes its tests do not notice
	go run ./internal/mutants -seed $(SEED) -n 40 -seuil 0.85 ./controle ./correction ./preparation

.PHONY: profile
profile: ## measure again what the compiler optimises the program by (internal/paquet/guichet.pgo)
	dir=$$(mktemp -d) && trap 'rm -rf $$dir' EXIT && \
	mesurer() { go test -trimpath -run '^$$' -bench $$2 -benchtime $$3 -cpuprofile $$dir/$$(basename $$1).prof -o $$dir/$$(basename $$1).test $$1; } && \
	mesurer ./controle Controler 3s && mesurer ./preparation Preparer/tout 4x && mesurer ./internal/carnet Lot 4x && mesurer ./internal/classeur 'Lire/(xlsx|csv)' 2s && \
	go tool pprof -proto -output $(PGO) $$dir/*.prof

.PHONY: soak
soak: ## the long form of the tests that look for the unexpected
	FUZZTIME=$(FUZZTIME) ./internal/outils/fuzz.sh
	go test -count 1 -run TestKill ./internal/carnet -carnet.soak $(SOAKTIME)
	GUICHET_SOAK=$(SOAKTIME) go test -count 1 -run 'Killed|TruncatedLog' ./internal/portail/depot
	GUICHET_SOAK=$(SOAKTIME) go test -count 1 -run Killed ./internal/portail/pieces
	GUICHET_SOAK=$(SOAKTIME) go test -count 1 -run Killed ./internal/portail/instruction
	GUICHET_SOAK=$(SOAKTIME) go test -count 1 -run Killed ./internal/portail/lot
	GUICHET_SOAK=$(SOAKTIME) go test -count 1 -run TestAssault ./cmd/guichet

.PHONY: soak-short
soak-short:
	@$(MAKE) --no-print-directory soak FUZZTIME=10000x SOAKTIME=10s # by count: a time that runs out can look like a failure

# The database is asked over the network, or read in a folder that somebody copied: https://go.dev/doc/security/vuln/database.
.PHONY: vulnerabilites
vulnerabilites: ## look up what the program is made of among known vulnerabilities; GOVULNDB=file:///folder for a copy of the database
	@test -x $(GOVULNCHECK) || { GOBIN=$(GUICHET_CACHE)/bin go install golang.org/x/vuln/cmd/govulncheck@v1.9.0 && mv $(GUICHET_CACHE)/bin/govulncheck $(GOVULNCHECK); }
	@$(GOVULNCHECK) $(if $(GOVULNDB),-db $(GOVULNDB)) ./cmd/guichet || { test $$? = 3 && exit 1; \
	echo "vulnerabilites: NOTHING WAS LOOKED UP: no database; give a copy of it: make vulnerabilites GOVULNDB=file:///folder" >&2; exit 2; }

# Releases are made of a clone: of what is committed and nothing else, which Go then finds the commit of.
CLONE = dir=$$(mktemp -d) && trap 'rm -rf $$dir' EXIT && git clone -q . $$dir/copie && cd $$dir/copie && go run ./internal/paquet -sortie

.PHONY: paquet
paquet: ## make the releases of this commit in paquets/: archives for Windows, macOS, Linux, Debian packages, checksums
	$(CLONE) $(CURDIR)/paquets
	cd paquets && sha256sum -c --quiet SHA256SUMS && ls -l

.PHONY: paquet-court
paquet-court:
	@git rev-parse -q --verify HEAD >/dev/null || { echo "paquet-court: no commit to read here, no release is tried"; exit 0; }; \
	$(CLONE) $$dir/paquets -cible linux/amd64

.PHONY: paquet-preuve
paquet-preuve: ## prove that releases are reproducible: made twice, elsewhere and with other habits, and compared
	$(CLONE) $$dir/un && \
	git clone -q . $$dir/ailleurs && cd $$dir/ailleurs && umask 077 && TZ=Asia/Tokyo go run ./internal/paquet -sortie $$dir/deux && \
	diff -r $$dir/un $$dir/deux && echo "two runs, the same bytes"
