# Lints, labelled messages and the command line. Lints test themselves first: each seeds the faults it looks for.
EXTRA_DIST += conf/sample/copyhold.conf conf/sample/people.csv tests/contract/copyhold.conf

lints = tests/lint/check-layers tests/lint/check-symbols tests/lint/check-style tests/lint/check-pie tests/lint/check-docs tests/lint/check-linked
# Begun before all others, or one of them is left over when those are done.
long_drivers = tests/cases/run.py tests/desk/run.py tests/cli/policy_tests.py tests/cli/due.py tests/cli/replay.py
drivers = tests/cases/table_test.py tests/cli/completion.py tests/cli/conduct.py tests/cli/confidence.py tests/cli/copies.py tests/cli/coverage.py \
	tests/cli/directory.py tests/cli/duties.py tests/cli/enforcement.py tests/cli/exchange.py tests/cli/export.py \
	tests/cli/figures.py tests/cli/governance.py tests/cli/kept.py tests/cli/lineage.py tests/cli/lint.py tests/cli/manual.py \
	tests/cli/memory.py tests/cli/press.py tests/cli/protected.py tests/cli/retention.py tests/cli/reunion.py tests/cli/routes.py \
	tests/cli/run.py tests/cli/why.py
TESTS += $(lints) $(drivers)
dist_check_SCRIPTS += $(lints) $(drivers) $(long_drivers)
EXTRA_DIST += tests/cli/due_texts.py tests/cli/post.py tests/cli/COVERAGE tests/lint/layers.txt tests/cases tests/launch tests/shown.py
LOG_COMPILER = $(SHELL) $(srcdir)/tests/launch

include tests/e2e/local.mk
include tests/console/local.mk
include tests/fuzz/local.mk
include tests/web/local.mk
include tests/footers/local.mk
include tests/bench/local.mk
include tests/lessons/local.mk
include tests/scenarios/local.mk
include tests/accuracy/local.mk
include tests/message/local.mk
include tests/reading/local.mk

# A folder is shipped together with what a check left beside it in the build folder, and a log among the sources would be taken for the
# test's own, of a tree that may not be written to.
dist-hook:
	rm -rf $(distdir)/tests/cases/*.log $(distdir)/tests/cases/*.trs $(distdir)/tests/cases/__pycache__
