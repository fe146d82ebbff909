# Lints and labelled messages. Lints test themselves first: each seeds the faults it looks for.
EXTRA_DIST += conf/sample/copyhold.conf conf/sample/people.csv tests/contract/copyhold.conf

lints = tests/lint/check-layers tests/lint/check-symbols tests/lint/check-style
TESTS += $(lints)
dist_check_SCRIPTS += $(lints)
EXTRA_DIST += tests/lint/layers.txt

include tests/e2e/local.mk
include tests/fuzz/local.mk
include tests/footers/local.mk
