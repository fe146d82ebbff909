noinst_LIBRARIES += src/policy/libpolicy.a
src_policy_libpolicy_a_SOURCES = \
	src/policy/asked.c \
	include/policy/policy.h \
	include/policy/ruleset.h \
	src/policy/clauses.c include/policy/clauses.h \
	src/policy/condition.c src/policy/condition_ask.c include/policy/condition.h \
	src/policy/explanation.c include/policy/explanation.h \
	src/policy/group_words.c include/policy/group_words.h \
	src/policy/judge.c \
	src/policy/lint.c src/policy/lint_names.c src/policy/lint_pairs.c src/policy/lint_strength.c src/policy/lint_parts.h include/policy/lint.h \
	src/policy/logic.c include/policy/logic.h \
	src/policy/mutation.c include/policy/mutation.h \
	src/policy/party.c include/policy/party.h \
	src/policy/predicates_conduct.c src/policy/predicates_ways.c \
	src/policy/policy.c \
	src/policy/predicate.c include/policy/predicate.h \
	src/policy/predicates_copies.c \
	src/policy/predicates_letters.c \
	src/policy/predicates_lineage.c \
	src/policy/predicates_groups.c \
	src/policy/predicates_press.c \
	src/policy/predicates_speech.c \
	src/policy/named.c include/policy/named.h \
	src/policy/predicates_passed.c \
	src/policy/predicates_permissions.c \
	src/policy/predicates_markings.c \
	src/policy/predicates_recipients.c \
	src/policy/predicates_sender.c \
	src/policy/predicates_words.c \
	src/policy/predicates_replies.c \
	src/policy/conditions.c \
	src/policy/rule_clock.c \
	src/policy/rule_duty.c \
	src/policy/testimony.c include/policy/testimony.h \
	src/policy/remember.c \
	src/policy/wards.c include/policy/wards.h \
	src/policy/rule.c src/policy/rule_cap.c include/policy/rule.h

policy_libraries = src/policy/libpolicy.a src/facts/libfacts.a src/memory/libmemory.a src/reading/libreading.a src/directory/libdirectory.a src/message/libmessage.a \
	src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv
policy_tests = test_policy test_predicates test_pack
check_PROGRAMS += $(policy_tests)
TESTS += $(policy_tests)

test_policy_SOURCES = tests/unit/test_policy.c tests/unit/scene.h tests/unit/people.h
test_policy_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_policy_LDADD = $(policy_libraries)

test_predicates_SOURCES = tests/unit/test_predicates.c tests/unit/predicate_cases.h tests/unit/relations.h tests/unit/scenes.h tests/unit/scenes_conduct.h tests/unit/scenes_passed.h tests/unit/scenes_staff.h tests/unit/scenes_press.h tests/unit/scene.h tests/unit/people.h
test_predicates_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_predicates_LDADD = $(policy_libraries)

test_pack_SOURCES = tests/unit/test_pack.c tests/unit/people.h tests/pack_files.h
test_pack_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_pack_LDADD = $(policy_libraries)
