/* policy_test.h - the tests a policy carries: small messages, and which rules are to fire on them.
 *
 *   tests = ( {
 *     name = "the clerk hides the mayor from Councillor Moss";
 *     from = "Ruth Ames <clerk@marlbrook.example>";
 *     to = "Cllr Carl Moss <cllr.moss@marlbrook.example>";
 *     hidden = [ "cllr.khan@marlbrook.example" ];
 *     subject = "plot fees";
 *     text = "Carl, rents go up in April.\nRuth";
 *     fires = [ "silent-copy", "copy-footer" ];
 *     outcome = "annotate";
 *   } );
 *
 * or `file = "letter.eml"` for a whole message. The Council's own tests, in copyhold.conf, are run against its own people, and by the
 * daemon whenever it reads the configuration: a policy that fails one is refused. A pack's tests stand in a whole configuration of their
 * own, which the pack names and `copyhold test` runs: with people of the pack's, so that they do not depend on who is on the Council. */
#ifndef COPYHOLD_GATEWAY_POLICY_TEST_H
#define COPYHOLD_GATEWAY_POLICY_TEST_H

#include "base/settings.h"
#include "gateway/gateway.h"

#define POLICY_TESTS_MOST ((size_t)2000)

/* A message of a test: whole, or the words one is made of. All NULL or empty when not given. */
struct test_message {
	const char *file;                          /* path of a message file */
	const char *from, *to, *cc, *subject, *text;
	struct string_list fields;                 /* further header fields: "Sensitivity: Private" */
	const char *auth;                          /* as authenticated; NULL: the address in From, "none": nobody */
	const char *client;
	struct string_list rcpt, hidden;           /* the envelope; rcpt empty: To and Cc, and in any case `hidden` */
	int64_t at;
	const char *where;                         /* "FILE:LINE" */
};

struct policy_test {
	const char *name;
	struct test_message message;
	const struct test_message *before;         /* judged first, in order, with one memory */
	size_t before_count;
	struct string_list fires;                  /* exactly these fire */
	struct string_list may;                    /* these may fire or not */
	struct string_list meets;                  /* it does what exactly these rules' duties ask for */
	bool tells_meets;                          /* else that is not tested */
	struct string_list notices;                /* of exactly these kinds people are told; "none": nobody is; empty: not tested */
	int outcome;                               /* enum outcome, or -1: not tested */
};
struct policy_tests {
	const struct policy_test *items;
	size_t count;
};

/* Reads one `tests = ( ... )` list, into the arena. Paths are relative to the list's own file. Complaints name file and line. */
bool policy_tests_read(struct arena *arena, const struct settings_node *tests, struct policy_tests *out, struct error *err) MUST_CHECK;
/* Every rule a test names is one of the policy's; complains with a suggestion. */
bool policy_tests_fit(const struct policy_tests *tests, const struct policy *policy, struct error *err) MUST_CHECK;

/* Whether a judgement is what the test wants. False with what is wrong, which begins with FILE:LINE. */
bool policy_test_holds(const struct policy_test *test, const struct judgement *judgement, struct error *err) MUST_CHECK;
/* Judges its message by `policy`, with all else of the snapshot, whose reader must be open. Tests are of what rules do once they are
 * enforced, so that a council moves from observing to enforcing without another test: see policy_in_mode. */
bool policy_test_judge(struct arena *arena, const struct policy_test *test, const struct snapshot *snapshot, const struct policy *policy,
		       struct pattern_scratch *scratch, const struct judgement **out, struct error *err) MUST_CHECK;
/* ERROR_REFUSED when the policy fails it, other kinds when it cannot be run. */
bool policy_test_run(const struct policy_test *test, const struct snapshot *snapshot, const struct policy *policy,
		     struct pattern_scratch *scratch, struct error *err) MUST_CHECK;
/* All of them; stops at the first that fails, which err tells as an ERROR_SETTINGS. */
bool policy_tests_run(const struct policy_tests *tests, const struct snapshot *snapshot, struct error *err) MUST_CHECK;

#endif
