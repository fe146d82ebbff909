# Lints, labelled messages and the command line. Lints test themselves first: each seeds the faults it looks for.
EXTRA_DIST += conf/sample/copyhold.conf conf/sample/people.csv tests/contract/copyhold.conf

lints = tests/lint/check-layers tests/lint/check-symbols tests/lint/check-style tests/lint/check-pie tests/lint/check-docs tests/lint/check-linked
TESTS += $(lints) tests/cases/run.py tests/cli/run.py
dist_check_SCRIPTS += $(lints) tests/cases/run.py tests/cli/run.py
EXTRA_DIST += tests/lint/layers.txt tests/cases/FORMAT tests/cases/casefile.py tests/cases/delivered.py \
	tests/cases/silent-copy.cases tests/cases/copy-footer.cases tests/cases/copies-heldback.cases \
	tests/cases/confidential.cases tests/cases/confidential-heldback.cases \
	tests/cases/obligation.cases tests/cases/official-letter.cases tests/cases/conduct-heldback.cases \
	tests/cases/unreadable.cases tests/cases/identity.cases tests/cases/zones.cases tests/cases/odd-heldback.cases \
	tests/cases/hand2-copies.cases tests/cases/hand2-copies-heldback.cases \
	tests/cases/hand2-confidential.cases tests/cases/hand2-confidential-heldback.cases \
	tests/cases/hand2-obligation.cases tests/cases/hand2-obligation-heldback.cases \
	tests/cases/hand2-official-letter.cases tests/cases/hand2-official-letter-heldback.cases \
	tests/cases/hand3-copies.cases tests/cases/hand3-copies-heldback.cases \
	tests/cases/hand3-confidential.cases tests/cases/hand3-confidential-heldback.cases \
	tests/cases/hand3-obligation.cases tests/cases/hand3-obligation-heldback.cases \
	tests/cases/hand4-obligation.cases tests/cases/hand4-obligation-heldback.cases \
	tests/cases/hand5-obligation.cases tests/cases/hand6-obligation.cases tests/cases/hand7-obligation-heldback.cases \
	tests/cases/hand3-official-letter.cases tests/cases/hand3-official-letter-heldback.cases \
	tests/cases/attached.cases tests/cases/documents.cases tests/cases/office.py tests/cases/rules3.cases tests/cases/rules3-exempt.cases tests/cases/second-hand.cases

include tests/e2e/local.mk
include tests/fuzz/local.mk
include tests/footers/local.mk
include tests/bench/local.mk
include tests/lessons/local.mk
include tests/accuracy/local.mk
include tests/message/local.mk
include tests/reading/local.mk
