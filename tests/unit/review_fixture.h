/* review_fixture.h - a small council with held mail, for tests of what becomes of it. */
#ifndef COPYHOLD_TESTS_REVIEW_FIXTURE_H
#define COPYHOLD_TESTS_REVIEW_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "review/decide.h"

#define NOW ((int64_t)1772442000) /* Monday 2026-03-02T09:00:00Z, when the office opens */
#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)

enum opening { OPENS, OPENS_NOTHING, CANNOT_OPEN, CANNOT_READ };

struct fixture {
	struct arena *arena;
	const char *base, *state; /* folders */
	struct directory *directory;
	struct lexicon *lexicon;
	struct policy *policy;
	struct store *store;
	struct desk desk;
	enum opening opening;     /* how the desk's opener behaves */
	bool lets_through;
	bool marks;               /* what is held is marked */
	struct error err;
};

/* Rules of the policy: "plain" holds; "two" asks for two persons; "back" returns at expiry; "line" releases annotated at expiry. */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);
/* Held at `at`: from Amir Khan, authenticated, to fixture_to[0] and [1], by a finding of `rule`. */
void fixture_hold(struct fixture *fixture, const char *id, const char *rule, int64_t at);
extern const char *const fixture_to[];
const struct held *fixture_look(struct fixture *fixture, const char *id);
enum hold_state fixture_state(struct fixture *fixture, const char *id, size_t recipient);
const struct decision *fixture_decision(struct fixture *fixture, int64_t number);
/* How many journal lines say this. */
size_t fixture_journalled(struct fixture *fixture, const char *what);
/* How many own letters of this kind wait for this address (NULL: any); each is then taken as sent. */
size_t fixture_letters(struct fixture *fixture, const char *kind, const char *to);
/* Another connection to the same store, as another process has it; for use after a fork. */
struct desk fixture_desk_again(struct fixture *fixture, struct store **store_out);
/* The desk makes a decision; what it says is in fixture->err. */
bool fixture_decide(struct fixture *fixture, const char *id, enum decision_deed deed, const char *by, int64_t at, struct decision_answer *out);
/* What is due is done, and so many decisions are carried out. */
void fixture_tend(struct fixture *fixture, int64_t now, size_t carried_out);

#define assert_said(fixture, words) \
	do { \
		if (strstr(error_text(&(fixture)->err), (words)) == NULL) \
			fail_msg("\"%s\" is not in \"%s\"", (words), error_text(&(fixture)->err)); \
	} while (0)

#endif
