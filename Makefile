# kept: `make help` lists the targets, `make demo` shows the product.

# A clone that belongs to another user has no readable version control state.
export GOFLAGS := $(GOFLAGS) -buildvcs=false

PROGRAMS := chromium pdftotext qpdf git ssh-keygen gpg npm
MISSING  := $(strip $(foreach p,$(PROGRAMS),$(if $(shell command -v $(p) 2>/dev/null),,$(p))))
INSTALL  := apt-get update && apt-get install -y --no-install-recommends chromium poppler-utils qpdf git openssh-client gnupg $(if $(shell command -v npm 2>/dev/null),,npm)
KEPT     := build/kept

# Tests make and remove some hundred thousand small files: in memory, where there is
# room, that costs half as much.
SCRATCH  := $(shell test -w /dev/shm && test "$$(df -Pk /dev/shm | awk 'END { print $$4 }')" -gt 8000000 && ! grep -q '/dev/shm .*noexec' /proc/mounts && echo TMPDIR=/dev/shm)

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench build windows cross dist fmt tools

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

demo: build ## make a sample company, its portal and its PDFs in build/demo
	@rm -rf build/demo build/demo.truth.json && $(KEPT) demo build/demo && $(KEPT) build -C build/demo

# That the Windows program compiles is a test (internal/windows_test.go), which makes no
# code for it: a build from nothing costs nine times as much.
# Programs are fetched while the source is judged; a third package tests while two wait
# for a browser or for git, and the two that take longest begin.
test: ## everything CI runs; installs what it needs where it may
	@$(MAKE) --no-print-directory -j2 tools lint build
	$(KEPT) check && $(SCRATCH) go test -vet=off -p 3 -timeout 20m ./internal/pipeline ./cmd/kept ./...

lint: ## vet, staticcheck and the form of the source
	go vet ./... && go tool staticcheck ./... && test -z "$$(go tool gofumpt -l . | tee /dev/stderr)"

bench: ## time and memory of every stage
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

build: ## build/kept for this machine
	go build -o $(KEPT) ./cmd/kept

# What compiles for Linux and for Windows compiles for macOS, for no file is one system's.
windows: ## build/kept.exe
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go build -o $(KEPT).exe ./cmd/kept

cross: windows ## build/kept for Windows and macOS
	GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 go build -o $(KEPT)-darwin ./cmd/kept

# The same commit and the same Go give the same bytes on any machine (cmd/dist).
dist: ## build/dist: archives for Linux, macOS and Windows with their licences, and SHA256SUMS
	go run ./cmd/dist build/dist

fmt: ## put the source into its form
	go tool gofumpt -w .

tools: ## install the outside programs that tests use
	@test -z "$(MISSING)" || { test "$$(id -u)" = 0 && { $(INSTALL); }; } || { echo "missing: $(MISSING); run as root: $(INSTALL)" >&2; exit 1; }
