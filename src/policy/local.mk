noinst_LIBRARIES += src/policy/libpolicy.a
src_policy_libpolicy_a_SOURCES = \
	include/policy/policy.h \
	include/policy/ruleset.h \
	src/policy/condition.c include/policy/condition.h \
	src/policy/explanation.c include/policy/explanation.h \
	src/policy/judge.c \
	src/policy/party.c include/policy/party.h \
	src/policy/policy.c \
	src/policy/predicate.c include/policy/predicate.h \
	src/policy/predicates_copies.c \
	src/policy/predicates_markings.c \
	src/policy/predicates_recipients.c \
	src/policy/predicates_sender.c \
	src/policy/predicates_words.c \
	src/policy/rule.c include/policy/rule.h
