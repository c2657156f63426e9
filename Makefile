# Everything a user does, one line each; `make help` explains. Works with GNU make 3.81 (macOS).
PLAN ?= quick
PRESET ?= release
WORKLOAD ?=
BASELINE ?=
BLOCKS ?=
RESUME ?=
NAME ?=
ONLY ?=
FILTER ?=
A ?=
B ?=
SECONDS ?= 60
KILLS ?= 100
PYTHON_BUILD ?=
export PYTHON_BUILD  # read by scripts/free-threaded-python
# Free text: recipes read it as shell variables, so that none of it is a command.
export NAME FILTER SECONDS KILLS WORKLOAD BASELINE A B

variables := PLAN PRESET WORKLOAD BASELINE BLOCKS RESUME NAME ONLY FILTER SECONDS KILLS PYTHON_BUILD A B
targets := bench report compare gate list verify doctor validate new-workload new-baseline test build check-macos microbench fuzz soak lint format setup clean help

names = $(sort $(notdir $(basename $(wildcard $(1)))))
plans := $(call names,harness/plans/*.toml)
workloads := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard workloads/*/workload.toml)))))
baselines := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard baselines/*/baseline.toml)))))
# echo of echo@sent-70: what stands before the @ is a folder; the laboratory knows what it has.
folder_of = $(firstword $(subst @, ,$(1)))
presets := release debug asan tsan fuzz
suites := cpp python reports macos
digits := 0 1 2 3 4 5 6 7 8 9
numbers := $(filter-out 0,$(digits)) $(foreach tens,$(filter-out 0,$(digits)),$(addprefix $(tens),$(digits)))

# Wrong input is said before any work: one sentence, exit status 2.
given := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $v))),$v))
unknown := $(filter-out $(variables) MAKEFLAGS SHELL,$(given))
$(if $(unknown),$(error there is no variable $(firstword $(unknown)); there are: $(variables)))
$(if $(filter $(PLAN),$(plans)),,$(error there is no plan "$(PLAN)"; there are: $(plans)))
$(if $(filter $(PRESET),$(presets)),,$(error there is no preset "$(PRESET)"; there are: $(presets)))
$(if $(filter-out 1,$(words $(PLAN)) $(words $(PRESET))),$(error PLAN and PRESET are one word each))
$(if $(BLOCKS),$(if $(filter-out $(numbers),$(BLOCKS)),$(error BLOCKS is a number from 1 to 99, not "$(BLOCKS)")))
$(if $(filter-out 1,$(RESUME)),$(error RESUME is 1 or nothing, not "$(RESUME)"))
$(if $(filter-out fast full,$(PYTHON_BUILD)),$(error PYTHON_BUILD is fast or full, not "$(PYTHON_BUILD)"))
$(if $(filter-out $(suites),$(ONLY)),$(error there is no suite "$(ONLY)"; there are: $(suites)))
$(if $(word 2,$(WORKLOAD))$(word 2,$(BASELINE)),$(error WORKLOAD and BASELINE are one word each))
$(if $(filter-out $(workloads),$(call folder_of,$(WORKLOAD))),$(error there is no workload "$(WORKLOAD)"; there are: $(workloads)))
$(if $(filter-out $(baselines),$(call folder_of,$(BASELINE))),$(error there is no baseline "$(BASELINE)"; there are: $(baselines)))
$(if $(filter command,$(firstword $(origin BASELINE))),$(if $(filter-out verify,$(MAKECMDGOALS)),$(error BASELINE is for make verify; a plan names its own)))

$(if $(filter compare,$(MAKECMDGOALS)),$(if $(and $(A),$(B)),,$(error two runs are compared; type: make compare A=<run> B=<run>)))

$(if $(filter test,$(MAKECMDGOALS)),$(if $(filter fuzz,$(PRESET)),$(error preset fuzz has no tests; type: make fuzz SECONDS=60)))

one_workload = $(if $(WORKLOAD),--workload "$$WORKLOAD")
one_baseline = $(if $(BASELINE),"$$BASELINE")
run_options = $(one_workload) $(if $(BLOCKS),--blocks $(BLOCKS)) $(if $(RESUME),--resume)
tools := .venv/tools/bin/python
reports := .venv/reports/bin/python
# A configured folder rebuilds itself; configuring again would only cost time.
configure = test -f build/$(1)/build.ninja || cmake --preset $(1)
compile = @$(call configure,$(1)) && cmake --build build/$(1) $(2)
programs := --target assay assay-server

.NOTPARALLEL:  # bench and report would write the same files at once
.PHONY: $(targets)
.DEFAULT_GOAL := help
.DEFAULT:
	@echo 'there is no target "$@"; there are: $(targets)' >&2; exit 2

bench:
	@scripts/setup bench
	$(call compile,release,$(programs))
	@build/bin/assay run $(PLAN) $(run_options)
	@$(reports) -m reports --table $(PLAN)

report:
	@scripts/setup report
	@$(reports) -m reports

compare:
	@scripts/setup build
	$(call compile,release,--target assay)
	@build/bin/assay compare -- "$$A" "$$B"

gate:
	@scripts/setup bench
	$(call compile,release,$(programs))
	@build/bin/assay gate

verify:
	@scripts/setup bench
	$(call compile,release,$(programs))
	@build/bin/assay verify $(one_baseline) $(one_workload)

list doctor:
	@scripts/setup bench
	$(call compile,release,$(programs))
	@build/bin/assay $@

validate:
	@scripts/setup build
	$(call compile,release,--target assay assay-truth)
	@build/bin/assay validate

new-workload:
	@scripts/setup build
	@python3 scripts/new-workload "$$NAME"

new-baseline:
	@scripts/setup build
	@python3 scripts/new-baseline "$$NAME"

test:
	@scripts/setup bench test
	$(call compile,$(PRESET))
	@$(tools) scripts/test --preset $(PRESET) $(if $(ONLY),--only $(ONLY)) $(if $(FILTER),--filter "$$FILTER")

build:
	@scripts/setup $(if $(filter fuzz,$(PRESET)),fuzz,build)
	$(call compile,$(PRESET))

check-macos:
	@scripts/setup tools
	@$(tools) scripts/check-macos

microbench:
	@scripts/setup microbench
	@cmake --preset release >/dev/null  # what was just installed has to be found
	$(call compile,release)
	@for bench in build/release/benches/*_bench; do $$bench --benchmark_min_time=0.2 || exit 1; done
	@build/release/benches/server_cost --idle 10000 --scaling
	@build/release/benches/storage_cost

fuzz:
	@scripts/setup fuzz tools
	$(call compile,fuzz,--target fuzzers)
	@$(tools) scripts/fuzz --seconds "$$SECONDS"

soak:
	@scripts/setup build tools
	$(call compile,release,--target assay-notes)
	@$(tools) scripts/soak --kills "$$KILLS"

lint:
	@scripts/setup tools
	$(call compile,release)
	@$(tools) scripts/lint

format:
	@scripts/setup tools
	@scripts/format

setup:
	@scripts/setup bench test

clean:
	rm -rf build

help:
	@sed -n 's/^#: \{0,1\}//p' Makefile

#: Assay puts web-framework benchmark claims on trial.
#:
#:   make bench                   set up, build, run plan quick, write the report
#:   make bench PLAN=quick WORKLOAD=json BLOCKS=7     (echo: all its variants; echo@sent-70: one)
#:   make bench PLAN=karak-standard RESUME=1          go on with a run that was cut off
#:   make report                  write build/report/index.html from the results there are
#:   make compare A=<run> B=<run>   what changed from one run to another; each by name or by path
#:   make new-workload NAME=x     a workload that runs at once: make bench WORKLOAD=x
#:   make new-baseline NAME=y     a server that answers at once: make verify BASELINE=y
#:   make gate                    does the reference keep its lead over each Python baseline?
#:                                (any failure of make is 2; build/bin/assay gate exits 1 if not)
#:   make test                    set up, build, every test of every language
#:   make test PRESET=asan        C++ tests under a sanitizer (asan, tsan)
#:   make verify                  do all baselines give every workload's reply? minutes
#:   make verify BASELINE=karak WORKLOAD=echo
#:   make list | doctor           what there is; is this host fit to measure
#:   make validate                is the ruler straight? T1 to T10 of docs/validation.md: minutes
#:   make microbench              what each part costs, a request beside a raw server's, storage: minutes
#:   make fuzz SECONDS=60         every fuzz target for so long
#:   make soak KILLS=100          kill a server under load so often: is what it acknowledged there?
#:   make build | check-macos | lint | format | setup | clean
