/* call.h - one call to the desk: who asks, by what, and the answer that grows.
 *
 * calls_answer parses a request, checks its arguments and who may call it, and lets its handler add to the answer. All authorisation is
 * here and in the handlers: whoever speaks for a session can do what its login may, and nothing else. */
#ifndef COPYHOLD_DESK_CALL_H
#define COPYHOLD_DESK_CALL_H

#include <jansson.h>

#include "desk/arguments.h"
#include "desk/house.h"
#include "review/queue.h"

struct call;
struct request {
	struct arena *arena;
	struct house *house;
	struct store *store;
	const struct edition *edition;
	const struct snapshot *snapshot;
	const struct call *call;
	const json_t *asked;           /* its arguments are as the call's rows say */
	const char *client;
	int64_t now;

	/* Set for calls that need a session; NULL for the others. */
	const struct login *login;
	const struct person *person;   /* of the login's address */
	const char *token;
	struct session session;

	json_t *answer;                /* what the handler adds to */
	const char *kind;              /* of a failure that no kind of error names: "gone", "conflict", "denied" ... */
};

#define CALL_ROLE(role) (1u << (role))
#define CALL_REVIEWERS (CALL_ROLE(DESK_REVIEWER) | CALL_ROLE(DESK_SECOND_REVIEWER))
#define CALL_EVERY_ROLE ((1u << DESK_ROLE_COUNT) - 1)

struct call {
	const char *name;
	unsigned roles;                /* CALL_ROLE bits of who may; 0: anybody, without a session */
	enum { LIGHT, HEAVY } weight;  /* heavy: may take a whole message into memory, or a program to be run */
	bool (*answer)(struct request *request, struct error *err);
	const struct argument *arguments;
	size_t argument_count;
};
const struct call *call_at(size_t index); /* NULL behind the last */

/* The answer to one request, to be sent; never longer than DESK_ANSWER_MOST. `house` may be NULL: then nobody is served, but the
 * request is looked at all the same (for fuzzing). */
struct bytes calls_answer(struct arena *arena, struct house *house, struct bytes request, int64_t now);

/* Fails with a kind of the protocol: returns false. */
bool request_fail(struct request *request, struct error *err, const char *kind, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Adds to the answer; takes over `value`. */
void request_add(struct request *request, const char *key, json_t *value);
/* Finds who asks and sees that they have one of these roles; for calls that are open, when they need to know. */
bool request_login(struct request *request, unsigned roles, struct error *err) MUST_CHECK;
/* What review's functions work with, for this request. */
struct desk request_desk(const struct request *request);
/* The deed of whoever asks, now. */
struct deed request_deed(const struct request *request, const char *reason);
/* The held or recorded message that argument "id" names, if whoever asks may see it; journals nothing. "gone" or "refused" otherwise. */
bool request_message(struct request *request, const struct held **out, struct error *err) MUST_CHECK;

#endif
